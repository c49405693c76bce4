"""The sentences, read from ``sentences/*.toml``."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "sentences"
LINES: Final = ("single", "several", "follow-ups", "nothing", "typos and slang")
"""What the families add up to: the lines of the table."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A turn before the one judged: what was said, and the calls that are made of it."""

    say: str
    do: str


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, where it is said, and what it must leave."""

    say: str
    song: str
    ways: tuple[tuple[str, ...], ...]
    """What must be true after it: all wishes of any one of these."""
    do: tuple[str, ...]
    """Calls that do it, for the oracle and for statistics by tool; never compared with what an agent calls."""
    earlier: tuple[Earlier, ...]
    line: str
    family: str
    group: str
    half: str
    """``dev`` may be looked at, which spends it; ``test`` is sealed."""

    @property
    def leaves_song(self) -> bool:
        """Whether it is right to leave the song alone."""
        return self.line == "nothing"


def read_cases(folder: Path = FOLDER, *, real: bool = False) -> tuple[Case, ...]:
    """Every case, family by family. ``real``: those for a library of real loops, and no others."""
    return tuple(
        case for path in sorted(folder.glob("*.toml")) if (path.stem == "real") is real for case in _family(path)
    )


def _family(path: Path) -> Iterator[Case]:
    document = tomllib.loads(path.read_text("utf-8"))
    line = document["line"]
    if line not in LINES:
        raise ValueError(f"{path.name}: no line is called {line}")
    for group in document["group"]:
        for row in group["cases"]:
            yield _case(row, group, line, path.stem)


def _case(row: Mapping[str, Any], group: Mapping[str, Any], line: str, family: str) -> Case:
    known = {"say", "song", "want", "or", "do", "after"}
    if set(row) - known or group["half"] not in {"dev", "test"}:
        raise ValueError(f"{family}: {row}")
    ways = [_texts(row.get("want", ["unchanged"])), *(_texts(way) for way in row.get("or", []))]
    earlier = tuple(Earlier(say, do) for say, do in row.get("after", group.get("after", [])))
    song = row.get("song", group.get("song", "night"))
    return Case(row["say"], song, tuple(ways), _texts(row["do"]), earlier, line, family, group["name"], group["half"])


def _texts(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
