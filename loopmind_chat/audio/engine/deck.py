"""A plan that can be played: its time, its mixer, its master stage."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from loopmind_chat.audio.engine.grid import Grid
from loopmind_chat.audio.engine.ring import Block

_WARM_FRAMES = 24_000
"""Half a second: filters and compressors have forgotten what was before, and a reverb has most of its tail."""


class Renders(Protocol):
    """The mixer, as the engine sees it."""

    def render(self, start_frame: int, frames: int) -> Block:
        """The mix from ``start_frame`` on, (frames, 2)."""


class Masters(Protocol):
    """The master stage, as the engine sees it."""

    def process(self, block: Block) -> Block:
        """The block, finished, never above full scale; state is carried from call to call."""


class Deck:
    """Plays one plan from any frame on, never with a NaN."""

    def __init__(
        self,
        grid: Grid,
        revision: int,
        mixer: Callable[[], Renders],
        master: Callable[[], Masters],
    ) -> None:
        self.grid = grid
        self.revision = revision
        self.repaired = 0
        """Blocks that held a NaN or an infinity and were silenced."""
        self._make = (mixer, master)
        self._mixer = mixer()
        self._master = master()

    def again(self) -> "Deck":
        """The same plan with fresh state."""
        return Deck(self.grid, self.revision, *self._make)

    def render(self, start: int, frames: int) -> Block:
        """Finished frames; silence before the song's start."""
        before = min(max(-start, 0), frames)
        if before:
            rest = self.render(0, frames - before) if frames > before else np.zeros((0, 2), np.float32)
            return np.concatenate([np.zeros((before, 2), np.float32), rest])
        return self._checked(self._master.process(self._checked(self._mixer.render(start, frames))))

    def warm(self, start: int) -> None:
        """Let filters, envelopes and tails be as if the song had played up to ``start``, nearly."""
        begin = max(start - _WARM_FRAMES, 0)
        if begin < start:
            self.render(begin, start - begin)

    def _checked(self, block: Block) -> Block:
        """The block, or silence and fresh state: one NaN keeps stateful effects silent for ever."""
        if np.isfinite(block).all():
            return block
        mixer, master = self._make
        self._mixer, self._master = mixer(), master()
        self.repaired += 1
        return np.zeros_like(block)
