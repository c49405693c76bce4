"""Writes ``prompts/vocabulary.txt``, the words that requests are made of: ``python -m training.agent.vocabulary``.

They come from the phrases, what fills their slots, and the product's own names, with how many lines each is in. The
other words of the language, ``prompts/english.txt``, are the whole words of the text encoder's vocabulary.
"""

import bisect
import itertools
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import gguf

from loopmind_chat.compose.genres import GENRES
from loopmind_chat.home import find_home, resource
from loopmind_chat.song.vocabulary import ROLE_SYNONYMS, SECTION_SYNONYMS, Role, SectionKind
from training.agent import words
from training.agent.phrases import read_phrases
from training.agent.world import WORLD

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SLOT: Final = re.compile(r"\{[^}]*\}")
_COUNTED: Final = (
    "first", "second", "third", "fourth", "fifth", "last", "final", "three", "four", "five", "seven", "eight", "nine",
    "eleven", "twelve", "sixteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    "hundred", "minor", "major", "sharp", "flat", "minutes", "seconds", "percent", "semitones", "octave",
)  # fmt: skip
_ENDINGS: Final = frozenset({"s", "es", "ed", "d", "ing", "er", "r", "ers", "est", "ly", "y", "ness", "able", "ings"})
_USUAL: Final = 40
_LINES_MIN: Final = 2
"""A word of one line alone is too rare to be what a slip of the finger meant."""
_REQUEST_FAMILIES: Final = re.compile(r"(?!nothing|smalltalk|hostile|cannot|help|asks|questions)")
_ENGLISH_HEAD: Final = """\
# Whole words of the vocabularies of all-MiniLM-L6-v2 (from BERT) and SmolLM2 (both Apache License 2.0): what is no
# misspelling. With the words of talk that asks for nothing, from the training phrases.
"""
_REQUESTS_HEAD: Final = (
    "# Words of requests, and in how many of the training phrases each is: what a misspelling may mean.\n"
)


def request_words() -> Counter[str]:
    """The words of requests and how many phrases have them."""
    found: Counter[str] = Counter()
    for phrase in read_phrases():
        if _REQUEST_FAMILIES.match(phrase.family):
            found.update(set(_WORD.findall(_SLOT.sub(" ", phrase.say.lower()))))
    common = Counter({word: count for word, count in found.items() if count >= _LINES_MIN})
    named = [*ROLE_SYNONYMS, *SECTION_SYNONYMS, *Role, *SectionKind, *GENRES]
    named += ["loopmind", *words.GENRES, *words.MOODS, *words.WISHES, *words.INSTRUMENTS, *words.SOUNDS]
    for text in named:
        common.update(_WORD.findall(str(text).lower()))
    common.update(dict.fromkeys(_COUNTED, _USUAL))  # slots say them, in most lines
    return Counter({word: count for word, count in common.items() if len(word) > 2})


def talk_words() -> frozenset[str]:
    """The words of what asks for nothing, which are no misspellings of requests: "override", "upload", "discord"."""
    talk = [phrase.say for phrase in read_phrases() if not _REQUEST_FAMILIES.match(phrase.family)]
    texts = [*(_SLOT.sub(" ", say) for say in talk), *itertools.chain(*WORLD.values())]
    return frozenset(word for text in texts for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 2)


def english_words(vocabulary: Path) -> list[str]:
    """The whole words, three letters or more, of a WordPiece vocabulary."""
    lines = vocabulary.read_text("utf-8").splitlines()
    return sorted({line for line in lines if line.isascii() and line.isalpha() and len(line) > 2})


def whole_words(gguf_file: Path, known: frozenset[str]) -> frozenset[str]:
    """The words of a language model's vocabulary, four letters or more; its pieces of words left out.

    A piece ("secon") begins longer words otherwise than with an ending, and no dictionary knows it.
    """
    tokens = gguf.GGUFReader(gguf_file).fields["tokenizer.ggml.tokens"].contents()
    found = {token[1:] for token in tokens if re.fullmatch(r"\u0120[a-z]{4,}", token)}
    longer = sorted(found | known)
    whole = set()
    for word in found:
        place = bisect.bisect_right(longer, word)
        begun = itertools.takewhile(lambda other, word=word: other.startswith(word), longer[place:])
        if word in known or all(other.removeprefix(word) in _ENDINGS for other in begun):
            whole.add(word)
    return frozenset(whole)


def main() -> None:
    """Write both files."""
    found = sorted(request_words().items())
    resource("prompts", "vocabulary.txt").write_text(
        _REQUESTS_HEAD + "".join(f"{word} {count}\n" for word, count in found), "utf-8"
    )
    encoder = next(find_home().models.rglob("vocab.txt"))
    known = frozenset(english_words(encoder))
    model = next((find_home().models / "smollm2-135m-instruct").glob("*.gguf"))
    english = sorted({*known, *whole_words(model, known), *talk_words()})
    resource("prompts", "english.txt").write_text(_ENGLISH_HEAD + "\n".join(english) + "\n", "utf-8")
    sys.stdout.write(f"{len(found)} words of requests, {len(english)} of English\n")


if __name__ == "__main__":
    main()
