"""The words of a sentence that say how something should sound, told from those that only ask for it.

Free words (a mood, a wish, a source) are copied whole, as runs of such words: "swap the pad for some warm analog
strings" holds one run, "warm analog strings".
"""

import itertools
import re
from collections.abc import Callable, Iterable
from typing import Final

from loopmind_chat.agent import mentions
from loopmind_chat.agent.numbers import measures_of
from loopmind_chat.compose.genres import genre_named
from loopmind_chat.compose.moods import moods_named
from loopmind_chat.compose.wishes import directions_in
from loopmind_chat.compose.wording import word_set
from loopmind_chat.song.find import role_of, section_kind
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.model import Song

_RUN_WORDS: Final = 6
_ASKING: Final = word_set("""
    a about actually add after again all alone also an and another any anything are around as ask at audio back
    bar bars be beat beats been before begin begins behind better bit boring both bounce bpm bring bro build but
    by call can change come compose cook could create cut db different do does doesn't don't done down drop dude
    each else end ever every everything exchange export fast faster feel feeling few file find first for four
    from get gets getting give go going good got great had has hate have hear here hey how i i'd i'll i'm idea
    ideas if in insert instead into is isn't it it's its just keep kill kind last layer lay less let let's like
    likes line little long look loop loops lose lot love made make makes man many maybe me mess minute minutes
    mix more much my need needs new next no nope not now of off ok okay on one ones only onto or other others
    our out over own part parts place play please plus pull push put quite really redo remove render replace run
    same sample samples save say search second seconds section set should show skip slow slower so some
    something song songs sound sounds start stay stick still stop style suggest sure swap switch take tell tempo
    than thanks that that's the their them then there these they thing think third this those three throw time
    tired to together too top track tracks trim try tune turn two type up us use using vibe vibes want wants was
    way we well were what what's when where which while who why will with without would yes yet you your
""")
_JOINT: Final = re.compile(r"[;&+]|\b(?:and|then|also|plus|but)\b", re.IGNORECASE)
_TITLE: Final = re.compile(
    r"\b(?:call(?:ed)?|name[d]?|titled?)\s+(?:(?:it|this|the song|the track)\s+)?(.+)", re.IGNORECASE
)


def genres_in(sentence: str) -> tuple[str, ...]:
    """The genres that a sentence names, in its own words: "lo fi", "drum and bass"."""
    words = mentions.words_of(sentence)
    found: list[str] = []
    taken: set[int] = set()
    for length in range(1, 4):  # the shortest run that names one: "dark trap" is "trap"
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            text = " ".join(words[start : start + length])
            if taken.isdisjoint(span) and genre_named(text) is not None:
                taken.update(span)
                found.append(text)
    return tuple(found)


def moods_in(sentence: str) -> tuple[str, ...]:
    """How a song should feel: the moods known by name, or else what is neither asking, nor genre, nor instrument."""
    genres = {word.lower() for genre in genres_in(sentence) for word in genre.split()}
    known = _runs(sentence, lambda word: bool(moods_named(word)) and word not in genres)
    return known or _runs(sentence, lambda word: says_something(word) and word not in genres)


def is_known_mood(text: str) -> bool:
    """Whether the composer knows the mood by name."""
    return bool(moods_named(text))


def wishes_in(song: Song, sentence: str) -> tuple[str, ...]:
    """How a loop should sound: the wishes known by name, or else what is neither asking nor the name of a track.

    So a misspelt verb ("swpa the melody for something darker") is never taken for the wish.
    """
    names = {word for track in song.tracks for word in track.name.lower().split()}
    runs = _runs(
        sentence,
        lambda word: says_something(word) and word.removesuffix("s") not in names | {""} and word not in names,
    )
    return tuple(run for run in runs if is_known_wish(run)) or runs


def is_known_wish(text: str) -> bool:
    """Whether the words name a direction ("darker") or a mood that is measured in loops."""
    return bool(directions_in(text)) or bool(moods_named(text))


def things_in(sentence: str) -> tuple[str, ...]:
    """What is to be found or used: like wishes, with the names of instruments."""
    return _runs(sentence, _is_content)


def title_in(sentence: str) -> tuple[str, ...]:
    """What the song is to be called: the words after "call it"."""
    match = _TITLE.search(sentence)
    words = mentions.words_of(match[1])[:_RUN_WORDS] if match else ()
    return (" ".join(words),) if words else ()


def clauses_of(sentence: str) -> tuple[str, ...]:
    """The parts of a sentence between "and", "then", semicolons; not those of a genre ("drum and bass")."""
    kept = sentence
    for genre in genres_in(sentence):
        kept = kept.replace(genre, _JOINT.sub(lambda match: "\0" * len(match[0]), genre))
    parts: list[str] = []
    start = 0
    for match in _JOINT.finditer(kept):
        parts.append(sentence[start : match.start()])
        start = match.end()
    parts.append(sentence[start:])
    return tuple(part.strip(" ,.") for part in parts if mentions.words_of(part))


def says_something(word: str) -> bool:
    """Whether a word (lower case) is neither asking nor the name of an instrument or a section."""
    return _is_content(word) and role_of(word) is None and section_kind(word) is None


def _is_content(word: str) -> bool:
    return word not in _ASKING and not measures_of(word) and word not in _KEY_WORDS and not _is_key(word)


_KEY_WORDS: Final = frozenset({"minor", "major", "min", "maj", "sharp", "flat", "key", "tape", "raw", "polished"})


def _is_key(word: str) -> bool:
    return len(word) <= 3 and parse_key(word) is not None  # noqa: PLR2004 - "F#m", "Bb"; longer words are words


def _runs(sentence: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Runs of consecutive words that fit, each once, as typed."""
    found: dict[str, None] = {}
    for part in re.split(r"[,;.!?:]\s", sentence):
        for fitting, group in itertools.groupby(mentions.words_of(part), key=lambda word: fits(word.lower())):
            if fitting:
                found |= _shortened(group)
    return tuple(found)


def _shortened(words: Iterable[str]) -> dict[str, None]:
    return {" ".join(itertools.islice(words, _RUN_WORDS)): None}
