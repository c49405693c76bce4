"""Words of a sentence that may be copied, as a grammar: any run of up to a few words, to the letter."""

import re
from dataclasses import dataclass
from typing import Final

SPAN_MAX: Final = 7
"""Words of a run: "something with warm strings and tape noise" is seven."""
WORDS_MAX: Final = 60
"""Words of a sentence that can be copied: a pasted page must not become a grammar of a page."""

_WORD: Final = re.compile(r"[^\W_](?:[\w'\u2019&#♯♭+.%/-]*[\w#♯♭+%])?|[^\W_][#♯♭]", re.UNICODE)
_JOINTS: Final = frozenset({" ", ", ", " & ", " + ", "/", " / ", "-", " - "})


@dataclass(frozen=True, slots=True)
class SpanWord:
    """A word, with what stands between it and the word before; None where a run cannot go on over it."""

    text: str
    joint: str | None


def span_words(sentence: str) -> tuple[SpanWord, ...]:
    """The words of a sentence as typed; references to paths ("@1") break a run and are no words."""
    found: list[SpanWord] = []
    end = 0
    for match in _WORD.finditer(re.sub(r"@\d+", lambda m: "@" * len(m[0]), sentence)):
        between = sentence[end : match.start()]
        found.append(SpanWord(match[0], between if found and between in _JOINTS else None))
        end = match.end()
    return tuple(found[:WORDS_MAX])


def spans_of(sentence: str, longest: int = SPAN_MAX) -> tuple[str, ...]:
    """Every run that may be copied, each once."""
    words = span_words(sentence)
    runs: dict[str, None] = {}
    for start, word in enumerate(words):
        text = word.text
        runs[text] = None
        for following in words[start + 1 : start + longest]:
            if following.joint is None:
                break
            text += following.joint + following.text
            runs[text] = None
    return tuple(runs)
