"""Any GGUF: asked in its own chat template, under the same grammar as the default model."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.examples import Bank
from loopmind_chat.agent.grammar import CALLS_MAX
from loopmind_chat.agent.instructions import RUNGS, chat_messages, merged, opening_message
from loopmind_chat.agent.language import NO_CALL, write
from loopmind_chat.agent.local_models import FewShotModel, LocalModel
from loopmind_chat.agent.model import ChatModel, Message, Prompt
from loopmind_chat.agent.rounds import results_told
from loopmind_chat.agent.tuned import tuned_grammar
from loopmind_chat.agent.turn_model import Cancelled, Round
from loopmind_chat.errors import AgentError, ModelCrashed, ModelUnavailable, TurnCancelled
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tools.calls import Call

_LOG: Final = logging.getLogger(__name__)
_POLL_S: Final = 0.2
_LEAVING_S: Final = 1.0
_READ_S: Final = 45.0
"""A model that has not read the instructions by then is told of the tools near each sentence alone."""
_BRIEF: Final = 2
"""The first of the rungs that tell no more than that."""
_PROBE: Final = Message("user", "say: hello")


class TemplateModel(LocalModel):
    """A model that was made for chat. One without a template, or with a broken one, is asked by examples alone."""

    def __init__(self, chat: ChatModel, bank: Bank) -> None:
        super().__init__(chat)
        self._bank = bank
        self._plain = FewShotModel(chat, bank)
        self._read = threading.Event()
        self._closed = threading.Event()
        self._has_system = True
        self._has_template = True
        self._first_rung = 0
        self._reading = threading.Thread(target=self._read_ahead, daemon=True, name="read-ahead")
        self._reading.start()

    @property
    def ready(self) -> bool:
        """True once the instructions are read too: before that, a sentence would wait for all of them."""
        return self._chat.ready and self._read.is_set()

    @property
    def uses_results(self) -> bool:
        """Yes, where it has a template to be told them in."""
        return self._has_template

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait for it to load and to read the instructions."""
        late = time.monotonic() + timeout_s
        return self._chat.wait_ready(timeout_s) and self._read.wait(max(0.0, late - time.monotonic()))

    def understand(
        self,
        ground: Ground,
        turns: Sequence[TurnRecord] = (),
        cancelled: Cancelled | None = None,
        rounds: Sequence[Round] = (),
    ) -> str:
        """The calls, by the fullest prompt that fits.

        What was asked mostly goes into one answer: it is asked again only where the answer was full, or a call was
        refused or looked something up. Asked for no reason, a small model calls for no reason.
        """
        if rounds and not rounds[-1].leads_on and len(rounds[-1].calls) < CALLS_MAX:
            return write([Call(NO_CALL, {"why": "thanks"})])
        grammar = _unspaced(tuned_grammar(replace(ground, song=rounds[-1].song) if rounds else ground))
        for rung in RUNGS[self._first_rung :]:
            asked = self._in_template([*chat_messages(ground, turns, self._bank, rung), *_told(rounds)])
            if asked is None:
                return self._plain.understand(ground, turns, cancelled)
            if self._fits(asked):
                return self._answer(asked, grammar, cancelled).strip()
        raise AgentError(f"{self.name} reads {self._chat.n_ctx} tokens at once: too few to understand a sentence")

    def warm(self, song: Song) -> None:
        """The instructions are read once, and the same for every song; only a model without a template needs more."""
        if not self._has_template:
            self._plain.warm(song)

    def close(self) -> None:
        """End its process, and the reading."""
        self._closed.set()
        super().close()
        self._reading.join(_LEAVING_S)

    def _read_ahead(self) -> None:
        try:
            while not self._chat.wait_ready(_POLL_S):
                if self._closed.is_set():
                    return
            asked = self._in_template([opening_message(), _PROBE])
            if asked is not None and self._fits(asked):
                said = next(number for number, piece in enumerate(asked) if piece.text.endswith(_PROBE.text))
                late = time.monotonic() + _READ_S
                self._read_once(asked[:said], lambda: self._closed.is_set() or time.monotonic() > late)
        except TurnCancelled:
            self._first_rung = _BRIEF
        except AgentError as fault:
            _LOG.info("the instructions were not read ahead: %s", fault)  # the next sentence finds out, and says so
        finally:
            self._read.set()

    def _read_once(self, opening: Prompt, cancelled: Cancelled) -> None:
        """Read the instructions; a process that starts again reads them again."""
        for _ in self._chat.generate(opening, max_tokens=1, cancelled=cancelled):
            pass
        self._chat.warm(opening)

    def _in_template(self, messages: Sequence[Message]) -> Prompt | None:
        """The messages in the model's template, without a system message where it takes none; None: it has none."""
        while self._has_template:
            try:
                return self._chat.chat_prompt(messages if self._has_system else merged(messages))
            except (ModelUnavailable, ModelCrashed):
                raise
            except AgentError:
                self._has_template, self._has_system = self._has_system, False
        return None


def _told(rounds: Sequence[Round]) -> list[Message]:
    """The rounds as messages: what was called, and what it came to."""
    told = ((Message("assistant", write(each.calls)), Message("user", results_told(each))) for each in rounds)
    return [message for pair in told for message in pair]


def _unspaced(grammar: str) -> str:
    """The grammar for an answer that begins a message: no blank before its first word."""
    return grammar.replace('root ::= " " ', 'root ::= " "? ', 1)
