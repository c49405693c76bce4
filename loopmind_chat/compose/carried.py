"""How far a loop goes by the words of a wish: in its name first, then its folders, then what it is tagged as."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePath
from typing import Final

from loopmind_chat.compose.wording import singular, word_set, words_of
from loopmind_chat.song.loops import LoopFacts

CARRIES: Final = 0.5
"""Share of a wish from which a loop goes by it: an instrument without its adjective, one adjective of two."""
_FOLDER: Final = 0.9
_PACK: Final = 0.6
"""The folder above: a pack's name says something of all its loops."""
_TAG: Final = 0.8
"""Times the confidence: a tag may be a guess by the sound."""
_LIKELY: Final = 0.5
_ROLE: Final = 0.7
_ENDINGS: Final = (("y", 3), ("en", 4), ("ed", 4))
"""Endings that make an adjective of a noun, with the letters that must be left: glassy, wooden, plucked."""
_HISSING: Final = ("shes", "ches", "xes", "sses")

_KIN: Final = tuple(
    word_set(row)
    for row in (
        "string violin viola cello fiddle orchestra orchestral ensemble",
        "flute ocarina whistle piccolo clarinet oboe recorder woodwind",
        "brass trumpet trombone horn tuba sax saxophone",
        "piano rhodes wurlitzer wurli clavinet harpsichord key",
        "guitar ukulele banjo mandolin lute sitar koto harp",
        "bell glockenspiel celesta chime vibraphone",
        "kalimba marimba xylophone mallet balafon woodblock",
        "choir vocal voice vox singer chant",
        "organ hammond accordion harmonium",
        "synth saw supersaw lead arp",
        "808 sub",
        "reese growl wobble",
        "tabla bongo conga djembe",
        "break breakbeat amen",
        "kick snare clap hat hihat rim tom cymbal",
        "pluck drone",
    )
)
"""Sounds that can stand in for each other where the one asked for is not there."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What a word shares with its plural and its adjective: strings, glassy and wooden are string, glass and wood."""
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word.removesuffix(ending)
            break
    return word[:-2] if word.endswith(_HISSING) else singular(word)


_KIN_STEMS: Final = tuple(frozenset(map(stem, row)) for row in _KIN)
_INSTRUMENTS: Final = frozenset[str]().union(*_KIN_STEMS)


def carried(facts: LoopFacts, words: Sequence[str]) -> float:
    """0 to 1: how much of the words a loop goes by; an instrument counts for as much as two words beside it."""
    if not words:
        return 0.0
    total = whole = 0.0
    for wanted in map(stem, words):
        weight = 2.0 if wanted in _INSTRUMENTS else 1.0
        whole += weight
        total += weight * _standing(facts, wanted)
    return total / whole


def words_carried(facts: LoopFacts, words: Sequence[str]) -> tuple[str, ...]:
    """Those of the words that a loop goes by, as they were said."""
    return tuple(word for word in words if _standing(facts, stem(word)) > 0)


def is_akin(facts: LoopFacts, words: Sequence[str]) -> bool:
    """Whether a loop goes by a near relation of an instrument among the words: a violin where strings are asked for."""
    return any(_standing(facts, kin) > 0 for kin in _kin_of(tuple(words)))


@lru_cache(maxsize=1024)
def _kin_of(words: tuple[str, ...]) -> frozenset[str]:
    wanted = {stem(word) for word in words}
    return frozenset[str]().union(*(row for row in _KIN_STEMS if wanted & row))


def _standing(facts: LoopFacts, word: str) -> float:
    """0 to 1: how surely a loop goes by one word."""
    if word in _stems(facts.name):
        return 1.0
    folder, pack = _folders(facts.path[: max(facts.path.rfind("/"), facts.path.rfind("\\"))])
    best = _FOLDER if word in folder else _PACK if word in pack else 0.0
    for tag, sure in facts.tags.items():
        if sure >= _LIKELY and _TAG * sure > best and word in _stems(tag):
            best = _TAG * sure
    return max(best, _ROLE) if word == stem(facts.role.value) else best


@lru_cache(maxsize=4096)
def _folders(path: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the folder that holds a file, and of the one above."""
    *_, pack, folder = ("", "", *PurePath(path).parts)
    return _stems(folder), _stems(pack)


@lru_cache(maxsize=65536)
def _stems(text: str) -> frozenset[str]:
    """The stems of a name's words, and of two neighbours as one: "Music Box" is a musicbox too."""
    words = words_of(text)
    joined = [one + two for one, two in pairwise(words) if not (one.isdecimal() or two.isdecimal())]
    return frozenset(map(stem, (*words, *joined)))
