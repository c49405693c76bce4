"""A wish that is the name of a loop: "NightBass_02" is no sound to look for but that loop."""

import re
from collections.abc import Sequence
from typing import Final

from loopmind_chat.compose.wording import words_of
from loopmind_chat.song.find import role_of
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts

_AROUND: Final = re.compile(
    r"^(?:(?:the|this|that|my|for|to|loop) )+|(?: (?:loop|sample|sound|one|file))+$|\.(?:wav|flac|mp3|ogg|aiff?)$",
    re.IGNORECASE,
)
_WRITTEN: Final = re.compile(r"[_\d]|[a-z][A-Z]")
"""Nobody speaks like this: an underscore, a digit, a hump."""
_TEMPO: Final = re.compile(r"(\d{2,3})(bpm)?")
_SLOWEST, _FASTEST = 50, 220
_MACHINES: Final = frozenset({"303", "606", "707", "808", "909"})


def is_written(wish: str) -> bool:
    """Whether a wish is spelt as file names are: "Dark808", "night_bass"."""
    return bool(_WRITTEN.search(_bare(wish)))


def loop_called(wish: str, loops: Sequence[LoopFacts]) -> LoopFacts | None:
    """The one loop that a wish names, whole or by two words of its name that stand together in no other.

    A single word that is not spelt like a name ("piano") is a sound, whatever loops are called so.
    """
    words = words_of(_bare(wish))
    if not words or (len(words) == 1 and not is_written(wish)):
        return None
    exact = [facts for facts in loops if words in {words_of(facts.name), _core(facts.name)}]
    found = exact or [facts for facts in loops if len(words) > 1 and _holds(words_of(facts.name), words)]
    return found[0] if len(found) == 1 else None


def _bare(wish: str) -> str:
    before, bare = "", wish.strip().strip("\"'")
    while bare != before:
        before, bare = bare, _AROUND.sub("", bare).strip()
    return bare


def _core(name: str) -> tuple[str, ...]:
    """The words of a name without its tempo, its key and its role."""
    return tuple(word for word in words_of(name) if not (_is_tempo(word) or _is_key(word) or role_of(word)))


def _is_tempo(word: str) -> bool:
    number = _TEMPO.fullmatch(word)
    return word == "bpm" or bool(number and word not in _MACHINES and _SLOWEST <= int(number[1]) <= _FASTEST)


def _is_key(word: str) -> bool:
    return len(word) <= 4 and parse_key(word) is not None  # noqa: PLR2004 - "f#m", "amin"; longer words are words


def _holds(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(name[at : at + len(words)] == words for at in range(len(name) - len(words) + 1))
