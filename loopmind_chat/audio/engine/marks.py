"""What stands where in the output: the way from a frame that is heard to a place in the song."""

from collections import deque
from dataclasses import dataclass

from loopmind_chat.audio.engine.grid import Grid

_KEPT = 96


@dataclass(frozen=True, slots=True)
class Mark:
    """From this frame of the output on, the plan's frames follow one another."""

    output: int
    frame: int
    grid: Grid
    revision: int


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest samples, left and right, of some frames of the output."""

    output: int
    left: float
    right: float


class Marks:
    """The last second or two of marks and peaks; written by the mixing thread, read by any."""

    def __init__(self) -> None:
        self._marks: deque[Mark] = deque(maxlen=_KEPT)
        self._peaks: deque[Peak] = deque(maxlen=_KEPT)

    def place(self, mark: Mark) -> None:
        """Note a place."""
        self._marks.append(mark)

    def level(self, peak: Peak) -> None:
        """Note a level."""
        self._peaks.append(peak)

    def at(self, output: int) -> Mark | None:
        """The place heard at a frame of the output; the oldest known where that lies before all."""
        known = list(self._marks)
        if not known:
            return None
        mark = next((mark for mark in reversed(known) if mark.output <= output), None)
        if mark is None:
            return known[0]
        return Mark(output, mark.frame + output - mark.output, mark.grid, mark.revision)

    def peak(self, output: int, frames: int) -> tuple[float, float]:
        """The highest samples among the ``frames`` before a frame of the output."""
        heard = [peak for peak in list(self._peaks) if output - frames <= peak.output <= output]
        return max((peak.left for peak in heard), default=0.0), max((peak.right for peak in heard), default=0.0)
