"""Notes in a key: chords of common progressions, basses, arpeggios, tunes."""

from collections.abc import Sequence

import numpy as np

from analysis_sets.item import Note

NOTES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
PROGRESSIONS = {
    "major": (
        (0, 4, 5, 3),
        (0, 5, 3, 4),
        (0, 3, 4, 4),
        (0, 3, 0, 4),
        (5, 3, 0, 4),
        (0, 2, 3, 4),
        (1, 4, 0, 0),
        (0, 0, 3, 4),
        (3, 4, 0, 0),
        (0, 4, 3, 3),
    ),
    "minor": (
        (0, 5, 2, 6),
        (0, 3, 5, 4),
        (0, 6, 5, 6),
        (0, 5, 3, 6),
        (0, 3, 6, 2),
        (0, 0, 5, 4),
        (0, 6, 5, 4),
        (0, 2, 6, 5),
        (0, 0, 3, 0),
        (0, 5, 0, 6),
    ),
}
"""Degrees (0 the tonic) of progressions common in pop, dance and trap; most begin or end at home."""
_SHORT = 2


def key_name(tonic: int, mode: str) -> str:
    """As in "A minor"; the spelling of sharps and flats does not matter to the measures."""
    return f"{NOTES[tonic % 12]} {mode}"


def scale_note(tonic: int, mode: str, degree: int, low: int) -> int:
    """The MIDI number of a degree of the scale, the tonic at or above ``low``."""
    scale = MAJOR if mode == "major" else MINOR
    home = low + (tonic - low) % 12
    return home + 12 * (degree // 7) + scale[degree % 7]


def progression(mode: str, bars: int, random: np.random.Generator) -> list[int]:
    """A degree for each bar (two a bar where the loop is short, said by a longer list)."""
    choice = PROGRESSIONS[mode][int(random.integers(len(PROGRESSIONS[mode])))]
    if bars <= _SHORT:
        home = choice.index(0)  # a loop of a chord or two tells its key only where it begins at home
        choice = choice[home:] + choice[:home]
    if bars == 1:
        return [choice[0]] if random.random() < 0.3 else [choice[0], choice[-1]]
    if bars == 2:
        return list(choice) if random.random() < 0.5 else [choice[0], choice[2]]
    return [choice[i % 4] for i in range(bars)]


def chords(tonic: int, mode: str, degrees: Sequence[int], beats: float, random: np.random.Generator) -> list[Note]:
    """Triads or sevenths, held or struck in a rhythm."""
    span = beats / len(degrees)
    seventh = random.random() < 0.35
    rhythm = _RHYTHMS[int(random.integers(len(_RHYTHMS)))]
    notes = []
    for number, degree in enumerate(degrees):
        pitches = [scale_note(tonic, mode, degree + step, 52) for step in ((0, 2, 4, 6) if seventh else (0, 2, 4))]
        if mode == "minor" and degree == 4 and random.random() < 0.5:
            pitches[1] += 1  # the dominant of harmonic minor
        if random.random() < 0.4:
            pitches = [*pitches[1:], pitches[0] + 12]
        for start, length in rhythm:
            if start < span:
                held = min(length, span - start)
                notes += [Note(number * span + start, held, p, random.uniform(0.6, 0.9)) for p in pitches]
    return notes


_RHYTHMS = (
    ((0.0, 8.0),),
    ((0.0, 8.0),),
    ((0.0, 1.5), (1.5, 1.0), (3.0, 0.75), (4.0, 1.5), (5.5, 1.0), (7.0, 0.75)),
    ((0.5, 0.4), (1.5, 0.4), (2.5, 0.4), (3.5, 0.4), (4.5, 0.4), (5.5, 0.4), (6.5, 0.4), (7.5, 0.4)),
    ((0.0, 0.9), (1.0, 0.9), (2.0, 0.9), (3.0, 0.9), (4.0, 0.9), (5.0, 0.9), (6.0, 0.9), (7.0, 0.9)),
    ((0.0, 0.7), (0.75, 0.7), (1.5, 0.4), (2.5, 0.7), (3.25, 0.7), (4.0, 0.7), (4.75, 0.7), (6.5, 0.7)),
)


def bass(tonic: int, mode: str, degrees: Sequence[int], beats: float, random: np.random.Generator) -> list[Note]:
    """Roots with fifths, octaves and steps, in one rhythm through the loop."""
    span = beats / len(degrees)
    steps = _BASS_RHYTHMS[int(random.integers(len(_BASS_RHYTHMS)))]
    notes = []
    for number, degree in enumerate(degrees):
        root = scale_note(tonic, mode, degree, 31)
        for start in steps:
            if start >= span:
                continue
            other = random.choice([0, 0, 0, 0, 12, 7]) if start else 0
            following = min([s for s in (*steps, span) if s > start], default=span)
            notes.append(Note(number * span + start, (following - start) * 0.9, int(root + other), 0.8))
    return notes


_BASS_RHYTHMS = (
    (0.0, 1.5, 3.0, 4.0, 5.5, 7.0),
    (0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5),
    (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5),
    (0.0, 2.5, 3.5, 4.0, 6.5),
    (0.0, 4.0),
    (0.0, 0.75, 1.5, 2.5, 3.25, 4.0, 4.75, 5.5, 6.5, 7.25),
)


def arpeggio(tonic: int, mode: str, degrees: Sequence[int], beats: float, random: np.random.Generator) -> list[Note]:
    """Chord notes up, down or both, in eighths or sixteenths."""
    span, step = beats / len(degrees), float(random.choice([0.5, 0.25, 0.25]))
    shape = _SHAPES[int(random.integers(len(_SHAPES)))]
    notes = []
    for place in range(round(beats / step)):
        degree = degrees[min(int(place * step / span), len(degrees) - 1)] + shape[place % len(shape)]
        notes.append(Note(place * step, step * 0.95, scale_note(tonic, mode, degree, 60), random.uniform(0.5, 0.9)))
    return notes


_SHAPES = ((0, 2, 4, 7), (0, 4, 2, 4), (7, 4, 2, 0), (0, 2, 4, 7, 4, 2), (0, 4, 7, 9))


def tune(tonic: int, mode: str, degrees: Sequence[int], beats: float, random: np.random.Generator) -> list[Note]:
    """A line that moves by step and lands on chord notes, twice the same with another end."""
    span, now = beats / len(degrees), 0.0
    cell = [float(x) for x in random.choice([0.5, 0.5, 1.0, 0.25, 1.5, 2.0], size=6)]
    degree, notes, place = int(random.choice([0, 2, 4])), [], 0
    while now < beats - 1e-6:
        length = min(cell[place % len(cell)], beats - now)
        home = degrees[min(int(now / span), len(degrees) - 1)]
        if now % 2 == 0:
            degree = min((home + s for s in (-5, -3, 0, 2, 4, 7)), key=lambda d: abs(d - degree))
        else:
            degree += int(random.choice([-1, 1, 1, -1, 2, -2]))
        degree = int(np.clip(degree, -3, 9))
        if random.random() > 0.12 or now == 0:
            notes.append(Note(now, length * 0.95, scale_note(tonic, mode, degree, 62), random.uniform(0.6, 0.9)))
        now += length
        place += 1
    if notes:
        last = notes[-1]
        notes[-1] = Note(last.start, last.length, scale_note(tonic, mode, 0, 62), last.velocity)
    return notes
