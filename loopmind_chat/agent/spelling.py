"""Misspelt words of a sentence, mended where they can only mean one word of music making.

Only words that are no English are touched, and only towards the words that requests are made of
(``prompts/vocabulary.txt``): titles, quoted words, names of loops and paths stay as typed. Nearness is the restricted
Damerau-Levenshtein distance (Damerau 1964; Levenshtein 1966), ties broken by how common a word is in requests.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from loopmind_chat.home import resource
from loopmind_chat.song.model import Song

_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_KEPT: Final = re.compile(
    r"\"[^\"]*\"|\u201c[^\u201d]*\u201d|@\d+|\S*[\d_/\\]\S*"
    r"|\b(?:call(?:ed)?|name[d]?|titled?|save (?:it|this) as)\s+(?:it|this|the song|the track)?.*",
    re.IGNORECASE,
)
"""What is not to be touched: quotes, references, names with digits or underscores, what follows "call it"."""
_ENDINGS: Final = ("'s", "s", "es", "ed", "ing", "est", "ly", "y", "ish", "less", "able", "ness", "like")
_FAR: Final = 8
"""From this length on two slips are mended, below it one."""
_OFTEN: Final = 12
"""In how many lines a word must be for two slips to mean it."""
_SHORT: Final = 4
"""Shorter words are left alone: too many words are one slip away."""
_CONTRACTED: Final = {
    word.replace("'", ""): word
    for word in (
        "can't", "won't", "don't", "didn't", "doesn't", "isn't", "aren't", "wasn't", "weren't", "couldn't", "shouldn't",
        "wouldn't", "hasn't", "haven't", "hadn't", "ain't", "i'm", "i've", "you're", "you've", "they're", "we've",
        "that's", "what's", "where's", "who's", "there's", "here's", "it'll", "that'll", "you'll", "they'll",
    )
}  # fmt: skip
"""Words that are typed without their apostrophe: "cant hear it" must not become "can hear it"."""
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_GLUE: Final = frozenset({
    "a", "add", "all", "and", "at", "for", "from", "get", "in", "into", "is", "it", "make", "me", "mute", "of", "off",
    "on", "out", "some", "that", "the", "this", "to", "too", "turn", "up", "down", "with",
})  # fmt: skip
"""Words that are typed together with the next: "makeit", "inthe"."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of requests with how often they come, and the other words of the language."""

    requests: Mapping[str, int]
    language: Collection[str]

    def knows(self, word: str) -> bool:
        """Whether a word (lower case), or what it is an ending of, is one."""
        if len(word) < _SHORT - 1 or word in self.requests or word in self.language:
            return True
        stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
        stems += [stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]]  # "hogging"
        stems += [f"{word.removesuffix(end)}y" for end in ("ier", "iest", "ily") if word.endswith(end)]
        return any(len(stem) > 2 and (stem in self.language or f"{stem}e" in self.language) for stem in stems)  # noqa: PLR2004 - a stem of two letters says nothing


@cache
def shipped_vocabulary() -> Vocabulary:
    """The vocabulary of ``prompts/vocabulary.txt`` and ``prompts/english.txt``."""
    counted = (line.split() for line in _lines("vocabulary.txt"))
    return Vocabulary({word: int(count) for word, count in counted}, frozenset(_lines("english.txt")))


def mended(sentence: str, song: Song, vocabulary: Vocabulary) -> str:
    """The sentence with misspelt words put right; its other characters as they were."""
    names = _names(song)
    kept = [match.span() for match in _KEPT.finditer(sentence)]

    def put_right(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() in names or any(start < match.end() and match.start() < end for start, end in kept):
            return word
        better = _mended_word(word.lower().replace("\u2019", "'"), vocabulary)
        return word if better is None else better.capitalize() if word[0].isupper() and word[1:].islower() else better

    return _WORD.sub(put_right, sentence)


def _mended_word(word: str, vocabulary: Vocabulary) -> str | None:
    """What a word was meant to be; None where it is a word, or may be several."""
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    if _STRETCHED.search(word):
        calm = [_STRETCHED.sub(times, word) for times in (r"\1", r"\1\1")]
        meant = [w for w in calm if w in vocabulary.requests] or [w for w in calm if vocabulary.knows(w)]
        if meant:
            return meant[0]
    if len(word) < _SHORT or "'" in word or vocabulary.knows(word):
        return None
    near = _nearest(word, vocabulary.requests)
    return near or _parted(word, vocabulary)


def _nearest(word: str, requests: Mapping[str, int]) -> str | None:
    """The word of requests that is nearest; with another first letter only where letters changed places."""
    reach = 2 if len(word) >= _FAR else 1
    found = []
    for other, count in requests.items():
        if abs(len(other) - len(word)) > reach or len(other) < _SHORT - 1:
            continue
        if other[0] != word[0] and sorted(other) != sorted(word):
            continue
        mixed = len(word) > _SHORT and word[0] == other[0] and sorted(word) == sorted(other)
        slips = 1 if mixed else distance(word, other, reach)
        if slips > 1 and (count < _OFTEN or other[:2] != word[:2]):
            continue
        if len(word) <= _SHORT and len(other) == len(word) and sorted(other) != sorted(word):
            continue  # one other letter makes another short word too easily: "snip" is no "skip"
        if slips <= reach:
            found.append((slips, other[0] != word[0], -count, other))
    return min(found)[3] if found else None


def _parted(word: str, vocabulary: Vocabulary) -> str | None:
    for place in range(1, len(word) - 1):
        first, second = word[:place], word[place:]
        if first in _GLUE and len(second) > 1 and second in vocabulary.requests:
            return f"{first} {second}"
        if second in _GLUE and len(first) > 2 and first in vocabulary.requests:  # noqa: PLR2004 - "it" before "in"
            return f"{first} {second}"
    return None


def distance(one: str, other: str, reach: int) -> int:
    """Slips between two words: letters missing, too many, wrong, or swapped; ``reach + 1`` where it is more.

    The restricted Damerau-Levenshtein distance by dynamic programming over rows.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row, before_last = row, [i], before
        before = last
        for j, wanted in enumerate(other, 1):
            cost = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > reach:
            return reach + 1
    return min(row[-1], reach + 1)


def _names(song: Song) -> frozenset[str]:
    """The words of the song's tracks and loops, in lower case."""
    texts = [track.name for track in song.tracks] + [layer.path for _, layer in song.layers()]
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def _lines(name: str) -> Iterable[str]:
    text = resource("prompts", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
