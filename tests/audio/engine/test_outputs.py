import threading

import numpy as np
import pytest

from loopmind_chat.audio.engine.output import Feed
from loopmind_chat.audio.engine.outputs import SILENT, Outputs
from loopmind_chat.audio.engine.ring import Ring
from loopmind_chat.audio.engine.silent import SilentDevice
from tests.fakes.player_devices import FakeCards, HandCrankedDevice


def outputs(cards: FakeCards, wanted: str | None = None) -> Outputs:
    return Outputs(Feed(Ring()), cards, wanted, SilentDevice)


def test_the_default_is_opened_and_copies_from_the_ring() -> None:
    ring = Ring()
    ring.write(np.ones((2_000, 2), np.float32))
    cards = FakeCards(["speakers", "headphones"])
    made = Outputs(Feed(ring), cards, None, SilentDevice)
    made.open()
    assert made.device is not None
    assert made.device.name == "speakers"
    np.testing.assert_array_equal(cards.made[0].turn(500), 1.0)
    assert made.problem is None
    assert made.names() == ["speakers", "headphones", SILENT]


@pytest.mark.parametrize(
    ("cards", "why"),
    [
        (FakeCards(None), "PortAudio is missing"),
        (FakeCards([]), "does not open"),
        (FakeCards(["hdmi"], broken=("hdmi",)), "does not open"),
    ],
)
def test_without_a_card_the_silent_device_plays_and_says_why(cards: FakeCards, why: str) -> None:
    made = outputs(cards)
    made.open()
    try:
        assert made.device is not None
        assert made.device.silent
        assert why in (made.problem or "")
    finally:
        made.close()


def test_no_sound_is_known_before_anything_is_played() -> None:
    made = outputs(FakeCards([]))
    assert made.names() == [SILENT]
    assert "no output device" in (made.problem or "")


def test_the_silent_device_by_choice_is_no_problem() -> None:
    made = outputs(FakeCards([]), wanted=SILENT)
    made.names()
    made.open()
    assert made.problem is None
    made.close()


def test_another_device_by_name_after_a_fresh_look() -> None:
    cards = FakeCards(["speakers"])
    made = outputs(cards)
    made.open()
    cards.found = ["speakers", "usb"]
    made.choose("usb")
    made.open()
    assert cards.made[0].closed
    assert made.device is not None
    assert made.device.name == "usb"
    assert cards.refreshed == 1


def test_a_device_that_falls_silent_or_always_fails_is_lost() -> None:
    cards = FakeCards(["speakers"])
    ring = Ring()
    feed = Feed(ring)
    made = Outputs(feed, cards, None, SilentDevice)
    made.open()
    assert not made.lost(1.0), "it may take its time to wake"
    assert made.lost(1.6)
    ring.written = None  # type: ignore[assignment]  # a fault injected into the callback
    for _ in range(3):
        np.testing.assert_array_equal(cards.made[0].turn(), 0.0)
    assert made.lost(0.0)


def test_a_callback_that_fails_once_gives_silence_and_goes_on() -> None:
    ring = Ring()
    ring.write(np.ones((4_000, 2), np.float32))
    cards = FakeCards(["speakers"])
    made = Outputs(Feed(ring), cards, None, SilentDevice)
    made.open()
    device: HandCrankedDevice = cards.made[0]
    read, ring.read = ring.read, "broken"  # type: ignore[assignment]  # as above
    np.testing.assert_array_equal(device.turn(), 0.0)
    ring.read = read
    np.testing.assert_array_equal(device.turn(), 1.0)
    assert not made.lost(0.0)


def test_outputs_are_not_looked_up_anew_while_a_lost_device_hangs_in_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loopmind_chat.audio.engine.outputs._CLOSING_S", 0.05)
    cards = FakeCards(["speakers"])
    made = outputs(cards)
    made.open()
    let_go = threading.Event()
    monkeypatch.setattr(cards.made[0], "close", let_go.wait)
    made.close()
    made.open()
    assert cards.refreshed == 0, "PortAudio would close the hanging stream a second time, and hang too"
    assert len(cards.made) == 2
    let_go.set()
    made.close()
    made.open()
    assert cards.refreshed == 1
