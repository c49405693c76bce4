"""Musical keys: reading every usual spelling, and the shortest way from one to another."""

import re
from dataclasses import dataclass
from typing import Final, Literal

Mode = Literal["major", "minor"]

_LETTERS: Final = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_MAJOR_NAMES: Final = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MINOR_NAMES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")

_KEY = re.compile(
    r"""^\s*(?P<letter>[a-gA-G])
    \s*[-_]?\s*(?P<accidental>\#|♯|b|♭|sharp|flat|s(?=\b|_|maj|min))?
    \s*[-_]?\s*(?P<scale>harmonic|melodic|natural)?
    \s*[-_]?\s*(?P<mode>major|minor|maj|min|mi|ma|m|M)?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic (0 is C, 11 is B) and a mode; written "A minor", "F# major", "Bb minor"."""

    tonic: int
    mode: Mode

    def __str__(self) -> str:
        names = _MAJOR_NAMES if self.mode == "major" else _MINOR_NAMES
        return f"{names[self.tonic]} {self.mode}"

    @property
    def relative_major(self) -> int:
        """Pitch class of the major key with the same notes."""
        return self.tonic if self.mode == "major" else (self.tonic + 3) % 12


def parse_key(text: str) -> Key | None:
    """The key that ``text`` names ("Am", "Bb min", "c sharp minor", "F#maj"), or None.

    A lone capital or small letter ("A") is major, as musicians write it.
    """
    match = _KEY.match(text)
    if match is None:
        return None
    tonic = _LETTERS[match["letter"].lower()]
    accidental = (match["accidental"] or "").lower()
    if accidental in {"#", "♯", "sharp", "s"}:
        tonic += 1
    elif accidental in {"b", "♭", "flat"}:
        tonic -= 1
    word = match["mode"] or ""
    minor = word == "m" or word.lower() in {"minor", "min", "mi"}
    if not word and match["scale"]:
        minor = True
    return Key(tonic % 12, "minor" if minor else "major")


def semitones_between(source: Key, target: Key) -> int:
    """Shortest transposition, in -5..+6 semitones, that makes the notes of one key those of another.

    Relative keys (A minor, C major) hold the same notes, so the way between them is 0.
    """
    return wrap_semitones(target.relative_major - source.relative_major)


def wrap_semitones(semitones: int) -> int:
    """The same pitch class by the shortest way, in -5..+6."""
    return (semitones + 5) % 12 - 5
