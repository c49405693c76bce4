"""Which loops suit a wish: the score of each loop, before and beside the others that are chosen.

A score is a sum of plain terms, in units of "about as much as a good match of meaning"; more is better.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Final

from loopmind_chat.compose.chance import gumbel
from loopmind_chat.compose.fit import Fit
from loopmind_chat.compose.moods import Mood, mood_score
from loopmind_chat.compose.wording import content_words, loop_words, singular, words_of
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.keys import Key, semitones_between
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import UNPITCHED, Role

JITTER: Final = 0.26
"""Scale of the chance in a choice: loops this close in score take turns from seed to seed."""
_FIT: Final = 1.5
AVOIDED: Final = 1.6
"""What it costs a loop that it should change."""
KEPT: Final = 4.0
"""What it is worth that a loop should stay."""
_MEASURES: Final = ("brightness_hz", "loudness_lufs", "density")
_TONE_WEIGHT: Final = {Role.DRUMS: 0.45, Role.PERCUSSION: 0.4, Role.FX: 0.4, Role.BASS: 0.5, Role.VOCAL: 0.6}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A loop that has a part, and how it is made to fit."""

    facts: LoopFacts
    fit: Fit


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is wanted of every loop."""

    genre_words: frozenset[str] = frozenset()
    mood: Mood = field(default_factory=Mood)
    mood_weight: float = 1.0
    """Less than 1 where the mood is only what the genre tends to."""
    meaning_weight: float = 0.9
    """More where the words of a wish matter more than the song's mood."""
    seed: int = 0
    avoid: frozenset[str] = frozenset()
    """Loops that should change: taken only where there is no other."""
    keep: frozenset[str] = frozenset()
    """Loops that should stay, wherever they fit."""
    blend: tuple[str, ...] = ()
    """Words of sources that should all be heard."""


@dataclass(frozen=True, kw_only=True)
class Scorer:
    """Scores the loops of one library for one wish."""

    wish: Wish
    loops: Sequence[LoopFacts]
    """In order of id."""
    affinity: Mapping[str, float] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)
    _merits: dict[str, float] = field(default_factory=dict, init=False)

    def merit(self, facts: LoopFacts) -> float:
        """How well a loop suits the wish by itself."""
        if facts.id not in self._merits:
            self._merits[facts.id] = self._merit(facts)
        return self._merits[facts.id]

    def score(self, facts: LoopFacts, fit: Fit, chosen: Iterable[Chosen] = (), *, purpose: str = "") -> float:
        """How well a loop suits the wish beside those already chosen; chance included, by seed and purpose."""
        chance = JITTER * gumbel(self.wish.seed, f"choose {purpose}", facts.id)
        return self.merit(facts) - _FIT * fit.cost + self.company(facts, fit, chosen) + chance

    def rank(self, facts: LoopFacts, measure: str) -> float:
        """Where a loop stands among those of its role by a measure, -1 (lowest) to 1 (highest); 0 if unknown."""
        value = getattr(facts, measure)
        if value is None:
            return 0.0
        values = self._measured.get((facts.role, facts.is_loop, measure), [])
        if len(values) < 2 or values[0] == values[-1]:  # noqa: PLR2004 - nothing to compare with
            return _by_itself(facts, measure)
        below = _count_below(values, value)
        return 2.0 * below / (len(values) - 1) - 1.0

    def company(self, facts: LoopFacts, fit: Fit, chosen: Iterable[Chosen]) -> float:
        """How well a loop goes with those already chosen: same pack, same key, room in the spectrum."""
        others = list(chosen)
        if not others:
            return 0.0
        folder = PurePath(facts.path).parent
        home = sum(PurePath(other.facts.path).parent == folder for other in others) / len(others)
        kin = sum(PurePath(other.facts.path).parent.parent == folder.parent for other in others) / len(others)
        total = self._balance(facts, others) if self.wish.blend else 0.35 * home + 0.15 * kin
        if facts.role in UNPITCHED:
            return total
        pitched = [other for other in others if other.facts.role not in UNPITCHED]
        total += 0.3 * _mean([_agreement(Chosen(facts, fit), other) for other in pitched])
        return total - 0.35 * max((self._crowding(facts, other.facts) for other in pitched), default=0.0)

    def _balance(self, facts: LoopFacts, others: Sequence[Chosen]) -> float:
        """Above 0 where a loop comes from a source that is heard too little so far."""
        own = [word for word in self.wish.blend if word in loop_words(facts)]
        if not own:
            return 0.0
        heard = min(sum(word in loop_words(other.facts) for other in others) for word in own)
        return 1.8 * (1.0 / len(self.wish.blend) - heard / len(others))

    def _merit(self, facts: LoopFacts) -> float:
        mood, weight = self.wish.mood, self.wish.mood_weight
        words = loop_words(facts)
        total = self.wish.meaning_weight * self._meaning(facts) + self._genre_match(facts, words)
        total += 0.7 * weight * mood_score(mood, facts.tags, words)
        tone = _TONE_WEIGHT.get(facts.role, 1.0) * weight
        total += 0.75 * tone * mood.brightness * _enough(self.rank(facts, "brightness_hz"))
        total += 0.3 * weight * mood.loudness * self.rank(facts, "loudness_lufs")
        total += 0.3 * weight * mood.density * self.rank(facts, "density")
        if mood.mode and facts.key and facts.role not in UNPITCHED:
            total += weight * facts.key_confidence * (0.25 if facts.key.mode == mood.mode else -0.55)
        total += 0.4 * facts.role_confidence - (0.4 if facts.error else 0.0)
        total += 0.8 * self.ratings.get(facts.id, 0)
        total += KEPT if facts.id in self.wish.keep else 0.0
        return total - (AVOIDED if facts.id in self.wish.avoid else 0.0)

    def _meaning(self, facts: LoopFacts) -> float:
        """Affinity, stretched so that the library's own range is 0 to 1."""
        low, high = self._affinity_range
        if high - low < 1e-6 or facts.id not in self.affinity:  # noqa: PLR2004 - all the same
            return 0.0
        return (self.affinity[facts.id] - low) / (high - low)

    def _genre_match(self, facts: LoopFacts, words: frozenset[str]) -> float:
        wanted = self.wish.genre_words
        tagged = max((sure for tag, sure in facts.tags.items() if wanted.intersection(words_of(tag))), default=0.0)
        return 0.6 * max(tagged, 0.9 if words & wanted else 0.0)

    def _crowding(self, facts: LoopFacts, other: LoopFacts) -> float:
        """1 where two busy loops want the same place in the spectrum, 0 where at least one keeps clear."""
        if not (facts.brightness_hz and other.brightness_hz):
            return 0.0
        apart = abs(math.log2(facts.brightness_hz / other.brightness_hz))
        busy = min(self.rank(facts, "density"), self.rank(other, "density"))
        return max(0.0, 1.0 - apart) * max(0.0, busy)

    @cached_property
    def _affinity_range(self) -> tuple[float, float]:
        values = [self.affinity[loop.id] for loop in self.loops if loop.id in self.affinity]
        return (min(values), max(values)) if values else (0.0, 0.0)

    @cached_property
    def _measured(self) -> dict[tuple[Role, bool, str], list[float]]:
        table: dict[tuple[Role, bool, str], list[float]] = {}
        for loop in self.loops:
            for measure in _MEASURES:
                value = getattr(loop, measure)
                if value is not None:
                    table.setdefault((loop.role, loop.is_loop, measure), []).append(value)
        for values in table.values():
            values.sort()
        return table


def best(candidates: Iterable[LoopFacts], score: Callable[[LoopFacts], float]) -> list[LoopFacts]:
    """The candidates, best first, ties by id."""
    return sorted(candidates, key=lambda facts: (-score(facts), facts.id))


def from_sources(loops: Sequence[LoopFacts], sources: str) -> list[LoopFacts]:
    """The loops that the words speak of ("only my guitar loops"), by name, folder, tag and role.

    Several words widen the choice ("blend my drill loops with the lofi samples"), unless some loops meet them all.
    Raises ComposeError where none meets any.
    """
    wanted = frozenset(content_words(sources))
    if not wanted:
        return list(loops)
    matches = [(facts, len(wanted & loop_words(facts))) for facts in loops]
    if _asks_for_all(sources):
        whole = [facts for facts, count in matches if count == len(wanted)]
        if whole:
            return whole
    found = [facts for facts, count in matches if count]
    if not found:
        raise ComposeError(f'no loop goes by "{" ".join(sorted(wanted))}"; other words, or no sources, would help')
    return found


def blended(sources: str) -> tuple[str, ...]:
    """The sources that should all be heard: "blend my drill loops with lofi" is drill, lofi."""
    words = content_words(sources)
    return words if len(words) > 1 and not _asks_for_all(sources) else ()


def source_words(text: str) -> frozenset[str]:
    """Words that a genre or a mood is known by, in the spelling that loops' words have."""
    return frozenset(singular(word) for word in words_of(text))


def _asks_for_all(sources: str) -> bool:
    """Whether the words describe one kind of loop ("dark guitar") rather than several ("drill with lofi")."""
    return not {"and", "with", "or", "plus", "blend", "mix"} & set(words_of(sources)) and "," not in sources


def _agreement(one: Chosen, other: Chosen) -> float:
    """1 where two loops end up in the same key, -1 where they clash, 0 where that is unknown."""
    if one.facts.key is None or other.facts.key is None:
        return 0.0
    apart = semitones_between(_moved(one), _moved(other))
    near = {0: 1.0, 5: -0.1, -5: -0.1}.get(apart, -1.0)
    return near * min(one.facts.key_confidence, other.facts.key_confidence)


def _moved(chosen: Chosen) -> Key:
    key = chosen.facts.key or Key(0, "minor")
    return Key((key.tonic + chosen.fit.semitones) % 12, key.mode)


def _enough(rank: float) -> float:
    """A rank as a producer hears it: the darker half is dark, and the extreme is kept for who asks for more."""
    share = min(1.0, abs(rank) / 0.5) - 1.6 * max(0.0, abs(rank) - 0.8)
    return math.copysign(share, rank)


def _by_itself(facts: LoopFacts, measure: str) -> float:
    if measure != "brightness_hz" or not facts.brightness_hz:
        return 0.0
    return max(-1.0, min(1.0, math.log2(facts.brightness_hz / 2000.0) / 2.0))


def _count_below(values: Sequence[float], value: float) -> float:
    """How many values lie below, counting half of those that are equal (itself apart)."""
    left, right = bisect_left(values, value), bisect_right(values, value)
    return left + max(0, right - left - 1) / 2


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
