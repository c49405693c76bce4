"""The bank of examples, and which of them stand nearest to a sentence.

Nearness is the cosine of weighted word stems and letter triples; numbers, keys, tracks and sections count as their
kind too, so that "mute the hats" is near "mute the drums". It puts examples into the prompt and decides nothing else.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from loopmind_chat.agent.language import NO_CALL, parse
from loopmind_chat.agent.numbers import measures_of
from loopmind_chat.agent.wording import clauses_of
from loopmind_chat.errors import AgentError
from loopmind_chat.home import resource
from loopmind_chat.song.find import role_of, section_kind
from loopmind_chat.tools.spec import Tool

SHOWN: Final = 2
"""Examples in the prompt: each costs about 20 tokens of reading, a tenth of a second, and more of them did not help."""
OFFERED: Final = 6
"""Examples whose tools the grammar offers."""
NEAR_ENOUGH: Final = 0.15
"""Examples farther away say nothing: other languages and gibberish lie below 0.1, requests above 0.3."""
_LINE: Final = re.compile(r"(?:\[(?P<before>[^\]]*)\]\s*)?(?P<say>.*?)\s*=>\s*(?P<calls>.+)")
_ALTERNATIVES: Final = re.compile(r"\(([^()]*)\)")
_TRIPLE_WEIGHT: Final = 0.35
_INSTRUMENTS: Final = frozenset(
    {"hats", "hat", "808", "808s", "kick", "snare", "clap", "guitar", "piano", "strings", "synth"}
)


@dataclass(frozen=True, slots=True)
class Example:
    """What someone said, after which calls, and the calls that do it."""

    say: str
    calls: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the bank: ways of saying the same, of which the first is the one that the calls were written for."""

    ways: tuple[str, ...]
    calls: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The examples nearest to a sentence, and to each of its clauses where it has several; nearest first."""

    examples: tuple[Example, ...]
    clauses: tuple[tuple[str, tuple[Example, ...]], ...] = ()

    @property
    def shown(self) -> tuple[Example, ...]:
        """Those that stand in the prompt: the nearest of the sentence, and the nearest of each clause."""
        if not self.clauses:
            return self.examples[:SHOWN]
        return tuple(dict.fromkeys([*self.examples[:1], *(near[0] for _, near in self.clauses if near)]))

    @property
    def reasons(self) -> frozenset[str]:
        """The reasons that any of them has for no call: "Hello." is no answer to what is near no greeting."""
        calls = (call for example in self.examples for call in parse(example.calls))
        return frozenset(str(call.args.get("why", "")) for call in calls if call.tool == NO_CALL)

    def tools(self, tools: Mapping[str, Tool]) -> tuple[Tool, ...]:
        """The tools that any of them calls: the others are too far from what was said to be offered."""
        return _called(self.examples, tools)

    def clause_tools(self, tools: Mapping[str, Tool]) -> tuple[tuple[str, tuple[Tool, ...]], ...]:
        """Each clause with the tools that are near it."""
        return tuple((text, _called(near, tools)) for text, near in self.clauses)


def _called(examples: Iterable[Example], tools: Mapping[str, Tool]) -> tuple[Tool, ...]:
    names = {call.tool for example in examples for call in parse(example.calls)}
    return tuple(tool for name, tool in tools.items() if name in names)


@cache
def shipped_bank() -> "Bank":
    """The bank of ``prompts/examples.txt``."""
    return Bank(read_lines(resource("prompts", "examples.txt")))


def read_lines(path: Path) -> tuple[Line, ...]:
    """The lines of a file: "say => calls" or "[calls before] say => calls"; "#" begins a comment."""
    lines = []
    for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not text.strip() or text.startswith("#"):
            continue
        match = _LINE.fullmatch(text.strip())
        if match is None:
            raise AgentError(f"{path.name}, line {number}: not an example")
        lines.append(Line(tuple(ways_of(match["say"])), match["calls"], match["before"] or ""))
    return tuple(lines)


def ways_of(pattern: str) -> Iterator[str]:
    """Every way of saying a pattern with alternatives, "(mute|silence) the drums( please|)"; they may nest."""
    match = _ALTERNATIVES.search(pattern)
    if match is None:
        yield " ".join(pattern.split())
        return
    for choice in match[1].split("|"):
        yield from ways_of(pattern[: match.start()] + choice + pattern[match.end() :])


class Bank:
    """Lines of examples with the features of each way of saying them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = tuple(lines)
        features = [[_features(way) for way in line.ways] for line in self.lines]
        # rarity counts lines, not ways: a line with many alternatives does not make its words common
        seen = Counter(name for ways in features for name in {name for way in ways for name in way})
        self._rarity = {name: math.log((1 + len(self.lines)) / (1 + n)) + 0.5 for name, n in seen.items()}
        self._unseen = math.log(1 + len(self.lines)) + 0.5
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._ways: list[tuple[int, str]] = []
        for number, (line, ways) in enumerate(zip(self.lines, features, strict=True)):
            for text, way in zip(line.ways, ways, strict=True):
                for name, value in self._vector(way).items():
                    self._postings.setdefault(name, []).append((len(self._ways), value))
                self._ways.append((number, text))

    def nearest(self, sentence: str, limit: int, *, follows: bool = False) -> list[tuple[float, Example]]:
        """The nearest way of each of the nearest lines, nearest first, with its cosine.

        ``follows``: a turn went before, so that lines that follow one count too.
        """
        scores: dict[int, float] = {}
        for name, value in self._vector(_features(sentence)).items():
            for way, other in self._postings.get(name, ()):
                scores[way] = scores.get(way, 0.0) + value * other
        best: dict[int, tuple[float, str]] = {}
        for way, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            number, text = self._ways[way]
            if self.lines[number].before and not follows:
                continue
            best.setdefault(number, (score, text))
            if len(best) == limit:
                break
        return [
            (score, Example(text, self.lines[number].calls, self.lines[number].before))
            for number, (score, text) in best.items()
        ]

    def near(self, sentence: str, *, follows: bool = False) -> Neighbours:
        """The neighbourhood of a sentence; ``follows``: a turn went before, which the sentence may speak of.

        Only where the nearest example of all speaks of the turn before it is the sentence taken to do so.
        """
        examples = self._nearest(sentence, follows=follows)
        if follows and not any(example.before for example in examples[:1]):
            examples = self._nearest(sentence, follows=False)
        parts = clauses_of(sentence)
        clauses = tuple((part, self._nearest(part, follows=False)) for part in parts) if len(parts) > 1 else ()
        return Neighbours(examples, clauses)

    def _nearest(self, sentence: str, *, follows: bool) -> tuple[Example, ...]:
        near = self.nearest(sentence, OFFERED, follows=follows)
        return tuple(example for nearness, example in near if nearness >= NEAR_ENOUGH)

    def _vector(self, features: Mapping[str, float]) -> dict[str, float]:
        weighted = {feature: value * self._rarity.get(feature, self._unseen) for feature, value in features.items()}
        length = math.sqrt(sum(value * value for value in weighted.values())) or 1.0
        return {feature: value / length for feature, value in weighted.items()}


def _features(sentence: str) -> dict[str, float]:
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
    return features


def _kind_of(word: str) -> str:
    if word.startswith("@"):
        return "<path>"
    if measures_of(word):
        return "<number>"
    if section_kind(word) is not None:
        return "<section>"
    if role_of(word) is not None or word in _INSTRUMENTS:
        return "<track>"
    return ""
