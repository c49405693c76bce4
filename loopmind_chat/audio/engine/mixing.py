"""The thread that keeps the ring filled and is the only one to touch the transport."""

import queue
import sys
import threading
import traceback
from collections.abc import Callable

from loopmind_chat.audio.engine.marks import Mark, Marks
from loopmind_chat.audio.engine.output import BLOCK, Feed
from loopmind_chat.audio.engine.ring import RING_FRAMES, Ring
from loopmind_chat.audio.engine.transport import Transport

LEAD = RING_FRAMES - 2 * BLOCK
"""299 ms are mixed ahead; the rest of the ring takes the first blocks after a jump before the old ones are cut."""
_NAP_S = 0.005
_START = 2 * BLOCK


class Mixing:
    """Runs what is posted to it, and mixes ahead in between."""

    def __init__(self, transport: Transport, ring: Ring, feed: Feed) -> None:
        self.transport = transport
        self.ring = ring
        self.feed = feed
        self.problem: str | None = None
        """Why the song stands still, where a fault of our own stopped it; the log says more."""
        self._actions: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="mixing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End, and wait for it."""
        self._actions.put(None)
        self._thread.join(timeout=1.0)

    def post(self, action: Callable[[], None]) -> None:
        """Have something done between two blocks."""
        self._actions.put(action)

    def jump(self, action: Callable[[], None]) -> None:
        """Have something done that moves the position: what was mixed ahead is cut off, without a gap."""
        self._actions.put(lambda: self._jump(action))

    def pause(self) -> None:
        """Stand still at what the device took last."""
        self.jump(lambda: self.transport.pause(self.place(self.ring.read)))

    def place(self, output: int) -> Mark | None:
        """The place in the song at a frame of the output; None where nothing has played."""
        return self.transport.marks.at(output)

    def _jump(self, action: Callable[[], None]) -> None:
        cut = self.ring.written
        self.feed.expected = False
        action()
        while self.transport.active and self.ring.space >= BLOCK and self.ring.written < cut + _START:
            self.ring.write(self.transport.next_block(BLOCK))
        self.ring.discard(cut)

    def _run(self) -> None:
        going_on = True
        while going_on:
            try:
                going_on = self._turn()
            except Exception as fault:  # noqa: BLE001 - a plan that cannot be mixed must not end the engine
                traceback.print_exc(file=sys.stderr)
                self.problem = f"the mixer failed ({fault}): paused; play tries again"
                self.transport.pause()

    def _turn(self) -> bool:
        """Do what is posted, or mix a block, or wait. False: the end."""
        busy = self.transport.active
        full = self.ring.written - self.ring.read > LEAD - BLOCK
        try:
            action = self._actions.get(block=not busy or full, timeout=_NAP_S if busy else None)
        except queue.Empty:
            if full:
                return True
            self.ring.write(self.transport.next_block(BLOCK))
            self.feed.expected = self.transport.active and (self.feed.expected or self.ring.available >= _START)
            return True
        if action is None:
            return False
        action()
        return True


def make_mixing() -> Mixing:
    """A transport with its ring and feed, not yet started."""
    ring = Ring()
    return Mixing(Transport(Marks()), ring, Feed(ring))
