"""Esc while a tool works: the turn ends at once, the song is as before or one undo step further."""

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from loopmind_chat.agent.conversation import Conversation
from loopmind_chat.agent.events import CallStarted, TurnFinished
from loopmind_chat.errors import CannotDo, TurnCancelled
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.tools import turn
from loopmind_chat.tools.stoppable import run_stoppable
from tests.fakes.library import FakeLibrary, FakeView
from tests.fakes.studio import Desk, make_desk, trap_song

SOON_S = 0.3


@dataclass(frozen=True)
class SlowView(FakeView):
    """Understands words only once it may."""

    may: threading.Event = field(default_factory=threading.Event)

    def affinity(self, text: str) -> Mapping[str, float]:
        self.may.wait(20)
        return super().affinity(text)


class SlowLibrary(FakeLibrary):
    may = threading.Event()

    def view(self, folders: object = ()) -> FakeView:  # noqa: ARG002 - the port's own argument
        loops = next(iter(self.known.values()))
        return SlowView(loops, dict(self.liked), self.may)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    library = SlowLibrary()
    library.may.clear()
    yield make_desk(tmp_path, library=library)
    library.may.set()  # what was left behind ends


def stopped(desk: Desk, text: str, stop: threading.Event) -> tuple[TurnRecord, float]:
    """Take a turn, press Esc once its tool works; the turn, and how long it went on after that."""
    pressed = 0.0
    for event in Conversation(desk.studio).turn(text, stop.is_set):
        if isinstance(event, CallStarted):
            time.sleep(0.1)
            stop.set()
            pressed = time.monotonic()
        if isinstance(event, TurnFinished):
            return event.record, time.monotonic() - pressed
    raise AssertionError("the turn did not end")


def test_a_slow_tool_is_left_at_once_and_the_song_is_as_before(desk: Desk) -> None:
    record, took = stopped(desk, "/swap_loop role=melody query=darker", threading.Event())
    assert took < SOON_S
    assert record.reply == "Stopped; the song is as it was."
    assert (record.song, record.revision, record.calls) == (trap_song(), 1, ())
    assert (desk.song, desk.player.song) == (trap_song(), trap_song())
    desk.library.may.set()  # type: ignore[attr-defined]  # the slow library's
    time.sleep(0.1)
    assert desk.song == trap_song()  # what was left behind changes nothing when it ends
    after = desk.say("/set_tempo 100")
    assert (after.song.tempo, after.revision) == (100.0, 2)
    assert desk.say("/undo").song == trap_song()


def test_what_an_earlier_call_of_the_turn_did_goes_with_it(desk: Desk) -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(TurnCancelled):
        turn.run_turn(
            desk.studio,
            [turn.Call("set_tempo", {"bpm": 90}), turn.Call("swap_loop", {"role": "melody", "query": "darker"})],
            say="slower and darker",
            cancelled=stop.is_set,
        )
    assert (desk.song, desk.studio.session.revision) == (trap_song(), 1)


def test_esc_after_the_last_call_and_before_the_commit_leaves_the_song(desk: Desk) -> None:
    answers = iter([False, False, True])  # before the turn, before the call, before the commit
    with pytest.raises(TurnCancelled):
        turn.run_turn(desk.studio, [turn.Call("set_tempo", {"bpm": 90})], say="x", cancelled=lambda: next(answers))
    assert (desk.song, desk.studio.session.revision) == (trap_song(), 1)


@pytest.mark.parametrize("tool", ["undo", "redo"])
def test_esc_before_an_undo_leaves_the_song(desk: Desk, tool: str) -> None:
    with pytest.raises(TurnCancelled):
        turn.run_turn(desk.studio, [turn.Call(tool)], say=tool, cancelled=lambda: True)
    assert (desk.song, desk.studio.session.revision) == (trap_song(), 1)


def test_tools_that_take_too_long_are_dropped_and_the_rest_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "THINKING_S", 0.2)
    record = desk.call(("set_tempo", {"bpm": 100}), ("swap_loop", {"role": "melody", "query": "darker"}))
    assert [call.ok for call in record.calls] == [True, False]
    assert record.calls[1].summary == "that took too long and was stopped"
    assert (record.song.tempo, record.revision) == (100.0, 2)


def test_work_gives_its_value_or_its_error() -> None:
    assert run_stoppable(lambda: 7, lambda: False, 1.0) == 7
    with pytest.raises(ZeroDivisionError):
        run_stoppable(lambda: 1 // 0, lambda: False, 1.0)
    with pytest.raises(CannotDo, match="too long"):
        run_stoppable(threading.Event().wait, lambda: False, 0.1)
