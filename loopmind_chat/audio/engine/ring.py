"""A ring of frames between the thread that mixes and the callback that plays."""

import numpy as np
import numpy.typing as npt

Block = npt.NDArray[np.float32]
"""Frames by two channels."""

RING_FRAMES = 16_384
"""341 ms at 48 kHz: longer than any pause of the interpreter, short enough for the next bar line."""
FADE_FRAMES = 240
"""5 ms: what is cut off fades out over this."""


class Ring:
    """One producer, one consumer, no lock: each side writes only its own counter.

    The counters are frames since the ring was made and never wrap, so a count also names a moment of the output.
    """

    def __init__(self, frames: int = RING_FRAMES) -> None:
        self._buffer: Block = np.zeros((frames, 2), np.float32)
        self._size = frames
        self._ramp = np.linspace(1.0, 0.0, FADE_FRAMES, endpoint=False, dtype=np.float32)[:, None]
        self.written = 0
        """Frames put in; the producer's."""
        self.read = 0
        """Frames taken out or skipped; the consumer's."""
        self._cut = 0

    @property
    def available(self) -> int:
        """Frames that wait to be played."""
        return self.written - max(self.read, self._cut)

    @property
    def space(self) -> int:
        """Frames that can be written."""
        return self._size - (self.written - self.read)

    def write(self, block: Block) -> None:
        """Put frames in; the caller has looked at ``space``."""
        start = self.written % self._size
        head = min(len(block), self._size - start)
        self._buffer[start : start + head] = block[:head]
        self._buffer[: len(block) - head] = block[head:]
        self.written += len(block)

    def discard(self, before: int) -> None:
        """Let the consumer fade out what it plays and go on at ``before``, a count of written frames."""
        self._cut = before

    def read_into(self, out: Block) -> int:
        """Fill ``out``, with silence where nothing waits. Returns the frames that were there."""
        done = 0
        cut = self._cut
        if cut > self.read:
            done = min(len(out), cut - self.read, FADE_FRAMES)
            self._copy(out[:done])
            out[:done] *= self._ramp[:done]
            self.read = cut
        count = min(len(out) - done, self.written - self.read)
        self._copy(out[done : done + count])
        self.read += count
        done += count
        out[done:] = 0.0
        return done

    def _copy(self, out: Block) -> None:
        start = self.read % self._size
        head = min(len(out), self._size - start)
        out[:head] = self._buffer[start : start + head]
        out[head:] = self._buffer[: len(out) - head]
