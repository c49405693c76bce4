"""What was named or tried for a place before, so that asking again brings something else.

A round ends when everything was there: the call that starts over begins the next.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from loopmind_chat.errors import NotInSong
from loopmind_chat.session.turns import CallOutcome
from loopmind_chat.song.model import Song
from loopmind_chat.tools.spec import ToolContext
from loopmind_chat.tools.swapping import Spot
from loopmind_chat.tools.targets import tracks_named

_NEW_SONG: Final = frozenset({"compose_song", "remix_song", "transfer_genre"})


def tried(context: ToolContext, tracks: frozenset[str], query: str | None) -> frozenset[str]:
    """Ids of the loops that swaps of these tracks have brought or taken out in this round.

    With a query only the swaps count that have asked for the same without a break; without one, all.
    """
    calls: list[CallOutcome] = []
    for call in _of_this_song(context):
        if call.tool != "swap_loop" or not tracks & _tracks_of(context.song, call):
            continue
        if query and not _same(call.args.get("query"), query):
            break
        calls.append(call)
    heard: set[str] = set()
    for call in reversed(calls):
        heard = set(call.brought) if heard & set(call.brought) else heard | {*call.brought, *call.gone}
    return frozenset(heard)


def named_before(context: ToolContext, spot: Spot, query: str | None, sections: Sequence[str]) -> frozenset[str]:
    """Ids of the loops that were suggested for a spot in this round; with a query, only where it was the same."""
    lists = []
    for call in _of_this_song(context):
        offer = call.offer
        if offer is None or offer.track != spot.track.id or offer.sections != tuple(sections):
            continue
        if spot.loop in {offer.instead_of, *offer.loops} and (not query or _same(call.args.get("query"), query)):
            lists.append(offer.loops)
    named: set[str] = set()
    for loops in reversed(lists):
        named = set(loops) if named & set(loops) else named | set(loops)
    return frozenset(named)


def _of_this_song(context: ToolContext) -> Iterator[CallOutcome]:
    """The calls that went well since the song was made or remade, the newest first."""
    for call in context.past.calls():
        if call.ok and call.tool in _NEW_SONG:
            return
        if call.ok:
            yield call


def _tracks_of(song: Song, call: CallOutcome) -> frozenset[str]:
    try:
        return frozenset(track.id for track in tracks_named(song, str(call.args.get("role") or "all")))
    except NotInSong:
        return frozenset()


def _same(one: object, other: str) -> bool:
    return " ".join(str(one or "").lower().split()) == " ".join(other.lower().split())
