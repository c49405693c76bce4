"""What a sentence names: numbers, keys, tracks, sections, kinds. The grammar offers the model no other values.

This decides nothing: it finds what could be copied, and the model chooses among it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from loopmind_chat.agent.numbers import measures_of
from loopmind_chat.errors import NotInSong
from loopmind_chat.song.find import find_sections, find_tracks, kind_and_number, role_of, section_kind
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import SectionKind

WORDS_MAX: Final = 48
"""Words of a sentence that can be copied: a pasted page must not become a grammar of a page."""

_WORD: Final = re.compile(r"[^\W_](?:[\w'\u2019&+.%-]*[\w+%])?[#♯♭]?|-?\d+(?:\.\d+)?%?", re.UNICODE)
_ALSO_CALLED: Final[Mapping[str, str]] = {
    "reverb": "space, hall, room, wet",
    "delay": "echo, echoes",
    "lowpass": "low pass, muffle, high cut, dull",
    "highpass": "high pass, thin, low cut",
    "distortion": "distort, overdrive, drive, saturate, saturation, fuzz",
    "compressor": "compress, compression, squash",
    "bitcrush": "bit crush, crush, bitcrusher",
    "widen": "wide, wider, width, stereo",
    "reverse": "backwards, backward, turn around, flip, invert",
    "chop": "slice, cut up, stutter",
    "half_time": "half the speed, half speed, half as fast",
    "double_time": "double the speed, twice as fast, double speed",
    "filtered": "filter, muffle, low pass, lowpass",
    "plain": "normal, original",
    "tape": "cassette, analog, analogue, vhs",
    "polished": "polish, clean, finished, mastered",
    "raw": "dry, unmixed",
    "riser": "rise, uplifter",
    "sweep_up": "sweep",
    "drop_out": "dropout, silence",
    "impact": "hit, boom",
    "crossfade": "fade, cross fade",
    "like": "love, great, good, best",
    "dislike": "hate, don't like, bad, worst, awful",
    "center": "centre, middle",
    "double": "twice",
    "longer": "long, extend, stretch, lengthen",
    "shorter": "short, shorten, trim, cut",
    "mp3": "mpeg",
    "end": "last, back",
    "start": "front, beginning, top",
}
"""What sentences call a choice besides its name."""
_KEY_LEADS: Final = {"in", "to", "key", "of"}
_EVERYTHING: Final = {
    "all", "everything", "whole song", "whole mix", "whole thing", "whole track", "whole beat", "entire song",
    "entire mix", "entire track", "full mix", "whole tune", "whole ting", "whole arrangement", "whole piece",
}  # fmt: skip
_NUMBER: Final = r"(?:\d{1,2}|one|two|three|four|five|six)"
_ORDINAL: Final = r"(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th)"
_CROSSWISE: Final = re.compile(
    rf"\A{_NUMBER} (?!.*\b{_NUMBER}\Z)"
    rf"|[a-z0-9] (?:the |of )?(?:{_ORDINAL}|final)(?: the| of| section| part)?\Z| (?:the|of)\Z",
    re.IGNORECASE,
)
"""Words that only look like the name of a section: "drop the 1st" (verse), "8 hook", "the hook last"."""
_KINDLESS: Final = re.compile(
    rf"\bthe (?:{_ORDINAL}|final|next|other)(?: one)?"
    r"(?=\s*(?:[,.;!?]|\Z|(?:and|to|by|with|too|as well|instead|please)\b))",
    re.IGNORECASE,
)
_MANY: Final = re.compile(r"(?:in |at |on )?(?:every|each|all|both) ")
_SEVERAL: Final = re.compile(
    rf"\b(?P<kind>[a-z]+(?:[- ][a-z]+)??)s? (?P<first>{_NUMBER})"
    rf"(?P<more>(?:\s*(?:,|and|&|\+)\s*{_NUMBER}\b(?! ?(?:bar|db|bpm)))+)",
    re.IGNORECASE,
)
_SEVERAL_ORDINALS: Final = re.compile(
    rf"\b(?P<first>{_ORDINAL})(?P<joint>,? (?:and|&) (?:the )?)(?=(?P<second>{_ORDINAL}) (?P<kind>[a-z]+))",
    re.IGNORECASE,
)
_FORM_MIN: Final = 2
_QUOTED_MIN: Final = 5
_QUOTED_MAX: Final = 8
_LONG_KEY: Final = 3
"""Letters of "cmin", which is no other word; "ami" is."""
_COUNTED_ON: Final = frozenset({"bars", "bar"})


def words_of(sentence: str) -> tuple[str, ...]:
    """The words of a sentence that may be copied, as typed; references to paths ("@1") are not words."""
    found = _WORD.findall(re.sub(r"@\d+", " ", sentence))
    return tuple(found[:WORDS_MAX])


def spans(words: Sequence[str], longest: int) -> Iterator[tuple[int, int, str]]:
    """Each run of up to ``longest`` words with its bounds, the longest first."""
    for length in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield start, start + length, " ".join(words[start : start + length])


def keys_of(sentence: str) -> tuple[str, ...]:
    """The keys that a sentence names, written as everywhere: "A minor"."""
    words = re.findall(r"[A-Za-z]+[#♯♭]?", sentence)

    def meaning(start: int, text: str) -> str | None:
        key = parse_key(text)
        before = words[start - 1].lower() if start else ""
        return str(key) if key is not None and _is_meant_as_key(text, before) else None

    return _longest_first(words, meaning)


def _is_meant_as_key(text: str, before: str) -> bool:
    """Tell "Am", "F#" and "in D" from the words "am", "a", "be" and "as"."""
    if text == "a":
        return False
    if " " in text or text[-1] in "#♯♭" or before in _KEY_LEADS:
        return True
    if len(text) > _LONG_KEY and text.endswith(("min", "maj", "minor", "major")):
        return True
    return text[0].isupper() and text not in {"A", "As", "Be", "Ami", "Ama"} and (len(text) > 1 or before != "")


def sections_of(song: Song, sentence: str) -> tuple[str, ...]:
    """The sections of the song that a sentence names: one by its name, several by their kind."""

    def meaning(_start: int, text: str) -> str | None:
        if _CROSSWISE.search(text):
            return None
        try:
            found = find_sections(song, text)
        except NotInSong:
            return None
        if text in _EVERYTHING or not found or (len(found) > 1 and len({s.kind for s in found}) > 1):
            return None
        kind = str(found[0].kind)
        return (
            found[0].name
            if len(found) == 1
            else f"{kind}s"
            if _MANY.match(text) or (text[-1] == "s" and section_kind(text.rsplit(maxsplit=1)[-1][:-1]))
            else kind
        )

    return _longest_first(_small(_one_by_one(sentence)), meaning, longest=4)


def _one_by_one(sentence: str) -> str:
    """The sentence with a kind for each number: "verse 1 and 2" as "verse 1 and verse 2"."""

    def counted(match: re.Match[str]) -> str:
        kind = match["kind"]
        if section_kind(kind.rsplit(maxsplit=1)[-1]) is None:
            return match[0]
        word = kind.rsplit(maxsplit=1)[-1]
        return f"{kind} {match['first']}{re.sub(_NUMBER, lambda number: f'{word} {number[0]}', match['more'])}"

    def ordered(match: re.Match[str]) -> str:
        return f"{match['first']} {match['kind']}{match['joint']}" if section_kind(match["kind"]) else match[0]

    return _named_once(_SEVERAL_ORDINALS.sub(ordered, _SEVERAL.sub(counted, sentence)))


def _named_once(sentence: str) -> str:
    """The sentence with the kind where only its number stands: "lock the first drop and redo the second (drop)"."""

    def whole(match: re.Match[str]) -> str:
        kinds = [word for word in words_of(sentence[: match.start()]) if section_kind(word) is not None]
        return f"{match[0]} {kinds[-1]}" if kinds else match[0]

    return _KINDLESS.sub(whole, sentence)


def counted_sections(sentence: str) -> tuple[tuple[str, int], ...]:
    """Sections that a sentence names by kind and number, in the song or not: "fifth hook" is ("hook", 5)."""
    found: dict[tuple[str, int], None] = {}
    for _start, _end, text in spans(_small(sentence), 3):
        kind, number = kind_and_number(text)
        if kind is not None and number is not None and number > 0:
            found[str(kind), number] = None
    return tuple(found)


def loops_quoted(sentence: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names of loops that a sentence quotes in full; plain words ("bass") are no quotations."""
    said = sentence.lower()
    found = [name for name in names if len(name) >= _QUOTED_MIN and name.lower() in said]
    return tuple(dict.fromkeys(name for name in found if re.search(r"[\d_ ]", name)))[:_QUOTED_MAX]


def tracks_of(song: Song, sentence: str) -> tuple[str, ...]:
    """The tracks of the song that a sentence names: one by its name, several by their role; "all" for everything."""

    def meaning(_start: int, text: str) -> str | None:
        if text in _EVERYTHING:
            return "all"
        try:
            found = find_tracks(song, text)
        except NotInSong:
            return None
        return None if not found else found[0].name if len(found) == 1 else str(found[0].role)

    return _longest_first(_small(sentence), meaning)


def kinds_of(sentence: str) -> tuple[str, ...]:
    """The kinds of section that a sentence names, in the song or not."""
    return _longest_first(_small(sentence), lambda _start, text: section_kind(text))


def roles_of(sentence: str) -> tuple[str, ...]:
    """The roles that a sentence names, in the song or not."""
    return _longest_first(_small(sentence), lambda _start, text: role_of(text))


def form_of(sentence: str) -> str:
    """A form that a sentence spells out, as the composer reads it; "" for fewer than two sections.

    "intro 8 verse 16", "an 8 bar intro, then sixteen bars of verse", "intro verse hook": the bars stand before a
    section or after it, the same for all of them, or nowhere.
    """
    items = _form_items(sentence)
    kinds = [place for place, item in enumerate(items) if isinstance(item, SectionKind)]
    if len(kinds) < _FORM_MIN:
        return ""
    first_is_number = kinds[0] > 0 and isinstance(items[kinds[0] - 1], int)
    parts = []
    for place in kinds:
        beside = place - 1 if first_is_number else place + 1
        bars = items[beside] if 0 <= beside < len(items) else None
        parts.append(f"{items[place]} {bars}" if isinstance(bars, int) else str(items[place]))
    return ", ".join(parts)


def _form_items(sentence: str) -> list[SectionKind | int]:
    """The sections and the whole numbers of a sentence, in order."""
    items: list[SectionKind | int] = []
    words = _small(re.sub(r"[-/>,|]", " ", sentence))
    place = 0
    while place < len(words):
        for length in (3, 2, 1):
            kind = section_kind(" ".join(words[place : place + length]))
            if kind is not None and place + length <= len(words):
                items.append(kind)
                place += length
                break
        else:
            bars, used = _bars_at(words[place : place + 3])
            items += [bars] if bars else []
            place += used
    return items


def _bars_at(words: Sequence[str]) -> tuple[int, int]:
    """The number of bars that some words begin with, and how many of them say it; (0, 1) for none."""
    for length in range(len(words), 0, -1):
        measures = measures_of(" ".join(words[:length]))
        spelt = length == 1 or words[length - 1] in _COUNTED_ON or measures_of(words[length - 1])
        if any(section_kind(word) for word in words[:length]):
            continue
        if len(measures) == 1 and measures_of(words[0]) and spelt:
            fits = measures[0].unit in {"", "bars"} and measures[0].value.is_integer()
            return int(measures[0].value) if fits else 0, length
    return 0, 1


def choices_of(choices: Sequence[str], sentence: str) -> tuple[str, ...]:
    """The choices that a sentence names: "half-time" for half_time, "chopped" for chop, "echo" for delay."""
    said = f" {' '.join(_stem(word) for word in _small(re.sub('[-_]', ' ', sentence)))} "

    def named(words: str) -> bool:
        return f" {' '.join(_stem(word) for word in re.split('[ _-]', words))} " in said

    return tuple(
        c for c in choices if named(c) or any(named(other) for other in _ALSO_CALLED.get(c, "").split(", ") if other)
    )


def _stem(word: str) -> str:
    for ending in ("ping", "ped", "ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2:  # noqa: PLR2004 - a stem of two letters says nothing
            return word.removesuffix(ending)
    return word


def _small(sentence: str) -> list[str]:
    return [word.lower() for word in words_of(sentence)]


def _longest_first(
    words: Sequence[str], meaning: Callable[[int, str], str | None], longest: int = 3
) -> tuple[str, ...]:
    """What runs of up to ``longest`` words mean, longer runs first, each word used once, each meaning once."""
    found: dict[str, None] = {}
    taken: set[int] = set()
    for start, end, text in spans(words, longest):
        if taken.isdisjoint(range(start, end)) and (name := meaning(start, text)) is not None:
            taken.update(range(start, end))
            found[str(name)] = None
    return tuple(found)
