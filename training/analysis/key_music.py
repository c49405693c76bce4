"""Short pieces of music in stated keys, composed by chance from a bank of chord progressions.

They are what the key model is fitted on, so they hold what makes the keys of loops hard: dorian and phrygian turns,
pentatonic riffs, chords without thirds, inversions, progressions that start off the tonic, lines that never play it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

Rng = np.random.Generator

SCALES: Final = {
    "major": {
        "ionian": ((0, 2, 4, 5, 7, 9, 11), 0.76),
        "mixolydian": ((0, 2, 4, 5, 7, 9, 10), 0.16),
        "lydian": ((0, 2, 4, 6, 7, 9, 11), 0.08),
    },
    "minor": {
        "aeolian": ((0, 2, 3, 5, 7, 8, 10), 0.58),
        "harmonic": ((0, 2, 3, 5, 7, 8, 11), 0.16),
        "dorian": ((0, 2, 3, 5, 7, 9, 10), 0.15),
        "phrygian": ((0, 1, 3, 5, 7, 8, 10), 0.11),
    },
}
"""Steps above the tonic and how often loops in the mode use them."""
_PENTATONIC: Final = {"major": (0, 2, 4, 7, 9), "minor": (0, 3, 5, 7, 10)}

BANK: Final = {
    "major": (
        "1 5 6 4", "1 4 5 1", "1 6 4 5", "6 4 1 5", "1 4", "4 1", "1 5", "1", "1 3 4 5", "2 5 1 1", "1 4 6 5",
        "4 5 6 1", "1 2 4 1", "4 1 5 6", "1 5 4 4", "1 7 4 1", "4 5 1 1", "1 3 6 4", "5 4 1 1", "1 4 2 5",
    ),
    "minor": (
        "1 6 3 7", "1 6 7 1", "1 4 5 1", "1 7 6 5", "1", "1 4", "1 6", "6 7 1 1", "1 5 6 4", "1 3 7 6", "4 1 5 1",
        "1 2 1 7", "6 1 7 4", "1 7", "1 4 6 5", "1 1 6 5", "4 6 1 1", "1 2", "1 5 1 4", "6 3 7 1",
    ),
}  # fmt: skip
"""Chords by degree of the scale, as loops have them; split by bank, so that a test can bring its own."""
TEXTURES: Final = {
    "bass": 0.15,
    "melody": 0.18,
    "arp": 0.11,
    "chords": 0.20,
    "pad": 0.08,
    "chords bass": 0.09,
    "melody bass": 0.06,
    "melody chords": 0.06,
    "melody chords bass": 0.07,
}
_BARS: Final = (1, 2, 4, 8)
_LONGEST_S: Final = 16.0
_SHORTEST_S: Final = 2.0
_SIXTEENTHS: Final = 16


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a part."""

    start: float
    """Seconds."""
    length: float
    """Seconds."""
    pitch: int
    """MIDI number."""
    level: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A loop's worth of music."""

    parts: dict[str, list[Note]]
    """By role: bass, melody, arp, chords, pad."""
    tonic: int
    mode: str
    scale: str
    seconds: float
    beat_s: float


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all parts of a piece stand on."""

    tonic: int
    mode: str
    scale: tuple[int, ...]
    melodic: tuple[int, ...]
    roots: tuple[int, ...]
    """Degree of the chord of each bar, from 0."""
    step_s: float
    raised: bool
    """Whether the fifth chord of minor is major."""

    @property
    def bars(self) -> int:
        return len(self.roots)

    def pitch(self, degree: int) -> int:
        """Semitones above the tonic of a degree of the scale, which may lie outside the octave."""
        octave, step = divmod(degree, 7)
        return 12 * octave + self.scale[step]

    def chord(self, degree: int, sizes: tuple[int, ...] = (0, 2, 4)) -> list[int]:
        """The chord on a degree, by thirds of the scale: (0, 2, 4) a triad, (0, 4, 7) without the third."""
        notes = [self.pitch(degree + size) for size in sizes]
        if self.raised and degree == 4:  # the dominant
            notes = [note + (note % 12 == 10) for note in notes]  # its third is the leading note
        return notes


def chance(rng: Rng, share: float) -> bool:
    """True in ``share`` of all cases."""
    return bool(rng.random() < share)


def compose(rng: Rng, bank: dict[str, tuple[str, ...]] = BANK, mode: str | None = None) -> Piece:
    """A piece of one to eight bars in a key drawn by chance; both modes alike where none is asked for."""
    mode = mode or ("major", "minor")[int(rng.integers(2))]
    names = list(SCALES[mode])
    scale = str(rng.choice(names, p=[SCALES[mode][name][1] for name in names]))
    beat_s = 60.0 / float(rng.uniform(65, 165))
    fitting = [n for n in _BARS if _SHORTEST_S <= n * 4 * beat_s <= _LONGEST_S]
    bars = int(rng.choice(fitting))
    degrees = [int(d) - 1 for d in _progression(rng, bank[mode], scale).split()]
    spread = max(1, bars // len(degrees)) if chance(rng, 0.7) else 1  # mostly all chords are played
    per_bar = 2 if bars < len(degrees) and chance(rng, 0.7) else 1  # two chords a bar in short loops
    slots = bars * per_bar
    roots = tuple(degrees[(i // spread) % len(degrees)] for i in range(slots))
    pentatonic = chance(rng, 0.35)  # as many riffs as full scales
    steps = SCALES[mode][scale][0]
    ground = _Ground(
        tonic=int(rng.integers(12)),
        mode=mode,
        scale=steps,
        melodic=_PENTATONIC[mode] if pentatonic else steps,
        roots=roots,
        step_s=beat_s / 4 / per_bar,
        raised=scale == "aeolian" and chance(rng, 0.2),  # some minor borrows the major dominant
    )
    texture = str(rng.choice(list(TEXTURES), p=list(TEXTURES.values())))
    parts = {role: _MAKERS[role](rng, ground) for role in texture.split()}
    return Piece(parts, ground.tonic, mode, scale, bars * 4 * beat_s, beat_s)


def _progression(rng: Rng, bank: tuple[str, ...], scale: str) -> str:
    if chance(rng, 0.75):  # the rest wander
        return str(rng.choice(bank))
    if scale == "phrygian" and chance(rng, 0.5):  # its own cadence
        return "1 2"
    inner = " ".join(str(d) for d in rng.choice([1, 2, 3, 4, 5, 6, 7], 3, p=[0.12, 0.1, 0.12, 0.22, 0.18, 0.16, 0.1]))
    return f"1 {inner}" if chance(rng, 0.8) else f"{inner} 1"  # home first, or last


def _placed(rng: Rng, ground: _Ground, low: int) -> int:
    """MIDI number of the tonic in the octave from about ``low``."""
    return low + (ground.tonic - low) % 12 + 12 * int(rng.integers(-1, 2) * chance(rng, 0.3))  # seldom


def _rhythm(rng: Rng, density: float) -> list[int]:
    """Sixteenths of a bar on which something starts."""
    weights = np.tile([1.0, 0.25, 0.6, 0.3], 4) * density
    weights[0] = max(weights[0], 0.9)
    hits = [int(i) for i in np.flatnonzero(rng.random(_SIXTEENTHS) < weights)]
    return hits or [0]


def _held(hits: list[int], rng: Rng) -> list[tuple[int, int]]:
    """Starts with lengths in sixteenths: legato or cut short."""
    ends = [*hits[1:], _SIXTEENTHS]
    share = float(rng.choice([1.0, 0.9, 0.5]))
    return [(start, max(1, round((end - start) * share))) for start, end in zip(hits, ends, strict=True)]


def _bass(rng: Rng, ground: _Ground) -> list[Note]:
    home = _placed(rng, ground, 31)
    rhythm = _held(_rhythm(rng, float(rng.uniform(0.15, 0.8))), rng)
    riff = chance(rng, 0.35)  # riffs stay on the tonic instead of walking with the chords
    figure = [int(rng.choice([0, 0, 0, 4, 7, 2, 6, -1, -3])) for _ in rhythm]
    line = [int(rng.choice(ground.melodic)) - 12 * int(chance(rng, 0.3)) for _ in rhythm]  # below
    line[0] = 0
    plain = chance(rng, 0.4)  # many basses play roots alone
    notes = []
    for bar, root in enumerate(ground.roots):
        for index, (start, length) in enumerate(rhythm):
            if riff:
                step = line[index]
            else:
                step = ground.chord(root)[0] if plain or not index else ground.pitch(root + figure[index])
                step -= 12 if ground.pitch(root) > 6 else 0  # the nearer octave
            notes.append(_note(ground, bar, start, length, home + step, rng))
    return notes


def _melody(rng: Rng, ground: _Ground) -> list[Note]:
    home = _placed(rng, ground, 60)
    motif_bars = int(rng.choice([1, 2]))
    rhythms = [_held(_rhythm(rng, float(rng.uniform(0.2, 0.7))), rng) for _ in range(motif_bars)]
    pool = sorted(step + 12 * octave for step in ground.melodic for octave in (-1, 0, 1))
    contour = [[int(rng.choice([-2, -1, -1, 0, 1, 1, 2, 3])) for _ in rhythm] for rhythm in rhythms]
    same = chance(rng, 0.4)  # the motif comes back unchanged
    at = int(rng.choice([0, 0, 0, 1, 2, 4])) + len(ground.melodic)
    first = at
    notes = []
    for bar, root in enumerate(ground.roots):
        if same and bar % motif_bars == 0:
            at = first
        chord = {pitch % 12 for pitch in ground.chord(root)}
        for index, (start, length) in enumerate(rhythms[bar % motif_bars]):
            at = int(np.clip(at + contour[bar % motif_bars][index] * (bar + index > 0), 0, len(pool) - 1))
            if start % 8 == 0 and not same:
                at = min(range(len(pool)), key=lambda i, at=at: abs(i - at) + 3 * (pool[i] % 12 not in chord))
            notes.append(_note(ground, bar, start, length, home + pool[at], rng))
    if chance(rng, 0.4):  # some melodies come home
        last = notes[-1]
        notes[-1] = Note(last.start, last.length, home + 12 * round((last.pitch - home) / 12), last.level)
    return notes


def _arp(rng: Rng, ground: _Ground) -> list[Note]:
    home = _placed(rng, ground, 57)
    sizes = _sizes(rng)
    step = int(rng.choice([1, 2, 2, 4]))
    order = rng.permutation(len(sizes) * 2) if chance(rng, 0.3) else np.arange(len(sizes) * 2)  # up
    notes = []
    for bar, root in enumerate(ground.roots):
        chord = ground.chord(root, sizes)
        chord = [*chord, *(note + 12 for note in chord)]
        for index, start in enumerate(range(0, _SIXTEENTHS, step)):
            pitch = home + chord[int(order[index % len(order)])]
            notes.append(_note(ground, bar, start, step, pitch, rng))
    return notes


def _sizes(rng: Rng) -> tuple[int, ...]:
    kinds: list[tuple[int, ...]] = [
        (0, 2, 4),
        (0, 2, 4, 6),
        (0, 4, 7),
        (0, 3, 4),
        (0, 1, 4),
        (0, 2, 4, 8),
        (0, 2, 4, 6, 8),
    ]
    return kinds[int(rng.choice(len(kinds), p=[0.5, 0.2, 0.06, 0.06, 0.06, 0.07, 0.05]))]


def _chords(rng: Rng, ground: _Ground, *, stabs: bool = True) -> list[Note]:
    home = _placed(rng, ground, 53)
    sizes = _sizes(rng)
    inverted = int(rng.choice([0, 0, 1, 2]))
    lead = chance(rng, 0.5)  # voices that move as little as they can
    rhythm = _held(_rhythm(rng, float(rng.uniform(0.03, 0.5))) if stabs else [0], rng)
    doubled = chance(rng, 0.3)  # the root an octave below
    notes = []
    for bar, root in enumerate(ground.roots):
        chord = ground.chord(root, sizes)
        voiced = [n + 12 if i < inverted else n for i, n in enumerate(chord)]
        if lead:
            voiced = [n - 12 if n > 10 else n for n in voiced]  # folded into the home octave
        if doubled:
            voiced.append(chord[0] - 12)
        for start, length in rhythm:
            notes.extend(_note(ground, bar, start, length, home + pitch, rng) for pitch in voiced)
    return notes


def _pad(rng: Rng, ground: _Ground) -> list[Note]:
    return _chords(rng, ground, stabs=False)


def _note(ground: _Ground, bar: int, start: int, length: int, pitch: int, rng: Rng) -> Note:  # noqa: PLR0913, PLR0917 - so many sides has a note
    at = (bar * _SIXTEENTHS + start) * ground.step_s
    return Note(at, length * ground.step_s, pitch, float(rng.uniform(0.6, 1.0)))


_MAKERS: Final = {"bass": _bass, "melody": _melody, "arp": _arp, "chords": _chords, "pad": _pad}
