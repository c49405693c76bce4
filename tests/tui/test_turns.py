"""What happens around turns: order, waiting, stopping, leaving."""

import asyncio
import threading
from collections.abc import Callable, Iterator

from textual import events
from textual.widgets import Static

from loopmind_chat.agent.events import (
    CallFinished,
    CallStarted,
    Progress,
    ReplyText,
    Thinking,
    TurnEvent,
    TurnFinished,
)
from loopmind_chat.errors import AudioError, SessionDamaged
from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song
from loopmind_chat.tui.app import LoopMindApp
from loopmind_chat.tui.chat import ChatLog, Note, Waiting
from loopmind_chat.tui.hints import AFTER_THE_FIRST_SONG
from loopmind_chat.tui.loops import LoopTable
from loopmind_chat.tui.progress import ProgressLine
from loopmind_chat.tui.prompt import Prompt
from loopmind_chat.tui.transport import Transport
from loopmind_chat.tui.turn_view import CallCard, Said, TurnView
from tests.fakes.desk import LOOPS, FakeDesk, FakeOpening, small_song
from tests.fakes.pilot import say, texts, until

MADE = CallOutcome("set_mix_mode", {"mode": "tape"}, ok=True, summary="The mix is tape now")
BENT = CallOutcome("set_tempo", {"bpm": 92.0}, ok=True, summary="The tempo is 92 BPM")


class Stepping(FakeDesk):
    """Yields an event each time ``step`` is called."""

    def __init__(self, *script: TurnEvent, song: Song | None = None) -> None:
        super().__init__(song)
        self.script = script
        self._steps = threading.Semaphore(0)

    def step(self) -> None:
        self._steps.release()

    def turn(self, text: str, cancelled: Callable[[], bool]) -> Iterator[TurnEvent]:
        self.said.append(text)
        for event in self.script:
            while not self._steps.acquire(timeout=0.02):
                if cancelled():
                    return
            yield event


async def test_the_events_of_a_turn_are_shown_as_they_come() -> None:
    record = TurnRecord("both", "The mix is tape now. The tempo is 92 BPM.", (MADE, BENT), 1, 0.1, small_song())
    desk = Stepping(
        Thinking("the model is loading"),
        CallStarted("set_mix_mode", MADE.args),
        CallFinished(MADE, {}),
        Progress("exporting", 1, 4),
        CallFinished(BENT, {}),
        ReplyText("The mix is tape now."),
        ReplyText(" The tempo is 92 BPM."),
        TurnFinished(record),
    )
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await say(pilot, "both")
        desk.step()
        await until(pilot, lambda: texts(app, ".thinking") == ["the model is loading"])
        desk.step()
        await until(pilot, lambda: texts(app, ".thinking") == ["set mix mode · mode tape …"])
        assert not app.query(CallCard)
        desk.step()
        await until(pilot, lambda: len(app.query(CallCard)) == 1)
        desk.step()
        await until(pilot, lambda: app.query_one(ProgressLine).display)
        assert "1/4  exporting" in texts(app, ProgressLine)[0]
        for _ in range(4):
            desk.step()
        await until(pilot, lambda: not app.query(".thinking"))
        assert texts(app, CallCard) == [
            "set mix mode · mode tape\nThe mix is tape now",
            "set tempo · bpm 92\nThe tempo is 92 BPM",
        ]
        assert not app.query_one(".reply", Static).display  # the cards have said it
        assert not app.query_one(ProgressLine).display


async def test_a_reply_that_the_cards_do_not_hold_is_shown() -> None:
    desk = FakeDesk()
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await say(pilot, "thanks")
        await until(pilot, lambda: texts(app, ".reply") == ["nothing to do"])
        assert app.query_one(".reply", Static).display


async def test_what_waits_is_shown_until_its_turn_and_dropped_by_escape() -> None:
    desk = Stepping(Thinking(), TurnFinished(TurnRecord("one", "done", (), 0, 0.1, small_song())))
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        for text in ("one", "two", "three"):
            await say(pilot, text)
        await until(pilot, lambda: texts(app, Waiting) == ["next: two", "next: three"])
        desk.step()
        desk.step()
        await until(pilot, lambda: desk.said == ["one", "two"])
        await until(pilot, lambda: texts(app, Waiting) == ["next: three"])
        await pilot.press("escape")
        await until(pilot, lambda: not app.query(Waiting))
    assert desk.said == ["one", "two"]


async def test_leaving_while_a_turn_runs_takes_less_than_two_seconds() -> None:
    desk = Stepping(Thinking(), Thinking())
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await say(pilot, "something long")
        await until(pilot, lambda: desk.said == ["something long"])
        left = asyncio.get_running_loop().time()
        await pilot.press("ctrl+q")
    assert asyncio.get_running_loop().time() - left < 2.0
    assert desk.closed


async def test_leaving_before_everything_is_open_closes_what_is_opened_after_all() -> None:
    gate = threading.Event()
    desk = FakeDesk()

    class Slow(FakeOpening):
        def open(self, say: Callable[[str], None]) -> FakeDesk:
            gate.wait(10)
            return super().open(say)

    app = LoopMindApp(Slow(desk))
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")
    gate.set()
    await asyncio.to_thread(lambda: [threading.Event().wait(0.02) for _ in range(200) if not desk.closed])
    assert desk.closed


async def test_ctrl_c_leaves_when_pressed_twice() -> None:
    app = LoopMindApp(FakeOpening(FakeDesk()))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await pilot.press("ctrl+c")
        await until(pilot, lambda: any("ctrl+c once more" in text for text in texts(app, Note)))
        assert app.is_running
        await pilot.press("ctrl+c")
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0


async def test_a_scan_is_shown_while_it_lasts() -> None:
    gate = threading.Event()

    class Scanning(FakeOpening):
        def bring_loops(
            self, desk: object, say: Callable[[str], None], report: Callable[[str, int, int], None]
        ) -> None:
            report("scanning", 3, 12)
            gate.wait(10)
            super().bring_loops(desk, say, report)

    app = LoopMindApp(Scanning(FakeDesk()))
    async with app.run_test(size=(60, 20)) as pilot:
        line = app.query_one(ProgressLine)
        assert not line.display
        await until(pilot, lambda: line.display)
        assert texts(app, ProgressLine)[0].rstrip() == f"{'█' * 5}{'─' * 15}        3/12  scanning"
        gate.set()
        await until(pilot, lambda: not line.display)


async def test_a_sentence_waits_for_the_loops_that_are_being_brought_and_a_command_does_not() -> None:
    gate = threading.Event()

    class Bare(FakeDesk):
        def loops(self) -> tuple[LoopFacts, ...]:
            return LOOPS if gate.is_set() else ()

    class Scanning(FakeOpening):
        def bring_loops(
            self, desk: object, say: Callable[[str], None], report: Callable[[str, int, int], None]
        ) -> None:
            gate.wait(10)
            super().bring_loops(desk, say, report)

    desk = Bare(Song())
    app = LoopMindApp(Scanning(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "opened" in texts(app, Note))
        await say(pilot, "make something dark")
        await say(pilot, "/help")
        await until(pilot, lambda: desk.said == ["/help"])
        await until(pilot, lambda: texts(app, ".reply") == ["nothing to do"])
        assert texts(app, Waiting) == ["next: make something dark"]
        gate.set()
        await until(pilot, lambda: desk.said == ["/help", "make something dark"])
        await until(pilot, lambda: not app.query(Waiting))


async def test_a_session_with_a_past_shows_it_each_thing_once() -> None:
    desk = FakeDesk()
    desk.past = (
        TurnRecord("tape vibe", "The mix is tape now.", (MADE,), 1, 0.1, small_song()),
        TurnRecord("who are you", "A studio.", (), 1, 0.1, small_song()),
    )
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: len(app.query(Said)) == 2)
        assert texts(app, Said) == ["▸ tape vibe", "▸ who are you"]
        assert texts(app, CallCard) == ["set mix mode · mode tape\nThe mix is tape now"]
        assert texts(app, ".reply") == ["A studio."]


async def test_the_first_song_is_followed_by_what_to_say_next_and_later_ones_are_not() -> None:
    made = TurnRecord("make it", "Made it.", (), 1, 0.1, small_song())
    desk = Stepping(TurnFinished(made), song=Song())
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        for _ in range(2):
            await say(pilot, "make it")
            desk.step()
        await until(pilot, lambda: texts(app, ".reply") == ["Made it.", "Made it."])
        assert texts(app, Note).count(AFTER_THE_FIRST_SONG) == 1


async def test_a_problem_of_the_device_is_said_once_each_time_it_comes() -> None:
    desk = FakeDesk()
    lost = "the output 'USB' has gone: the song waits at bar 9"
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        for count in (1, 2):
            desk.problem = lost
            await until(pilot, lambda count=count: texts(app, Note).count(lost) == count)
            await pilot.pause(0.3)  # three more looks
            assert texts(app, Note).count(lost) == count
            desk.problem = None
            await until(pilot, lambda: app._problem is None)
        assert len(app.query("Note.problem")) == 2


async def test_a_transport_that_fails_says_so() -> None:
    class Stuck(FakeDesk):
        def play_or_stop(self) -> None:
            raise AudioError("the engine does not answer")

    app = LoopMindApp(FakeOpening(Stuck()))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await pilot.press("f5")
        await until(pilot, lambda: "the engine does not answer" in texts(app, Note))


async def test_where_nothing_could_be_opened_lines_are_answered_with_the_reason() -> None:
    class Damaged(FakeOpening):
        def open(self, say: Callable[[str], None]) -> FakeDesk:  # noqa: ARG002 - the port's signature
            raise SessionDamaged("x.loopmind is not a session")

    app = LoopMindApp(Damaged(FakeDesk()))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "x.loopmind is not a session" in texts(app, Note))
        assert "not open" in str(app.query_one(Transport).content)
        await say(pilot, "make something dark")
        await until(pilot, lambda: "nothing can be done: x.loopmind is not a session" in texts(app, Note))


async def test_tab_completes_a_command() -> None:
    app = LoopMindApp(FakeOpening(FakeDesk()))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await pilot.press(*"/comp")
        prompt = app.query_one(Prompt)
        await until(pilot, lambda: prompt._suggestion == "/compose_song")
        await pilot.press("tab")
        assert prompt.value == "/compose_song"
        assert prompt.has_focus


async def test_what_is_typed_beside_the_prompt_comes_to_it() -> None:
    desk = FakeDesk()
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test(size=(160, 40)) as pilot:
        await until(pilot, lambda: app.query_one(LoopTable).row_count == 4)
        app.query_one(LoopTable).focus()
        await pilot.press(*"hey", "ctrl+j")
        await until(pilot, lambda: desk.said == ["hey"])


async def test_pasted_lines_become_one() -> None:
    app = LoopMindApp(FakeOpening(FakeDesk()))
    async with app.run_test() as pilot:
        prompt = app.query_one(Prompt)
        prompt.post_message(events.Paste("make something\r\ndark at\n140"))
        await until(pilot, lambda: prompt.value == "make something dark at 140")


async def test_a_book_that_is_pasted_leaves_room_for_the_rest() -> None:
    desk = FakeDesk()
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await say(pilot, "word " * 10_000)
        await until(pilot, lambda: len(desk.said) == 1)
        assert texts(app, Said)[0].endswith(" … (49399 characters more)")


async def test_a_long_reply_is_read_from_its_beginning_and_pages_follow() -> None:
    long = TurnRecord("/help", "\n".join(f"line {n}" for n in range(60)), (), 0, 0.1, small_song())
    desk = Stepping(TurnFinished(long))
    app = LoopMindApp(FakeOpening(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await say(pilot, "/help")
        desk.step()
        chat = app.query_one(ChatLog)
        await until(pilot, lambda: app.query_one(TurnView).region.y == chat.region.y)
        top = chat.scroll_y
        await pilot.press("pagedown")
        await until(pilot, lambda: chat.scroll_y == top + chat.size.height - 1)


async def test_which_model_it_is() -> None:
    app = LoopMindApp(FakeOpening(FakeDesk()))
    async with app.run_test() as pilot:
        await until(pilot, lambda: "4 loops" in texts(app, Note))
        await say(pilot, "/model")
        await until(pilot, lambda: "The language model is Fake." in texts(app, Note))


async def test_suggestions_are_a_row_each() -> None:
    offered = CallOutcome(
        "suggest_loops", {"role": "melody"}, ok=True, summary="In place of melody 'X': 1 'Y' (darker)"
    )
    names = ("Night [bold] Keys", "\u202eflip\x1b[31m")
    rows = [{"name": name, "reason": "31 % darker, same key"} for name in names]
    record = TurnRecord("options", f"{offered.summary}.", (offered,), 1, 0.1, small_song())
    script = (CallFinished(offered, {"title": "In place of melody 'X'", "loops": rows}), TurnFinished(record))
    app = LoopMindApp(FakeOpening(Stepping(*script)))
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: app._desk is not None)
        await say(pilot, "options")
        desk = app._desk
        assert isinstance(desk, Stepping)
        for _ in script:
            desk.step()
        await until(pilot, lambda: app._turn is None)
        (card,) = texts(app, CallCard)
        assert card.splitlines()[1:] == [
            "In place of melody 'X'",
            " 1 Night [bold] Keys   31 % darker, same key",
            " 2 \\x202eflip\\x1b[31m  31 % darker, same key",
        ]
