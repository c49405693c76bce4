"""Tunes: bass lines, melodies, chords, pads and arpeggios in a pack's key, for the loops of ``tempo_set``."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from loopmind_chat.starter.voices import basses, keys, strings, synths
from training.analysis.tempo_genres import Genre
from training.analysis.tempo_sounds import Audio, Rng, Track, flat

VOICES = {
    "bass": (basses.sub_808, basses.deep_sub, basses.reese, basses.saw_bass, basses.finger_bass, basses.upright),
    "melody": (keys.bell, keys.music_box, synths.saw_pluck, synths.soft_pluck, synths.square_lead, strings.muted,
               keys.marimba, keys.piano, strings.flute),
    "chords": (keys.rhodes, keys.piano, keys.organ, synths.supersaw, strings.stab, synths.saw_pluck),
    "pad": (synths.warm_pad, synths.air_pad, strings.bowed, synths.supersaw),
}  # fmt: skip
PROGRESSIONS = (
    (0, 5, 3, 4),
    (0, 3, 4, 0),
    (5, 3, 0, 4),
    (0, 4, 5, 3),
    (0, 0, 3, 3),
    (0, 6, 5, 4),
    (1, 4, 0, 0),
    (0, 2, 3, 1),
)
SCALES = ((0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 5, 7, 9, 11))


Voice = Callable[[float, float, float, Rng], Audio]


@dataclass(frozen=True)
class Part:
    """What a part plays: its voice, its chords and how fast it moves."""

    voice: Voice
    chords: tuple[int, ...]
    per_chord: float
    """Beats a chord."""
    rate: float
    """Beats of its usual notes."""

    def degree(self, beat: float) -> int:
        """The chord's root at a beat."""
        return self.chords[int(beat / self.per_chord) % 4]


class Player:
    """Plays tunes of one pack in its key."""

    def __init__(self, rng: Rng) -> None:
        self.rng = rng
        self.tonic = int(rng.integers(12))
        self.scale = SCALES[int(rng.random() < 0.3)]
        self._made: dict[tuple[str, int, float], Audio] = {}

    def note(self, voice: Voice, degree: int, octave: int, seconds: float) -> Audio:
        """A note of the scale, made once for each length."""
        midi = 12 * octave + self.tonic + self.scale[degree % 7] + 12 * (degree // 7)
        seconds = float(np.clip(2 ** (round(2 * np.log2(seconds)) / 2), 0.06, 6.0))
        key = (voice.__name__, midi, seconds)
        if key not in self._made:
            self._made[key] = flat(voice(440 * 2 ** ((midi - 69) / 12), seconds, 0.8, self.rng))
        return self._made[key]

    def play(self, track: Track, kind: str, genre: Genre) -> None:
        """A part of ``kind`` over the whole track."""
        rng = self.rng
        voices = VOICES.get(kind, VOICES["melody"])
        voice = voices[rng.integers(len(voices))]
        chords = PROGRESSIONS[rng.integers(len(PROGRESSIONS))]
        bar = next((float(size) for size in (4, 3) if track.beats % size == 0), track.beats / round(track.beats / 4))
        per_chord = bar * float(rng.choice([0.5, 1, 2], p=[0.15, 0.6, 0.25]))
        # hands are as fast at every tempo: most often about four notes a second
        units = np.array([1.0, 0.5, 0.25, 0.125])
        hands = np.exp(-0.5 * ((np.log2(track.bpm / 60 / units) - 2.0) / 0.9) ** 2)
        chances = np.sqrt(np.array(genre.rates) + 0.02) * hands
        part = Part(voice, chords, per_chord, float(rng.choice(units, p=chances / chances.sum())))
        {"bass": self._bass, "melody": self._melody, "arp": self._arp, "chords": self._chords, "pad": self._pad}[kind](
            track, part
        )

    def _pad(self, track: Track, part: Part) -> None:
        per_chord = max(part.per_chord, 2.0)
        at, turn = 0.0, 0
        while at < track.beats - 1e-6:
            for third in (0, 2, 4):
                seconds = per_chord * 60 / track.bpm
                track.put(self.note(part.voice, part.chords[turn % 4] + third, 4, seconds), at, 0.3)
            at, turn = at + per_chord, turn + 1

    def _chords(self, track: Track, part: Part) -> None:
        if self.rng.random() < 0.45:
            self._pad(track, part)
            return
        pattern = self._rhythm(part.rate, int(self.rng.integers(8, 17)) / 16)
        for step in range(int(track.beats * 4)):
            if pattern[step % len(pattern)]:
                for third in (0, 2, 4):
                    degree = part.degree(step / 4) + third
                    track.put(self.note(part.voice, degree, 5, 0.4 * 60 / track.bpm), step / 4, 0.3)

    def _bass(self, track: Track, part: Part) -> None:
        pattern = self._rhythm(max(part.rate, 0.25), self.rng.uniform(0.3, 1.0))
        seconds = max(part.rate, 0.25) * self.rng.uniform(0.7, 1.5) * 60 / track.bpm
        for step in range(int(track.beats * 4)):
            if pattern[step % len(pattern)]:
                degree = part.degree(step / 4) + (7 if self.rng.random() < 0.15 else 0)
                track.put(self.note(part.voice, degree, 2, seconds), step / 4, 0.7)

    def _melody(self, track: Track, part: Part) -> None:
        bars = int(self.rng.choice([1, 2, 4]))
        patterns = [self._rhythm(part.rate, self.rng.uniform(0.3, 0.8)) for _ in range(bars)]
        tune = np.cumsum(self.rng.integers(-2, 3, 16 * bars)) % 10
        for step in range(int(track.beats * 4)):
            place = step % (16 * bars)
            if patterns[place // 16][place % 16]:
                seconds = part.rate * 1.5 * 60 / track.bpm
                track.put(self.note(part.voice, int(tune[place]), 5, seconds), step / 4, 0.6)

    def _arp(self, track: Track, part: Part) -> None:
        fast = track.bpm > 150
        rate = float(self.rng.choice([0.5, 0.25, 1 / 3], p=[0.6, 0.3, 0.1] if fast else [0.35, 0.55, 0.1]))
        shape = self.rng.permutation([0, 2, 4, 7])
        for step in range(int(track.beats / rate + 1e-6)):
            degree = part.degree(step * rate + 1e-6) + int(shape[step % 4])
            track.put(self.note(part.voice, degree, 5, rate * 60 / track.bpm), step * rate, 0.6 if step % 4 else 0.8)

    def _rhythm(self, rate: float, fullness: float) -> list[bool]:
        """A bar of sixteenths: strong places are filled first."""
        unit = max(1, round(rate * 4))
        weight = [0.45 if s % unit else 1.0 if s % 8 == 0 else 0.85 if s % 4 == 0 else 0.7 for s in range(16)]
        chance = [w * fullness if s % unit == 0 else 0.08 * fullness for s, w in enumerate(weight)]
        bar = [bool(self.rng.random() < c) for c in chance]
        bar[0] = bar[0] or self.rng.random() < 0.85
        return bar
