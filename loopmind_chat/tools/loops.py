"""Loops: found, swapped, suggested, corrected, rated."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from loopmind_chat.compose.swap import Candidate, swap_candidates, swapped
from loopmind_chat.compose.wishes import other_words
from loopmind_chat.compose.wording import singular
from loopmind_chat.errors import BadArgument, CannotDo
from loopmind_chat.song.edits import Edit, PutLayer, apply_all
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.effects import FixLoop, RateLoop
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
from loopmind_chat.tools.targets import (
    Placed,
    find_loop,
    is_related,
    layers_named,
    loop_name,
    need_loops,
    places,
    shown,
    unlocked,
)

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
    song = context.song
    layers, held = unlocked(song, layers_named(song, role, section))
    pool = [find_loop(context, loop)] if loop else need_loops(context)
    if pick is not None:
        found = _candidates(context, song, _by_loop(layers)[0], pool, query, seed)[pick - 1 : pick]
        if not found:
            raise CannotDo(f"there is no suggestion {pick}")
        pool = [found[0].facts]
    edits, said, taken = list[Edit](), list[str](), set[str]()
    for group in _by_loop(layers):
        found = _candidates(context, song, group, pool, query, seed)
        best = next((c for c in found if c.facts.id not in taken), found[0] if found else None)
        if best is None:
            said.append(f"nothing fits in place of {_title(context, group)}{_wish(query, loop)}")
            continue
        taken.add(best.facts.id)
        step = tuple(PutLayer(s.id, swapped(layer, best)) for s, layer in group)
        said.append(_swap_words(context, song, group, best, query))
        song = apply_all(song, step)
        edits += step
    if not edits:
        raise CannotDo("; ".join(said))
    return ToolResult(f"Swapped {'; '.join(said)}{held}", tuple(edits))


@tool
def suggest_loops(
    context: ToolContext,
    *,
    role: TrackName,
    query: Words | None = None,
    section: SectionName | None = None,
    limit: Annotated[int, Limits(1, 10)] = 3,
) -> ToolResult:
    """Name loops that could take a track's place. Changes nothing."""
    group = _by_loop(layers_named(context.song, role, section))[0]
    found = _candidates(context, context.song, group, need_loops(context), query, None)[:limit]
    if not found:
        raise CannotDo(f"nothing else fits in place of {_title(context, group)}{_wish(query, None)}")
    lines = [f"{number} {shown(c.facts.name)} ({c.reason})" for number, c in enumerate(found, 1)]
    rows = [_row(c.facts, reason=c.reason, score=c.score) for c in found]
    return ToolResult(f"In place of {_title(context, group)}: {'; '.join(lines)}", data={"loops": rows})


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
    known = {"bpm": facts.bpm, "key": facts.key, "role": facts.role}
    said = ", ".join(f"{_WORDS[name]} {_known(known[name])} to {_known(value)}" for name, value in changes.items())
    if key is not None:
        changes["key"] = str(parse_key(key))
    later = "; the song keeps it as it is until it is swapped or made anew" if facts.id in context.song.loops() else ""
    return ToolResult(f"Corrected {shown(facts.name)}: {said}{later}", effects=(FixLoop(facts.id, changes),))


@tool
def rate_loop(context: ToolContext, *, loop: LoopName, rating: Literal["like", "dislike", "clear"]) -> ToolResult:
    """Remember that a loop is liked or disliked: it comes up more, or less."""
    facts = find_loop(context, loop)
    value, said = {"like": (1, "Liked"), "dislike": (-1, "Disliked"), "clear": (0, "No opinion on")}[rating]
    return ToolResult(f"{said} {shown(facts.name)}", effects=(RateLoop(facts.id, value),))


def _by_loop(layers: Sequence[Placed]) -> list[list[Placed]]:
    """The layers grouped by the loop they play, in song order."""
    groups: dict[str, list[Placed]] = {}
    for placed in layers:
        groups.setdefault(placed[1].loop, []).append(placed)
    return list(groups.values())


def _candidates(  # noqa: PLR0913, PLR0917 - what is asked of the composer
    context: ToolContext,
    song: Song,
    group: Sequence[Placed],
    pool: Sequence[LoopFacts],
    query: str | None,
    seed: int | None,
) -> list[Candidate]:
    """What could play in the group's place: best first, but what the song plays already and what is disliked last."""
    library = context.library
    found = swap_candidates(
        song,
        [layer for _, layer in group],
        pool,
        library.affinity(query) if query else {},
        wish=query or "",
        seed=song.seed if seed is None else seed,
        facts_of=library.get,
    )
    used, ratings = set(song.loops()), library.ratings()
    return sorted(found, key=lambda c: (ratings.get(c.facts.id, 0) < 0, c.facts.id in used))


def _swap_words(context: ToolContext, song: Song, group: Sequence[Placed], best: Candidate, query: str | None) -> str:
    where = places(song, [s.id for s, _ in group])
    words = frozenset(map(singular, other_words(query or "")))
    met = not words or is_related(best.facts, words, context.library.affinity(query or ""))
    nearest = "" if met else f' (nothing is "{shown(query or "")}"; this is the nearest)'
    return f"{_title(context, group)} for '{shown(best.facts.name)}'{nearest}: {best.reason}; {where}"


def _title(context: ToolContext, group: Sequence[Placed]) -> str:
    layer = group[0][1]
    return f"{layer.role} '{loop_name(context, layer)}'"


def _wish(query: str | None, loop: str | None) -> str:
    if loop:
        return f": {shown(loop)} does not fit the song's tempo and key"
    return f' that is "{shown(query)}"' if query else ""


def _line(facts: LoopFacts) -> str:
    known = [str(facts.role), f"{facts.bpm:g} BPM" if facts.bpm else "", str(facts.key or "")]
    return f"{shown(facts.name)} ({', '.join(part for part in known if part)})"


def _row(facts: LoopFacts, **more: object) -> Row:
    return {
        "id": facts.id,
        "name": facts.name,
        "role": str(facts.role),
        "bpm": facts.bpm,
        "key": str(facts.key) if facts.key else None,
        "duration_s": facts.duration_s,
        **more,
    }


def _known(value: object) -> str:
    if value is None:
        return "unknown"
    return f"{value:g}" if isinstance(value, float) else str(value)
