"""Phrases to train the role model on: what drums, basses, melodies and chords of loops play, as notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

Rng = np.random.Generator

MAJOR: Final = (0, 2, 4, 5, 7, 9, 11)
MINOR: Final = (0, 2, 3, 5, 7, 8, 10)
_PROGRESSIONS: Final = (
    (0, 5, 2, 6), (0, 3, 4, 3), (0, 5, 3, 4), (0, 0, 3, 4), (0, 6, 5, 6), (0, 2, 5, 4), (0, 3, 0, 4), (0, 4, 5, 3),
)  # fmt: skip
_KICK: Final = (35, 36)
_SNARE: Final = (38, 40, 39, 37)
_HAT: Final = (42, 42, 44, 46)
_HANDS: Final = (54, 56, 58, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 73, 74, 75, 76, 77, 80, 81)
_HITS: Final = (35, 36, 36, 38, 40, 39, 42, 44, 46, 46, 41, 43, 45, 47, 48, 50, 49, 51, 52, 53, 55, 57, 59)


@dataclass(frozen=True, slots=True)
class Note:
    """One note; seconds, MIDI pitch, velocity 1..127."""

    start: float
    length: float
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is played: once, or round and round where ``is_loop``."""

    role: str
    is_loop: bool
    notes: tuple[Note, ...]
    seconds: float


def _round(role: str, notes: Sequence[Note], seconds: float) -> Phrase:
    return Phrase(role, is_loop=True, notes=tuple(notes), seconds=seconds)


def _once(role: str, notes: Sequence[Note], seconds: float) -> Phrase:
    return Phrase(role, is_loop=False, notes=tuple(notes), seconds=seconds)


def _bar(rng: Rng) -> tuple[float, int]:
    """Seconds of a beat, and beats of the loop."""
    tempo = float(rng.choice((rng.uniform(62, 100), rng.uniform(100, 150), rng.uniform(150, 180))))
    bars = int(rng.choice((1, 2, 2, 4)))
    while bars * 240 / tempo > 11:
        bars //= 2
    return 60 / tempo, 4 * max(1, bars)


def _scale(rng: Rng) -> tuple[int, tuple[int, ...]]:
    return int(rng.integers(0, 12)), MINOR if rng.random() < 0.7 else MAJOR


def _pitch(root: int, scale: Sequence[int], degree: int) -> int:
    return root + 12 * (degree // 7) + scale[degree % 7]


def _velocity(rng: Rng) -> int:
    return int(rng.integers(60, 125))


def melody_loop(rng: Rng) -> Phrase:
    """One voice, wandering by steps and leaps."""
    beat, beats = _bar(rng)
    tonic, scale = _scale(rng)
    root = tonic + 12 * int(rng.choice((4, 5, 5, 6)))
    grid = float(rng.choice((0.25, 0.5, 0.5, 1.0)))
    rest = rng.uniform(0.05, 0.55)
    legato = rng.uniform(0.3, 1.1)
    motif = [None if rng.random() < rest else int(rng.integers(-3, 8)) for _ in range(int(4 / grid))]
    notes = []
    for step in range(int(beats / grid)):
        degree = motif[step % len(motif)]
        if degree is not None:
            if rng.random() < 0.15:
                degree += int(rng.integers(-2, 3))
            length = beat * grid * legato * float(rng.choice((1, 1, 2)))
            notes.append(Note(step * grid * beat, length, _pitch(root, scale, degree), _velocity(rng)))
    return _round("melody", notes, beats * beat)


def arpeggio_loop(rng: Rng) -> Phrase:
    """Broken chords, one note at a time."""
    beat, beats = _bar(rng)
    tonic, scale = _scale(rng)
    root = tonic + 12 * int(rng.choice((4, 5, 5)))
    grid = float(rng.choice((0.25, 0.25, 1 / 3, 0.5)))
    turns = int(rng.integers(3, 7))
    progression = _PROGRESSIONS[int(rng.integers(len(_PROGRESSIONS)))]
    notes = []
    for step in range(int(beats / grid)):
        chord = progression[int(step * grid // 4) % 4]
        degree = chord + (0, 2, 4, 7, 9, 11)[step % turns]
        notes.append(Note(step * grid * beat, beat * grid * 0.9, _pitch(root, scale, degree), _velocity(rng)))
    return _round("melody", notes, beats * beat)


def melody_note(rng: Rng) -> Phrase:
    """A single note."""
    length = float(rng.choice((0.15, 0.4, 0.8, 1.5, 3.0))) * rng.uniform(0.7, 1.3)
    return _once("melody", (Note(0, length, int(rng.integers(50, 86)), _velocity(rng)),), length + 1.5)


def riff_once(rng: Rng) -> Phrase:
    """A few notes that do not go round."""
    loop = melody_loop(rng)
    cut = min(loop.seconds, rng.uniform(1.0, 3.5))
    notes = tuple(note for note in loop.notes if note.start < cut) or (Note(0, 0.5, 64, 90),)
    return _once("melody", notes, cut + 1.5)


def chord_loop(rng: Rng) -> Phrase:
    """A progression: held, struck in rhythm, strummed or broken under a hold."""
    beat, beats = _bar(rng)
    tonic, scale = _scale(rng)
    root = tonic + 12 * int(rng.choice((3, 4, 4, 5)))
    progression = _PROGRESSIONS[int(rng.integers(len(_PROGRESSIONS)))]
    extra = int(rng.choice((3, 3, 4, 5)))
    change = float(rng.choice((2, 4, 4)))
    style = rng.random()
    hits = (0.0,) if style < 0.45 else tuple(sorted(rng.choice(8, int(rng.integers(2, 6)), replace=False) / 2))
    strum = rng.uniform(0, 0.04) if style > 0.7 else 0.0
    notes = []
    for number in range(int(beats / change)):
        degrees = [progression[number % 4] + 2 * voice for voice in range(extra)]
        for hit in hits:
            if hit >= change:
                continue
            length = change * beat if len(hits) == 1 else beat * rng.uniform(0.2, 0.9)
            for voice, degree in enumerate(degrees):
                start = (number * change + float(hit)) * beat + voice * strum
                notes.append(Note(start, length, _pitch(root, scale, degree), _velocity(rng)))
    return _round("chords", notes, beats * beat)


def chord_once(rng: Rng) -> Phrase:
    """A stab, or a chord that is held."""
    tonic, scale = _scale(rng)
    root = tonic + 12 * int(rng.choice((3, 4, 4, 5)))
    length = float(rng.choice((0.15, 0.3, 1.0, 3.0, 5.0))) * rng.uniform(0.7, 1.3)
    start = int(rng.integers(0, 6))
    voices = int(rng.integers(3, 6))
    notes = tuple(Note(0, length, _pitch(root, scale, start + 2 * v), _velocity(rng)) for v in range(voices))
    return _once("chords", notes, length + 1.5)


def bass_loop(rng: Rng) -> Phrase:
    """A bass line on the roots of a progression."""
    beat, beats = _bar(rng)
    tonic, scale = _scale(rng)
    root = tonic + 12 * int(rng.choice((2, 2, 3))) - (12 if tonic > 7 else 0)
    progression = _PROGRESSIONS[int(rng.integers(len(_PROGRESSIONS)))]
    grid = float(rng.choice((0.25, 0.5, 0.5, 1.0, 2.0)))
    pattern = rng.random(int(4 / grid)) < rng.uniform(0.35, 1.0)
    pattern[0] = True
    jumps = rng.choice((0, 0, 0, 0, 7, 4, -1), len(pattern))
    notes = []
    for step in range(int(beats / grid)):
        if pattern[step % len(pattern)]:
            degree = progression[int(step * grid // 4) % 4] + int(jumps[step % len(pattern)])
            degree -= 7 if degree > 5 else 0
            length = beat * grid * rng.uniform(0.5, 1.4)
            notes.append(Note(step * grid * beat, length, _pitch(root, scale, degree), _velocity(rng)))
    return _round("bass", notes, beats * beat)


def bass_note(rng: Rng) -> Phrase:
    """One low note."""
    length = float(rng.choice((0.2, 0.5, 1.0, 2.0, 4.0))) * rng.uniform(0.7, 1.3)
    return _once("bass", (Note(0, length, int(rng.integers(24, 46)), _velocity(rng)),), length + 1.0)


def drum_loop(rng: Rng) -> Phrase:
    """A beat; sometimes without its kick, or hats alone."""
    beat, beats = _bar(rng)
    kick, snare, hat = (int(rng.choice(table)) for table in (_KICK, _SNARE, _HAT))
    kind = rng.random()
    hat_grid = float(rng.choice((0.25, 0.5, 0.5, 1 / 3)))
    kicks = [0.0, 1.0, 2.0, 3.0] if rng.random() < 0.35 else [0.0, *(rng.choice(15, 3, replace=False) + 1) / 4]
    snares = [1.0, 3.0] if rng.random() < 0.6 else [2.0]
    swing = rng.uniform(0, 0.08) if rng.random() < 0.4 else 0.0
    notes = []
    for bar in range(beats // 4):
        at = 4.0 * bar
        if kind > 0.2:
            notes += [Note((at + k) * beat, 0.3, kick, _velocity(rng)) for k in kicks]
        if kind > 0.1:
            notes += [Note((at + s) * beat, 0.3, snare, _velocity(rng)) for s in snares]
            notes += [Note((at + g / 4) * beat, 0.2, snare, 45) for g in range(16) if rng.random() < 0.06]
        if kind < 0.85:
            for step in range(int(4 / hat_grid)):
                if rng.random() < 0.9:
                    late = swing * beat if step % 2 else 0.0
                    notes.append(Note((at + step * hat_grid) * beat + late, 0.1, hat, int(rng.integers(40, 110))))
        if rng.random() < 0.2:
            notes.append(Note(at * beat, 1.0, int(rng.choice((49, 51, 57, 54, 56))), _velocity(rng)))
        if rng.random() < 0.2:
            notes += [Note((at + 3 + t / 4) * beat, 0.2, int(rng.choice((41, 45, 48, 50))), 100) for t in range(4)]
    return _round("drums", notes, beats * beat)


def drum_hit(rng: Rng) -> Phrase:
    """Kick, snare, hat, tom or cymbal, once."""
    return _once("drums", (Note(0, 0.5, int(rng.choice(_HITS)), _velocity(rng)),), 2.5)


def percussion_loop(rng: Rng) -> Phrase:
    """Hands, shakers, bells and blocks."""
    beat, beats = _bar(rng)
    instruments = rng.choice(_HANDS, int(rng.integers(1, 4)), replace=False)
    notes = []
    for instrument in instruments:
        pattern = rng.random(16) < rng.uniform(0.2, 0.8)
        pattern[int(rng.integers(16))] = True
        notes += [
            Note(step * beat / 4, 0.2, int(instrument), int(rng.integers(45, 120)))
            for step in range(4 * beats)
            if pattern[step % 16]
        ]
    return _round("percussion", notes, beats * beat)


def percussion_hit(rng: Rng) -> Phrase:
    """One stroke."""
    return _once("percussion", (Note(0, 0.4, int(rng.choice(_HANDS)), _velocity(rng)),), 2.0)


def vocal_line(rng: Rng) -> Phrase:
    """A choir or a voice, on one syllable."""
    base = (melody_loop, chord_loop, melody_note, chord_once)[int(rng.integers(4))](rng)
    lower = 12 if base.notes and min(note.pitch for note in base.notes) > 60 else 0
    notes = tuple(Note(n.start, n.length, n.pitch - lower, n.velocity) for n in base.notes)
    return Phrase("vocal", base.is_loop, notes, base.seconds)


def effect_note(rng: Rng) -> Phrase:
    """One long low or high note of a sound effect."""
    length = rng.uniform(0.5, 5.0)
    return _once("fx", (Note(0, length, int(rng.integers(30, 84)), _velocity(rng)),), length + 1.5)


Maker = Callable[[Rng], Phrase]
PITCHED: Final[dict[str, tuple[Maker, ...]]] = {
    "melody": (melody_loop, melody_loop, arpeggio_loop, melody_note, riff_once),
    "chords": (chord_loop, chord_loop, chord_once),
    "bass": (bass_loop, bass_loop, bass_note),
    "vocal": (vocal_line,),
    "fx": (effect_note,),
}
STRUCK: Final[dict[str, tuple[Maker, ...]]] = {
    "drums": (drum_loop, drum_loop, drum_hit),
    "percussion": (percussion_loop, percussion_hit),
}
