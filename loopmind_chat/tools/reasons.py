"""Why a loop plays: what was asked for, what its facts say for it, and what was done to make it fit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from loopmind_chat.compose.carried import words_carried
from loopmind_chat.compose.fit import fit_note
from loopmind_chat.compose.moods import mood_of
from loopmind_chat.compose.wishes import directions_in, other_words, unwanted_words
from loopmind_chat.compose.wording import content_words, singular, words_of
from loopmind_chat.session.turns import CallOutcome
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Song, Track
from loopmind_chat.song.vocabulary import UNPITCHED
from loopmind_chat.tools.spec import ToolContext
from loopmind_chat.tools.targets import Placed, loop_name, shown

_PLACES: Final = ("", "2nd ", "3rd ")
"""Places in an order that are worth telling."""
_COMPARED: Final = 3
"""Loops from which an order says something."""
_IN_FULL: Final = 3
"""Loops whose reasons are told in full; of more, each in short."""
_IN_SHORT: Final = 2
_MADE: Final = {
    "remix_song": "chosen for the remix",
    "regenerate_section": "chosen when the section was made anew",
    "add_section": "brought in by the new section",
    "set_energy": "brought in when you asked for more energy",
}


def reasons(context: ToolContext, layers: Sequence[Placed]) -> str:
    """Why each loop of the layers plays."""
    tracks = {track.id: track for track in context.song.tracks}
    first: dict[tuple[str, str], Layer] = {}
    for _, layer in layers:
        first.setdefault((layer.track, layer.loop), layer)
    most = None if len(first) <= _IN_FULL else _IN_SHORT
    return "; ".join(
        f"{_titled(context, tracks[track], layer)}: {', '.join(list(_reasons_for(context, layer))[:most])}"
        for (track, _), layer in first.items()
    )


def _titled(context: ToolContext, track: Track, layer: Layer) -> str:
    return f"{shown(track.name)} '{loop_name(context, layer)}'"


def _reasons_for(context: ToolContext, layer: Layer) -> Iterator[str]:
    """The reasons for one loop: what the user said first, then what it is, then what was done to it."""
    song, facts = context.song, context.library.get(layer.loop)
    call = context.past.call_that_brought(layer.loop)
    wish = _wish(song, call)
    yield from _asked(call, wish)
    if facts is None:
        yield "its file is not in the library any more"
        return
    rating = context.library.ratings().get(layer.loop, 0)
    if rating:
        yield "you like it" if rating > 0 else "although you dislike it"
    carried = words_carried(facts, _told_words(wish))
    if carried:
        yield f"it goes by {' and '.join(carried)}"
    yield from _nearest(context, facts, wish)
    yield from _brightness(context, facts, song)
    yield from _adjusted(facts, layer, song)
    if layer.locked:
        yield "locked, so it stays"


def _told_words(wish: str) -> tuple[str, ...]:
    """The words of a wish that say what a loop is, as they were said, without those that it is not to be."""
    known, unwanted = content_words(wish), unwanted_words(wish)
    return tuple(dict.fromkeys(w for w in words_of(wish) if singular(w) in known and w not in unwanted))


def _wish(song: Song, call: CallOutcome | None) -> str:
    """The words that the loop was chosen by, as the composer was given them."""
    args: Mapping[str, Any] = call.args if call is not None else {}
    if call is None or call.tool in {"swap_loop", "add_layer"}:
        return str(args.get("query") or "")
    words = (song.mood, song.genre, str(args.get("sources") or ""))
    return " ".join(word for word in words if word)


def _asked(call: CallOutcome | None, wish: str) -> Iterator[str]:
    """What the user said that brought the loop in."""
    if call is None:
        return
    args = call.args
    if args.get("pick"):
        yield "you picked it from the suggestions"
    elif args.get("loop"):
        yield "you asked for it by name"
    elif call.tool in {"swap_loop", "add_layer"}:
        wanted = f'"{shown(wish)}"' if wish else "another one" if call.tool == "swap_loop" else str(args.get("role"))
        yield f"you asked for {wanted}"
    elif call.tool in _MADE:
        yield _MADE[call.tool]
    else:
        yield f'chosen for "{shown(wish)}"' if wish else "chosen for the song"


def _nearest(context: ToolContext, facts: LoopFacts, wish: str) -> Iterator[str]:
    """Its place by meaning among the loops of its role, where that is one of the first."""
    words = " ".join(other_words(wish)) if directions_in(wish) or unwanted_words(wish) else wish
    near = context.library.affinity(words) if words else {}
    if facts.id in near:
        peers = [other for other in _peers(context, facts) if other.id in near]
        place = sum(near[other.id] > near[facts.id] for other in peers)
        yield from _placed(place, peers, facts, f'nearest to "{shown(wish)}" in meaning')


def _brightness(context: ToolContext, facts: LoopFacts, song: Song) -> Iterator[str]:
    """Its place from dark to bright among the loops of its role, where the song's mood asks for that end."""
    wanted = mood_of(song.mood).brightness
    if not wanted or facts.brightness_hz is None:
        return
    own = facts.brightness_hz
    peers = [other for other in _peers(context, facts) if other.brightness_hz is not None]
    place = sum(
        (other.brightness_hz or 0.0) > own if wanted > 0 else (other.brightness_hz or 0.0) < own for other in peers
    )
    yield from _placed(place, peers, facts, "brightest" if wanted > 0 else "darkest")


def _placed(place: int, peers: Sequence[LoopFacts], facts: LoopFacts, what: str) -> Iterator[str]:
    if len(peers) >= _COMPARED and place < min(len(_PLACES), len(peers) // 2):
        yield f"the {_PLACES[place]}{what} of {len(peers)} {facts.role} loops"


def _peers(context: ToolContext, facts: LoopFacts) -> list[LoopFacts]:
    return [other for other in context.library.loops() if other.role is facts.role and other.is_loop is facts.is_loop]


def _adjusted(facts: LoopFacts, layer: Layer, song: Song) -> Iterator[str]:
    """What was done to it so that it fits: its key, its tempo."""
    moved = fit_note(1.0, layer.semitones)
    if layer.role not in UNPITCHED:
        if facts.key is None:
            yield f"its key is unknown{f', {moved}' if moved else ''}"
        elif moved:
            yield f"{facts.key}, moved {moved}"
        else:
            yield "in the song's key" if facts.key == song.key else f"{facts.key}, the same notes"
    if facts.is_loop and facts.bpm:
        yield tempo_told(facts.bpm, layer, song)


def tempo_told(bpm: float, layer: Layer, song: Song) -> str:
    """A loop's own tempo, and what is done to it: "74 BPM counted double, 5 % slower"."""
    times = layer.stretch * song.tempo / bpm
    counted = " counted double" if times > 1.5 else " counted half" if times < 0.75 else ""  # noqa: PLR2004 - 2, 1/2
    return f"{bpm:g} BPM{counted}, {fit_note(layer.stretch, 0) or 'as it is'}"
