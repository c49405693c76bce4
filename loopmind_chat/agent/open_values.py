"""What each argument may be for a model that was trained for this: all that exists, and what the sentence says.

Tracks and sections are those that the sentence names, or those that the last turn was about, or else any there are;
what it names but the song lacks may be written too, for the tool to say so. Choices are all open, numbers are those
said, free words are runs of the sentence.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from loopmind_chat.agent import mentions
from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.language import parse
from loopmind_chat.agent.numbers import Measure, measures_of
from loopmind_chat.agent.spans import span_words
from loopmind_chat.agent.wording import says_something
from loopmind_chat.song.find import role_of
from loopmind_chat.song.vocabulary import EffectKind
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.registry import all_tools
from loopmind_chat.tools.spec import Argument, Kind, Tool

_NAMES_MAX: Final = 24
_PICKS: Final = ("1", "2", "3", "4", "5")
_TAKES: Final[dict[str, frozenset[str]]] = {
    "bpm": frozenset({"bpm", ""}),
    "seconds": frozenset({"seconds"}),
    "bars": frozenset({"bars", ""}),
    "bar": frozenset({"bars", ""}),
    "db": frozenset({"db", ""}),
    "beats": frozenset({"beats", "bars", ""}),
    "semitones": frozenset({"semitones", ""}),
    "seed": frozenset({"seed", ""}),
    "energy": frozenset({"share", ""}),
    "amount": frozenset({"share", ""}),
    "pan": frozenset({"share", ""}),
    "limit": frozenset({""}),
}
"""Units that the number of an argument may have been said with."""
_BY: Final = {"set_level": "db", "set_tempo": "bpm", "resize_section": "bars"}
"""What a relative number is counted in, by its tool."""
_UNSAID: Final = {("play", "bar"): 1.0, ("set_groove", "amount"): 0.0}
"""Numbers that need no figure: "from the top", "no swing"."""
_EFFECTS: Final = tuple(str(kind) for kind in EffectKind)
_OF_ONE_TRACK: Final = {"set_effect", "lock", "describe_song"}
"""Tools that may be about no track, but mostly are about one: "reverb on the tuba" is not reverb on everything."""
_BEATS_A_BAR: Final = 4.0
_SHARES: Final = {"energy", "amount", "pan"}
_EITHER_WAY: Final = {"by", "db", "pan", "semitones"}
"""Whether up or down, left or right, is the model's to say, where the sentence gives no sign."""


class OpenValues:
    """The admissible values of a turn."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._calls = parse(ground.before) if ground.before else []
        self._measures = measures_of(ground.sentence)
        self._tracks = mentions.tracks_of(ground.song, ground.sentence)
        self._sections = mentions.sections_of(ground.song, ground.sentence)
        self._lost_tracks = absent_tracks(ground)
        self._lost_sections = absent_sections(ground)

    def of(self, argument: Argument, tool: Tool) -> tuple[str, ...]:  # noqa: C901, PLR0911 - one answer a kind: a table
        """The values of an argument other than free words, as text."""
        match argument.kind:
            case Kind.TRACK:
                return self._of_track(required=argument.required, lacking=tool.name in _OF_ONE_TRACK)
            case Kind.SECTION:
                return self._of_section(required=argument.required)
            case Kind.LOOP:
                return self._of_loop(required=argument.required)
            case Kind.CHOICE:
                return argument.choices
            case Kind.KEY:
                return _once(mentions.keys_of(self._ground.sentence), self.said_before(argument))
            case Kind.FORM:
                form = mentions.form_of(self._ground.sentence)
                return (form,) if form else ()
            case Kind.PATH:
                return tuple(self._ground.refs)
            case Kind.FLAG:
                return ("false",) if argument.name == "on" else ("true",)
            case Kind.NUMBER | Kind.INTEGER:
                return self._of_number(argument, tool)
            case Kind.WORDS:
                return ()

    def said_before(self, argument: Argument) -> tuple[str, ...]:
        """What the last turn's calls gave for an argument of that name: "and the bass" takes it over."""
        values = (call.args[argument.name] for call in self._calls if argument.name in call.args)
        return _once(str(value) for value in values)

    def _of_track(self, *, required: bool, lacking: bool = False) -> tuple[str, ...]:
        named = (*self._tracks, *self._lost_tracks)
        before = self._before(Kind.TRACK)
        if self._tracks or not required:
            return _once(named, before, self._nouns() if not named and lacking else ())
        tracks = [track.name for track in self._ground.song.tracks[:_NAMES_MAX]]
        if named:
            return _once(named, before)
        return _once(before, tracks, ["all"] if tracks else [], self._nouns())

    def _of_section(self, *, required: bool) -> tuple[str, ...]:
        named = (*self._sections, *self._lost_sections)
        before = self._before(Kind.SECTION)
        if named or not required:
            return _once(named, before)
        return _once(before, [section.name for section in self._ground.song.sections[:_NAMES_MAX]])

    def _of_loop(self, *, required: bool) -> tuple[str, ...]:
        said = self._ground.sentence.lower()
        names = [Path(layer.path).stem for _, layer in self._ground.song.layers()]
        quoted = [name for name in names if name and name.lower() in said]
        quoted += self._ground.loops
        if quoted:
            return _once(quoted)
        return self._of_track(required=True) if required else self._tracks

    def _before(self, kind: Kind) -> tuple[str, ...]:
        """What the last turn's calls were about."""
        found: dict[str, None] = {}
        for call in self._calls:
            found |= dict.fromkeys(_values(call, kind))
        return tuple(found)

    def _nouns(self) -> tuple[str, ...]:
        """Words that may name what the song lacks: "tuba"."""
        words = span_words(self._ground.sentence)
        return _once(
            word.text
            for word in words
            if says_something(word.text.lower()) and not mentions.choices_of(_EFFECTS, word.text)
        )

    def _of_number(self, argument: Argument, tool: Tool) -> tuple[str, ...]:
        if argument.name == "pick":
            return _PICKS if any(call.tool in {"suggest_loops", "swap_loop"} for call in self._calls) else ()
        takes = frozenset({_BY.get(tool.name, ""), ""}) if argument.name == "by" else _TAKES.get(argument.name)
        if takes is None:
            return ()
        values = [v for m in self._measures if m.unit in takes for v in _readings(m, argument)]
        if (tool.name, argument.name) in _UNSAID:
            values.append(_UNSAID[tool.name, argument.name])
        for before in self.said_before(argument):
            value = float(before)
            values += [value, -value] if argument.name in _EITHER_WAY else [value]
        return _once(f"{value:g}" for value in values if _fits(value, argument))


def absent_tracks(ground: Ground) -> tuple[str, ...]:
    """Roles that the sentence names, none of whose tracks is in the song."""
    present = {str(track.role) for track in ground.song.tracks}
    named = {role for text in mentions.tracks_of(ground.song, ground.sentence) if (role := role_of(text))}
    lost = [role for role in mentions.roles_of(ground.sentence) if role not in present | {str(r) for r in named}]
    words = (word.text for word in span_words(ground.sentence))
    return _once(lost, (word for word in words if str(role_of(word)) in lost))


def absent_sections(ground: Ground) -> tuple[str, ...]:
    """Sections that the sentence names and the song lacks: "bridge", "hook 5"."""
    there = set(mentions.sections_of(ground.song, ground.sentence))
    kinds = {str(section.kind) for section in ground.song.sections}
    found = [kind for kind in mentions.kinds_of(ground.sentence) if kind not in kinds]
    for kind, number in mentions.counted_sections(ground.sentence):
        count = sum(str(section.kind) == kind for section in ground.song.sections)
        if number > count and count:
            found.append(f"{kind} {number}")
    return tuple(dict.fromkeys(name for name in found if name not in there))


def _values(call: Call, kind: Kind) -> list[str]:
    tool = all_tools().get(call.tool)
    kinds = {Kind.TRACK, Kind.LOOP} if kind is Kind.TRACK else {kind}
    if tool is None:
        return []
    values = [str(call.args[a.name]) for a in tool.arguments if a.kind in kinds and a.name in call.args]
    if kind is Kind.TRACK and call.tool == "add_layer" and "role" in call.args:
        values.append(str(call.args["role"]))
    if kind is Kind.SECTION and call.tool == "add_section" and "kind" in call.args:
        values.append(str(call.args["kind"]))
    return values


def _readings(measure: Measure, argument: Argument) -> list[float]:
    value = measure.value
    if argument.name == "beats" and measure.unit == "bars":
        value *= _BEATS_A_BAR
    if argument.name in _SHARES and measure.unit != "share" and abs(value) > 1.0:
        value /= 100.0
    if argument.name in _EITHER_WAY and not measure.signed:
        return [value, -value]
    return [value]


def _fits(value: float, argument: Argument) -> bool:
    limits = argument.limits
    whole = argument.kind is not Kind.INTEGER or value.is_integer()
    return whole and (limits is None or limits.low <= value <= limits.high)


def _once(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in lists for value in values))


__all__: Sequence[str] = ("OpenValues", "absent_sections", "absent_tracks")
