"""The library in memory: an unchanging picture, renewed by what changed in the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

import numpy as np

from loopmind_chat.library.corrections import corrected
from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.limits import collection_paused
from loopmind_chat.library.loop_rows import LoopRow
from loopmind_chat.library.settle.together import Settled, folder_of
from loopmind_chat.song.loops import LoopFacts


@dataclass(frozen=True)
class Entry:
    """A loop as the user knows it."""

    facts: LoopFacts
    """After corrections, and settled among the other loops."""
    heard: LoopFacts
    """After corrections alone."""
    changes: Mapping[str, Any]
    """The corrections."""
    places: tuple[str, ...]
    lost: tuple[str, ...]
    rating: int
    revision: int
    model: str
    vector: Vectors | None
    """Of the text that describes it, shape (n,)."""
    sound_model: str = ""
    sound: Vectors | None = None
    """Of its audio, shape (n,), unit length."""

    @classmethod
    def of(cls, row: LoopRow) -> "Entry":
        """From what is stored."""
        facts = corrected(row.facts, row.changes) if row.changes else row.facts
        return cls(
            facts,
            facts,
            row.changes,
            tuple([facts.path if place == facts.path else place for place in row.places]),  # one string, not two
            row.lost,
            row.rating,
            row.revision,
            row.model,
            _vector(row.vector),
            row.sound_model,
            _vector(row.sound),
        )

    def told(self, settled: Settled) -> "Entry":
        """The same with its facts as settled."""
        facts = settled.facts(self.heard)
        return self if facts is self.facts or facts == self.facts else replace(self, facts=facts)

    def within(self, folders: tuple[str, ...]) -> LoopFacts | None:
        """The facts with the first place under the folders; None where it lies in none of them."""
        places = [p for p in self.places if p.startswith(folders)] if folders else self.places
        return self._at(places[0]) if places else None

    def anywhere(self) -> LoopFacts:
        """The facts with any place, a lost one for want of a better, and then an ``error`` that says so."""
        if self.places:
            return self._at(self.places[0])
        if self.lost:
            return replace(self._at(self.lost[0]), error="missing: the file is not where it was")
        return replace(self.facts, error="missing: the file was changed or replaced")

    def _at(self, place: str) -> LoopFacts:
        return self.facts if place == self.facts.path else replace(self.facts, path=place, name=PurePath(place).stem)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every loop of the library at one revision."""

    revision: int = -1
    entries: Mapping[str, Entry] = field(default_factory=dict)
    settled: Settled = field(default_factory=Settled)

    def renewed(self, revision: int, rows: Iterable[LoopRow]) -> "Catalogue":
        """This catalogue with some loops replaced or added, in order of id, and settled anew."""
        with collection_paused():
            new = {row.facts.id: Entry.of(row) for row in rows}
            if not new:
                return Catalogue(revision, self.entries, self.settled)
            together = {**self.entries, **new}
            if new.keys() - self.entries.keys():
                together = {loop_id: together[loop_id] for loop_id in sorted(together)}
            old = (self.entries[loop_id] for loop_id in new if loop_id in self.entries)
            folders = frozenset(folder_of(entry.heard) for entry in (*new.values(), *old))
            settled = self.settled.renewed(
                {loop_id: entry.heard for loop_id, entry in together.items()},
                {loop_id: entry.changes for loop_id, entry in together.items() if entry.changes},
                folders,
            )
            return Catalogue(revision, {i: entry.told(settled) for i, entry in together.items()}, settled)


def _vector(stored: bytes) -> Vectors | None:
    return np.frombuffer(stored, "<f4").astype(np.float32, copy=False) if stored else None


def folder_prefixes(folders: Iterable[Path]) -> tuple[str, ...]:
    """What the paths of files in the folders begin with."""
    return tuple(str(PurePath(folder, "_"))[:-1] for folder in folders)
