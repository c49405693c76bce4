"""A loop being made: sounds are put at beats, and what runs over the end goes on at the start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from loopmind_chat.starter.sound.score import Note, hz_of
from loopmind_chat.starter.sound.signals import RATE, Rng, Signal, frames, stereo

Voice = Callable[[float, float, float, Rng], Signal]
"""Plays one note: frequency in Hz, seconds held, velocity 0 to 1, chance. Mono or stereo."""
_STEPS = ".123456789"


@dataclass(frozen=True, slots=True)
class Groove:
    """How a drummer is off the grid."""

    swing: float = 0.5
    """Where the second of two steps falls between its neighbours: 0.5 straight, 0.67 a triplet."""
    late_s: float = 0.0
    """Seconds behind the beat."""
    loose_s: float = 0.0
    """Standard deviation of the timing."""
    uneven: float = 0.06
    """Standard deviation of the strength."""


STRAIGHT = Groove()


class Canvas:
    """A stereo circle of whole bars of four beats."""

    def __init__(self, bpm: float, bars: int) -> None:
        self.bpm = bpm
        self.beats = bars * 4
        self.samples: Signal = np.zeros((round(self.beats * 60.0 / bpm * RATE), 2))

    @property
    def beat_s(self) -> float:
        """Seconds a beat."""
        return 60.0 / self.bpm

    def bare(self) -> "Canvas":
        """An empty canvas of the same size: a bus of its own."""
        return Canvas(self.bpm, self.beats // 4)

    def put(self, sound: Signal, beat: float, gain: float = 1.0, pan: float = 0.0, late_s: float = 0.0) -> None:
        """Add a sound that starts at a beat (and ``late_s`` seconds after it)."""
        count = len(self.samples)
        at = round(beat / self.beats * count + late_s * RATE) % count
        rest = stereo(sound, pan) * gain
        while len(rest):
            piece = rest[: count - at]
            self.samples[at : at + len(piece)] += piece
            rest, at = rest[len(piece) :], 0

    def beat(self, sounds: Signal | Sequence[Signal], steps: str, rng: Rng, groove: Groove = STRAIGHT) -> None:
        """Play a pattern of sixteenths: digits are strengths, ``.`` rests, spaces nothing; repeated to the end.

        Where several sounds are given, hits take them in turn (a drum never sounds twice the same).
        """
        self.steps(sounds, steps, 4, rng, groove)

    def steps(
        self, sounds: Signal | Sequence[Signal], steps: str, per_beat: int, rng: Rng, groove: Groove = STRAIGHT
    ) -> None:
        """As :meth:`beat`, with another number of steps a beat."""
        marks = "".join(steps.split())
        bank = [sounds] if isinstance(sounds, np.ndarray) else list(sounds)
        hits = 0
        for step in range(self.beats * per_beat):
            strength = _STEPS.index(marks[step % len(marks)]) / 9.0
            if not strength:
                continue
            swung = step + (2.0 * groove.swing - 1.0) * (step % 2)
            late = groove.late_s + float(rng.normal(0.0, groove.loose_s)) if groove.loose_s else groove.late_s
            gain = strength**1.3 * float(np.clip(rng.normal(1.0, groove.uneven), 0.7, 1.2))
            self.put(bank[hits % len(bank)], swung / per_beat, gain, late_s=late)
            hits += 1

    def roll(self, sound: Signal, beat: float, hits: int, beats: float, rise: tuple[float, float]) -> None:
        """A roll of even hits over some beats, from one strength to another."""
        for k in range(hits):
            part = k / max(hits - 1, 1)
            self.put(sound, beat + beats * k / hits, rise[0] + (rise[1] - rise[0]) * part)

    def play(
        self, notes: Sequence[Note], voice: Voice, rng: Rng, groove: Groove = STRAIGHT, spread: float = 0.0
    ) -> None:
        """Play notes, over and over to the end; ``spread`` places low notes left and high notes right.

        Timing and strength vary with the groove; a note struck alike is made once.
        """
        length = max(note.beat + note.beats for note in notes)
        length = 4.0 * np.ceil(length / 4.0 - 1e-6)
        middle = float(np.mean([note.midi for note in notes]))
        made: dict[tuple[float, float, float], Signal] = {}
        for turn in range(int(np.ceil(self.beats / length))):
            for note in notes:
                beat = turn * length + note.beat
                if beat >= self.beats - 1e-6:
                    continue
                key = (note.midi, note.beats, round(note.velocity, 1))
                if key not in made:
                    made[key] = voice(hz_of(note.midi), note.beats * self.beat_s, note.velocity, rng)
                late = groove.late_s + (float(rng.normal(0.0, groove.loose_s)) if groove.loose_s else 0.0)
                pan = float(np.clip(spread * (note.midi - middle) / 12.0, -0.8, 0.8))
                gain = note.velocity * float(np.clip(rng.normal(1.0, groove.uneven), 0.75, 1.2))
                self.put(made[key], _swung(beat, groove.swing), gain, pan, late)


def strip(sound: Signal, seconds: float) -> Signal:
    """A one-shot in a stereo buffer of its own, with silence after it for effects to ring in."""
    out = np.zeros((frames(seconds), 2))
    placed = stereo(sound)[: len(out)]
    out[: len(placed)] = placed
    return out


def _swung(beat: float, swing: float) -> float:
    """The beat with its off-sixteenths moved."""
    step = beat * 4.0
    return (step + (2.0 * swing - 1.0)) / 4.0 if abs(step % 2.0 - 1.0) < 1e-3 else beat  # noqa: PLR2004 - on the step
