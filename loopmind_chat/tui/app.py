"""The app: a router between the desk and the widgets."""

import asyncio
import threading
from typing import ClassVar, Final

from textual import events, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Input
from textual.worker import Worker, WorkerState

from loopmind_chat.agent.events import CallFinished, CallStarted, Progress, ReplyText, Thinking, TurnEvent, TurnFinished
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.errors import LoopMindError
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tui.chat import ChatLog
from loopmind_chat.tui.desk import Desk, Opening
from loopmind_chat.tui.hints import AFTER_THE_FIRST_SONG, LEAVING, WELCOME
from loopmind_chat.tui.leaving import end_soon, leave_on_signals
from loopmind_chat.tui.lines import Lines
from loopmind_chat.tui.loops import LoopRow, LoopTable, rows_of
from loopmind_chat.tui.messages import (
    DeskOpened,
    Fact,
    FromBehind,
    LineSaid,
    LoopsBrought,
    LoopsListed,
    OpeningFailed,
    ProgressMade,
    TurnFailed,
    TurnProgressed,
)
from loopmind_chat.tui.middle import Middle
from loopmind_chat.tui.names import widespread_words
from loopmind_chat.tui.progress import ProgressLine
from loopmind_chat.tui.prompt import Prompt
from loopmind_chat.tui.timeline import Timeline
from loopmind_chat.tui.transport import Transport
from loopmind_chat.tui.turn_view import TurnView

_POLL_S: Final = 1 / 12
_LOW: Final = 30
"""Rows below which the prompt is a single line."""
_TWICE_S: Final = 3.0
"""Two ctrl+c within this time leave."""


class LoopMindApp(App[None]):
    """The terminal studio."""

    TITLE = "LoopMind"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "Prompt"
    CSS = """
    Footer { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "play_or_stop", "play/stop", priority=True),
        Binding("f1", "help", "help", priority=True),
        Binding("f2", "list_loops", "loops", priority=True),
        Binding("ctrl+q", "quit", "quit", priority=True),
        Binding("escape", "stop_turn", "stop turn", priority=True),
        Binding("pageup", "page(-1)", "earlier", show=False, priority=True),
        Binding("pagedown", "page(1)", "later", show=False, priority=True),
    ]

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self._opening = opening
        self._opened: Desk | None = None
        """What a worker opened, to be closed in any case; ``_desk`` is it once the screen shows it."""
        self._desk: Desk | None = None
        self._closed_because: str | None = None
        self._turn: TurnView | None = None
        self._cancel = threading.Event()
        self._leaving = threading.Event()
        self._lines = Lines()
        self._problem: str | None = None
        self._had_song = False
        self._interrupted = 0.0

    def compose(self) -> ComposeResult:
        """Transport, timeline, chat beside loops, progress, prompt, keys."""
        yield Transport()
        yield Timeline()
        yield Middle()
        yield ProgressLine()
        yield Prompt()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Say hello at once; open everything heavy behind it."""
        for text in WELCOME:
            self.query_one(ChatLog).say(text)
        self.query_one(Prompt).focus()
        self.query_one(Transport).show(Song(), PlayerStatus(), "opening")
        self.set_interval(_POLL_S, self._poll)
        self.call_after_refresh(self._open)
        if not self.is_headless:
            leave_on_signals(lambda status: self.exit(return_code=status))

    def on_resize(self, event: events.Resize) -> None:
        """A low screen has a prompt of one line."""
        self.screen.set_class(event.size.height < _LOW, "low")

    # --- what workers tell ---------------------------------------------------------------------------------

    def _tell(self, fact: Fact) -> None:
        """From any thread."""
        self.post_message(FromBehind(fact))

    def on_from_behind(self, message: FromBehind) -> None:
        """Change what is shown, as long as it is."""
        if not self._is_shown():
            return
        match message.fact:
            case DeskOpened(desk):
                self._show_desk(desk)
            case OpeningFailed(reason):
                self._fail_opening(reason)
            case LoopsBrought():
                self.query_one(ProgressLine).hide()
                self._list_loops()
                self._await_loops_no_more()
            case LoopsListed(rows, total, widespread):
                self._show_loops(rows, total)
                self.query_one(Timeline).leave_out(widespread)
            case LineSaid(text, problem):
                self.query_one(ChatLog).say(text, problem=problem)
            case ProgressMade(what, done, total):
                self.query_one(ProgressLine).show(what, done, total)
            case TurnProgressed(event):
                self._show_event(event)
            case TurnFailed(reason):
                self.query_one(ChatLog).say(reason, problem=True)
                self._end_turn()

    # --- opening -------------------------------------------------------------------------------------------

    @work(thread=True, group="opening", exit_on_error=False)
    def _open(self) -> None:
        try:
            desk = self._opening.open(self._say)
            self._opened = desk
            self._tell(DeskOpened(desk))
            if self._leaving.is_set():
                desk.close()
                return
            self._opening.bring_loops(desk, self._say, self._report)
            self._tell(LoopsBrought())
        except LoopMindError as fault:
            self._tell(OpeningFailed(str(fault)))

    def _say(self, text: str) -> None:
        self._tell(LineSaid(text))

    def _report(self, what: str, done: int, total: int) -> None:
        self._tell(ProgressMade(what, done, total))

    def _show_desk(self, desk: Desk) -> None:
        """Show what the session holds, and take what was typed meanwhile."""
        self._desk = desk
        history = list(self._desk.history())
        if history:
            self.query_one(ChatLog).show_history(history)
        self.query_one(Prompt).complete_from(self._desk.commands())
        self._had_song = bool(self._desk.song().sections)
        self._show_song()
        self._take_next()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault that nobody foresaw in a worker: said and logged, and the screen lives on."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None or not self._is_shown():
            return
        self.log.error(error)
        said = f"something went wrong: {type(error).__name__}: {error}"
        if event.worker.group == "opening" and self._desk is None:
            self._fail_opening(said)
            return
        self.query_one(ProgressLine).hide()
        self.query_one(ChatLog).say(said, problem=True)
        if event.worker.group == "turn":
            self._end_turn()

    def _fail_opening(self, reason: str) -> None:
        self.query_one(ProgressLine).hide()
        self.query_one(ChatLog).say(reason, problem=True)
        if self._desk is None:
            self._closed_because = reason
            self._lines.drop()
            self.query_one(ChatLog).drop_waiting()
            self.query_one(Transport).show(Song(), PlayerStatus(), "not open")
        self._await_loops_no_more()

    # --- turns ---------------------------------------------------------------------------------------------

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter: one turn, or its place in the queue."""
        text = message.value.strip()
        if not text:
            return
        prompt = self.query_one(Prompt)
        prompt.remember(text)
        prompt.value = ""
        if text.split()[0].lower() in {"/quit", "/exit"}:
            self.exit()
        elif self._closed_because is not None:
            self.query_one(ChatLog).say(f"nothing can be done: {self._closed_because}", problem=True)
        elif text == "/model" and self._desk is not None:
            self.query_one(ChatLog).say(self._desk.model_line())
        else:
            self._lines.add(text)
            self._take_next()
            if text in self._lines:
                self.query_one(ChatLog).wait(text)

    def _begin(self, text: str) -> None:
        self._turn = self.query_one(ChatLog).begin(text)
        self._cancel = threading.Event()
        self._take_turn(text, self._cancel)

    @work(thread=True, group="turn", exit_on_error=False)
    def _take_turn(self, text: str, cancel: threading.Event) -> None:
        if self._desk is None:
            return
        try:
            for event in self._desk.turn(text, cancel.is_set):
                self._tell(TurnProgressed(event))
        except LoopMindError as fault:
            self._tell(TurnFailed(str(fault)))

    def _show_event(self, event: TurnEvent) -> None:
        turn = self._turn
        if turn is None:
            return
        match event:
            case Thinking(text):
                turn.think(text)
            case CallStarted(tool, arguments):
                turn.start_call(tool, arguments)
            case CallFinished(outcome, data):
                turn.add_card(outcome, data)
            case ReplyText(text):
                turn.add_text(text)
            case Progress(what, done, total):
                self.query_one(ProgressLine).show(what, done, total)
            case TurnFinished(record):
                self._finish_turn(turn, record)

    def _finish_turn(self, turn: TurnView, record: TurnRecord) -> None:
        self.query_one(ChatLog).finish(turn, record)
        if record.song.sections and not self._had_song:
            self._had_song = True
            self.query_one(ChatLog).say(AFTER_THE_FIRST_SONG)
        self._end_turn()

    def _end_turn(self) -> None:
        self._turn = None
        self.query_one(ProgressLine).hide()
        self._show_song()
        self._take_next()

    def _take_next(self) -> None:
        if self._desk is None or self._turn is not None:
            return
        if (text := self._lines.take()) is not None:
            self._begin(text)

    def _await_loops_no_more(self) -> None:
        self._lines.loops_awaited = False
        self._take_next()

    # --- keys ----------------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """What is typed while something else has the focus goes to the prompt."""
        if not isinstance(self.focused, Prompt):
            await self.query_one(Prompt).take(event)

    def action_stop_turn(self) -> None:
        """Esc: stop the turn that runs, and what waits behind it."""
        self._lines.drop()
        self.query_one(ChatLog).drop_waiting()
        self._cancel.set()
        if self._turn is not None:
            self._turn.think("stopping …")

    @work(thread=True, group="transport", exclusive=True, exit_on_error=False)
    def action_play_or_stop(self) -> None:
        """F5: toggle the transport."""
        try:
            if self._desk is not None:
                self._desk.play_or_stop()
        except LoopMindError as fault:
            self._tell(LineSaid(str(fault), problem=True))

    def action_list_loops(self) -> None:
        """F2: show or hide the loop list."""
        self.query_one(Middle).toggle_loops()

    def action_help(self) -> None:
        """F1: what can be said."""
        if self._desk is not None:
            self._lines.add("/help")
            self._take_next()

    def action_page(self, direction: int) -> None:
        """Page up and down in the chat, or in the loop list where that has its place."""
        self.query_one(Middle).page(direction)

    def action_help_quit(self) -> None:
        """Ctrl+c with nothing to copy: twice leaves."""
        now = asyncio.get_running_loop().time()
        if now - self._interrupted < _TWICE_S:
            self.exit()
            return
        self._interrupted = now
        self.query_one(ChatLog).say(LEAVING)

    async def on_unmount(self) -> None:
        """End the child processes."""
        self._leaving.set()
        self._cancel.set()
        if not self.is_headless:
            end_soon(self.return_code or 0)
        if self._opened is not None:
            await asyncio.to_thread(self._opened.close)

    # --- drawing -------------------------------------------------------------------------------------------

    def _is_shown(self) -> bool:
        """False once the app was told to leave: its widgets go, and take nothing more."""
        return self.is_running and any(transport.is_attached for transport in self.query(Transport))

    def _show_song(self) -> None:
        if self._desk is not None:
            self.query_one(Timeline).show_song(self._desk.song())
            self._list_loops()

    @work(thread=True, group="loops", exclusive=True, exit_on_error=False)
    def _list_loops(self) -> None:
        if self._desk is not None:
            loops = self._desk.loops()
            rows = rows_of(loops, self._desk.song().loops())
            self._tell(LoopsListed(rows, len(loops), widespread_words([facts.name for facts in loops])))

    def _show_loops(self, rows: tuple[LoopRow, ...], total: int) -> None:
        self.query_one(LoopTable).show_rows(rows, total)
        if total:
            self._await_loops_no_more()

    def _poll(self) -> None:
        if self._desk is None or not self._is_shown():
            return
        status = self._desk.status()
        song = self._desk.song()
        self.query_one(Transport).show(song, status, self._desk.model_state())
        timeline = self.query_one(Timeline)
        if timeline.song is not song:
            self._show_song()
        timeline.show_beat(status.beat)
        if status.problem and status.problem != self._problem:
            self.query_one(ChatLog).say(status.problem, problem=True)
        self._problem = status.problem
