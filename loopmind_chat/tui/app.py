"""The app: a router between the desk and the widgets."""

import threading
from typing import ClassVar, Final

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.widgets import Footer, Input
from textual.worker import Worker, WorkerState

from loopmind_chat.agent.events import CallFinished, CallStarted, Progress, ReplyText, Thinking, TurnFinished
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.errors import LoopMindError
from loopmind_chat.song.model import Song
from loopmind_chat.tui.chat import ChatLog, TurnView
from loopmind_chat.tui.desk import Desk, Opening
from loopmind_chat.tui.loops import LoopTable
from loopmind_chat.tui.messages import (
    DeskOpened,
    LineSaid,
    OpeningFailed,
    ProgressMade,
    TurnFailed,
    TurnProgressed,
)
from loopmind_chat.tui.progress import ProgressLine
from loopmind_chat.tui.prompt import Prompt
from loopmind_chat.tui.timeline import Timeline
from loopmind_chat.tui.transport import Transport

_POLL_S: Final = 1 / 12
_WIDE: Final = 120
"""Columns from which the loop list stands beside the chat without being asked for."""
_WELCOME: Final = (
    "LoopMind makes songs of your own loops. Say what you want to hear: make something dark at 140",
    "Then keep talking: swap the melody for something darker · add a bridge after the second hook · tape vibe",
    "Your own folder: /folder PATH · all commands: /help · leave: ctrl+q",
)


class LoopMindApp(App[None]):
    """The terminal studio."""

    TITLE = "LoopMind"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #middle { height: 1fr; }
    #middle.narrow.listing ChatLog { display: none; }
    #middle.narrow LoopTable { width: 1fr; border-left: none; }
    Footer { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "play_or_stop", "play/stop", priority=True),
        Binding("f2", "list_loops", "loops", priority=True),
        Binding("escape", "stop_turn", "stop turn", priority=True),
        Binding("f1", "help", "help", priority=True),
        Binding("ctrl+q", "quit", "quit", priority=True),
    ]

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self._opening = opening
        self._desk: Desk | None = None
        self._turn: TurnView | None = None
        self._cancel = threading.Event()
        self._waiting: list[str] = []
        self._problem: str | None = None
        self._listing: bool | None = None

    def compose(self) -> ComposeResult:
        """Transport, timeline, chat beside loops, progress, prompt, keys."""
        yield Transport()
        yield Timeline()
        with Horizontal(id="middle"):
            yield ChatLog()
            yield LoopTable()
        yield ProgressLine()
        yield Prompt()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Say hello at once; open everything heavy behind it."""
        for text in _WELCOME:
            self.query_one(ChatLog).say(text)
        self.query_one(Prompt).focus()
        self.query_one(Transport).show(Song(), PlayerStatus(), "opening")
        self.set_interval(_POLL_S, self._poll)
        self.call_after_refresh(self._open)

    def on_resize(self, event: Resize) -> None:
        """Wide: the loop list stands beside the chat. Narrow: it takes the chat's place when asked for."""
        self._lay_out(event.size.width)

    # --- opening -------------------------------------------------------------------------------------------

    @work(thread=True, group="opening", exit_on_error=False)
    def _open(self) -> None:
        try:
            desk = self._opening.open(self._say)
            self.post_message(DeskOpened(desk))
            self._opening.bring_loops(desk, self._say, self._report)
        except LoopMindError as fault:
            self.post_message(OpeningFailed(str(fault)))

    def _say(self, text: str) -> None:
        self.post_message(LineSaid(text))

    def _report(self, what: str, done: int, total: int) -> None:
        self.post_message(ProgressMade(what, done, total))

    def on_desk_opened(self, message: DeskOpened) -> None:
        """Show what the session holds, and take what was typed meanwhile."""
        self._desk = message.desk
        history = list(self._desk.history())
        if history:
            self.query_one(ChatLog).show_history(history[-50:])
        self.query_one(Prompt).complete_from(self._desk.commands())
        self._show_song()
        self._take_next()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault that nobody foresaw in a worker: said and logged, and the screen lives on."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        self.log.error(error)
        self.query_one(ProgressLine).hide()
        self.query_one(ChatLog).say(f"something went wrong: {type(error).__name__}: {error}", problem=True)
        if event.worker.group == "turn":
            self._end_turn()

    def on_opening_failed(self, message: OpeningFailed) -> None:
        """Say why."""
        self.query_one(ProgressLine).hide()
        self.query_one(ChatLog).say(message.reason, problem=True)

    def on_line_said(self, message: LineSaid) -> None:
        """A line for the chat."""
        self.query_one(ChatLog).say(message.text, problem=message.problem)

    def on_progress_made(self, message: ProgressMade) -> None:
        """A long thing goes on."""
        self.query_one(ProgressLine).show(message.what, message.done, message.total)

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
        elif self._desk is None or self._turn is not None:
            self._waiting.append(text)
            self.query_one(ChatLog).say(f"next: {text}")
        else:
            self._begin(text)

    def _begin(self, text: str) -> None:
        if self._turn is not None:
            self._waiting.append(text)
            return
        self._turn = self.query_one(ChatLog).begin(text)
        self._cancel = threading.Event()
        self._take_turn(text, self._cancel)

    @work(thread=True, group="turn", exit_on_error=False)
    def _take_turn(self, text: str, cancel: threading.Event) -> None:
        if self._desk is None:
            return
        try:
            for event in self._desk.turn(text, cancel.is_set):
                self.post_message(TurnProgressed(event))
        except LoopMindError as fault:
            self.post_message(TurnFailed(str(fault)))

    def on_turn_progressed(self, message: TurnProgressed) -> None:
        """Show an event of the turn."""
        turn = self._turn
        if turn is None:
            return
        match message.event:
            case Thinking(text):
                turn.think(text)
            case CallStarted(tool, _):
                turn.think(f"{tool} …")
            case CallFinished(outcome, _):
                turn.add_card(outcome)
            case ReplyText(text):
                turn.add_text(text)
            case Progress(what, done, total):
                self.query_one(ProgressLine).show(what, done, total)
            case TurnFinished(record):
                turn.finish(record)
                self._end_turn()
        self.query_one(ChatLog).scroll_end(animate=False)

    def on_turn_failed(self, message: TurnFailed) -> None:
        """Say that it failed; the song is as it was."""
        self.query_one(ChatLog).say(message.reason, problem=True)
        self._end_turn()

    def _end_turn(self) -> None:
        self._turn = None
        self.query_one(ProgressLine).hide()
        self._show_song()
        self._take_next()

    def _take_next(self) -> None:
        if self._waiting:
            self._begin(self._waiting.pop(0))

    # --- keys ----------------------------------------------------------------------------------------------

    def action_stop_turn(self) -> None:
        """Esc: stop the turn that runs, and what waits behind it."""
        self._waiting.clear()
        self._cancel.set()

    @work(thread=True, group="transport", exclusive=True, exit_on_error=False)
    def action_play_or_stop(self) -> None:
        """F5: toggle the transport."""
        try:
            if self._desk is not None:
                self._desk.play_or_stop()
        except LoopMindError as fault:
            self.post_message(LineSaid(str(fault), problem=True))

    def action_list_loops(self) -> None:
        """F2: show or hide the loop list."""
        self._listing = not self.query_one(LoopTable).has_class("shown")
        self._lay_out(self.size.width)

    def action_help(self) -> None:
        """F1: what can be said."""
        if self._desk is not None:
            self._begin("/help")

    def on_unmount(self) -> None:
        """End the child processes."""
        self._cancel.set()
        if self._desk is not None:
            self._desk.close()

    # --- drawing -------------------------------------------------------------------------------------------

    def _lay_out(self, width: int) -> None:
        narrow = width < _WIDE
        listing = self._listing if self._listing is not None else not narrow
        middle = self.query_one("#middle")
        middle.set_class(narrow, "narrow")
        middle.set_class(listing, "listing")
        self.query_one(LoopTable).set_class(listing, "shown")

    def _show_song(self) -> None:
        if self._desk is None:
            return
        song = self._desk.song()
        self.query_one(Timeline).show_song(song)
        self.query_one(LoopTable).show_loops(self._desk.loops(), song.loops())

    def _poll(self) -> None:
        if self._desk is None or not self.query(Transport):  # the screen is being taken down
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
