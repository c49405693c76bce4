"""llama.cpp as the child process uses it: read a prompt by small steps, write under a grammar.

Low-level calls, because each is needed here: the grammar is checked for NULL before use (llama.cpp crashes on a bad
one at its first token), reading stops between steps of a fifth of a second, and what was read is never read again.
"""

import codecs
import ctypes
import math
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import llama_cpp
import numpy as np
from jinja2 import TemplateError
from llama_cpp import llama_chat_format

_STEP = 128
_STEP_MIN = 8
_STEP_S = 0.2
"""How long one step of reading should take: between steps a cancelled request ends."""
_WARNING = 3
_PIECE_BYTES = 256


class Interrupted(Exception):
    """The request was cancelled."""


class Refused(Exception):
    """The request cannot be done; the text says why."""


class GrammarFault(Refused):
    """The grammar is not one."""


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator] # llama_cpp gives its ctypes callbacks no types
def _log(level: int, text: bytes, _user_data: ctypes.c_void_p) -> None:
    if level >= _WARNING:
        sys.stderr.write(text.decode("utf-8", "replace"))


class Engine:
    """One model with one context. Raises ValueError where the file is not a model that can be loaded."""

    def __init__(self, path: str, lora: str | None, *, n_ctx: int, threads: int) -> None:
        llama_cpp.llama_log_set(_log, ctypes.c_void_p(0))
        self._llama = llama_cpp.Llama(
            path,
            n_ctx=n_ctx,
            n_batch=_STEP,
            n_ubatch=_STEP,
            n_threads=threads,
            n_threads_batch=threads,
            verbose=True,  # False would redirect the file descriptors while loading
        )
        # llama.cpp keeps the callback it was given last; the wrapper sets its own on import
        llama_cpp.llama_log_set(_log, ctypes.c_void_p(0))
        trained = llama_cpp.llama_model_n_ctx_train(self._llama.model)
        self.n_ctx: int = min(self._llama.n_ctx(), trained or n_ctx)  # beyond what it was trained on, it rambles
        vocab = llama_cpp.llama_model_get_vocab(self._llama.model)
        if vocab is None:
            raise ValueError("the model has no vocabulary")
        self._vocab = vocab
        if lora is not None:
            self._use_adapter(lora)
        self._read: list[int] = []
        self._step = _STEP

    def _use_adapter(self, path: str) -> None:
        """Put a LoRA adapter on the model. Raises ValueError where the file is not one for this model."""
        adapter = llama_cpp.llama_adapter_lora_init(self._llama.model, os.fsencode(path))
        if not adapter:  # a null pointer: the wrapper's own loading takes it for an adapter and goes on without
            raise ValueError(f"{path} is no adapter for this model")
        adapters = (llama_cpp.llama_adapter_lora_p_ctypes * 1)(adapter)
        if llama_cpp.llama_set_adapters_lora(self._llama.ctx, adapters, 1, (ctypes.c_float * 1)(1.0)):
            raise ValueError(f"{path} cannot be put on this model")

    def tokens(self, pieces: Sequence[Sequence[object]]) -> list[int]:
        """Tokens of ``[text, is_template]`` pieces; special tokens count as such in the template's text alone."""
        tokens: list[int] = []
        for index, (text, template) in enumerate(pieces):
            data = str(text).encode("utf-8", "replace")
            tokens += self._llama.tokenize(data, add_bos=index == 0 and self._adds_bos(), special=bool(template))
        return tokens

    def _adds_bos(self) -> bool:
        return bool(llama_cpp.llama_vocab_get_add_bos(self._vocab))

    def read(self, tokens: Sequence[int], room: int, stop: Callable[[], bool], progress: Callable[[int], None]) -> int:
        """Bring the context to these tokens, reading only what it does not hold; ``room`` tokens must still fit.

        Gives the number of tokens that had to be read.
        """
        if not tokens:
            raise Refused("the prompt is empty")
        if len(tokens) + room > self.n_ctx:
            raise Refused(f"that is too long for the model: {len(tokens)} tokens and {room} to write, of {self.n_ctx}")
        # the last token is always read again: its logits are needed
        kept = min(_common(self._read, tokens), len(tokens) - 1)
        self._read = self._read[:kept]
        self._llama.n_tokens = kept
        while len(self._read) < len(tokens):
            if stop():
                raise Interrupted
            step = list(tokens[len(self._read) : len(self._read) + self._step])
            began = time.perf_counter()
            self._llama.eval(step)
            self._pace(len(step), time.perf_counter() - began)
            self._read += step
            progress(len(self._read))
        return len(tokens) - kept

    def _pace(self, size: int, took_s: float) -> None:
        """Make steps as long as a big model on a busy core can read in the time that a step should take."""
        if size >= _STEP_MIN:
            self._step = max(_STEP_MIN, min(_STEP, int(size * _STEP_S / max(took_s, 1e-6)), self._step * 2))

    def write(self, grammar: str | None, max_tokens: int, stop: Callable[[], bool]) -> Iterator[str]:
        """The most likely continuation that the grammar admits, token by token."""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        sampler = self._sampler(grammar)
        try:
            for _ in range(max_tokens):
                if stop():
                    raise Interrupted
                token = self._next(sampler)
                if llama_cpp.llama_vocab_is_eog(self._vocab, token):
                    break
                text = decoder.decode(self._piece(token))
                if text:
                    yield text
                self._llama.eval([token])
                self._read.append(token)
        finally:
            llama_cpp.llama_sampler_free(sampler)

    def _next(self, sampler: Any) -> int:  # noqa: ANN401 - a pointer of ctypes
        """The likeliest token that the sampler's grammar admits.

        The likeliest of all is tried first: where it is admitted, as mostly, the grammar is spared the other 49,000.
        """
        if llama_cpp.llama_sampler_chain_n(sampler) > 1:
            logits = llama_cpp.llama_get_logits_ith(self._llama.ctx, -1)
            token = int(np.ctypeslib.as_array(logits, (llama_cpp.llama_vocab_n_tokens(self._vocab),)).argmax())
            one = (llama_cpp.llama_token_data * 1)(llama_cpp.llama_token_data(id=token, logit=logits[token], p=0.0))
            few = llama_cpp.llama_token_data_array(data=one, size=1, selected=-1, sorted=False)
            llama_cpp.llama_sampler_apply(llama_cpp.llama_sampler_chain_get(sampler, 0), ctypes.byref(few))
            if one[0].logit > -math.inf:
                llama_cpp.llama_sampler_accept(sampler, token)
                return token
        return int(llama_cpp.llama_sampler_sample(sampler, self._llama.ctx, -1))

    def _sampler(self, grammar: str | None) -> Any:  # noqa: ANN401 - a pointer of ctypes
        if grammar is not None and not grammar.strip():
            raise GrammarFault("the grammar is empty")  # llama.cpp would take it for no grammar at all
        chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        if grammar is not None:
            bound = llama_cpp.llama_sampler_init_grammar(self._vocab, grammar.encode(), b"root")
            if not bound:
                llama_cpp.llama_sampler_free(chain)
                raise GrammarFault("the grammar is not valid")
            llama_cpp.llama_sampler_chain_add(chain, bound)
        llama_cpp.llama_sampler_chain_add(chain, llama_cpp.llama_sampler_init_greedy())
        return chain

    def _piece(self, token: int) -> bytes:
        buffer = ctypes.create_string_buffer(_PIECE_BYTES)
        size = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, _PIECE_BYTES, 0, False)  # noqa: FBT003 - a C function
        return buffer.raw[: max(size, 0)]

    def grammar_is_valid(self, grammar: str) -> bool:
        """True where llama.cpp accepts the grammar."""
        try:
            llama_cpp.llama_sampler_free(self._sampler(grammar))
        except Refused:
            return False
        return True

    def chat_prompt(self, messages: Sequence[dict[str, str]]) -> list[tuple[str, bool]]:
        """The messages in the model's own template, as pieces that tell its text from theirs.

        The template is rendered (in llama-cpp-python's sandbox) with a random mark for each message's text.
        """
        template = self._llama.metadata.get("tokenizer.chat_template")
        if template is None:
            raise Refused("the model has no chat template")
        marks = {uuid.uuid4().hex: message["content"] for message in messages}
        marked = [{"role": m["role"], "content": mark} for m, mark in zip(messages, marks, strict=True)]
        try:
            formatter = llama_chat_format.Jinja2ChatFormatter(template, eos_token=self._text_of_eos(), bos_token="")
            rest = formatter(messages=marked).prompt  # type: ignore[arg-type] # plain dicts are what it reads
        except (
            TemplateError,
            ValueError,
            TypeError,
            ArithmeticError,
            LookupError,
            RecursionError,
            MemoryError,
        ) as fault:
            # a template is a program that came with the file: whatever it does wrong is its fault
            raise Refused(f"the model's chat template fails: {type(fault).__name__}: {fault}"[:200]) from fault
        pieces: list[tuple[str, bool]] = []
        for mark, text in marks.items():
            before, found, rest = rest.partition(mark)
            if not found:
                raise Refused("the model's chat template leaves messages out")
            pieces += [(before, True), (text, False)]
        return [*pieces, (rest, True)]

    def _text_of_eos(self) -> str:
        return str(llama_cpp.llama_vocab_get_text(self._vocab, self._llama.token_eos()).decode("utf-8", "replace"))


def _common(first: Sequence[int], second: Sequence[int]) -> int:
    """Length of the common beginning."""
    for index, (a, b) in enumerate(zip(first, second, strict=False)):
        if a != b:
            return index
    return min(len(first), len(second))
