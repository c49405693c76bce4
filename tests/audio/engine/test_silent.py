import threading

import numpy as np
import pytest

from loopmind_chat.audio.engine.output import BLOCK
from loopmind_chat.audio.engine.ring import Block
from loopmind_chat.audio.engine.silent import SilentDevice
from tests.fakes.player_devices import SteppedClock


class Jumping(SteppedClock):
    """Sleeps eight hours in its tenth nap."""

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds + (8 * 3_600 if self.naps == 9 else 0))


def run(clock: SteppedClock, blocks: int) -> tuple[list[float], list[Block]]:
    times: list[float] = []
    heard: list[Block] = []
    enough = threading.Event()

    def fill(out: Block, *, late: bool = False) -> None:
        assert not late
        out[:] = len(times)
        times.append(clock.now())
        if len(times) >= blocks:
            enough.set()

    device = SilentDevice(clock, lambda block: heard.append(block.copy()))
    device.start(fill)
    assert enough.wait(10)
    device.close()
    return times[:blocks], heard[:blocks]


def test_it_takes_frames_as_fast_as_they_would_be_heard() -> None:
    times, heard = run(SteppedClock(), 200)
    assert times[-1] - times[0] == pytest.approx(199 * BLOCK / 48_000)
    np.testing.assert_array_equal(heard[7], np.full((BLOCK, 2), 7.0))


def test_after_the_machine_slept_nothing_is_caught_up() -> None:
    times, _ = run(Jumping(), 100)
    gaps = np.diff(times)
    assert gaps.max() > 8 * 3_600
    assert np.count_nonzero(gaps < 0.5 * BLOCK / 48_000) <= 2


def test_a_date_that_changes_is_not_its_clock() -> None:
    device = SilentDevice()
    assert type(device._clock).__name__ == "MonotonicClock"
    assert device.silent
