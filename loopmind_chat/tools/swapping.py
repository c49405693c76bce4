"""Loops that take the place of others: where, which, and how that is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from loopmind_chat.compose.carried import CARRIES, carried
from loopmind_chat.compose.swap import Candidate, asked_of, swap_candidates, swapped
from loopmind_chat.song.edits import Edit, PutLayer
from loopmind_chat.song.find import role_of
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song, Track
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.spec import ToolContext
from loopmind_chat.tools.targets import Placed, is_related, listed, loop_name, places, shown

_TOLD_APART = 2
"""Swaps of one call that are told one by one, with their places; more are told in short."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The layers of one track that play one loop."""

    track: Track
    loop: str
    layers: tuple[Placed, ...]

    @property
    def beats(self) -> float:
        """For how long it plays."""
        return sum(layer.beats for _, layer in self.layers)


@dataclass(frozen=True, slots=True)
class Swap:
    """A loop that takes a spot."""

    spot: Spot
    best: Candidate

    def edits(self) -> tuple[Edit, ...]:
        """What puts it there."""
        return tuple(PutLayer(section.id, swapped(layer, self.best)) for section, layer in self.spot.layers)


def spots_of(song: Song, layers: Sequence[Placed]) -> list[Spot]:
    """The layers by the track and the loop that they play, in song order."""
    groups: dict[tuple[str, str], list[Placed]] = {}
    for placed in layers:
        groups.setdefault((placed[1].track, placed[1].loop), []).append(placed)
    tracks = {track.id: track for track in song.tracks}
    return [Spot(tracks[track], loop, tuple(group)) for (track, loop), group in groups.items()]


def candidates(  # noqa: PLR0913, PLR0917 - what is asked of the composer
    context: ToolContext,
    song: Song,
    spot: Spot,
    pool: Sequence[LoopFacts],
    query: str | None = None,
    seed: int | None = None,
) -> list[Candidate]:
    """What could take a spot: best first, but what the song plays already and what is disliked last.

    A loop that sounds there at the same time on another track is none, unless it is the only one asked for.
    """
    library = context.library
    near = meaning_of(context, query, spot.layers[0][1].role)
    found = swap_candidates(
        song,
        [layer for _, layer in spot.layers],
        pool,
        near,
        wish=query or "",
        seed=song.seed if seed is None else seed,
        facts_of=library.get,
    )
    if len(pool) > 1:
        beside = _beside(song, spot)
        found = [candidate for candidate in found if candidate.facts.id not in beside]
    used, ratings = set(song.loops()), library.ratings()
    if not any(c.meets for c in found):
        found = [replace(c, meets=is_related(c.facts, (), near)) for c in found]
    return sorted(found, key=lambda c: (not c.meets, ratings.get(c.facts.id, 0) < 0, c.facts.id in used))


def meaning_of(context: ToolContext, query: str | None, role: Role | None) -> Mapping[str, float]:
    """How near each loop is to what a wish wants by meaning: to its words, or to the direction where it has none."""
    asked = asked_of(query or "", role)
    text = " ".join(asked.words) or (query if asked.wanted and not asked.unwanted else "")
    return context.library.affinity(text) if text else {}


def _beside(song: Song, spot: Spot) -> set[str]:
    here = {section.id for section, _ in spot.layers}
    return {layer.loop for section, layer in song.layers() if section.id in here and layer.track != spot.track.id}


def titled(context: ToolContext, spot: Spot) -> str:
    """A spot in words: "melody 'Rainy Keys'"."""
    layer, name = spot.layers[0][1], spot.track.name
    what = str(layer.role) if name.lower() == layer.role else shown(name)
    return f"{what} '{loop_name(context, layer)}'"


def where_of(song: Song, spot: Spot) -> str:
    """The sections of a spot, in words."""
    return places(song, [section.id for section, _ in spot.layers])


def swaps_told(context: ToolContext, swaps: Sequence[Swap], query: str | None) -> str:
    """Swaps in words: which for which, what is different, where."""
    if len(swaps) <= _TOLD_APART:
        return f"Swapped {'; '.join(_swap_told(context, swap, query) for swap in swaps)}"
    short = [f"{titled(context, swap.spot)} for '{shown(swap.best.facts.name)}' ({swap.best.brief})" for swap in swaps]
    return f"Swapped {len(swaps)} loops: {', '.join(short)}"


def _swap_told(context: ToolContext, swap: Swap, query: str | None) -> str:
    facts = swap.best.facts
    note = nearest_note(context, facts, query, swap.spot.layers[0][1].role)
    names = f"{titled(context, swap.spot)} for '{shown(facts.name)}'{note}"
    return f"{names}: {swap.best.reason}; {where_of(context.song, swap.spot)}"


def nothing_told(context: ToolContext, spots: Sequence[Spot], query: str | None, loop: str | None) -> str:
    """Why spots are left as they are: "nothing darker fits in place of bass 'Sub'"."""
    asked = asked_of(query or "", spots[0].track.role)
    if loop:
        what = f"{shown(loop)} does not fit the song's tempo and key"
    elif asked.wanted and not asked.words:
        what = f"nothing {' and '.join(way.told for way in asked.wanted)} fits"
    elif asked.words:
        what = f'nothing that is "{shown(query or "")}" fits'
    elif asked.unwanted:
        what = f"nothing without {listed([*map(shown, asked.unwanted)])} fits"
        if any(role_of(word) is spots[0].track.role for word in asked.unwanted):
            what = f'to take it out, say "remove the {shown(spots[0].track.name)}"; {what}'
    else:
        what = "nothing else fits"
    return f"{what} in place of {listed([titled(context, spot) for spot in spots])}"


def staying_told(context: ToolContext, spots: Sequence[Spot], query: str | None) -> str:
    """What is said of spots that play what is asked for already: "pad 'Tape Strings' is that already"."""
    return f'{listed([titled(context, spot) for spot in spots])}: "{shown(query or "")}" already'


def nearest_note(context: ToolContext, facts: LoopFacts, query: str | None, role: Role | None) -> str:
    """What to add where a loop has nothing to do with the words asked for; "" where it has."""
    words = asked_of(query or "", role).words
    if not words or carried(facts, words) >= CARRIES or is_related(facts, words, meaning_of(context, query, role)):
        return ""
    return f' (nothing is "{shown(query or "")}"; this is the nearest)'
