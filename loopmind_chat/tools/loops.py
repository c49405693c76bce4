"""Loops: found, swapped, suggested, corrected, rated."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from loopmind_chat.errors import BadArgument, CannotDo
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.effects import FixLoop, RateLoop
from loopmind_chat.tools.naming import is_written, loop_called
from loopmind_chat.tools.offers import offer_of, offered_told, picked
from loopmind_chat.tools.replacing import Replacing
from loopmind_chat.tools.spec import (
    KeyName,
    Limits,
    LoopName,
    SectionName,
    ToolContext,
    ToolResult,
    TrackName,
    Words,
    tool,
)
from loopmind_chat.tools.swapping import candidates, nothing_told, spots_of, staying_told, swaps_told, titled
from loopmind_chat.tools.targets import find_loop, layers_named, listed, need_loops, shown, unlocked
from loopmind_chat.tools.tried import named_before

Bpm = Annotated[float, Limits(TEMPO_MIN, TEMPO_MAX)]
Row = Mapping[str, Any]

_WORDS = {"bpm": "tempo", "key": "key", "role": "role"}


@tool
def search_loops(  # noqa: PLR0913 - each narrows the search
    context: ToolContext,
    *,
    query: Words,
    role: Role | None = None,
    bpm: Bpm | None = None,
    key: KeyName | None = None,
    limit: Annotated[int, Limits(1, 50)] = 5,
) -> ToolResult:
    """Find loops by words, role, tempo and key. Changes nothing."""
    need_loops(context)
    hits = context.library.search(query, role=role, bpm=bpm, key=key, limit=limit)
    if not hits:
        return ToolResult(f'Nothing in the library fits "{shown(query)}"')
    rows = [_row(hit.facts, score=hit.score) for hit in hits]
    return ToolResult(f"Found {'; '.join(_line(hit.facts) for hit in hits)}", data={"loops": rows})


@tool
def swap_loop(  # noqa: PLR0913 - what to swap, where, for what
    context: ToolContext,
    *,
    role: TrackName,
    query: Words | None = None,
    section: SectionName | None = None,
    loop: LoopName | None = None,
    pick: Annotated[int, Limits(1, 10)] | None = None,
    seed: Annotated[int, Limits(0, 2**31 - 1)] | None = None,
) -> ToolResult:
    """Swap a loop for another one ("darker", "rainy piano", or a named loop), wherever it plays or in one section."""
    if pick is not None:
        return picked(context, role, section, pick)
    song = context.song
    layers, held = unlocked(song, layers_named(song, role, section))
    spots, loops = spots_of(song, layers), need_loops(context)
    named = find_loop(context, loop) if loop else loop_called(query or "", loops)
    if named is not None:
        done = Replacing(context, song, query)
        done.run(spots, [named], seed, named=True)
        if done.swaps or loop or is_written(query or ""):
            return _swapped(context, done, named.name, held)
    done = Replacing(context, song, query)
    done.run(spots, loops, seed, named=False)
    return _swapped(context, done, None, held)


def _swapped(context: ToolContext, done: Replacing, name: str | None, held: str) -> ToolResult:
    """What swaps did. Raises CannotDo, saying why, where they did nothing."""
    said = [swaps_told(context, done.swaps, None if name else done.query)] if done.swaps else []
    if done.staying:
        plays = f"{listed([titled(context, spot) for spot in done.staying])} plays already"
        said.append(plays if name else staying_told(context, done.staying, done.query))
    if done.without:
        said.append(nothing_told(context, done.without, done.query, name))
    if not done.swaps and not (name and done.staying):
        raise CannotDo("; ".join(said) + (", and no other loop that fits is" if done.staying else "") + held)
    over = "; everything that fits was there, so it starts over" if done.started_over else ""
    return ToolResult("; ".join(said) + over + held, done.edits())


@tool
def suggest_loops(
    context: ToolContext,
    *,
    role: TrackName,
    query: Words | None = None,
    section: SectionName | None = None,
    limit: Annotated[int, Limits(1, 10)] = 3,
) -> ToolResult:
    """Name loops that could take a track's place; the nth is put in by swap_loop pick=n. Changes nothing."""
    spots = spots_of(context.song, layers_named(context.song, role, section))
    spot = max(spots, key=lambda each: each.beats)
    others = [other for other in spots if other is not spot]
    beside = {other.loop for other in others}
    found = [c for c in candidates(context, context.song, spot, need_loops(context), query) if c.facts.id not in beside]
    if not found:
        raise CannotDo(nothing_told(context, [spot], query, None))
    sections = () if section is None else tuple(s.id for s, _ in spot.layers)
    before = named_before(context, spot, query, sections)
    fresh = [c for c in found if c.facts.id not in before]
    shown_now = (fresh or found)[:limit]
    rows = [_row(c.facts, reason=c.reason, score=c.score) for c in shown_now]
    over = "" if fresh else f"; that was all ({len(found)}), so it starts over"
    return ToolResult(
        offered_told(context, spot, shown_now, others, query) + over,
        data={"title": f"In place of {titled(context, spot)}", "loops": rows},
        offer=offer_of(context, spot, shown_now, sections),
    )


@tool
def fix_loop(
    context: ToolContext,
    *,
    loop: LoopName,
    bpm: Bpm | None = None,
    key: KeyName | None = None,
    role: Role | None = None,
) -> ToolResult:
    """Correct what is known of a loop: its tempo, key or role. It stays corrected."""
    facts = find_loop(context, loop)
    changes: dict[str, Any] = {
        name: value for name, value in (("bpm", bpm), ("key", key), ("role", role)) if value is not None
    }
    if not changes:
        raise BadArgument("say what is right: bpm, key or role")
    before = {"bpm": facts.bpm, "key": facts.key, "role": facts.role}
    said = ", ".join(f"{_WORDS[name]} {_corrected(before[name], value)}" for name, value in changes.items())
    if key is not None:
        changes["key"] = str(parse_key(key))
    later = "; the song keeps it as it is until it is swapped or made anew" if facts.id in context.song.loops() else ""
    return ToolResult(f"Corrected {shown(facts.name)}: {said}{later}", effects=(FixLoop(facts.id, changes),))


@tool
def rate_loop(context: ToolContext, *, loop: LoopName, rating: Literal["like", "dislike", "clear"]) -> ToolResult:
    """Remember that a loop is liked or disliked: it comes up more, or less."""
    facts = find_loop(context, loop)
    value, said, later = {
        "like": (1, "Liked", ": it will come up more"),
        "dislike": (-1, "Disliked", ": it will come up last"),
        "clear": (0, "No opinion on", ""),
    }[rating]
    if rating == "dislike" and facts.id in context.song.loops():
        later += "; it stays in this song until you swap it"
    return ToolResult(f"{said} {shown(facts.name)}{later}", effects=(RateLoop(facts.id, value),))


def _line(facts: LoopFacts) -> str:
    known = [str(facts.role), f"{facts.bpm:g} BPM" if facts.bpm else "", str(facts.key or "")]
    return f"{shown(facts.name)} ({', '.join(part for part in known if part)})"


def _row(facts: LoopFacts, **more: object) -> Row:
    return {
        "id": facts.id,
        "name": shown(facts.name),
        "role": str(facts.role),
        "bpm": facts.bpm,
        "key": str(facts.key) if facts.key else None,
        "duration_s": facts.duration_s,
        **more,
    }


def _corrected(before: object, after: object) -> str:
    """A fact before and after; one that was right is kept from now on."""
    old, new = _known(before), _known(after)
    return f"stays {new}" if old == new else f"{old} to {new}"


def _known(value: object) -> str:
    if value is None:
        return "unknown"
    return f"{value:g}" if isinstance(value, float) else str(value)
