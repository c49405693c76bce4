"""The conversation so far, as a tool sees it: the session's turns, and the calls of the turn that runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from loopmind_chat.session.turns import CallOutcome, Offer, TurnRecord
from loopmind_chat.tools.spec import Past


@dataclass(frozen=True, slots=True)
class PastOfTurn:
    """What earlier turns left, and before it what this turn has done so far."""

    earlier: Past
    calls_now: Sequence[CallOutcome]
    unstored: TurnRecord | None
    """The turn so far, where it has changed the song already."""

    def offers(self) -> Sequence[Offer]:
        """The last lists of suggestions that were given, the newest first."""
        return [*(call.offer for call in reversed(self.calls_now) if call.offer is not None), *self.earlier.offers()]

    def calls(self) -> Sequence[CallOutcome]:
        """The calls so far, the newest first."""
        return [*reversed(self.calls_now), *self.earlier.calls()]

    def call_that_brought(self, loop_id: str) -> CallOutcome | None:
        """The last call by which a loop came into the song; None where no call did."""
        now = (call for call in reversed(self.calls_now) if loop_id in call.brought)
        return next(now, None) or self.earlier.call_that_brought(loop_id)

    def last_change(self) -> TurnRecord | None:
        """The last turn that left another song, this one included."""
        return self.unstored or self.earlier.last_change()
