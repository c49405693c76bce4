"""Whole songs and whole sections: made, remade, carried over to another genre."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from loopmind_chat.compose.brief import Brief, Composition
from loopmind_chat.compose.forms import parse_form
from loopmind_chat.compose.remake import remix_song as remixed
from loopmind_chat.compose.remake import transfer_genre as transferred
from loopmind_chat.compose.sections import regenerate_section as regenerated
from loopmind_chat.compose.song import compose_song as composed
from loopmind_chat.errors import BadArgument
from loopmind_chat.song.edits import Edit, PutSection, ReplaceSong, apply_all
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.model import Song
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.describe import headline
from loopmind_chat.tools.effects import Play
from loopmind_chat.tools.sections import new_tracks
from loopmind_chat.tools.spec import (
    FormText,
    KeyName,
    Limits,
    LoopName,
    SectionName,
    ToolContext,
    ToolResult,
    Words,
    tool,
)
from loopmind_chat.tools.targets import (
    find_loop,
    free_sections,
    is_locked,
    listed,
    loop_name,
    need_loops,
    need_song,
    places,
    role_named,
)

Seed = Annotated[int, Limits(0, 2**31 - 1)]

_STARTS = (Play(0, asked=False),)


@tool
def compose_song(  # noqa: PLR0913 - the parts of a brief; all may be left out
    context: ToolContext,
    *,
    genre: Words | None = None,
    mood: Words | None = None,
    bpm: Annotated[float, Limits(TEMPO_MIN, TEMPO_MAX)] | None = None,
    key: KeyName | None = None,
    seconds: Annotated[float, Limits(5, 3600)] | None = None,
    bars: Annotated[int, Limits(1, 1024)] | None = None,
    form: FormText | None = None,
    sources: Words | None = None,
    roles: Words | None = None,
    without: Words | None = None,
    anchor: LoopName | None = None,
    seed: Seed | None = None,
    title: Words | None = None,
) -> ToolResult:
    """Make a whole new song out of the loops in use."""
    loops = need_loops(context)
    brief = Brief(
        genre=genre or "",
        mood=mood or "",
        bpm=bpm,
        key=parse_key(key) if key else None,
        seconds=seconds,
        bars=bars,
        form=parse_form(form) if form else (),
        sources=sources or "",
        roles=_roles(roles),
        without=_roles(without),
        anchor=find_loop(context, anchor).id if anchor else None,
        seed=_next_seed(context.song, seed),
        title=title or "",
    )
    words = " ".join(word for word in (brief.mood, brief.genre, brief.sources) if word)
    library = context.library
    made = composed(brief, loops, library.affinity(words) if words else {}, library.ratings())
    # How the mix is finished is the user's choice for the session, whatever song it holds.
    return _whole("Made", replace(made, song=replace(made.song, mix=context.song.mix)))


@tool
def remix_song(context: ToolContext, *, seed: Seed | None = None) -> ToolResult:
    """Make the song anew from other loops, in its tempo, key and form; what is locked stays."""
    song = context.song
    need_song(song)
    words = f"{song.mood} {song.genre}".strip()
    made = remixed(song, need_loops(context), context.library.affinity(words), seed=_next_seed(song, seed))
    return _whole("Remixed", made, _kept(song))


@tool
def transfer_genre(context: ToolContext, *, genre: Words, seed: Seed | None = None) -> ToolResult:
    """Carry the song over to another genre; what is locked stays."""
    song = context.song
    need_song(song)
    words = f"{song.mood} {genre}".strip()
    made = transferred(song, genre, need_loops(context), context.library.affinity(words), seed=_next_seed(song, seed))
    return ToolResult(f"Carried over: {_facts(made)}{_kept(song)}", (ReplaceSong(made.song),))


@tool
def regenerate_section(context: ToolContext, *, section: SectionName, seed: Seed | None = None) -> ToolResult:
    """Make a section anew, with other loops; what is locked stays."""
    song, edits = context.song, list[Edit]()
    found, held = free_sections(song, section)
    words = f"{song.mood} {song.genre}".strip()
    loops, affinity = need_loops(context), context.library.affinity(words)
    notes: list[str] = []
    for each in found:
        made = regenerated(song, each.id, loops, affinity, seed=_next_seed(song, seed))
        step = (*new_tracks(song, made), PutSection(made.section))
        song = apply_all(song, step)
        edits += step
        notes += made.notes
    if song == context.song:
        return ToolResult(f"There is nothing else that fits {places(context.song, [s.id for s in found])}{held}")
    told = [*_new_loops(context, song, [s.id for s in found]), *dict.fromkeys(notes)]
    said = f": {'; '.join(told)}" if told else ": the same loops, arranged anew"
    return ToolResult(f"Made {places(context.song, [s.id for s in found])} anew{said}{held}", tuple(edits))


def _new_loops(context: ToolContext, song: Song, section_ids: Sequence[str]) -> list[str]:
    """The loops that sections have now and had not: "melody 'Rainy Keys'"."""
    had = {(s.id, layer.loop) for s, layer in context.song.layers()}
    new = [x for s, x in song.layers() if s.id in section_ids and (s.id, x.loop) not in had]
    told = dict.fromkeys(f"{layer.role} '{loop_name(context, layer)}'" for layer in new)
    return [f"now with {listed(list(told))}"] if told else []


def _kept(song: Song) -> str:
    return "; kept what is locked" if any(is_locked(s, layer) for s, layer in song.layers()) else ""


def _whole(verb: str, made: Composition, kept: str = "") -> ToolResult:
    return ToolResult(f"{verb} {_facts(made)}{kept}", (ReplaceSong(made.song),), _STARTS)


def _facts(made: Composition) -> str:
    song = made.song
    count = len(song.loops())
    parts = [headline(song), song.form, f"{count} loop{'' if count == 1 else 's'}", *made.notes]
    return "; ".join(parts)


def _next_seed(song: Song, seed: int | None) -> int:
    """The seed asked for, or one more than the last song's: asking again gives another song, the same way each time."""
    return seed if seed is not None else song.seed + 1


def _roles(words: str | None) -> frozenset[Role]:
    found = [part for part in re.split(r"\s*(?:,|;|&|\+|\band\b)\s*", words or "") if part]
    roles = frozenset(role_named(re.sub(r"^(only|just|no|the|my) ", "", part)) for part in found)
    if words and not roles:
        raise BadArgument("name roles, such as drums, bass and melody")
    return roles
