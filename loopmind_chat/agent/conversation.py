"""The conversation: a line of text in, typed events out, one turn stored."""

import queue
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from loopmind_chat.agent import prompt
from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.events import (
    CallFinished,
    CallStarted,
    Progress,
    ReplyText,
    Thinking,
    TurnEvent,
    TurnFinished,
)
from loopmind_chat.agent.language import ASK, NO_CALL, parse
from loopmind_chat.agent.replies import reply_without_call, trouble
from loopmind_chat.agent.spelling import mended, shipped_vocabulary
from loopmind_chat.agent.turn_model import TurnModel
from loopmind_chat.errors import AgentError, BadArgument, ModelUnavailable, TurnCancelled
from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.commands import answer_command
from loopmind_chat.tools.paths import cut_paths
from loopmind_chat.tools.slash import UiCommand, is_slash, parse_slash
from loopmind_chat.tools.studio import Studio
from loopmind_chat.tools.turn import run_turn

_TURN_S: Final = 30.0
"""How long the model may think about one sentence."""
_LOADING_S: Final = 60.0
_POLL_S: Final = 0.1
_REMEMBERED: Final = 4
"""Turns that a sentence may look back on."""
_SAY_MAX: Final = 20_000
"""Characters of a line that are kept; a pasted book is not a request."""

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Request:
    """What to run: calls, or a reply where there are none."""

    calls: tuple[Call, ...] = ()
    refs: Mapping[str, Path] = field(default_factory=dict)
    reply: str | None = None


class Conversation:
    """Answers one line after another. A line that begins with a slash is run without the model."""

    def __init__(self, studio: Studio, model: TurnModel | None = None, *, no_model: str = "none is installed") -> None:
        """``no_model`` says why there is no model, where there is none."""
        self.studio = studio
        self._model = model
        self._no_model = no_model
        self._turns = 0
        self._warm()

    def turn(self, text: str, cancelled: Cancelled | None = None) -> Iterator[TurnEvent]:
        """Answer one line; the last event is always TurnFinished, whatever happens."""
        began = time.monotonic()
        said = text.strip()[:_SAY_MAX]
        stop = cancelled or (lambda: False)
        if is_slash(said):
            command = parse_slash(said)
            if isinstance(command, UiCommand):
                record = yield from _watched(lambda watcher: answer_command(self.studio, command, said, watcher))
            else:
                record = yield from self._run(said, Request(command.calls, command.refs), stop, began)
        else:
            try:
                request = yield from self._understand(said, stop)
            except TurnCancelled:
                request = Request(reply=trouble("stopped"))
            except ModelUnavailable as fault:
                request = Request(reply=trouble("no_model", why=str(fault)))
            except AgentError as fault:
                request = Request(reply=trouble("crashed", why=_capital(str(fault))))
            record = yield from self._run(said, request, stop, began)
        self._turns += 1
        for piece in _pieces(record.reply):
            yield ReplyText(piece)
        self._warm()
        yield TurnFinished(record)

    def _understand(self, said: str, stop: Cancelled) -> Generator[TurnEvent, None, Request]:
        """What a sentence asks for, by the model. Raises AgentError where it cannot say."""
        if not said:
            return Request(reply=trouble("empty"))
        model = self._model
        if model is None:
            raise ModelUnavailable(self._no_model)
        yield from _until_ready(model, stop)
        yield Thinking()
        sentence, refs = cut_paths(said)
        sentence = prompt.one_line(sentence)[: prompt.SENTENCE_MAX]
        refs = {name: path for name, path in refs.items() if name in sentence}
        session = self.studio.session
        turns = session.turns(_REMEMBERED)
        ground = Ground(
            session.song, mended(sentence, session.song, shipped_vocabulary()), refs, prompt.calls_lately(turns)
        )
        late = time.monotonic() + _TURN_S
        return self._request(model.understand(ground, turns, lambda: stop() or time.monotonic() > late), refs)

    def _request(self, answer: str, refs: Mapping[str, Path]) -> Request:
        """The model's answer as calls; what is not calls is not guessed at."""
        try:
            calls = parse(answer)
        except BadArgument:
            return Request(reply=trouble("not_understood"))
        if calls and calls[0].tool in {NO_CALL, ASK}:
            return Request(reply=reply_without_call(calls[0], self._turns, self.studio.session.song))
        if not calls:
            return Request(reply=trouble("not_understood"))
        return Request(tuple(calls), refs)

    def _run(
        self, said: str, request: Request, stop: Cancelled, began: float
    ) -> Generator[TurnEvent, None, TurnRecord]:
        """Run the calls and store the turn; stopped before the commit, the song is as it was."""

        def run(watcher: "_Watcher", calls: Sequence[Call], reply: str | None, cancelled: Cancelled) -> TurnRecord:
            return run_turn(
                self.studio,
                calls,
                say=said,
                refs=request.refs,
                reply=reply,
                watcher=watcher,
                cancelled=cancelled,
                started=began,
            )

        try:
            return (yield from _watched(lambda watcher: run(watcher, request.calls, request.reply, stop)))
        except TurnCancelled:
            return (yield from _watched(lambda watcher: run(watcher, (), trouble("stopped"), lambda: False)))

    def _warm(self) -> None:
        if self._model is not None:
            self._model.warm(self.studio.session.song)


def _until_ready(model: TurnModel, stop: Cancelled) -> Iterator[TurnEvent]:
    """Wait for a model that is still loading. Raises TurnCancelled, and ModelUnavailable where it cannot be had."""
    if model.ready:
        return
    yield Thinking(trouble("loading"))
    late = time.monotonic() + _LOADING_S
    while not model.wait_ready(_POLL_S):
        if stop():
            raise TurnCancelled("stopped")
        if time.monotonic() > late:
            raise ModelUnavailable(f"it has not loaded in {_LOADING_S:g} s")


class _Watcher:
    """Puts what happens in a turn into a queue, as events."""

    def __init__(self, events: "queue.SimpleQueue[TurnEvent | None]") -> None:
        self._events = events

    def call_started(self, call: Call) -> None:
        self._events.put(CallStarted(call.tool, dict(call.args)))

    def call_finished(self, outcome: CallOutcome, data: Mapping[str, Any]) -> None:
        self._events.put(CallFinished(outcome, data))

    def progress(self, what: str, done: int, total: int) -> None:
        self._events.put(Progress(what, done, total))


def _watched(run: Callable[[_Watcher], TurnRecord]) -> Generator[TurnEvent, None, TurnRecord]:
    """Run a turn on a thread of its own and pass on its events as they come; gives its record or raises its error."""
    events: queue.SimpleQueue[TurnEvent | None] = queue.SimpleQueue()
    with ThreadPoolExecutor(1, "turn") as thread:
        turn = thread.submit(run, _Watcher(events))
        turn.add_done_callback(lambda _: events.put(None))
        while (event := events.get()) is not None:
            yield event
        return turn.result()


def _pieces(text: str) -> Iterator[str]:
    """A reply in pieces of a word, as the screen shows it; joined, they are the reply."""
    yield from re.findall(r"\s*\S+|\s+\Z", text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
