import asyncio
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from loopmind_chat.agent.events import TurnEvent
from loopmind_chat.errors import LibraryError
from loopmind_chat.song.model import Song
from loopmind_chat.tui.app import LoopMindApp
from loopmind_chat.tui.chat import Note
from loopmind_chat.tui.desk import Desk, Report, Say
from loopmind_chat.tui.loops import LoopTable
from loopmind_chat.tui.prompt import Prompt
from loopmind_chat.tui.timeline import Timeline
from loopmind_chat.tui.transport import Transport
from loopmind_chat.tui.turn_view import CallCard, Said
from tests.fakes.desk import FakeDesk, FakeOpening, small_song
from tests.fakes.pilot import say, texts, until


async def test_a_sentence_becomes_a_card_and_changes_the_picture() -> None:
    desk = FakeDesk()
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await say(pilot, "tape vibe")
        await until(pilot, lambda: bool(texts(app, CallCard)))
        assert texts(app, CallCard) == ["set mix mode · mode tape\nThe mix is tape now."]
        await until(pilot, lambda: "tape" in str(app.query_one(Transport).content))
    assert desk.said == ["tape vibe"]
    assert desk.closed


async def test_what_is_typed_before_everything_is_open_waits_its_turn() -> None:
    gate = threading.Event()

    class SlowOpening(FakeOpening):
        def open(self, say: Say) -> FakeDesk:
            gate.wait(4)
            return super().open(say)

    desk = FakeDesk()
    app = LoopMindApp(SlowOpening(desk))
    async with app.run_test() as pilot:
        await say(pilot, "first")
        await say(pilot, "second")
        assert desk.said == []
        gate.set()
        await until(pilot, lambda: desk.said == ["first", "second"])


async def test_names_that_look_like_markup_are_shown_as_they_are() -> None:
    app = LoopMindApp(FakeOpening(FakeDesk()))
    async with app.run_test(size=(160, 40)) as pilot:
        await until(pilot, lambda: app.query_one(LoopTable).row_count == 4)
        cells = [str(app.query_one(LoopTable).get_row_at(row)[1]) for row in range(4)]
        assert "Dark [bold] Bells" in cells
        await say(pilot, "[@click=app.quit]tape[/] \x1b[31m")
        await until(pilot, lambda: bool(texts(app, Said)))
        assert texts(app, Said) == ["▸ [@click=app.quit]tape[/] \\x1b[31m"]


async def test_the_loop_list_stands_beside_the_chat_where_there_is_room() -> None:
    app = LoopMindApp(FakeOpening(FakeDesk()))
    async with app.run_test(size=(160, 40)) as pilot:
        assert app.query_one(LoopTable).display
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not app.query_one(LoopTable).display)
        await pilot.press("f2")
        assert app.query_one(LoopTable).display
        assert not app.query_one("#chat").display


async def test_f5_plays_and_stops() -> None:
    desk = FakeDesk()
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await pilot.press("f5")
        await until(pilot, lambda: desk.playing)
        await until(pilot, lambda: "▶" in str(app.query_one(Transport).content))
        await pilot.press("f5")
        await until(pilot, lambda: not desk.playing)


async def test_escape_stops_the_turn() -> None:
    class Patient(FakeDesk):
        def turn(self, text: str, cancelled: Callable[[], bool]) -> Iterator[TurnEvent]:
            for _ in range(4_000):
                if cancelled():
                    break
                threading.Event().wait(0.01)
            yield from super().turn(f"stopped {text}", cancelled)

    desk = Patient()
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await say(pilot, "tape, slowly")
        started = asyncio.get_running_loop().time()
        await pilot.press("escape")
        await until(pilot, lambda: desk.said == ["stopped tape, slowly"])
        assert asyncio.get_running_loop().time() - started < 10.0


async def test_the_arrow_keys_bring_back_what_was_typed() -> None:
    app = LoopMindApp(FakeOpening(FakeDesk()))
    async with app.run_test() as pilot:
        for text in ("one", "two"):
            await say(pilot, text)
        prompt = app.query_one(Prompt)
        await pilot.press("up")
        assert prompt.value == "two"
        await pilot.press("up")
        assert prompt.value == "one"
        await pilot.press("down", "down")
        assert prompt.value == ""


async def test_a_failed_opening_is_one_line_and_the_screen_stays() -> None:
    class Broken:
        def open(self, say: Say) -> Desk:  # noqa: ARG002 - the port's signature
            raise LibraryError("the library is in use by another LoopMind")

        def bring_loops(self, desk: Desk, say: Say, report: Report) -> None:
            raise NotImplementedError

    app = LoopMindApp(Broken())
    async with app.run_test() as pilot:
        await until(pilot, lambda: "the library is in use by another LoopMind" in texts(app, Note))


async def test_an_empty_song_invites() -> None:
    app = LoopMindApp(FakeOpening(FakeDesk(Song())))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        assert "make something dark at 140" in app.query_one(Timeline).render_line(0).text


@pytest.mark.parametrize("width", [60, 80, 160, 300])
async def test_the_timeline_is_true_to_proportion(width: int) -> None:
    app = LoopMindApp(FakeOpening(FakeDesk()))
    async with app.run_test(size=(width, 30)) as pilot:
        await until(pilot, lambda: bool(app.query_one(Timeline).song.sections))
        timeline = app.query_one(Timeline)
        lines = [timeline.render_line(y) for y in range(6)]
        assert {line.cell_length for line in lines} == {timeline.size.width}
        edges = timeline._edges()
        widths = [right - left for left, right in pairwise(edges)]
        song = small_song()
        for columns, section in zip(widths, song.sections, strict=True):
            assert columns == pytest.approx(section.bars / song.bars * sum(widths), abs=1.01)


async def test_an_unforeseen_fault_in_a_turn_is_said_and_the_next_turn_works() -> None:
    class Faulty(FakeDesk):
        def turn(self, text: str, cancelled: Callable[[], bool]) -> Iterator[TurnEvent]:
            if text == "break":
                raise ZeroDivisionError("by nothing")
            yield from super().turn(text, cancelled)

    desk = Faulty()
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await say(pilot, "break")
        await until(pilot, lambda: "something went wrong: ZeroDivisionError: by nothing" in texts(app, Note))
        await say(pilot, "again")
        await until(pilot, lambda: desk.said == ["again"])
