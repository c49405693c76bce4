"""Suggestions: named once, and taken by number as long as the song is the one they were named for."""

from collections.abc import Sequence

from loopmind_chat.compose.swap import Candidate
from loopmind_chat.errors import CannotDo
from loopmind_chat.session.turns import Offer
from loopmind_chat.song.edits import Edit
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.tools.spec import ToolContext, ToolResult
from loopmind_chat.tools.swapping import Spot, Swap, candidates, spots_of, titled, where_of
from loopmind_chat.tools.targets import (
    Placed,
    layers_named,
    listed,
    names,
    need_loops,
    shown,
    tracks_named,
    unlocked,
)

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def offer_of(context: ToolContext, spot: Spot, found: Sequence[Candidate], sections: tuple[str, ...]) -> Offer:
    """What the session keeps of a list of suggestions."""
    return Offer(spot.track.id, spot.loop, tuple(c.facts.id for c in found), context.song.seed, sections)


def offered_told(
    context: ToolContext, spot: Spot, found: Sequence[Candidate], others: Sequence[Spot], query: str | None
) -> str:
    """The list in words, with its numbers."""
    same_track = any(other.track.id == spot.track.id for other in others)
    where = f", {where_of(context.song, spot)}" if same_track else ""
    meeting = sum(c.meets for c in found)
    asked = f'"{shown(query or "")}"'
    far = "" if meeting == len(found) else f"; only {meeting} of them {'is' if meeting == 1 else 'are'} {asked}"
    far = f"; nothing else is {asked}, these are the nearest" if not meeting else far
    lines = [f"{number} '{shown(c.facts.name)}' ({c.reason})" for number, c in enumerate(found, 1)]
    tracks = {other.track.id: other.track for other in others if other.track.id != spot.track.id}
    more = f"; for {names(list(tracks.values()))} ask by name" if tracks else ""
    hint = f'; say "the {_ORDINALS[len(found) - 1]} one" to hear it in the song' if len(found) > 1 else ""
    return f"In place of {titled(context, spot)}{where}: {', '.join(lines)}{far}{hint}{more}"


def picked(context: ToolContext, role: str, section: str | None, pick: int) -> ToolResult:
    """Put in the ``pick``-th of the last suggestions for a track. Raises CannotDo, saying what there is to pick."""
    song = context.song
    offer = _last_offer(context, role)
    facts = _offered_loop(context, offer, pick)
    free, held = unlocked(song, _places(context, offer, section))
    swaps: list[Swap] = []
    spots = spots_of(song, free)
    for spot in spots:
        if spot.loop == facts.id:
            continue
        found = candidates(context, song, spot, [facts])
        if not found:
            raise CannotDo(f"'{shown(facts.name)}' does not fit the song's tempo and key any more")
        swaps.append(Swap(spot, found[0]))
    if not swaps:
        return ToolResult(f"{titled(context, spots[0])} plays already{held}")
    edits: tuple[Edit, ...] = tuple(edit for swap in swaps for edit in swap.edits())
    old = listed([titled(context, swap.spot) for swap in swaps])
    where = ", ".join(where_of(song, swap.spot) for swap in swaps)
    number = f"{pick} of {len(offer.loops)}"
    summary = f"Swapped {old} for '{shown(facts.name)}' ({number}): {swaps[0].best.reason}; {where}{held}"
    return ToolResult(summary, edits)


def _last_offer(context: ToolContext, role: str) -> Offer:
    """The last list for one of the tracks meant."""
    song = context.song
    tracks = {track.id for track in tracks_named(song, role)}
    made = [offer for offer in context.past.offers() if offer.seed == song.seed and song.track(offer.track)]
    for offer in made:
        if offer.track in tracks:
            return offer
    if made:
        other = names([track for track in song.tracks if track.id == made[0].track])
        raise CannotDo(f"the last suggestions are for {other}; ask for options for {shown(role)} first")
    raise CannotDo(f'nothing was suggested for {shown(role)} yet: ask for "three options for the {shown(role)}"')


def _offered_loop(context: ToolContext, offer: Offer, pick: int) -> LoopFacts:
    loops = {facts.id: facts for facts in need_loops(context)}
    count = len(offer.loops)
    if pick > count:
        known = [context.library.get(loop) for loop in offer.loops]
        said = listed([f"{number} '{shown(f.name)}'" for number, f in enumerate(known, 1) if f is not None])
        raise CannotDo(f"there is no suggestion {pick}; the last were {said}" if count > 1 else f"there is only {said}")
    facts = loops.get(offer.loops[pick - 1])
    if facts is None:
        raise CannotDo(f"suggestion {pick} is not among the loops in use any more")
    return facts


def _places(context: ToolContext, offer: Offer, section: str | None) -> tuple[Placed, ...]:
    """The layers that a pick changes: those that the list was for, whichever of it plays there by now."""
    placed = layers_named(context.song, offer.track, section)
    if section is None and offer.sections:
        placed = tuple(p for p in placed if p[0].id in offer.sections) or placed
    kin = {offer.instead_of, *offer.loops}
    return tuple(p for p in placed if p[1].loop in kin) or placed
