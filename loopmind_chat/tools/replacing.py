"""Which loop takes which spot: what goes by the words first, none tried before, and no loop on two tracks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loopmind_chat.compose.carried import CARRIES, carried
from loopmind_chat.compose.swap import Candidate, asked_of
from loopmind_chat.song.edits import Edit, apply_all
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song
from loopmind_chat.tools.spec import ToolContext
from loopmind_chat.tools.swapping import Spot, Swap, candidates
from loopmind_chat.tools.tried import tried


@dataclass(slots=True)
class Replacing:
    """Spots that get other loops, one after the other, on a song that changes as they do."""

    context: ToolContext
    song: Song
    query: str | None
    swaps: list[Swap] = field(default_factory=list)
    without: list[Spot] = field(default_factory=list)
    """Spots for which there is nothing."""
    staying: list[Spot] = field(default_factory=list)
    """Spots that play what is asked for already, where there is no other."""
    started_over: bool = False
    """Whether all that fits had been tried."""
    _taken: dict[str, str] = field(default_factory=dict)
    """Tracks by the loop that they get."""

    def run(self, spots: Sequence[Spot], pool: Sequence[LoopFacts], seed: int | None, *, named: bool) -> None:
        """Find a loop for each spot; those that play what is asked for already come last and may stay."""
        order = {id(spot): number for number, spot in enumerate(spots)}
        unmet = []
        for spot in sorted(spots, key=self._has_what_is_asked):
            found = candidates(self.context, self.song, spot, pool, None if named else self.query, seed)
            best = self._best(spot, found, named=named)
            if best is not None:
                self._take(spot, best)
            elif (named and spot.loop == pool[0].id) or (not named and self._has_what_is_asked(spot)):
                self.staying.append(spot)
            else:
                unmet.append((spot, found))
        nothing_met = not self.swaps and not self.staying
        for spot, found in unmet:
            nearest = next(self._fresh(spot, found, frozenset()), None) if nothing_met else None
            if nearest is None:
                self.without.append(spot)
            else:
                self._take(spot, nearest)
        self.swaps.sort(key=lambda swap: order[id(swap.spot)])

    def edits(self) -> tuple[Edit, ...]:
        """What puts the new loops in."""
        return tuple(edit for swap in self.swaps for edit in swap.edits())

    def _best(self, spot: Spot, found: Sequence[Candidate], *, named: bool) -> Candidate | None:
        """The best that meets the wish: one not tried yet, one that this track got already, or all over again."""
        meeting = [candidate for candidate in found if candidate.meets]
        if named:
            return next(iter(meeting), None)
        heard = tried(self.context, frozenset({spot.track.id}), self.query)
        fresh = next(self._fresh(spot, meeting, heard), None)
        if fresh is not None:
            return fresh
        over = next(self._fresh(spot, meeting, frozenset()), None)
        if over is not None:
            self.started_over = True
            return over
        if self._has_what_is_asked(spot):
            return None
        # a track may play one loop twice rather than keep what was to go, but two tracks never play the same
        return next((c for c in meeting if self._taken.get(c.facts.id) == spot.track.id), None)

    def _fresh(self, spot: Spot, found: Sequence[Candidate], heard: frozenset[str]) -> Iterator[Candidate]:
        """Candidates that no spot has got yet, without those tried before."""
        return (c for c in found if c.facts.id not in self._taken and c.facts.id not in heard | {spot.loop})

    def _take(self, spot: Spot, best: Candidate) -> None:
        self._taken[best.facts.id] = spot.track.id
        self.swaps.append(Swap(spot, best))
        self.song = apply_all(self.song, self.swaps[-1].edits())

    def _has_what_is_asked(self, spot: Spot) -> bool:
        asked = asked_of(self.query or "", spot.track.role)
        facts = self.context.library.get(spot.loop)
        return facts is not None and not asked.wanted and carried(facts, asked.words) >= CARRIES
