"""What the rest of LoopMind sees of the library: some folders, at one moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.library.catalogue import Catalogue, folder_prefixes
from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.search_filter import Filter, TempoKeyRole
from loopmind_chat.library.words import WordIndex, query_words
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

_DIGITS: Final = 4
"""Scores are rounded, so that the last bits of a sum decide nothing; equal ones go by id."""
_RECALL: Final = 200
_CHUNK: Final = 16_384
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

    Order and scores depend on the stored facts and vectors alone: sums run in double precision, are rounded, and ties
    go by id, so that neither a rebuilt index nor the order of a scan changes them.
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
            scores = self._words.scores(text)
            return {facts.id: round(scores.get(row, 0.0), _DIGITS) for row, (_, facts) in enumerate(self._rows)}
        rows, matrix = self._vectors
        cosines = _cosines(matrix, vector)
        return {
            self._rows[row][1].id: round(cosine, _DIGITS)
            for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True)
        }

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
        words = self._words.scores(text)
        if not query_words(text) and not text.strip():
            rows = self._admitted(wanted)
            return [LoopHit(self._rows[row][1], 0.0) for row in rows[:limit].tolist()]
        vector = self._query_vector(text)
        if vector is None:
            rows = self._admitted(wanted)
            scores = {row: words[row] for row in rows.tolist() if row in words}
        else:
            rows = self._candidates(vector, words, wanted)
            scores = self._blended(rows, vector, words)
        best = sorted(scores, key=lambda row: (-round(scores[row], _DIGITS), self._rows[row][1].id))
        return [LoopHit(self._rows[row][1], round(scores[row], _DIGITS)) for row in best[:limit]]

    def _candidates(self, vector: Vectors, words: Mapping[int, float], wanted: Filter) -> NDArray[np.intp]:
        """The rows worth an exact look: of few or filtered ones all, of very many what the index recalls."""
        if not wanted:
            recalled = self._nearest(vector, _RECALL)
            if recalled is not None:
                known = [self._row_of[loop_id] for loop_id in recalled if loop_id in self._row_of]
                if len(known) * 2 >= min(_RECALL, len(self._rows)):  # else this view is a small part of the library
                    return np.array(sorted({*known, *words}), np.intp)
        return self._admitted(wanted)

    def _blended(self, rows: NDArray[np.intp], vector: Vectors, words: Mapping[int, float]) -> dict[int, float]:
        described, matrix = self._vectors
        where = np.searchsorted(described, rows)
        where[where == len(described)] = 0
        has_vector = described[where] == rows if len(described) else np.zeros(len(rows), bool)
        cosines = np.zeros(len(rows))
        cosines[has_vector] = _cosines(matrix, vector, where[has_vector])
        return {
            row: _WORD_SHARE * words.get(row, 0.0) + (1 - _WORD_SHARE) * max(cosine, 0.0)
            for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True)
        }

    def _admitted(self, wanted: Filter) -> NDArray[np.intp]:
        if not wanted:
            return np.arange(len(self._rows), dtype=np.intp)
        return self._table.rows(wanted)

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {facts.id: row for row, (_, facts) in enumerate(self._rows)}

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex(facts for _, facts in self._rows)

    @cached_property
    def _table(self) -> TempoKeyRole:
        return TempoKeyRole([facts for _, facts in self._rows])

    @cached_property
    def _vectors(self) -> tuple[NDArray[np.intp], Vectors]:
        """Rows that have a vector of the model in use, ascending, and the vectors, (n, d)."""
        described = [
            (row, entry.vector)
            for row, (entry, _) in enumerate(self._rows)
            if entry.vector is not None and entry.model == self._model
        ]
        rows = np.array([row for row, _ in described], np.intp)
        return rows, np.stack([vector for _, vector in described]) if described else np.zeros((0, 1), np.float32)


def _cosines(matrix: Vectors, vector: Vectors, rows: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
    """Dot products of unit vectors in double precision: the same for a row whatever rows stand beside it."""
    wide = vector.astype(np.float64)
    count = len(matrix) if rows is None else len(rows)
    products = np.zeros(count)
    for start in range(0, count, _CHUNK):
        part = matrix[start : start + _CHUNK] if rows is None else matrix[rows[start : start + _CHUNK]]
        products[start : start + _CHUNK] = part.astype(np.float64) @ wide
    return products


def _is_silent(facts: LoopFacts) -> bool:
    return "silent" in facts.tags or (facts.peak_db is not None and facts.peak_db < _SILENT_DB)


def _is_cut_short(facts: LoopFacts) -> bool:
    return facts.error is not None and "truncated" in facts.error
