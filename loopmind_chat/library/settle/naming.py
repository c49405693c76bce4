"""What the user's own words mean, learned from corrections and from loops of which more is known.

A word speaks for a role as far as the loops that carry it are of that role more often than their folder would have it
(Bayes, with a Dirichlet prior): a pack's name that stands in every file of a folder of drums says nothing. Nor does a
word learn from what its own parts say: that every "Dark808" is called a bass is no news of "dark808".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.library.settle.learned import LearnedWord, Naming, told_round, with_role
from loopmind_chat.library.settle.own_words import FOLDER_MARK, folder_words, own_words
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

_ROLES: Final = tuple(Role)
_AT: Final = {role: at for at, role in enumerate(_ROLES)}
_PRIOR: Final = 2.0
"""Loops' worth of belief that a word means no more than its surroundings."""
_CORRECTED: Final = 6.0
"""What a correction counts against a loop whose role is only known."""
_CORRECTED_IN_FOLDER: Final = 3.0
_HEARD: Final = 0.5
"""What a role counts that was only heard, where it was heard plainly."""
_PLAIN: Final = 0.6
_SAID: Final = 0.7
"""Confidence from which a role that was read counts as known."""
_AGREE_MIN: Final = 3.0
"""Without a correction a word needs loops worth so much."""
_SHARE_MIN: Final = 0.6
_OUTWEIGHS_FOLDER: Final = 0.75
_OUTWEIGHS_NAME: Final = 0.85
_SECOND: Final = 2
"""Corrections before what the user means outweighs what the word means elsewhere, or tells loops from one-shots."""
_SURER: Final = 0.05
_SURE_MAX: Final = 0.9
_NONE: Final = -1


def learn_naming(loops: Iterable[LoopFacts], corrections: Mapping[str, Mapping[str, Any]]) -> Naming:
    """Learn from ``loops``, given with their corrections (by id) applied; the order does not matter.

    A word that the user corrected outweighs what was only heard; corrected twice, what the vocabulary says of its
    parts. What the user said of a loop itself is left alone.
    """
    ordered = sorted({loop.id: loop for loop in loops}.values(), key=lambda loop: loop.id)
    lesson = _Lesson(ordered, corrections)
    return lesson.naming() if lesson.has_words else Naming()


class _Lesson:
    """One library, as rows of loops, of words, and of pairs of both."""

    def __init__(self, loops: Sequence[LoopFacts], corrections: Mapping[str, Mapping[str, Any]]) -> None:
        self._loops = loops
        self._corrections = corrections
        folders = [loop.path.rpartition("/")[0] for loop in loops]
        self._own = [own_words(loop.name) for loop in loops]
        self._carried = [(*own.new, *own.joined, *folder_words(f)) for own, f in zip(self._own, folders, strict=True)]
        self._counts = Counter(chain.from_iterable(self._carried))
        self._words = sorted(word for word, count in self._counts.items() if count > 1)
        self._at = {word: at for at, word in enumerate(self._words)}
        self._pair_loop, self._pair_word = self._pairs()
        self._of_folder = np.array([word.endswith(FOLDER_MARK) for word in self._words], bool)
        self._said, self._heard = self._evidence()
        self.has_words = bool(self._words)
        if self.has_words:
            self._learn(_numbered(folders))

    def naming(self) -> Naming:
        told = self._by_sound() | self._by_corrections()
        going = self._going_round()
        facts: dict[str, LoopFacts] = {}
        because: dict[str, tuple[str, ...]] = {}
        for row in sorted(told.keys() | self._carrying(going)):
            loop = self._loops[row]
            new, words = told.get(row, (loop, ()))
            own = self._own[row]
            new, round_word = told_round(new, own.new + own.joined, going, self._said_of(loop))
            if new is not loop:
                facts[loop.id] = new
                because[loop.id] = (*words, *round_word)
        used = sorted({word for words in because.values() for word in words})
        return Naming({word: self._learned(word, going) for word in used}, facts, because)

    def _said_of(self, loop: LoopFacts) -> Mapping[str, Any]:
        return self._corrections.get(loop.id, {})

    def _pairs(self) -> tuple[Places, Places]:
        at = self._at
        pairs = [(row, at[word]) for row, words in enumerate(self._carried) for word in words if word in at]
        loop, word = np.array(pairs, np.intp).reshape(-1, 2).T
        return loop, word

    def _evidence(self) -> tuple[Doubles, Doubles]:
        """How far each loop's role is known by words, and by its sound, without the user's help: (loops, roles)."""
        said, heard = np.zeros((2, len(self._loops), len(_ROLES)))
        for row, loop in enumerate(self._loops):
            if loop.id in self._corrections and "role" in self._corrections[loop.id]:
                continue
            if loop.role_source != "audio":
                if loop.role_confidence >= _SAID:
                    said[row, _AT[loop.role]] = 1.0
            elif loop.role_odds and max(loop.role_odds.values()) >= _PLAIN:
                for role, odds in loop.role_odds.items():
                    heard[row, _AT[role]] = _HEARD * odds
        return said, heard

    def _learn(self, folder: Places) -> None:
        """How many loops of each role carry a word, how many its folders would have had, and what that says."""
        even = _PRIOR / len(_ROLES)
        within = _summed(folder, self._said, int(folder.max(initial=_NONE)) + 1) + even
        within /= within.sum(axis=1, keepdims=True)
        joined = {word for own in self._own for word in own.joined}
        fresh = np.array([word.removesuffix(FOLDER_MARK) not in joined for word in self._words], bool)
        known = self._heard[self._pair_loop] + self._said[self._pair_loop] * fresh[self._pair_word, None]
        mass = known.sum(axis=1, keepdims=True)
        ground = np.where(self._of_folder[self._pair_word, None], 1 / len(_ROLES), within[folder[self._pair_loop]])
        self._corrected = self._corrected_counts()
        weight = np.where(self._of_folder, _CORRECTED_IN_FOLDER, _CORRECTED)[:, None]
        met = _summed(self._pair_word, known, len(self._words))
        self._mass = met.sum(axis=1)
        met += weight * self._corrected + even
        expected = _summed(self._pair_word, mass * ground, len(self._words)) + even
        expected += weight * self._corrected.sum(axis=1, keepdims=True) / len(_ROLES)
        self._share = met / met.sum(axis=1, keepdims=True)
        self._lift = met / expected

    def _corrected_counts(self) -> Doubles:
        """Corrections to each role among the loops that carry a word; shape (words, roles)."""
        counts = np.zeros((len(self._words), len(_ROLES)))
        for row, loop in enumerate(self._loops):
            if loop.id in self._corrections and "role" in self._corrections[loop.id]:
                for word in self._carried[row]:
                    if word in self._at:
                        counts[self._at[word], _AT[loop.role]] += 1
        return counts

    def _by_sound(self) -> dict[int, tuple[LoopFacts, tuple[str, ...]]]:
        """By row, the loops of which little more than their sound was known, with what their words make of it."""
        telling = self._telling()
        best = [self._best(telling & (self._of_folder == kind)) for kind in (False, True)]
        open_rows = [
            row
            for row, loop in enumerate(self._loops)
            if loop.role_source == "audio" and (best[0][row] >= 0 or best[1][row] >= 0)
        ]
        told = {}
        for row in open_rows:
            loop = self._loops[row]
            words = [int(of[row]) for of in best if of[row] >= 0]
            chances = _chances(loop)
            for word in words:
                chances = chances * self._lift[word]
            place = int(np.argmax(chances))
            sure = min(_SURE_MAX, float(chances[place] / chances.sum()))
            needed = loop.role_confidence + (_SURER if _ROLES[place] is loop.role else 0.0)
            if sure >= max(_SHARE_MIN, needed):
                source = "folder" if self._of_folder[words[0]] else "name"
                told[row] = with_role(loop, _ROLES[place], sure, source), tuple(self._words[word] for word in words)
        return told

    def _telling(self) -> npt.NDArray[np.bool_]:
        """Which words say something: of one role, and often enough; shape (words,)."""
        often = (self._mass >= _AGREE_MIN) | (self._corrected.sum(axis=1) > 0)
        return np.asarray(often & (self._share.max(axis=1) >= _SHARE_MIN), bool)

    def _best(self, telling: npt.NDArray[np.bool_]) -> Places:
        """For each loop the one of its words that says most, or -1; shape (loops,)."""
        pairs = np.flatnonzero(telling[self._pair_word])
        loop, word = self._pair_loop[pairs], self._pair_word[pairs]
        order = np.lexsort((word, -self._share.max(axis=1)[word], loop))
        rows, first = np.unique(loop[order], return_index=True)
        best = np.full(len(self._loops), _NONE, np.intp)
        best[rows] = word[order][first]
        return best

    def _by_corrections(self) -> dict[int, tuple[LoopFacts, tuple[str, ...]]]:
        """By row, the loops of which words of the vocabulary told another role than the user's own words do."""
        told: dict[int, tuple[LoopFacts, tuple[str, ...]]] = {}
        of_corrected = self._corrected.sum(axis=1)[self._pair_word] > 0
        for row in np.unique(self._pair_loop[of_corrected]).tolist():
            loop, own = self._loops[row], self._own[row]
            if loop.role_source == "name":
                words, share, times = own.joined, _OUTWEIGHS_NAME, _SECOND
            elif loop.role_source == "folder":
                words, share, times = own.new + own.joined, _OUTWEIGHS_FOLDER, 1
            else:
                continue
            for at in sorted(self._at[word] for word in words if word in self._at):
                place = int(np.argmax(self._share[at]))
                sure = float(self._share[at, place])
                if self._corrected[at, place] >= times and sure >= share and _ROLES[place] is not loop.role:
                    told[row] = with_role(loop, _ROLES[place], min(_SURE_MAX, sure), "name"), (self._words[at],)
        return told

    def _going_round(self) -> dict[str, bool]:
        """Words of loops that the user told from one-shots, or one-shots from loops, twice and never otherwise."""
        told: dict[str, list[bool]] = defaultdict(list)
        for row, loop in enumerate(self._loops):
            if loop.id in self._corrections and "is_loop" in (said := self._corrections[loop.id]):
                for word in self._own[row].new + self._own[row].joined:
                    told[word].append(bool(said["is_loop"]))
        return {word: ways[0] for word, ways in told.items() if len(ways) >= _SECOND and len(set(ways)) == 1}

    def _carrying(self, words: Mapping[str, bool]) -> set[int]:
        at = [self._at[word] for word in words if word in self._at]
        return set(self._pair_loop[np.isin(self._pair_word, at)].tolist())

    def _learned(self, word: str, going: Mapping[str, bool]) -> LearnedWord:
        at = self._at[word]
        best = int(np.argmax(self._share[at]))
        share = round(float(self._share[at, best]), 3)
        corrected = int(self._corrected[at].sum())
        role = _ROLES[best] if self._telling()[at] else None
        return LearnedWord(word, role, share, self._counts[word], corrected, going.get(word))


def _numbered(names: Sequence[str]) -> Places:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.intp)


def _summed(groups: Places, rows: Doubles, count: int) -> Doubles:
    """The sums of ``rows`` by group, shape (count, roles)."""
    return np.stack([np.bincount(groups, column, count) for column in rows.T], axis=1)


def _chances(loop: LoopFacts) -> Doubles:
    """What the sound says of the role."""
    if loop.role_odds:
        return np.array([loop.role_odds.get(role, 0.01) for role in _ROLES])
    chances = np.full(len(_ROLES), (1 - loop.role_confidence) / (len(_ROLES) - 1))
    chances[_AT[loop.role]] = loop.role_confidence
    return chances
