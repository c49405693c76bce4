"""The conversation: a line of text in, typed events out, one turn stored."""

import queue
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from loopmind_chat.agent import mentions, prompt
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
from loopmind_chat.agent.replies import trouble
from loopmind_chat.agent.rounds import LaterRounds
from loopmind_chat.agent.spelling import mended, shipped_vocabulary
from loopmind_chat.agent.thinking_time import ThinkingTime
from loopmind_chat.agent.turn_model import Round, TurnModel
from loopmind_chat.agent.understood import Understood, understood
from loopmind_chat.errors import AgentError, ModelCrashed, ModelUnavailable, TurnCancelled
from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.commands import answer_command
from loopmind_chat.tools.paths import cut_paths
from loopmind_chat.tools.slash import UiCommand, is_slash, parse_slash
from loopmind_chat.tools.studio import Studio
from loopmind_chat.tools.turn import run_turn
from loopmind_chat.tools.turn_rounds import Came, Further, Next

_SAID_AGAIN_S: Final = 5.0
"""How often a user who waits for a model is told that it is still loading."""
_POLL_S: Final = 0.1
_REMEMBERED: Final = 4
"""Turns that a sentence may look back on."""
_SAY_MAX: Final = 20_000
"""Characters of a line that are kept; a pasted book is not a request."""
_ANSWER_WORDS: Final = 5
"""Words of an answer to a question back; a longer sentence speaks for itself."""

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Request:
    """What to run: calls, or a reply where there are none."""

    calls: Sequence[Call] = ()
    refs: Mapping[str, Path] = field(default_factory=dict)
    reply: str | None = None
    closing: str = ""
    """What to say after what the tools say."""
    further: Further | None = None


class Conversation:
    """Answers one line after another. A line that begins with a slash is run without the model."""

    def __init__(self, studio: Studio, model: TurnModel | None = None, *, no_model: str = "none is installed") -> None:
        """``no_model`` says why there is no model, where there is none."""
        self.studio = studio
        self._model = model
        self._no_model = no_model
        self._turns = 0
        self._asked = ""
        """The sentence that the last turn answered by a question."""
        self._warm()

    def turn(self, text: str, cancelled: Cancelled | None = None) -> Iterator[TurnEvent]:
        """Answer one line; the last event is always TurnFinished, whatever happens."""
        began = time.monotonic()
        said = text.strip()[:_SAY_MAX]
        stop = cancelled or (lambda: False)
        asked, self._asked = self._asked, ""
        if is_slash(said):
            command = parse_slash(said)
            if isinstance(command, UiCommand):
                record = yield from _watched(lambda watcher: answer_command(self.studio, command, said, watcher))
            else:
                record = yield from self._run(said, Request(command.calls, command.refs), stop, began)
        else:
            record = yield from self._run(said, (yield from self._request(said, asked, stop)), stop, began)
        self._turns += 1
        for piece in _pieces(record.reply):
            yield ReplyText(piece)
        self._warm()
        yield TurnFinished(record)

    def _request(self, said: str, asked: str, stop: Cancelled) -> Generator[TurnEvent, None, Request]:
        """What a sentence asks for, or what is in the way."""
        try:
            return (yield from self._understand(said, asked, stop))
        except TurnCancelled:
            return Request(reply=trouble("stopped"))
        except ModelUnavailable as fault:
            return Request(reply=trouble("no_model", why=str(fault)))
        except AgentError as fault:
            return Request(reply=trouble("crashed", why=_capital(str(fault))))

    def _understand(self, said: str, asked: str, stop: Cancelled) -> Generator[TurnEvent, None, Request]:
        """What a sentence asks for, by the model. Raises AgentError where it cannot say."""
        if not said:
            return Request(reply=trouble("empty"))
        model = self._model
        if model is None:
            raise ModelUnavailable(self._no_model)
        yield from _until_ready(model, stop)
        yield Thinking()
        sentence, refs = cut_paths(said)
        sentence = prompt.one_line(sentence)
        if asked and len(sentence.split()) <= _ANSWER_WORDS:
            sentence = f"{asked}, {sentence}"
        sentence = sentence[: prompt.SENTENCE_MAX]
        refs = {name: path for name, path in refs.items() if name in sentence}
        return self._asked_of(model, sentence, refs, ThinkingTime(stop))

    def _asked_of(self, model: TurnModel, sentence: str, refs: Mapping[str, Path], thinking: ThinkingTime) -> Request:
        """The model's answer to a sentence as a request, with the rounds that may follow on it."""
        session, number = self.studio.session, self._turns
        turns = session.turns(_REMEMBERED)
        heard = mended(sentence, session.song, shipped_vocabulary())
        quoted = mentions.loops_quoted(heard, (facts.name for facts in self.studio.reader().loops()))
        ground = Ground(session.song, heard, refs, prompt.calls_lately(turns), quoted)

        def ask(rounds: Sequence[Round]) -> Next:
            if not model.uses_results:
                return Next()
            try:
                answer = thinking.spend(lambda late: model.understand(ground, turns, late, rounds))
            except (TurnCancelled, ModelCrashed):
                raise
            except AgentError as fault:  # what was done before it stays, and is said
                return Next(closing=trouble("ended_early", why=str(fault)))
            then = understood(answer, number, rounds[-1].song)
            self._remember(then, sentence, refs)
            return Next(then.calls, then.reply if then.asks else "")

        answer = thinking.spend(lambda late: model.understand(ground, turns, late))
        first = understood(answer, number, session.song)
        self._remember(first, sentence, refs)
        if first.calls:
            further = LaterRounds(ask, refs) if model.uses_results and not first.asks else None
            return Request(first.calls, refs, closing=first.reply, further=further)
        return Request(reply=first.reply)

    def _remember(self, found: Understood, sentence: str, refs: Mapping[str, Path]) -> None:
        """Keep a sentence that is answered by a question; not one with a path, which is good for its own turn alone."""
        if found.asks and not refs:
            self._asked = sentence.rstrip(" .,;:?!")

    def _run(
        self, said: str, request: Request, stop: Cancelled, began: float
    ) -> Generator[TurnEvent, None, TurnRecord]:
        """Run the calls and store the turn; stopped before the commit, the song is as it was."""

        def run(watcher: "_Watcher", request: Request, cancelled: Cancelled) -> TurnRecord:
            return run_turn(
                self.studio,
                request.calls,
                say=said,
                refs=request.refs,
                reply=request.reply,
                watcher=watcher,
                cancelled=cancelled,
                started=began,
                closing=request.closing,
                further=watcher.thinking_before(request.further) if request.further is not None else None,
            )

        try:
            return (yield from _watched(lambda watcher: run(watcher, request, stop)))
        except TurnCancelled:
            instead = Request(reply=trouble("stopped"))
        except AgentError as fault:
            instead = Request(reply=trouble("crashed", why=_capital(str(fault))))
        self._asked = ""
        return (yield from _watched(lambda watcher: run(watcher, instead, lambda: False)))

    def _warm(self) -> None:
        if self._model is not None:
            self._model.warm(self.studio.session.song)


def _until_ready(model: TurnModel, stop: Cancelled) -> Iterator[TurnEvent]:
    """Wait for a model for as long as it says that it is loading: one of many GB takes minutes from a slow disk.

    Raises TurnCancelled, and ModelUnavailable where it cannot be had.
    """
    if model.ready:
        return
    yield Thinking(trouble("loading"))
    began = said = time.monotonic()
    while not model.wait_ready(_POLL_S):
        if stop():
            raise TurnCancelled("stopped")
        if time.monotonic() - said >= _SAID_AGAIN_S:
            said = time.monotonic()
            yield Thinking(trouble("still_loading", seconds=f"{said - began:.0f}"))


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

    def thinking_before(self, further: Further) -> Further:
        """The same, with the word that the model thinks again before it."""

        def ask(came: Sequence[Came], song: Song) -> Next:
            self._events.put(Thinking())
            return further(came, song)

        return ask


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
