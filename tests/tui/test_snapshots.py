"""Pictures of the screen. Where a change of them is wanted: pytest tests/tui --snapshot-update, then look at them."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from loopmind_chat.song.model import Song
from loopmind_chat.tui.app import LoopMindApp
from loopmind_chat.tui.loops import LoopTable
from loopmind_chat.tui.prompt import Prompt
from loopmind_chat.tui.turn_view import CallCard
from tests.fakes.desk import FakeDesk, FakeOpening
from tests.fakes.pilot import say, until

SMALL, LARGE = (80, 24), (160, 50)
Snap = Callable[..., bool]


def pictured(desk: FakeDesk) -> LoopMindApp:
    """An app whose pictures are the same each time."""
    app = LoopMindApp(FakeOpening(desk))
    app.theme = "textual-dark"
    return app


def after(does: Callable[[Pilot[None]], Awaitable[None]]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Once everything is open, do this; then hold the cursor still."""

    async def run(pilot: Pilot[None]) -> None:
        pilot.app.query_one(Prompt).cursor_blink = False
        await until(pilot, lambda: pilot.app.query_one(LoopTable).row_count == 4)
        await does(pilot)
        await pilot.pause(0.2)  # one more look at the transport

    return run


async def nothing(_: Pilot[None]) -> None:
    """The screen as it opens."""


async def tape(pilot: Pilot[None]) -> None:
    await say(pilot, "tape vibe")
    await until(pilot, lambda: bool(pilot.app.query(CallCard)))


async def banjo(pilot: Pilot[None]) -> None:
    await say(pilot, "a darker banjo")
    await until(pilot, lambda: bool(pilot.app.query(CallCard)))


async def loops(pilot: Pilot[None]) -> None:
    await pilot.press("f2")


def playing() -> FakeDesk:
    desk = FakeDesk()
    desk.playing, desk.beat = True, 50.0
    return desk


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])
def test_the_empty_start(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(pictured(FakeDesk(Song())), terminal_size=size, run_before=after(nothing))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])
def test_a_song_that_plays_with_a_card(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(pictured(playing()), terminal_size=size, run_before=after(tape))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])
def test_a_refused_call(snap_compare: Snap, size: tuple[int, int]) -> None:
    assert snap_compare(pictured(FakeDesk()), terminal_size=size, run_before=after(banjo))


def test_the_loop_list_on_a_small_screen(snap_compare: Snap) -> None:
    assert snap_compare(pictured(FakeDesk()), terminal_size=SMALL, run_before=after(loops))
