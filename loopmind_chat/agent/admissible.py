"""What each argument may be in one turn, by its kind, the live song and the sentence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loopmind_chat.agent import mentions, wording
from loopmind_chat.agent.numbers import Measure, measures_of
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import Role, SectionKind
from loopmind_chat.tools.spec import Argument, Kind, Tool

_CUES: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(rf"\b(?:{cue})", re.IGNORECASE)
    for name, cue in {
        "title": "call|name|title",
        "without": r"without\b|no\b|minus\b|except\b",
        "roles": r"only\b|just\b|nothing but\b",
        "sources": r"loops?\b|samples?\b|sounds?\b|folder\b|from\b|using\b|use\b",
        "anchor": "around|based|built",
        "stems": "stem|separate",
        "add": r"add\b|also\b|too\b|as well\b|beside",
        "on": r"un|off\b|no\b|not\b|stop\b|end\b|without\b|back\b|again\b|on\b|remove\b|clear\b|don'?t\b",
    }.items()
}
"""Arguments that a small model adds unasked: offered only where the sentence has a word for them."""
_UNITS: Final[Mapping[str, frozenset[str]]] = {
    "bpm": frozenset({"bpm", ""}),
    "seconds": frozenset({"seconds"}),
    "bars": frozenset({"bars", ""}),
    "bar": frozenset({"bars", ""}),
    "db": frozenset({"db", ""}),
    "beats": frozenset({"beats"}),
    "semitones": frozenset({"semitones"}),
    "seed": frozenset({"seed"}),
    "energy": frozenset({"share"}),
    "amount": frozenset({"share", ""}),
    "pan": frozenset({"share"}),
    "limit": frozenset(),
}
"""Units that the number of an argument may have been said with."""
_PLACES: Final[Mapping[str, re.Pattern[str]]] = {
    "after": re.compile(r"\b(?:after|behind|following)\s+((?:\S+\s*){1,4})", re.IGNORECASE),
    "before": re.compile(r"\b(?:before|in front of|ahead of)\s+((?:\S+\s*){1,4})", re.IGNORECASE),
}
_QUESTIONS: Final = frozenset({"describe_song", "search_loops"})
"""These may be about anything, and change nothing."""
_BARE_BARS_MAX: Final = 32
"""A number without a unit above this is no length in bars."""
_DOWN: Final = re.compile(r"\b(?:down|lower|less|quieter|softer|reduce|cut|drop|decrease|minus|pull)", re.IGNORECASE)
_UP: Final = re.compile(r"\b(?:up|louder|more|raise|boost|increase|push|crank|plus)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the values of a turn may be taken from."""

    song: Song
    sentence: str
    refs: Mapping[str, Path] = field(default_factory=dict)
    before: str = ""
    """The calls of the last turn, in the call language: "a bit more" may repeat their values."""
    loops: tuple[str, ...] = ()
    """Names of loops of the library that the sentence quotes."""


class Values:
    """What each argument may be.

    A track, a section, a number or a key is one that the sentence names, or the turn before: what nobody said is not
    for the model to add. Where a tool needs one all the same, it is not offered, and the model can ask back.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._tracks = mentions.tracks_of(ground.song, ground.sentence)
        self._sections = mentions.sections_of(ground.song, ground.sentence)

    def of(self, argument: Argument, tool: Tool) -> tuple[str, ...]:
        """The admissible values of an argument of a tool, as text."""
        if not self._has_cue(argument):
            return ()
        if argument.name in _PLACES:
            moves = any(a.kind is Kind.SECTION and a.required for a in tool.arguments)
            return self._beside(argument) if len(self._sections) > moves else ()  # what to move, and where
        named = self._named(argument, self._ground.sentence)
        if not named and (argument.required or not self._tracks):
            named = self._named(argument, self._ground.before)
        return named

    def said(self, tool: Tool) -> set[str]:
        """The arguments that can be left out, but for which the sentence names a value that nothing else takes."""
        said: set[str] = set()
        for takers in self._takers(tool):
            if len(takers) == 1:
                said |= takers
        return said

    def _beside(self, argument: Argument) -> tuple[str, ...]:
        """The first section named behind the word "after" or "before"."""
        place = _PLACES[argument.name].search(self._ground.sentence)
        return mentions.sections_of(self._ground.song, place[1]) if place else ()

    def takes_all(self, tool: Tool) -> bool:
        """Whether one call of the tool can be about every track that the sentence names."""
        places = sum(a.kind is Kind.TRACK or _of_roles(a) for a in tool.arguments)
        return len(self._tracks) <= max(1, places) or tool.name in _QUESTIONS

    def suits(self, tool: Tool) -> bool:
        """Whether the tool can take what the sentence names: tracks, keys, numbers. Questions are about anything."""
        if tool.name in _QUESTIONS:
            return True
        if self._tracks and not any(self._takes_tracks(a, tool) for a in tool.arguments):
            return False
        if mentions.keys_of(self._ground.sentence) and not any(a.kind is Kind.KEY for a in tool.arguments):
            return False
        numbers = [a for a in tool.arguments if a.kind in {Kind.NUMBER, Kind.INTEGER}]
        measures = measures_of(self._ground.sentence)
        return not measures or any(_fits(measure, a) for measure in measures for a in numbers)

    def _takes_tracks(self, argument: Argument, tool: Tool) -> bool:
        if argument.kind is Kind.WORDS:
            return argument.name in {"roles", "without"} and bool(self.of(argument, tool))
        return argument.kind is Kind.TRACK or _of_roles(argument) or (argument.kind is Kind.LOOP and argument.required)

    def _takers(self, tool: Tool) -> Iterable[set[str]]:
        """For each value that the sentence names, the arguments of the tool that it may go to."""
        optional = [a for a in tool.arguments if not a.required and self.of(a, tool)]
        sentence = self._ground.sentence
        for argument in optional:
            if argument.kind is Kind.WORDS and self._is_known(argument, tool):
                yield {argument.name}
        for measure in measures_of(sentence):
            yield {a.name for a in optional if a.kind in {Kind.NUMBER, Kind.INTEGER} and _fits(measure, a)}
        for kind, named in ((Kind.KEY, mentions.keys_of(sentence)), (Kind.PATH, tuple(self._ground.refs))):
            if named:
                yield {a.name for a in optional if a.kind is kind}
        required = [a for a in tool.arguments if a.required]
        if len(self._tracks) > sum(a.kind is Kind.TRACK for a in required):
            yield {a.name for a in optional if a.kind is Kind.TRACK or (a.kind is Kind.CHOICE and _of_roles(a))}
        for name in _PLACES:
            yield {a.name for a in optional if a.name == name}
        if len(self._sections) > sum(a.kind is Kind.SECTION for a in required):
            yield {a.name for a in optional if a.kind is Kind.SECTION and a.name not in _PLACES}

    def _words(self, argument: Argument) -> tuple[str, ...]:
        sentence = self._ground.sentence
        match argument.name:
            case "genre":
                return wording.genres_in(sentence) or (wording.things_in(sentence) if argument.required else ())
            case "mood":
                return wording.moods_in(sentence)
            case "query" if not argument.required:
                return wording.wishes_in(self._ground.song, sentence)
            case "title":
                return wording.title_in(sentence)
            case _:
                return wording.things_in(sentence)

    def _is_known(self, argument: Argument, tool: Tool) -> bool:
        """Whether the sentence names a genre, a mood or a wish that the composer knows."""
        match argument.name:
            case "genre":
                return True
            case "mood":
                return any(wording.is_known_mood(text) for text in self.of(argument, tool))
            case "query":
                return any(wording.is_known_wish(text) for text in self.of(argument, tool))
            case _:
                return False

    def _has_cue(self, argument: Argument) -> bool:
        cue = None if argument.required else _CUES.get(argument.name)
        return cue is None or cue.search(self._ground.sentence) is not None

    def _named(self, argument: Argument, text: str) -> tuple[str, ...]:  # noqa: PLR0911 - one answer a kind: a table
        match argument.kind:
            case Kind.TRACK:
                return mentions.tracks_of(self._ground.song, text)
            case Kind.SECTION:
                return mentions.sections_of(self._ground.song, text)
            case Kind.LOOP:
                return self._loops(text, tracks=argument.required)
            case Kind.KEY:
                return mentions.keys_of(text)
            case Kind.PATH:
                return tuple(self._ground.refs)
            case Kind.FORM:
                form = mentions.form_of(text)
                return (form,) if form else ()
            case Kind.CHOICE:
                return _choices(argument, text)
            case Kind.WORDS:
                return self._words(argument) if text == self._ground.sentence else ()
            case Kind.FLAG:
                return ("false",) if argument.name == "on" else ("true",)
            case _:
                return _numbers(argument, text)

    def _loops(self, text: str, *, tracks: bool) -> tuple[str, ...]:
        """Names of the song's loops that the text quotes; with ``tracks``, tracks too, for the loop that they play."""
        names = [Path(layer.path).stem for _, layer in self._ground.song.layers()]
        quoted = [name for name in names if name and name.lower() in text.lower()]
        return tuple(dict.fromkeys([*quoted, *(mentions.tracks_of(self._ground.song, text) if tracks else ())]))


def _choices(argument: Argument, text: str) -> tuple[str, ...]:
    if "a bit up" in argument.choices:
        return argument.choices  # sentences seldom name a step: "too loud" is one down
    if _of_kinds(argument):
        named = mentions.kinds_of(text)
    elif _of_roles(argument):
        named = mentions.roles_of(text)
    else:
        named = mentions.choices_of(argument.choices, text)
    return tuple(choice for choice in argument.choices if choice in named)


def _of_kinds(argument: Argument) -> bool:
    return bool(argument.choices) and set(argument.choices) <= {kind.value for kind in SectionKind}


def _of_roles(argument: Argument) -> bool:
    return bool(argument.choices) and set(argument.choices) <= {role.value for role in Role}


def _numbers(argument: Argument, text: str) -> tuple[str, ...]:
    """The numbers of a text that could be this argument, by unit and limits; "down 3 dB" is -3."""
    values = [value for measure in measures_of(text) for value in _readings(measure, argument, text)]
    return tuple(dict.fromkeys(f"{value:g}" for value in values))


def _readings(measure: Measure, argument: Argument, text: str) -> list[float]:
    if not _fits(measure, argument):
        return []
    if argument.name != "db" or measure.value < 0:
        return [measure.value]
    down, up = _DOWN.search(text) is not None, _UP.search(text) is not None
    return (
        [-measure.value] if down and not up else [measure.value] if up and not down else [-measure.value, measure.value]
    )


def _fits(measure: Measure, argument: Argument) -> bool:
    limits = argument.limits
    if measure.unit not in _UNITS.get(argument.name, frozenset({""})):
        return False
    if argument.kind is Kind.INTEGER and not measure.value.is_integer():
        return False
    if argument.name in {"bars", "bar"} and not measure.unit and measure.value > _BARE_BARS_MAX:
        return False
    size = -abs(measure.value) if argument.name == "db" else measure.value
    return limits is None or limits.low <= size <= limits.high
