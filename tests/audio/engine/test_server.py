import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from loopmind_chat.audio.engine.clips import Clips
from loopmind_chat.audio.engine.deck import Deck
from loopmind_chat.audio.engine.mixing import LEAD, Mixing, make_mixing
from loopmind_chat.audio.engine.output import BLOCK
from loopmind_chat.audio.engine.outputs import Outputs
from loopmind_chat.audio.engine.reading import Reading
from loopmind_chat.audio.engine.ring import FADE_FRAMES, Block
from loopmind_chat.audio.engine.server import Server
from loopmind_chat.audio.engine.silent import SilentDevice
from tests.fakes.player_devices import FakeCards
from tests.fakes.player_ramps import Ramp, Through, frames_heard, grid, ramp_deck

BAR = 96_000


def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.002)


class Faulty(Ramp):
    """Renders a NaN in its third block."""

    blocks = 0

    def render(self, start_frame: int, frames: int) -> Block:
        block = super().render(start_frame, frames)
        Faulty.blocks += 1
        if Faulty.blocks == 3:
            block[5, 0] = np.nan
        return block


class Rig:
    """A server without its process: commands are called, the device is turned by hand."""

    def __init__(self) -> None:
        self.mixing: Mixing = make_mixing()
        self.cards = FakeCards(["speakers"])
        self.outputs = Outputs(self.mixing.feed, self.cards, None, SilentDevice)
        self.facts = io.StringIO()
        self.server = Server(self.mixing, self.outputs, self.deck, self.facts)
        self.mixing.start()

    def deck(self, plan: str, revision: int, _clips: Clips) -> Deck:
        if plan == "faulty":
            time_of = grid(("a", 8))
            Faulty.blocks = 0
            return Deck(time_of, revision, lambda: Faulty(revision, time_of.frames), Through)
        return ramp_deck(revision, *[(name, int(bars)) for name, bars in json.loads(plan)])

    def plan(self, revision: int, *sections: tuple[str, int]) -> None:
        self.do("plan", revision=revision, plan=json.dumps(sections), clips={})

    def do(self, command: str, **values: object) -> None:
        self.server.do({"do": command, **values})

    def settled(self) -> None:
        """Wait until all is done that was asked, and the ring is as full as it gets."""
        done = threading.Event()
        self.mixing.post(done.set)
        assert done.wait(5)
        if self.mixing.transport.active:
            until(lambda: self.mixing.ring.written - self.mixing.ring.read > LEAD - BLOCK)

    def hear(self, frames: int) -> Block:
        parts = []
        for _ in range(frames // BLOCK):
            self.settled()
            parts.append(self.cards.made[-1].turn())
        return np.concatenate(parts)

    def said(self, fact: str) -> list[dict[str, Any]]:
        return [said for said in map(json.loads, self.facts.getvalue().splitlines()) if said["fact"] == fact]


@pytest.fixture
def rig() -> Iterator[Rig]:
    made = Rig()
    yield made
    made.outputs.close()
    made.mixing.close()


def test_what_the_device_takes_is_the_song_without_a_hole(rig: Rig) -> None:
    rig.plan(1, ("a", 8))
    rig.do("play", bar=None)
    out = rig.hear(100 * BLOCK)
    np.testing.assert_array_equal(frames_heard(out), np.arange(len(out)))
    assert rig.mixing.feed.underruns == 0


def test_a_seek_fades_out_and_goes_on_without_a_gap(rig: Rig) -> None:
    rig.plan(1, ("a", 8))
    rig.do("play", bar=None)
    rig.hear(10 * BLOCK)
    rig.do("seek", bar=4)
    rig.settled()
    frames = frames_heard(rig.hear(4 * BLOCK))
    after = frames[FADE_FRAMES + 96 :]
    np.testing.assert_array_equal(after, 4 * BAR + 96 + np.arange(len(after)))
    assert rig.mixing.feed.underruns == 0


def test_pause_falls_silent_at_once_and_play_goes_on_there(rig: Rig) -> None:
    rig.plan(1, ("a", 8))
    rig.do("play", bar=None)
    rig.hear(10 * BLOCK)
    rig.do("pause")
    rig.settled()
    out = rig.hear(2 * BLOCK)
    assert not out[FADE_FRAMES:].any()
    assert rig.mixing.transport.position == 10 * BLOCK
    assert rig.mixing.feed.underruns == 0
    rig.do("play", bar=None)
    out = rig.hear(2 * BLOCK)
    np.testing.assert_array_equal(frames_heard(out)[96:], 10 * BLOCK + np.arange(96, len(out)))


def test_an_edit_is_heard_at_the_next_line_that_is_not_mixed_yet(rig: Rig) -> None:
    rig.plan(1, ("a", 8))
    rig.do("play", bar=None)
    rig.hear(20 * BLOCK)
    rig.plan(2, ("new", 4), ("a", 8))
    frames = frames_heard(rig.hear(100 * BLOCK))
    assert frames[BAR - 20 * BLOCK] == 5 * BAR


def test_the_place_reported_is_what_is_heard_not_what_is_mixed(rig: Rig) -> None:
    rig.plan(1, ("a", 8))
    rig.do("play", bar=None)
    rig.hear(40 * BLOCK)
    status = Reading(rig.mixing, rig.outputs).status()
    heard_beats = 40 * BLOCK / 24_000
    assert heard_beats - BLOCK / 24_000 - 1e-3 <= status["beat"] <= heard_beats + 1e-3
    assert status["playing"]
    assert status["level"][0] == pytest.approx(20 * np.log10(40 * BLOCK / 2**24), abs=0.5)
    rig.cards.made[0].latency_s = 0.2
    later = Reading(rig.mixing, rig.outputs).status()
    assert later["beat"] < heard_beats - 0.3


def test_the_song_is_heard_to_its_end_before_it_counts_as_stopped(rig: Rig) -> None:
    rig.plan(1, ("a", 1))
    rig.do("play", bar=None)
    reading = Reading(rig.mixing, rig.outputs)
    rig.hear(BAR // BLOCK // 2 * BLOCK)
    until(lambda: rig.mixing.ring.space < 3 * BLOCK)
    device = rig.cards.made[0]
    while rig.mixing.ring.read < BAR:
        assert reading.status()["playing"]
        device.turn()
        rig.mixing.post(lambda: None)
        time.sleep(0.003)
    until(lambda: not reading.status()["playing"])
    assert reading.status()["beat"] == 0.0
    assert rig.mixing.feed.underruns == 0


def test_a_device_that_outruns_the_mixer_counts_underruns_and_keeps_the_place(rig: Rig) -> None:
    rig.plan(1, ("a", 8))
    rig.do("play", bar=None)
    rig.hear(4 * BLOCK)
    block = threading.Event()
    rig.mixing.post(lambda: block.wait(5) and None)
    device = rig.cards.made[0]
    out = np.concatenate([device.turn() for _ in range(20)])
    assert rig.mixing.feed.underruns > 0
    block.set()
    rig.settled()
    out = np.concatenate([out, rig.hear(4 * BLOCK)])
    sounding = frames_heard(out)[out[:, 1] > 0]
    np.testing.assert_array_equal(sounding, 4 * BLOCK + np.arange(len(sounding)))


def test_a_lost_device_pauses_at_its_place_and_play_opens_it_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.plan(1, ("a", 8))
    rig.do("play", bar=None)
    rig.hear(30 * BLOCK)
    reading = Reading(rig.mixing, rig.outputs)
    clock = [time.monotonic()]
    with monkeypatch.context() as later:
        later.setattr(time, "monotonic", lambda: clock[0])

        def time_passes(*steps: float) -> None:
            for step in steps:
                clock[0] += step
                reading.watch()

        time_passes(0.0, *[0.1] * 24)
        assert rig.outputs.device is not None, "it may take its time to wake"
        time_passes(*[0.1] * 14, 8 * 3_600.0, *[0.1] * 14)
        assert rig.outputs.device is not None, "a machine that slept is no lost device"
        time_passes(0.1, 0.1)
    rig.settled()
    status = reading.status()
    assert not status["playing"]
    assert "speakers is gone" in status["problem"]
    assert rig.cards.made[0].closed
    rig.do("play", bar=None)
    assert frames_heard(rig.hear(2 * BLOCK))[FADE_FRAMES + 500] == 30 * BLOCK + 500
    reading.watch()
    assert reading.status()["problem"] is None


def test_a_nan_costs_one_block_and_never_reaches_the_ear(rig: Rig) -> None:
    rig.do("plan", revision=1, plan="faulty", clips={})
    rig.do("play", bar=None)
    out = rig.hear(8 * BLOCK)
    assert np.isfinite(out).all()
    quiet = out[:, 1] == 0
    assert np.count_nonzero(quiet) == BLOCK
    assert not quiet[3 * BLOCK :].any()


def test_a_command_that_cannot_be_done_is_answered_and_the_next_is_served(rig: Rig) -> None:
    rig.do("plan", revision=1, plan="{", clips={})
    rig.do("dance")
    assert [fact["what"] for fact in rig.said("failed")] == ["plan", "dance"]
    rig.do("devices")
    assert rig.said("devices") == [{"fact": "devices", "names": ["speakers", "silent"]}]


def test_a_clip_that_cannot_be_read_is_named(rig: Rig, tmp_path: Path) -> None:
    rig.do("plan", revision=1, plan='[["a", 4]]', clips={"k": str(tmp_path / "gone.npy")})
    assert [fact["key"] for fact in rig.said("clip lost")] == ["k"]
    rig.settled()
    assert rig.mixing.transport.deck is not None
