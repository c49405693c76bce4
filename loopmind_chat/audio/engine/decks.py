"""From a mix plan to a deck that plays it."""

from loopmind_chat.audio.engine.clips import Clips
from loopmind_chat.audio.engine.deck import Deck, Masters
from loopmind_chat.audio.engine.grid import grid_of
from loopmind_chat.audio.engine.ring import Block
from loopmind_chat.audio.plan import MixPlan


def deck_of(plan: MixPlan, revision: int, clips: Clips, *, mastered: bool = True) -> Deck:
    """A deck of a plan; without its master stage it plays what the mixer renders, for comparing."""
    from loopmind_chat.audio.master import Master  # noqa: PLC0415 - commands are taken before the effects are loaded
    from loopmind_chat.audio.mixer import Mixer  # noqa: PLC0415 - as above

    def master() -> Masters:
        return Master(plan.mode) if mastered else _Untouched()

    return Deck(grid_of(plan), revision, lambda: Mixer(plan, clips.view()), master)


class _Untouched:
    def process(self, block: Block) -> Block:
        return block
