"""Decks whose sound says where it is: left is the frame, right the revision."""

import numpy as np

from loopmind_chat.audio.engine.deck import Deck
from loopmind_chat.audio.engine.grid import Grid, Span
from loopmind_chat.audio.engine.ring import Block

UNIT = 2.0**-24


class Ramp:
    def __init__(self, revision: int, frames: int) -> None:
        self._revision = revision
        self._frames = frames

    def render(self, start_frame: int, frames: int) -> Block:
        at = np.arange(start_frame, start_frame + frames)
        heard = (at >= 0) & (at < self._frames)
        right = np.full(frames, self._revision / 256.0)
        return (np.stack([at * UNIT, right], axis=1) * heard[:, None]).astype(np.float32)


class Through:
    def process(self, block: Block) -> Block:
        return block


def grid(*sections: tuple[str, int], tempo: float = 120.0, tail: int = 0) -> Grid:
    spans, bar = [], 0
    for name, bars in sections:
        spans.append(Span(name, bar, bars))
        bar += bars
    whole = Grid(tempo, 4, tuple(spans), 0)
    return Grid(tempo, 4, tuple(spans), whole.bar_frame(bar) + tail)


def ramp_deck(revision: int, *sections: tuple[str, int], tempo: float = 120.0, tail: int = 0) -> Deck:
    time = grid(*sections, tempo=tempo, tail=tail)
    return Deck(time, revision, lambda: Ramp(revision, time.frames), Through)


def frames_heard(out: Block) -> np.ndarray:
    return np.rint(out[:, 0] / UNIT).astype(int)


def revisions_heard(out: Block) -> np.ndarray:
    return out[:, 1] * 256.0
