"""The bank of phrases that training sentences are made of.

A line is ``pattern => calls`` or ``[calls before] pattern => calls``. In a pattern ``(a|b|)`` stands for one of its
alternatives and may nest; ``{slot}`` stands for something of the song or the world, said in one of many ways, and the
same slot in the calls for what it means. ``#`` begins a comment, ``% song=empty`` (``full``, ``any``) and
``% weight=2`` hold for the lines after them until the next such line. ``<it> = (it|that one)`` names a pattern that
later lines of the file may use, in the calls before too. A file is one family of phrasings.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

State = Literal["empty", "full", "any"]
FOLDER: Final = Path(__file__).with_name("phrases")
_LINE: Final = re.compile(r"(?:\[(?P<before>[^\]]*)\]\s*)?(?P<say>.*?)\s*=>\s*(?P<calls>.+)")
_ALTERNATIVES: Final = re.compile(r"\(([^()]*)\)")
_SETTING: Final = re.compile(r"(\w+)\s*=\s*([\w.]+)")
_NAMED: Final = re.compile(r"(<\w+>) = (.+)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way, or several alike, of asking for the same calls."""

    say: str
    calls: str
    before: str
    state: State
    weight: float
    family: str
    line: int


def read_phrases(folder: Path = FOLDER) -> tuple[Phrase, ...]:
    """Every phrase of the folder's files, in order. Raises ValueError where a line is none."""
    return tuple(phrase for path in sorted(folder.glob("*.txt")) for phrase in _phrases(path))


def _phrases(path: Path) -> Iterator[Phrase]:
    state: State = "full"
    weight = 1.0
    named: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("%"):
            for name, value in _SETTING.findall(text):
                if name == "song" and value in {"empty", "full", "any"}:
                    state = value
                elif name == "weight":
                    weight = float(value)
                else:
                    raise ValueError(f"{path.name}, line {number}: there is no setting {name}={value}")
            continue
        text = _unfolded(text, named)
        if not text:
            continue
        match = _LINE.fullmatch(text)
        if match is None:
            raise ValueError(f"{path.name}, line {number}: not a phrase")
        if text.count("(") != text.count(")"):
            raise ValueError(f"{path.name}, line {number}: a bracket too many")
        yield Phrase(match["say"], match["calls"], match["before"] or "", state, weight, path.stem, number)


def _unfolded(text: str, named: dict[str, str]) -> str:
    """A line with the patterns that it names written out; "" where it names one itself, which is added."""
    for name, pattern in named.items():
        text = text.replace(name, pattern)
    if (pair := _NAMED.fullmatch(text)) is None:
        return text
    named[pair[1]] = pair[2]
    return ""


def one_way(dice: random.Random, pattern: str) -> str:
    """One way of saying a pattern, its alternatives chosen by the dice; slots stay."""
    while (match := _ALTERNATIVES.search(pattern)) is not None:
        pattern = pattern[: match.start()] + dice.choice(match[1].split("|")) + pattern[match.end() :]
    return " ".join(pattern.split())
