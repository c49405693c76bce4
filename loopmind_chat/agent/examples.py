"""The bank of examples, and which of them stand nearest to a sentence.

Nearness is the cosine of weighted word stems and letter triples; numbers, keys, tracks and sections count as their
kind too, so that "mute the hats" is near "mute the drums". It puts examples into the prompt and decides nothing else.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from loopmind_chat.agent import mentions
from loopmind_chat.errors import AgentError
from loopmind_chat.home import resource
from loopmind_chat.song.find import role_of, section_kind

_LINE: Final = re.compile(r"(?:\[(?P<before>[^\]]*)\]\s*)?(?P<say>.*?)\s*=>\s*(?P<calls>.+)")
_TRIPLE_WEIGHT: Final = 0.35
_BEFORE_WEIGHT: Final = 1.5
_FOLLOW_UP_WORDS: Final = 5
_INSTRUMENTS: Final = frozenset(
    {"hats", "hat", "808", "808s", "kick", "snare", "clap", "guitar", "piano", "strings", "synth"}
)


@dataclass(frozen=True, slots=True)
class Example:
    """What someone said, after which calls, and the calls that do it."""

    say: str
    calls: str
    before: str = ""


@cache
def shipped_examples() -> tuple[Example, ...]:
    """The examples of ``prompts/examples.txt``."""
    return read_examples(resource("prompts", "examples.txt"))


def read_examples(path: Path) -> tuple[Example, ...]:
    """The examples of a file: "say => calls" or "[calls before] say => calls" a line; "#" begins a comment."""
    examples = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise AgentError(f"{path.name}, line {number}: not an example")
        examples.append(Example(match["say"], match["calls"], match["before"] or ""))
    return tuple(examples)


class Bank:
    """Examples with their features."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.examples = tuple(examples)
        counts = [_features(example.say, follows=bool(example.before)) for example in self.examples]
        seen = Counter(feature for features in counts for feature in features)
        self._rarity = {feature: math.log((1 + len(counts)) / (1 + n)) + 0.5 for feature, n in seen.items()}
        self._unseen = math.log(1 + len(counts)) + 0.5
        self._vectors = [self._vector(features) for features in counts]

    def nearest(self, sentence: str, limit: int, *, follows: bool = False) -> list[tuple[float, Example]]:
        """The examples nearest to a sentence, nearest first, with their cosines; ``follows``: a turn went before."""
        vector = self._vector(_features(sentence, follows=follows))
        scored = [(_dot(vector, other), -index) for index, other in enumerate(self._vectors)]
        return [(score, self.examples[-index]) for score, index in sorted(scored, reverse=True)[:limit]]

    def _vector(self, features: Mapping[str, float]) -> dict[str, float]:
        weighted = {feature: value * self._rarity.get(feature, self._unseen) for feature, value in features.items()}
        length = math.sqrt(sum(value * value for value in weighted.values())) or 1.0
        return {feature: value / length for feature, value in weighted.items()}


def _features(sentence: str, *, follows: bool) -> dict[str, float]:
    features: dict[str, float] = {}
    words = [word.lower() for word in re.findall(r"[\w#@'\u2019-]+", sentence)]
    for word in words:
        kind = _kind_of(word)
        if kind:
            features[kind] = 1.0
        features[f"={word}"] = 0.5 if kind else 1.0
        padded = f" {word} "
        for start in range(len(padded) - 2):
            features[padded[start : start + 3]] = _TRIPLE_WEIGHT * (0.3 if kind else 1.0)
    for first, second in itertools.pairwise(words):
        features[f"{_kind_of(first) or first}_{_kind_of(second) or second}"] = 0.7
    if follows and len(words) <= _FOLLOW_UP_WORDS:
        features["<follows>"] = _BEFORE_WEIGHT
    return features


def _kind_of(word: str) -> str:
    if word.startswith("@"):
        return "<path>"
    if mentions.measures_of(word):
        return "<number>"
    if section_kind(word) is not None:
        return "<section>"
    if role_of(word) is not None or word in _INSTRUMENTS:
        return "<track>"
    return ""


def _dot(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    if len(second) < len(first):
        first, second = second, first
    return sum(value * second[feature] for feature, value in first.items() if feature in second)
