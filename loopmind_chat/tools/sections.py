"""The form: sections come, go, move, grow, rise and are entered."""

from dataclasses import replace
from typing import Annotated, Literal

from loopmind_chat.compose.sections import NewSection, make_section, with_energy
from loopmind_chat.errors import BadArgument, CannotDo
from loopmind_chat.song.edits import (
    BARS_MAX,
    Edit,
    InsertSection,
    MoveSection,
    PutSection,
    PutTrack,
    RemoveSection,
    ResizeSection,
    apply_all,
)
from loopmind_chat.song.find import find_section, find_sections
from loopmind_chat.song.model import Section, Song, Transition, fresh_id, fresh_ids
from loopmind_chat.song.vocabulary import SectionKind, TransitionKind
from loopmind_chat.tools.heard import transition_note
from loopmind_chat.tools.spec import Limits, SectionName, ToolContext, ToolResult, tool
from loopmind_chat.tools.steps import Step, stepped
from loopmind_chat.tools.targets import (
    free_sections,
    listed,
    need_loops,
    need_song,
    one_section,
    places,
    with_article,
)

BarCount = Annotated[int, Limits(1, BARS_MAX)]
Entrance = Literal[
    "riser", "sweep_up", "sweep_down", "reverb_tail", "tape_stop", "fill", "drop_out", "impact", "crossfade", "none"
]

_USUAL_BARS = {
    SectionKind.INTRO: 4, SectionKind.VERSE: 16, SectionKind.PRECHORUS: 4, SectionKind.HOOK: 8, SectionKind.BRIDGE: 8,
    SectionKind.BREAKDOWN: 8, SectionKind.BUILD: 4, SectionKind.DROP: 16, SectionKind.SOLO: 8, SectionKind.OUTRO: 4,
}  # fmt: skip
_ENERGY_STEP = 0.2


@tool
def add_section(  # noqa: PLR0913 - a section has a kind, a length, a place and an energy
    context: ToolContext,
    *,
    kind: SectionKind,
    bars: BarCount | None = None,
    after: SectionName | None = None,
    before: SectionName | None = None,
    energy: Annotated[float, Limits(0.0, 1.0)] | None = None,
) -> ToolResult:
    """Add a section, after or before another one, made of the song's loops and what fits them."""
    song = context.song
    need_song(song)
    index = _place_for(song, kind, after, before)
    like = next((s for s in song.sections if s.kind is kind), None)
    length = bars or (like.bars if like is not None else _USUAL_BARS[kind])
    library = context.library
    made = make_section(
        song, kind, length, need_loops(context), library.affinity(f"{song.mood} {song.genre}".strip()), energy=energy,
        seed=song.seed, like=like,
    )  # fmt: skip
    edits = (*new_tracks(song, made), InsertSection(made.section, index))
    named = apply_all(song, edits).section(made.section.id)
    name = named.name if named is not None else str(kind)
    return ToolResult(f"Added {name}{_beside(song, index, 'at')}, {length} bars{_notes(made)}", edits)


@tool
def remove_section(context: ToolContext, *, section: SectionName) -> ToolResult:
    """Take a section out; a plural ("hooks") takes all of them."""
    found, held = free_sections(context.song, section, one_by_one=True)
    if len(found) == len(context.song.sections):
        raise CannotDo("that would leave no song; compose another one instead")
    edits = tuple(RemoveSection(s.id) for s in found)
    return ToolResult(f"Took out {places(context.song, [s.id for s in found])}{held}", edits)


@tool
def move_section(
    context: ToolContext,
    *,
    section: SectionName,
    after: SectionName | None = None,
    before: SectionName | None = None,
    to: Literal["start", "end"] | None = None,
) -> ToolResult:
    """Move a section after or before another one, or to the start or the end."""
    song = context.song
    moved = one_section(song, section)
    rest = replace(song, sections=tuple(s for s in song.sections if s.id != moved.id))
    if sum(place is not None for place in (after, before, to)) != 1:
        raise BadArgument("say where: after or before a section, or to the start or the end")
    if to is not None:
        index = 0 if to == "start" else len(rest.sections)
    else:
        index = _index_beside(song, after, before, moved)
    if index == [s.id for s in song.sections].index(moved.id):
        return ToolResult(f"{moved.name} is there already")
    edits = (MoveSection(moved.id, index),)
    result = apply_all(song, edits).section(moved.id)
    name = result.name if result is not None and result.name != moved.name else ""
    return ToolResult(f"Moved {moved.name}{_beside(rest, index, 'to')}{f'; it is {name} now' if name else ''}", edits)


@tool
def duplicate_section(context: ToolContext, *, section: SectionName, after: SectionName | None = None) -> ToolResult:
    """Repeat a section, right after itself or after another one."""
    song = context.song
    source = one_section(song, section)
    anchor = find_section(song, after) if after is not None else source
    index = [s.id for s in song.sections].index(anchor.id) + 1
    ids = fresh_ids(song, "l")
    copy = replace(
        source,
        id=fresh_id(song, "s"),
        locked=False,
        layers=tuple(replace(layer, id=next(ids), locked=False) for layer in source.layers),
    )
    edits = (InsertSection(copy, index),)
    named = apply_all(song, edits).section(copy.id)
    return ToolResult(
        f"Repeated {source.name}{_beside(song, index, 'at')} as {named.name if named else source.kind}", edits
    )


@tool
def resize_section(
    context: ToolContext,
    *,
    section: SectionName,
    bars: BarCount | None = None,
    by: Annotated[int, Limits(-BARS_MAX, BARS_MAX)] | None = None,
    change: Literal["double", "half", "longer", "shorter"] | None = None,
) -> ToolResult:
    """Give a section another length: so many bars, so many more or fewer, or by a step."""
    if sum(value is not None for value in (bars, by, change)) != 1:
        raise BadArgument("say how many bars, how many more or fewer, or a change: double, half, longer or shorter")
    found, held = free_sections(context.song, section)
    edits: list[Edit] = []
    said: dict[str, list[str]] = {}
    for each in found:
        to = bars if bars is not None else _changed_bars(each.bars, by if by is not None else change or "longer")
        if to != each.bars:
            edits.append(ResizeSection(each.id, to))
            said.setdefault(f"{each.bars} to {to} bars", []).append(each.id)
    if not edits:
        return ToolResult(f"{places(context.song, [s.id for s in found])}: {found[0].bars} bars already")
    told = [f"{places(context.song, ids)}: {change}" for change, ids in said.items()]
    return ToolResult("; ".join(told) + held, tuple(edits))


@tool
def set_energy(
    context: ToolContext,
    *,
    section: SectionName,
    energy: Annotated[float, Limits(0.0, 1.0)] | None = None,
    change: Step | None = None,
) -> ToolResult:
    """Set how much goes on in a section, 0 to 1, or more and less by a step: layers come and go."""
    if (energy is None) is (change is None):
        raise BadArgument("say an energy from 0 to 1, or a change such as up or a bit down")
    song, said, edits = context.song, list[str](), list[Edit]()
    loops, affinity = need_loops(context), context.library.affinity(f"{song.mood} {song.genre}".strip())
    found, held = free_sections(song, section)
    for each in found:
        to = stepped(each.energy, change, _ENERGY_STEP, 0.0, 1.0) if change is not None else energy or 0.0
        if to == each.energy:
            said.append(f"{each.name} is at {to:.0%} already")
            continue
        made = with_energy(song, each, to, loops, affinity)
        step = (*new_tracks(song, made), PutSection(made.section))
        said.append(
            f"{each.name}: energy {each.energy:.0%} to {to:.0%}{_came_and_went(song, each, made)}{_notes(made)}"
        )
        song = apply_all(song, step)
        edits += step
    return ToolResult("; ".join(said) + held, tuple(edits))


@tool
def set_transition(
    context: ToolContext,
    *,
    section: SectionName,
    kind: Entrance,
    beats: Annotated[float, Limits(0.25, 64.0)] | None = None,
) -> ToolResult:
    """Say how a section is entered: a riser, a fill, a tape stop, none."""
    found, held = free_sections(context.song, section)
    wanted = None if kind == "none" else Transition(TransitionKind(kind), beats or 4.0)
    changed = [s for s in found if s.transition != wanted]
    where = places(context.song, [s.id for s in changed or found])
    words = kind.replace("_", " ")
    if not changed:
        return ToolResult(f"{where}: {'no transition' if wanted is None else words} already{held}")
    edits = tuple(PutSection(replace(s, transition=wanted)) for s in changed)
    if wanted is None:
        return ToolResult(f"No transition into {where}{held}", edits)
    note = transition_note(context.song, changed[0], wanted.kind)
    return ToolResult(f"{with_article(words).capitalize()} of {wanted.beats:g} beats into {where}{note}{held}", edits)


def new_tracks(song: Song, made: NewSection) -> tuple[Edit, ...]:
    """The edits that put the tracks which a new section needs and the song lacks."""
    return tuple(PutTrack(track) for track in made.tracks if song.track(track.id) != track)


def _place_for(song: Song, kind: SectionKind, after: str | None, before: str | None) -> int:
    if after is not None and before is not None:
        raise BadArgument("say after or before, not both")
    if after is not None or before is not None:
        return _index_beside(song, after, before)
    if kind is SectionKind.INTRO:
        return 0
    ends_with_outro = song.sections[-1].kind is SectionKind.OUTRO and kind is not SectionKind.OUTRO
    return len(song.sections) - ends_with_outro


def _index_beside(song: Song, after: str | None, before: str | None, moved: Section | None = None) -> int:
    """Where a section would stand, once ``moved`` is taken out."""
    anchor = find_section(song, after) if after is not None else find_sections(song, before or "")[0]
    if moved is not None and anchor.id == moved.id:
        raise CannotDo(f"{moved.name} cannot stand beside itself")
    ids = [s.id for s in song.sections if moved is None or s.id != moved.id]
    return ids.index(anchor.id) + (after is not None)


def _beside(song: Song, index: int, word: str) -> str:
    """Where a section now stands: after its neighbour, or "at" ("to") an end of the song."""
    if index == 0:
        return f" {word} the start"
    if index >= len(song.sections):
        return f" {word} the end"
    return f" after {song.sections[index - 1].name}"


def _changed_bars(bars: int, change: int | str) -> int:
    step = max(1, bars // 2)
    if isinstance(change, int):
        wanted = bars + change
    else:
        wanted = {"double": bars * 2, "half": bars // 2, "longer": bars + step, "shorter": bars - step}[change]
    if wanted < 1:
        raise CannotDo(f"{_counted_bars(bars)} cannot be made {_counted_bars(bars - wanted)} shorter")
    return wanted


def _counted_bars(bars: int) -> str:
    return "1 bar" if bars == 1 else f"{bars} bars"


def _came_and_went(song: Song, before: Section, made: NewSection) -> str:
    tracks = {track.id: track.name for track in (*song.tracks, *made.tracks)}
    had = {layer.track for layer in before.layers if not layer.muted}
    has = {layer.track for layer in made.section.layers if not layer.muted}
    came = [tracks[t] for t in tracks if t in has - had]
    went = [tracks[t] for t in tracks if t in had - has]
    parts = [f"{listed(words)} {verb}" for words, verb in ((came, "in"), (went, "out")) if words]
    same = f"the same tracks, a little {'louder' if made.section.energy > before.energy else 'softer'}"
    return f" ({', '.join(parts) or same})"


def _notes(made: NewSection) -> str:
    return f"; {'; '.join(made.notes)}" if made.notes else ""
