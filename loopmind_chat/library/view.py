"""What the rest of LoopMind sees of the library: some folders, at one moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from loopmind_chat.errors import LibraryError, NoSuchLoop
from loopmind_chat.library.catalogue import Catalogue, folder_prefixes
from loopmind_chat.library.embed import DIMENSIONS, Vectors
from loopmind_chat.library.name_words import query_words
from loopmind_chat.library.placed import sound_model
from loopmind_chat.library.ranking import DIGITS, Blend, Likeness, Rows, VectorTable, best_by_words
from loopmind_chat.library.reference import Reference
from loopmind_chat.library.search_filter import Filter, TempoKeyRole
from loopmind_chat.library.vector_index import Space
from loopmind_chat.library.words import WordIndex
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

WORD_SHARE: Final = 0.6
"""How much of a score is words, the rest meaning: best of 0 to 1 by ``benchmarks/search_relevance.py``, and not by much
from 0.4 to 0.8."""
LIKE_SHARE: Final = 0.6
"""How much of a score is likeness to a loop, where words are asked for too."""
_INDEX_PAYS: Final = 200_000
"""Up to so many loops looking at all of them, bounds first, is as quick as asking the index, and misses none."""
_RECALL: Final = 200
_SILENT_DB: Final = -60.0

Nearest = Callable[[Space, Vectors, int], list[str] | None]
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
        cosines = self._texts.rounded_cosines(vector).tolist()
        return {self._rows[row][1].id: cosine for row, cosine in zip(self._texts.rows.tolist(), cosines, strict=True)}

    def sounds(self) -> tuple[list[str], Vectors]:
        """Ids, ascending, and vectors of how the loops sound, shape (loops, n): those that have been heard."""
        return [self._rows[row][1].id for row in self._sounds.rows.tolist()], self._sounds.vectors

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
            return self._hits(best_by_words(self._admitted(wanted), words, limit))
        blend = Blend(words, WORD_SHARE, [Likeness(self._texts, vector, 1.0 - WORD_SHARE)])
        rows = self._recalled(blend, Space.TEXT, vector, limit) if not wanted else None
        return self._hits(blend.best(self._admitted(wanted) if rows is None else rows, limit))

    def similar(  # noqa: PLR0913 - the filters of a search, and what to compare with
        self,
        loop_id: str,
        *,
        text: str = "",
        role: Role | None = None,
        bpm: float | None = None,
        key: str | None = None,
        limit: int = 10,
    ) -> Sequence[LoopHit]:
        """The loops that sound most like this one, itself left out; filters as in ``search``.

        With ``text`` words and meaning count as well. A loop that has not been heard is compared by what describes it.
        Raises NoSuchLoop; LibraryError where nothing is known to compare it by.
        """
        entry = self._catalogue.entries.get(loop_id)
        if entry is None:
            raise NoSuchLoop(f"the library has no loop {loop_id}")
        reference = Reference(entry.facts, entry.sound_model, entry.sound)
        described = entry.vector if entry.model == self._model else None
        return self._alike(reference, described, text, Filter.of(role, bpm, key), limit)

    def similar_to(  # noqa: PLR0913 - the same
        self,
        reference: Reference,
        *,
        text: str = "",
        role: Role | None = None,
        bpm: float | None = None,
        key: str | None = None,
        limit: int = 10,
    ) -> Sequence[LoopHit]:
        """The loops that sound most like a file that need not be in the library (``Library.reference``).

        As ``similar`` otherwise; the same sound in the library is left out.
        """
        described = self._query_vector(reference.text) if reference.text and reference.sound is None else None
        return self._alike(reference, described, text, Filter.of(role, bpm, key), limit)

    def _alike(
        self, reference: Reference, described: Vectors | None, text: str, wanted: Filter, limit: int
    ) -> list[LoopHit]:
        table, vector, space = self._sounds, reference.sound, Space.AUDIO
        if vector is None or reference.sound_model != self.sound_model:
            table, vector, space = self._texts, described, Space.TEXT
        if vector is None:
            raise LibraryError(f"{reference.facts.name} has not been heard yet: scan its folder again")
        words, share, likenesses = np.zeros(len(self._rows)), 0.0, [Likeness(table, vector, 1.0)]
        if text.strip():
            words, share = self._words.scores(text), (1.0 - LIKE_SHARE) * WORD_SHARE
            likenesses = [Likeness(table, vector, LIKE_SHARE)]
            if (meaning := self._query_vector(text)) is not None:
                likenesses.append(Likeness(self._texts, meaning, (1.0 - LIKE_SHARE) * (1.0 - WORD_SHARE)))
        blend = Blend(words, share, likenesses)
        plain = not wanted and len(likenesses) == 1
        rows = self._recalled(blend, space, vector, limit + 1) if plain else None
        found = self._hits(blend.best(self._admitted(wanted) if rows is None else rows, limit + 1))
        return [hit for hit in found if hit.facts.id != reference.facts.id][:limit]

    def _hits(self, best: Sequence[tuple[int, float]]) -> list[LoopHit]:
        return [LoopHit(self._rows[row][1], score) for row, score in best]

    def _recalled(self, blend: Blend, space: Space, vector: Vectors, limit: int) -> Rows | None:
        """The rows worth a look, by the index; None where all are better looked at."""
        if len(self._rows) <= _INDEX_PAYS:
            return None
        found = self._nearest(space, vector, _RECALL)
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
        return WordIndex([facts for _, facts in self._rows])

    @cached_property
    def _table(self) -> TempoKeyRole:
        return TempoKeyRole([facts for _, facts in self._rows])

    @cached_property
    def _texts(self) -> VectorTable:
        vectors = [entry.vector if entry.model == self._model else None for entry, _ in self._rows]
        return VectorTable.of(vectors, DIMENSIONS)

    @cached_property
    def sound_model(self) -> str:
        """What made the audio vectors; "" where there are none."""
        return sound_model(self._catalogue)

    @cached_property
    def _sounds(self) -> VectorTable:
        return VectorTable.of([e.sound if e.sound_model == self.sound_model else None for e, _ in self._rows])


def _is_silent(facts: LoopFacts) -> bool:
    return "silent" in facts.tags or (facts.peak_db is not None and facts.peak_db < _SILENT_DB)


def _is_cut_short(facts: LoopFacts) -> bool:
    return facts.error is not None and "truncated" in facts.error
