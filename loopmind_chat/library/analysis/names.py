"""Reading the names of files and folders: words, tempo and key.

Names are untrusted and loosely written: "DarkBells_Am_140", "kick3", "Chord C Harmonic Minor 81BPM". A reading is
taken only where the shape of the name bears it; whether it is *true* the audio decides (``tempo``, ``key``).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from loopmind_chat.song.keys import Key
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN

FOLDERS: Final = 3
"""Folders above the file whose names are read."""

_EXPLICIT_BPM: Final = re.compile(
    r"(?<![\d.])(\d{2,3}(?:[.,]\d{1,2})?)[\s_-]*bpm|bpm[\s_=-]*(\d{2,3}(?:[.,]\d{1,2})?)(?!\d)", re.IGNORECASE
)
_BARE_NUMBER: Final = re.compile(r"(?<![\d.,#/])(?<!\d-)(\d{2,3})(?![\d./])(?!,\d)(?!-\d)")
_RANGE_BPM: Final = re.compile(r"(?<!\d)(\d{2,3})[\s_]*(?:-|to|–)[\s_]*(\d{2,3})[\s_-]*bpm", re.IGNORECASE)  # noqa: RUF001 - dashes occur in names
_BARE_MIN: Final = 50
_BARE_MAX: Final = 220
_PIECES: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|&")
_HASH: Final = re.compile(r"^(?=.*\d)(?=.*[a-f])[0-9a-f]{6,}$")
_FOLDER_KEY: Final = 0.9
"""How sure a folder's key must be: written out, as "A Minor"."""

_KEY: Final = re.compile(
    r"""(?<![A-Za-z#])
    (?P<letter>[A-Ga-g])
    (?P<accidental>\#|♯|♭|b(?=m(?:in|aj)?(?![a-z])|M|[^A-Za-z]|$)|[\s_-]?(?:[Ss]harp|[Ff]lat|SHARP|FLAT)(?![a-z]))?
    (?:
        [\s_-]*(?:(?i:natural|harmonic|melodic)[\s_-]*)?
        (?P<word>(?i:major|minor|maj|min|aeolian|dorian|phrygian|lydian|mixolydian|locrian|ionian))(?![a-z])
        | (?P<small>m)(?![a-z])
    )?
    (?P<chord>(?:[5679]|11|13|maj7|sus[24]?|add9)(?![\dA-Za-z]))?
    (?:(?<=[a-z]{2})|(?<=[A-G\#b]m)|(?![A-Za-z]))(?![a-z\#♯♭])""",
    re.VERBOSE,
)
_SPREAD: Final = re.compile(
    r"(?<=[a-z0-9])(?=[A-G](?:#|b)?(?:m|min|maj|Min|Maj|Minor|Major|minor|major)?(?:[^A-Za-z]|$))"
)
_LETTERS: Final = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_MAJOR_WORDS: Final = frozenset(("major", "maj", "lydian", "mixolydian", "ionian"))
_BEFORE_TEMPO: Final = re.compile(r"^[\s_-]*(?:\d{2,3}\s*(?:bpm|[\s_-]|$)|bpm)", re.IGNORECASE)
_AFTER_TEMPO: Final = re.compile(r"(?:(?<!\d)\d{2,3}|bpm)[\s_-]*$", re.IGNORECASE)
_AFTER_KEY_WORD: Final = re.compile(r"(?:^|[\s_-])(?:in|key)(?:[\s_-]?of)?[\s_-]*$", re.IGNORECASE)
_I_AM: Final = re.compile(r"(?:^|[\s_-])I[\s_-]+Am$")
_CHORD_WORDS: Final = re.compile(r"^[\s_-]*(?:half[\s_-]*)?(?:dim|aug|sus|diminished|augmented)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedKey:
    """A key read from a name."""

    tonic: int
    mode: str | None
    """"major" or "minor"; None where only the root is named."""
    sure: float
    """0..1: how plainly it is written."""

    @property
    def key(self) -> Key | None:
        """The key, where the mode is named too."""
        if self.mode == "major":
            return Key(self.tonic, "major")
        return Key(self.tonic, "minor") if self.mode == "minor" else None


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What the name of a file and of its folders say."""

    words: tuple[str, ...]
    """Words of the file's name in small letters, numbers among them."""
    folders: tuple[tuple[str, ...], ...]
    """Words of the folders' names, the nearest first."""
    explicit_bpm: float | None
    """Written with "BPM"."""
    bare_numbers: tuple[float, ...]
    """Numbers that might be a tempo."""
    key: NamedKey | None
    explicit_in_file: bool = True
    """Whether ``explicit_bpm`` stands in the file's own name and not only in a folder's."""
    range_bpm: tuple[float, float] | None = None
    """Tempos between which the loops of a file or folder are said to lie: "120-128 bpm"."""
    folder_numbers: tuple[float, ...] = ()
    """Numbers in the names of folders that might be a tempo, the nearest folder's first."""


def read_name(path: str) -> NameFacts:
    """Read the name of a file, and of the folders it lies in."""
    pure = PurePath(path)
    stem = "_".join(token for token in plain(pure.stem).split("_") if not _HASH.match(token))
    nearest_first = [plain(part) for part in reversed(pure.parent.parts[-FOLDERS:]) if part.strip("/\\")]
    stated = next(filter(None, map(range_bpm, (stem, *nearest_first))), None)
    own, theirs = (explicit_bpm(_RANGE_BPM.sub(" ", part)) for part in (stem, "\n".join(nearest_first)))
    numbers = dict.fromkeys(number for part in nearest_first for number in bare_numbers(part))
    key = named_key(stem)
    if key is None:
        folder_keys = filter(None, map(named_key, nearest_first))
        key = next((found for found in folder_keys if found.sure > _FOLDER_KEY), None)
    return NameFacts(
        words=words(stem),
        folders=tuple(map(words, nearest_first)),
        explicit_bpm=own or theirs,
        bare_numbers=bare_numbers(stem),
        key=key,
        explicit_in_file=own is not None or theirs is None,
        range_bpm=stated,
        folder_numbers=tuple(numbers),
    )


def plain(text: str) -> str:
    """``text`` composed (NFC), with spaces for control characters and question marks for broken bytes."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(" " if unicodedata.category(c)[0] == "C" else c for c in unicodedata.normalize("NFC", text))


def words(text: str) -> tuple[str, ...]:
    """The words of a name in small letters: "DarkBells_140bpm" is dark, bells, 140, bpm. Hashes are left out."""
    found: list[str] = []
    for token in re.split(r"[^0-9A-Za-z&]+", text):
        if not _HASH.match(token):
            found.extend(piece.lower() for piece in _PIECES.findall(token))
    return tuple(found)


def phrases(found: Sequence[str], longest: int) -> Iterator[tuple[int, int, str]]:
    """Every run of up to ``longest`` words as (start, length, text), the longest first at each start."""
    for start in range(len(found)):
        for length in range(min(longest, len(found) - start), 0, -1):
            yield start, length, " ".join(found[start : start + length])


def explicit_bpm(text: str) -> float | None:
    """The tempo written with "BPM", within the limits of a song."""
    for before, after in _EXPLICIT_BPM.findall(text):
        tempo = float((before or after).replace(",", "."))
        if TEMPO_MIN <= tempo <= TEMPO_MAX:
            return tempo
    return None


def range_bpm(text: str) -> tuple[float, float] | None:
    """The tempos between which a name says its loops lie: "120-128 bpm"."""
    for low, high in _RANGE_BPM.findall(text):
        if TEMPO_MIN <= float(low) < float(high) <= min(TEMPO_MAX, 2 * float(low)):
            return float(low), float(high)
    return None


def bare_numbers(text: str) -> tuple[float, ...]:
    """Numbers standing alone that might be a tempo, in order."""
    tokens = (token for token in re.split(r"[\s_()\[\]]+", text) if not _HASH.match(token))
    numbers = (float(number) for token in tokens for number in _BARE_NUMBER.findall(token))
    return tuple(dict.fromkeys(number for number in numbers if _BARE_MIN <= number <= _BARE_MAX))


def named_key(text: str) -> NamedKey | None:
    """The most plainly written key in a name; None where there is none.

    "A Minor", "F#m" and "Ebmaj" are keys. A lone letter is one only beside a tempo ("Ambience_A_85BPM") or after
    "key of"; a small "am" or "em" likewise, because they are words.
    """
    spread = _SPREAD.sub(" ", text)
    readings = [reading for match in _KEY.finditer(spread) if (reading := _reading(match, spread)) is not None]
    return max(readings, key=lambda reading: reading.sure, default=None)


def _reading(match: re.Match[str], text: str) -> NamedKey | None:
    before, after = text[: match.start()], text[match.end() :]
    if _CHORD_WORDS.match(after) or _I_AM.search(before + match[0]):
        return None
    beside = bool(_BEFORE_TEMPO.match(after) or _AFTER_TEMPO.search(before) or _AFTER_KEY_WORD.search(before))
    sure = _sureness(match, beside=beside)
    if not sure:
        return None
    accidental = (match["accidental"] or "").strip(" _-").lower()
    shift = 0 if not accidental else 1 if accidental in {"#", "♯", "sharp"} else -1
    word = (match["word"] or "").lower()
    mode = "minor" if match["small"] else None
    if word:
        mode = "major" if word in _MAJOR_WORDS else "minor"
    return NamedKey((_LETTERS[match["letter"].lower()] + shift) % 12, mode, sure)


def _sureness(match: re.Match[str], *, beside: bool) -> float:
    """How surely the match is a key; 0 where it is none. ``beside``: a tempo or the word "key" stands next to it."""
    marked = bool(match["letter"].isupper() or match["accidental"] or beside)
    if match["word"]:
        return 0.98 if marked else 0.85
    if match["small"]:
        if match["chord"]:
            return 0.7
        return 0.95 if marked else 0.0
    if match["chord"]:
        return 0.0
    if match["accidental"] and (match["letter"].isupper() or "#" in match["accidental"] or beside):
        return 0.8
    return 0.6 if beside else 0.0
