"""What the rest of LoopMind sees of the library: some folders, at one moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from loopmind_chat.library.catalogue import Catalogue, folder_prefixes
from loopmind_chat.library.embed import DIMENSIONS, Vectors
from loopmind_chat.library.ranking import DIGITS, Blend, Rows, VectorTable, best_by_words
from loopmind_chat.library.search_filter import Filter, TempoKeyRole
from loopmind_chat.library.words import WordIndex, query_words, weighted_words
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

_RECALL: Final = 200
_SILENT_DB: Final = -60.0
_WORD_SHARE: Final = 0.5

Nearest = Callable[[Vectors, int], list[str] | None]
QueryVector = Callable[[str], Vectors | None]


@dataclass(frozen=True, slots=True)
class LoopHit:
    """A loop found, with how well it fits, 0 to 1."""

    facts: LoopFacts
    score: float


class LibraryView:
    """The loops of some folders (none named: of all) as they were when the view was made.

    Order and scores depend on the stored facts and vectors alone (see ``ranking``), so that neither a rebuilt index nor
    the order of a scan changes them. Rows are in order of id, so ties by row are ties by id.
    """

    def __init__(
        self, catalogue: Catalogue, folders: Sequence[Path], *, model: str, query_vector: QueryVector, nearest: Nearest
    ) -> None:
        self._catalogue = catalogue
        self._model = model
        self._query_vector = query_vector
        self._nearest = nearest
        prefixes = folder_prefixes(folders)
        found = ((entry, entry.within(prefixes)) for entry in catalogue.entries.values())
        self._rows = [(entry, facts) for entry, facts in found if facts is not None and not _is_silent(facts)]
        self._loops = tuple(facts for _, facts in self._rows if not _is_cut_short(facts))

    def loops(self) -> Sequence[LoopFacts]:
        """Every loop that can be put into a song, in order of id: there, readable, not silent, not cut short."""
        return self._loops

    def get(self, loop_id: str) -> LoopFacts | None:
        """The loop of that id, of whatever folder; one whose file has gone says so in ``error``."""
        entry = self._catalogue.entries.get(loop_id)
        if entry is None:
            return None
        row = self._row_of.get(loop_id)
        return self._rows[row][1] if row is not None else entry.anywhere()

    def ratings(self) -> Mapping[str, int]:
        """The user's ratings by loop id, -1 or 1; loops without one are left out."""
        return {facts.id: entry.rating for entry, facts in self._rows if entry.rating}

    def affinity(self, text: str) -> Mapping[str, float]:
        """How well each loop fits the words, by id: the cosine of text embeddings, -1 to 1.

        Without a text model: how many of the words are in its name, folder, role and tags, 0 to 1, for all loops; it
        ranks by what is written, not by what is meant. A loop that has no vector yet is left out.
        """
        vector = self._query_vector(text)
        if vector is None:
            if not query_words(text):
                return {}
            scores = np.round(self._words.scores(text), DIGITS).tolist()
            return {facts.id: score for (_, facts), score in zip(self._rows, scores, strict=True)}
        cosines = self._vectors.rounded_cosines(vector).tolist()
        return {self._rows[row][1].id: cosine for row, cosine in zip(self._vectors.rows.tolist(), cosines, strict=True)}

    def search(
        self,
        text: str,
        *,
        role: Role | None = None,
        bpm: float | None = None,
        key: str | None = None,
        limit: int = 10,
    ) -> Sequence[LoopHit]:
        """The loops that best fit the words by meaning and by name, best first, ties by id.

        ``bpm`` admits 4 % either way, half and double time too; ``key`` the loops with the notes of that key. Without
        words, all that the filters admit. Raises LibraryError where ``key`` names none.
        """
        wanted = Filter.of(role, bpm, key)
        if not text.strip():
            return [LoopHit(self._rows[row][1], 0.0) for row in self._admitted(wanted)[:limit].tolist()]
        vector, words = self._query_vector(text), self._words.scores(text)
        if vector is None:
            best = best_by_words(self._admitted(wanted), words, limit)
        else:
            blend = Blend(self._vectors, vector, words, _WORD_SHARE)
            rows = None if wanted else self._recalled(blend, vector, limit)
            best = blend.best(self._admitted(wanted) if rows is None else rows, limit)
        return [LoopHit(self._rows[row][1], score) for row, score in best]

    def _recalled(self, blend: Blend, vector: Vectors, limit: int) -> Rows | None:
        """The rows worth a look, by the index; None where it cannot tell, and every row is looked at."""
        found = self._nearest(vector, _RECALL)
        if found is None:
            return None
        return blend.reach(np.array([self._row_of[i] for i in found if i in self._row_of], np.intp), limit)

    def _admitted(self, wanted: Filter) -> Rows:
        if not wanted:
            return np.arange(len(self._rows), dtype=np.intp)
        return self._table.rows(wanted)

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {facts.id: row for row, (_, facts) in enumerate(self._rows)}

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex(
            [entry.words if facts is entry.facts else weighted_words(facts) for entry, facts in self._rows]
        )

    @cached_property
    def _table(self) -> TempoKeyRole:
        return TempoKeyRole([facts for _, facts in self._rows])

    @cached_property
    def _vectors(self) -> VectorTable:
        described = [
            (row, entry.vector)
            for row, (entry, _) in enumerate(self._rows)
            if entry.vector is not None and entry.model == self._model
        ]
        rows = np.array([row for row, _ in described], np.intp)
        vectors = np.stack([vector for _, vector in described]) if described else np.zeros((0, DIMENSIONS), np.float32)
        return VectorTable(rows, vectors, len(self._rows))


def _is_silent(facts: LoopFacts) -> bool:
    return "silent" in facts.tags or (facts.peak_db is not None and facts.peak_db < _SILENT_DB)


def _is_cut_short(facts: LoopFacts) -> bool:
    return facts.error is not None and "truncated" in facts.error
