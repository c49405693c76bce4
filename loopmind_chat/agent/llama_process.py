"""A language model in a child process: the adapter of :class:`loopmind_chat.agent.model.ChatModel` for llama.cpp."""

import contextlib
import itertools
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from loopmind_chat.agent.machine import cores, lacking_memory, open_log
from loopmind_chat.agent.model import Message, Piece, Prompt
from loopmind_chat.agent.waiting import one_at_a_time
from loopmind_chat.errors import AgentError, GrammarRefused, ModelCrashed, ModelUnavailable, TurnCancelled

_POLL_S: Final = 0.02
_BACK_OFF_S: Final = 0.5
_RESTARTS: Final = 1

Reply = Mapping[str, Any]


class LlamaProcess:
    """Loads a GGUF file, and a LoRA adapter where given, in a niced child; returns at once.

    A child that dies is started again once; a second death in a row leaves the model unavailable. A child that
    says nothing for ``hang_s`` while it should is killed, which counts as a death.
    """

    def __init__(  # noqa: PLR0913 - what a process is started with, each by name
        self,
        model: Path,
        *,
        lora: Path | None = None,
        logs: Path | None = None,
        n_ctx: int = 4096,
        hang_s: float = 20.0,
        mend: str = "loopmind models pull",
    ) -> None:
        """``mend`` is the command to try where the file is missing or no model."""
        self._settings = json.dumps(
            {
                "model": os.fspath(model),
                "lora": os.fspath(lora) if lora else None,
                "n_ctx": n_ctx,
                "threads": max(1, cores() - 1),  # one is the music's
            }
        )
        self._path = model
        self._log = logs / "model.log" if logs else None
        self._hang_s = hang_s
        self._mend = mend
        self._n_ctx = 0
        self._speed = ""
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._settled = threading.Event()
        self._waiting: dict[int, queue.Queue[Reply]] = {}
        self._deaths = 0
        self._error: str | None = None
        self._closed = False
        self._child: subprocess.Popen[str] | None = None
        self._warmed: Prompt = ()
        if not model.is_file():
            self._give_up(f"there is no model at {model}; try: {mend}")
        elif lacking := lacking_memory(model):
            self._give_up(f"{model.name} {lacking}")
        else:
            self._start()

    @property
    def name(self) -> str:
        """The model's file name."""
        return self._path.stem

    @property
    def ready(self) -> bool:
        """True once it answers at once."""
        return self._settled.is_set() and self._error is None and self.pid is not None

    @property
    def error(self) -> str | None:
        """One line for the user, where it will not answer any more."""
        return self._error

    @property
    def pid(self) -> int | None:
        """The child's process id, while there is one."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    @property
    def n_ctx(self) -> int:
        """Tokens that fit; 0 until it has loaded."""
        return self._n_ctx

    @property
    def speed(self) -> str:
        """Tokens a second, the last time; "" before that."""
        return self._speed

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait for the model to load. True when ready; raises ModelUnavailable where it cannot be."""
        late = time.monotonic() + timeout_s
        while True:
            self._settled.wait(max(0.0, late - time.monotonic()))
            if self._error is not None:
                raise ModelUnavailable(self._error)
            if self.ready or time.monotonic() >= late:
                return self.ready
            time.sleep(_POLL_S)  # it died a moment ago and its end has not been noticed yet

    def generate(
        self,
        prompt: Prompt,
        *,
        grammar: str | None = None,
        max_tokens: int = 128,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        """The most likely answer, in pieces as they come; see the port for what it raises."""
        request = {"do": "generate", "prompt": _wire(prompt), "grammar": grammar, "max_tokens": max_tokens}
        for reply in self._exchange(request, cancelled):
            if "text" in reply:
                yield str(reply["text"])
            elif reply.get("enough"):
                self._speed = f"reads {reply['reads']:.0f} and writes {reply['writes']:.0f} tokens a second"
        self._deaths = 0

    def warm(self, prompt: Prompt) -> None:
        """Read a prompt's beginning ahead of time, in the background; the next request stops it."""
        self._warmed = prompt
        if self.ready:
            with contextlib.suppress(ModelCrashed):  # the next request finds out, and says so
                self._send({"id": next(self._numbers), "do": "warm", "prompt": _wire(prompt)})

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, special tokens taken as text."""
        return int(self._ask({"do": "count", "text": text})["count"])

    def chat_prompt(self, messages: Sequence[Message]) -> Prompt:
        """The messages in the model's own chat template, ready for its answer."""
        plain = [{"role": message.role, "content": message.text} for message in messages]
        reply = self._ask({"do": "format", "messages": plain})
        return tuple(Piece(text, template) for text, template in reply["prompt"])

    def close(self) -> None:
        """End the child: it leaves when its standard input does, and is killed where it does not."""
        self._closed = True
        self._give_up("the model is closed")
        child = self._child
        if child is None:
            return
        if child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()
        try:
            child.wait(2.0)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _ask(self, request: dict[str, Any]) -> Reply:
        return list(self._exchange(request, None))[-1]

    def _exchange(self, request: dict[str, Any], cancelled: Callable[[], bool] | None) -> Iterator[Reply]:
        """Send a request; yield the child's replies to it as they come."""
        if not self.wait_ready(self._hang_s):
            raise ModelUnavailable("the language model is still loading")
        number = next(self._numbers)
        with one_at_a_time(self._one_at_a_time, cancelled):
            replies: queue.Queue[Reply] = queue.Queue()
            with self._lock:
                self._waiting[number] = replies
            try:
                self._send({"id": number, **request})
                yield from self._replies(number, replies, cancelled)
            except GeneratorExit:
                self._cancel(number)
                raise
            finally:
                with self._lock:
                    self._waiting.pop(number, None)

    def _replies(
        self, number: int, replies: "queue.Queue[Reply]", cancelled: Callable[[], bool] | None
    ) -> Iterator[Reply]:
        silent_since = time.monotonic()
        while True:
            if cancelled is not None and cancelled():
                self._cancel(number)
                raise TurnCancelled("stopped")
            try:
                reply = replies.get(timeout=_POLL_S)
            except queue.Empty:
                if time.monotonic() - silent_since > self._hang_s:
                    self._kill()
                    raise ModelCrashed(
                        f"the language model said nothing for {self._hang_s:g} s and was ended"
                    ) from None
                continue
            silent_since = time.monotonic()
            if "died" in reply:
                raise ModelCrashed(str(reply["died"]))
            if "error" in reply:
                raise (GrammarRefused if reply.get("grammar") else AgentError)(str(reply["error"]))
            yield reply
            if "done" in reply:
                return

    def _cancel(self, number: int) -> None:
        with contextlib.suppress(ModelCrashed):  # a dead child has stopped too
            self._send({"id": number, "do": "cancel"})

    def _send(self, message: Mapping[str, Any]) -> None:
        child = self._child
        try:
            with self._lock:
                if child is None or child.stdin is None:
                    raise ModelCrashed("the language model is not running")
                child.stdin.write(json.dumps(message) + "\n")
                child.stdin.flush()
        except (OSError, ValueError) as fault:
            raise ModelCrashed("the language model stopped unexpectedly") from fault

    def _kill(self) -> None:
        self._settled.clear()
        child = self._child
        if child is not None:
            child.kill()

    def _start(self) -> None:
        command = [sys.executable, "-m", "loopmind_chat.agent.llama_child", self._settings]
        try:
            with open_log(self._log) as log:
                self._child = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8"
                )
        except OSError as fault:
            self._give_up(f"the language model cannot be started: {fault}")
            return
        threading.Thread(target=self._listen, args=(self._child,), daemon=True, name="model-replies").start()

    def _listen(self, child: "subprocess.Popen[str]") -> None:
        """Hand each reply to who waits for it, until the child ends."""
        if child.stdout is None:
            raise AssertionError("the child was started with a pipe")
        for line in child.stdout:
            reply: Reply = json.loads(line)
            if "ready" in reply:
                self._n_ctx = int(reply["n_ctx"])
                self._settled.set()
                if self._warmed:
                    self.warm(self._warmed)
            elif "failed" in reply:
                self._give_up(f"the model {self._path.name} does not load ({reply['failed']}); try: {self._mend}")
            else:
                with self._lock:
                    waiting = self._waiting.get(reply["id"])
                if waiting is not None:
                    waiting.put(reply)
        child.stdout.close()
        child.wait()
        if child.stdin is not None:
            with contextlib.suppress(OSError):  # what it had not read is lost with it
                child.stdin.close()
        self._ended()

    def _ended(self) -> None:
        """The child is gone: tell who waits, and start another unless it went down twice in a row."""
        if self._closed or self._error is not None:
            return
        self._settled.clear()
        self._deaths += 1
        again = self._deaths <= _RESTARTS
        if not again:
            self._give_up("it stopped twice")
        notice = "it is starting again" if again else "slash commands still work"
        with self._lock:
            for waiting in self._waiting.values():
                waiting.put({"died": f"the language model stopped unexpectedly; {notice}"})
        if again:
            time.sleep(_BACK_OFF_S)
            if not self._closed:
                self._start()

    def _give_up(self, why: str) -> None:
        self._error = why
        self._settled.set()


def _wire(prompt: Prompt) -> list[tuple[str, bool]]:
    return [(piece.text, piece.template) for piece in prompt]
