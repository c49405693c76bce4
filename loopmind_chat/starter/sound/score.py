"""Notes written as text: ``line("A4/1 C5/.5 -/.5 E4+G4/2*.6 |")``."""

import re
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_NAME = re.compile(r"([A-G])([#b]?)(-?\d)")
_BAR = 4.0


@dataclass(frozen=True, slots=True)
class Note:
    """One note of a line."""

    beat: float
    """Beats from the start of the line."""
    beats: float
    """Beats held."""
    midi: int
    velocity: float = 0.8


def midi_of(name: str) -> int:
    """The MIDI number of "A4" (69) or "Eb3"."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"not a note: {name}")
    return _LETTERS[match[1]] + {"": 0, "#": 1, "b": -1}[match[2]] + 12 * (int(match[3]) + 1)


def hz_of(midi: float) -> float:
    """The frequency of a MIDI number, A4 being 440 Hz."""
    return float(440.0 * 2.0 ** ((midi - 69) / 12.0))


@lru_cache(maxsize=256)
def line(text: str) -> tuple[Note, ...]:
    """The notes that a text writes.

    A word is a note, several joined by ``+``, or ``-`` for a rest; ``/2`` gives its beats and ``*.6`` its velocity,
    which stay until changed. ``|`` must stand on a bar line of four beats.
    """
    notes: list[Note] = []
    beat, beats, velocity = 0.0, 1.0, 0.8
    for word in text.split():
        if word == "|":
            if abs(beat / _BAR - round(beat / _BAR)) > 1e-6:  # noqa: PLR2004 - rounding
                raise ValueError(f"a bar line stands on beat {beat:g} of {text!r}")
            continue
        name, _, strength = word.partition("*")
        name, _, length = name.partition("/")
        beats = float(length) if length else beats
        velocity = float(strength) if strength else velocity
        if name != "-":
            notes += [Note(beat, beats, midi_of(each), velocity) for each in name.split("+")]
        beat += beats
    return tuple(notes)
