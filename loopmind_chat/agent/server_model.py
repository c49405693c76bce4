"""Any OpenAI-compatible server: asked with the tools as schemas; where it has no tools, in the call language."""

import re
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.examples import Bank
from loopmind_chat.agent.instructions import RUNGS, Rung, chat_messages, tools_for
from loopmind_chat.agent.language import ASK, NO_CALL, OWN_WORDS, write
from loopmind_chat.agent.model import Message
from loopmind_chat.agent.server_address import ServerAddress
from loopmind_chat.agent.server_answers import Answer, BrokenOff, model_names, read_answer
from loopmind_chat.agent.server_http import Patience, ServerRefusal, ask_server
from loopmind_chat.agent.server_messages import rounds_as_text, rounds_as_tools, spoken
from loopmind_chat.agent.tool_schemas import tool_schemas
from loopmind_chat.agent.tuned import tuned_grammar
from loopmind_chat.agent.turn_model import Cancelled, Round
from loopmind_chat.agent.waiting import one_at_a_time
from loopmind_chat.errors import AgentError, BadArgument, ModelUnavailable, ToolError
from loopmind_chat.home import resource
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tools.binding import bind
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.registry import tool_named

_TOKENS: Final = 512
_PROSE_MAX: Final = 300
"""Characters of prose beside tool calls; a model that writes more, and has called none yet, knows no tools."""
_WORDS_MAX: Final = 1200
"""Characters of prose of a model that has called tools before."""
_TEXT_MAX: Final = 4000
_AGAIN_S: Final = 1.0
"""A server that did not answer is asked again after so long."""
_TOO_LONG: Final = re.compile(
    r"context|too long|too large|too many tokens|exceed|maximum.{0,20}(?:length|tokens)", re.IGNORECASE
)
_MAY_BE_LEFT_OUT: Final = ("temperature", "max_tokens", "grammar")
_CLIENT_FAULTS: Final = frozenset({400, 404, 413, 422, 500, 501})


@dataclass(frozen=True, slots=True)
class _Question:
    """What a server is asked in one round."""

    ground: Ground
    turns: Sequence[TurnRecord]
    rounds: Sequence[Round]
    stop: Cancelled


class ServerModel:
    """A model behind a URL. What the server cannot do is found out once, and not asked for again."""

    def __init__(self, address: ServerAddress, bank: Bank, *, patience: Patience | None = None) -> None:
        self._address = address
        self._bank = bank
        self._patience = patience or Patience()
        self._model = ""
        self._failed: tuple[str, float] | None = None
        self._settled = threading.Event()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._has_tools: bool | None = None
        self._takes_results = True
        self._rungs = {True: 0, False: 0}
        self._left_out: set[str] = set()
        self._took_s = 0.0
        self._find()

    @property
    def name(self) -> str:
        """The model's name, as the server has it."""
        return PurePath(self._model).name or self._address.model or self._address.origin

    @property
    def ready(self) -> bool:
        """True once the server has answered."""
        return bool(self._model)

    @property
    def error(self) -> str | None:
        """Why the server could not be asked, the last time."""
        return self._failed[0] if self._failed else None

    @property
    def state(self) -> str:
        """Where it is, and how long an answer took."""
        took = f", {self._took_s:.1f} s for the last answer" if self._took_s else ""
        return f"at {self._address.origin}{took}"

    @property
    def uses_results(self) -> bool:
        """Yes, once it has called a tool the way servers do: others are asked once a turn."""
        return self._has_tools is True

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait for the server to answer; one that did not is asked again."""
        if self._failed and time.monotonic() - self._failed[1] > _AGAIN_S:
            self._find()
        if not self._settled.wait(timeout_s):
            return False
        if self._failed:
            raise ModelUnavailable(self._failed[0])
        return True

    def warm(self, song: Song) -> None:
        """Nothing: servers keep what they have read as they like."""

    def close(self) -> None:
        """Ask no more."""
        self._closed.set()

    def understand(
        self,
        ground: Ground,
        turns: Sequence[TurnRecord] = (),
        cancelled: Cancelled | None = None,
        rounds: Sequence[Round] = (),
    ) -> str:
        """The calls, checked by type; "" where the model did not answer with calls. Raises ServerRefusal too.

        A model that knows tools may answer in words instead: ``none`` with what it says.
        """

        def stop() -> bool:
            return self._closed.is_set() or (cancelled is not None and cancelled())

        with one_at_a_time(self._lock, stop):
            if not self.ready and not self.wait_ready(self._patience.connect):
                raise ModelUnavailable(f"{self._address.origin} does not answer")
            began = time.monotonic()
            calls = self._answer(_Question(ground, turns, rounds, stop))
            self._took_s = time.monotonic() - began
            return write(calls)

    def _find(self) -> None:
        """Ask, in the background, which models there are."""
        self._settled.clear()
        self._failed = None
        threading.Thread(target=self._ask_models, daemon=True, name="model-server-models").start()

    def _ask_models(self) -> None:
        try:
            self._model = self._chosen(self._listed())
        except AgentError as fault:
            self._failed = (str(fault), time.monotonic())
        finally:
            self._settled.set()

    def _listed(self) -> Sequence[str]:
        try:
            events = ask_server(self._address, "GET", "/models", cancelled=self._closed.is_set, patience=self._patience)
            return model_names(next(events, {}))
        except ServerRefusal as fault:
            if fault.status in {404, 405, 501}:
                return ()  # a server need not list its models
            raise

    def _chosen(self, names: Sequence[str]) -> str:
        wanted = self._address.model
        if wanted and names and wanted not in names:
            raise AgentError(f"{self._address.origin} has no model {wanted}; it has {', '.join(names[:8])}")
        return wanted or (names[0] if names else "default")

    def _answer(self, question: _Question) -> list[Call]:
        """The calls by the server's own tools; in the call language where it has none, or the model uses none."""
        if self._has_tools is not False:
            calls, words = self._by_tools(question)
            if calls or question.rounds:
                return calls
            if words and self._has_tools:
                return [Call(NO_CALL, {OWN_WORDS: words})]
        calls, _ = self._ask(question, tools=False)
        if self._has_tools is None and any(call.tool not in {NO_CALL, ASK} for call in calls):
            self._has_tools = False  # it could call, but not by tools
        return calls

    def _by_tools(self, question: _Question) -> tuple[list[Call], str]:
        """The calls, and the text beside them; neither where the server has no tools."""
        try:
            calls, answer = self._ask(question, tools=True)
        except ServerRefusal as fault:
            if fault.status not in _CLIENT_FAULTS:
                raise
            if question.rounds and self._takes_results and not _TOO_LONG.search(fault.said):
                self._takes_results = False  # results of tools are newer than tools: told as text, from then on
                return self._by_tools(question)
            if self._has_tools:
                raise
            self._has_tools = False
            return [], ""
        if calls and self._has_tools is None:
            self._has_tools = answer.has_tool_calls or None
        return calls, answer.text.strip()

    def _ask(self, question: _Question, *, tools: bool) -> tuple[list[Call], Answer]:
        """Ask, telling less where that does not fit; an answer that cannot be called is asked for again, once."""
        refs = question.ground.refs
        while True:
            rung = RUNGS[self._rungs[tools]]
            messages, extra = self._told(question, rung, tools=tools)
            words_max = _WORDS_MAX if self._has_tools else _PROSE_MAX
            try:
                answer = self._exchange(messages, extra, question.stop, words_max if tools else _TEXT_MAX)
            except ServerRefusal as fault:
                if not _TOO_LONG.search(fault.said) or self._rungs[tools] + 1 >= len(RUNGS):
                    raise
                self._rungs[tools] += 1
                continue
            calls, wrong = _checked(answer, refs)
            if wrong:
                told = Message("user", f"That cannot be called: {wrong}. Answer again, rightly.")
                again = [*messages, *spoken([Message("assistant", _shown(answer)), told])]
                answer = self._exchange(again, extra, question.stop, _TEXT_MAX)
                calls, wrong = _checked(answer, refs)
                if wrong and not calls:
                    raise AgentError(f"{self.name} gives no call that can be read: {wrong}")
            return calls, answer

    def _told(self, question: _Question, rung: Rung, *, tools: bool) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The messages of a request, and its other fields."""
        ground = question.ground
        system, *rest = chat_messages(ground, question.turns, self._bank, rung, told=not tools)
        if not tools:
            return spoken([system, *rest]), {"grammar": tuned_grammar(ground).replace('" " ', '" "? ', 1)}
        if self._has_tools:
            own_words = resource("prompts", "own_words.txt").read_text("utf-8").strip()
            system = Message(system.role, f"{system.text}\n{own_words}")
        rounds = rounds_as_tools if self._takes_results else rounds_as_text
        schemas = tool_schemas(tools_for(ground, self._bank, rung), ground.refs)
        return [*spoken([system, *rest]), *rounds(question.rounds)], {"tools": schemas, "tool_choice": "auto"}

    def _exchange(
        self, messages: Sequence[Mapping[str, Any]], extra: Mapping[str, Any], stop: Cancelled, text_max: int
    ) -> Answer:
        """One request. A field that the server does not know is left out, from then on."""
        left_out = set(self._left_out)
        while True:
            body: dict[str, Any] = {
                "model": self._model,
                "messages": list(messages),
                "stream": True,
                "temperature": 0,
                "max_tokens": _TOKENS,
            }
            body = {key: value for key, value in (body | dict(extra)).items() if key not in left_out}
            events = ask_server(
                self._address, "POST", "/chat/completions", body, cancelled=stop, patience=self._patience
            )
            try:
                with closing(events):
                    return read_answer(events, text_max)
            except ServerRefusal as fault:
                field = self._unknown_field(fault, body)
                if field is None:
                    raise
                self._left_out.add(field)
                left_out.add(field)
            except BrokenOff:
                if "stream" in left_out:
                    raise
                left_out.add("stream")  # a fault in a stream has no status: asked in one piece, the server says why

    def _unknown_field(self, fault: ServerRefusal, body: Mapping[str, Any]) -> str | None:
        """Which field a server may have refused: the one that it names, else the one that few know."""
        if fault.status not in {400, 422} or _TOO_LONG.search(fault.said):
            return None
        named = next((field for field in _MAY_BE_LEFT_OUT if field in body and field in fault.said), None)
        return named or ("grammar" if "grammar" in body else None)


def _checked(answer: Answer, refs: Mapping[str, Path]) -> tuple[list[Call], str]:
    """The calls, and what is wrong with the first that is wrong: unknown, or of the wrong types."""
    try:
        calls = answer.calls()
    except BadArgument as fault:
        return [], str(fault)
    for call in calls:
        try:
            if call.tool not in {NO_CALL, ASK}:
                bind(tool_named(call.tool), call.args, refs)
        except ToolError as fault:
            return calls, str(fault)
    return calls, ""


def _shown(answer: Answer) -> str:
    """What the model wrote, to be shown to it again."""
    try:
        return write(answer.calls()) or answer.text
    except BadArgument:
        return answer.text or "(a call that cannot be read)"
