"""Models in a process of this machine, asked by the prompts that were written for the default model."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loopmind_chat.agent import prompt
from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.examples import Bank
from loopmind_chat.agent.model import ChatModel, Prompt
from loopmind_chat.agent.tuned import tuned_opening, tuned_question
from loopmind_chat.agent.turn_model import ANSWER_TOKENS, TOO_MUCH, Cancelled, Round
from loopmind_chat.errors import AgentError, GrammarRefused
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song


class LocalModel:
    """What every model behind a :class:`ChatModel` has in common; how it is asked is its own."""

    def __init__(self, chat: ChatModel) -> None:
        self._chat = chat

    @property
    def name(self) -> str:
        """The model's name."""
        return self._chat.name

    @property
    def ready(self) -> bool:
        """True once it answers at once."""
        return self._chat.ready

    @property
    def error(self) -> str | None:
        """Why it will not answer any more."""
        return self._chat.error

    @property
    def state(self) -> str:
        """Where it runs, and how fast."""
        return ", ".join(part for part in ("on this machine", self._chat.speed) if part)

    @property
    def uses_results(self) -> bool:
        """No: the default model and its examples say everything at once."""
        return False

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait for it to load."""
        return self._chat.wait_ready(timeout_s)

    def close(self) -> None:
        """End its process."""
        self._chat.close()

    def _fits(self, asked: Prompt) -> bool:
        """Whether a prompt and its answer fit. A token is a byte at least, so that most need not be counted."""
        text = "".join(piece.text for piece in asked)
        room = self._chat.n_ctx - ANSWER_TOKENS - 1
        return len(text.encode("utf-8", "replace")) <= room or self._chat.count_tokens(text) <= room

    def _answer(self, asked: Prompt, grammar: str, cancelled: Cancelled | None) -> str:
        """The answer under the grammar; without, where llama.cpp does not take it: it is checked by type anyway.

        Raises AgentError for an answer that is cut off: its last call may be half of one ("set_tempo bpm=14"), and one
        that does not end is mostly a ramble, whose first calls nobody asked for either.
        """
        try:
            pieces = list(self._chat.generate(asked, grammar=grammar, max_tokens=ANSWER_TOKENS, cancelled=cancelled))
            answer = "".join(pieces)
        except GrammarRefused:
            pieces = list(self._chat.generate(asked, max_tokens=ANSWER_TOKENS, cancelled=cancelled))
            answer, ended, _ = "".join(pieces).strip().partition("\n")
            if ended:
                return answer
        if _tokens_at_most(pieces) >= ANSWER_TOKENS:
            raise AgentError(TOO_MUCH)
        return answer


class TunedModel(LocalModel):
    """The default model with its adapter: no examples, the song in a few words."""

    def understand(
        self,
        ground: Ground,
        turns: Sequence[TurnRecord] = (),
        cancelled: Cancelled | None = None,
        rounds: Sequence[Round] = (),
    ) -> str:
        """The calls; what came before is in ``ground`` already."""
        del turns, rounds
        grammar = tuned_question(ground).grammar
        for shorter in shortened(ground):
            asked = tuned_question(shorter).prompt
            if self._fits(asked):
                return self._answer(asked, grammar, cancelled)
        raise AgentError("that is too long for the model")

    def warm(self, song: Song) -> None:
        """Read the song ahead."""
        self._chat.warm(tuned_opening(song))


class FewShotModel(LocalModel):
    """The default model untuned, or one without a chat template: the examples nearest to the sentence."""

    def __init__(self, chat: ChatModel, bank: Bank) -> None:
        super().__init__(chat)
        self._bank = bank

    def understand(
        self,
        ground: Ground,
        turns: Sequence[TurnRecord] = (),
        cancelled: Cancelled | None = None,
        rounds: Sequence[Round] = (),
    ) -> str:
        """The calls; what came before is in ``ground`` already."""
        del turns, rounds
        grammar = prompt.question(ground, self._bank).grammar
        for shorter in shortened(ground):
            asked = prompt.question(shorter, self._bank).prompt
            if self._fits(asked):
                return self._answer(asked, grammar, cancelled)
        raise AgentError("that is too long for the model")

    def warm(self, song: Song) -> None:
        """Read the instructions and the song ahead."""
        self._chat.warm(prompt.opening(song))


def _tokens_at_most(pieces: Sequence[str]) -> int:
    """How many tokens these pieces may have been: one each, but for letters of several bytes, which may be more."""
    return len(pieces) + sum(len(piece.encode("utf-8", "replace")) - len(piece) for piece in pieces)


def shortened(ground: Ground) -> Iterator[Ground]:
    """What a prompt is made of, whole at first, then with ever less of names and words that take many tokens."""
    yield ground
    yield replace(ground, before="")
    names = tuple(replace(track, name=track.name[:8]) for track in ground.song.tracks)
    yield replace(ground, before="", song=replace(ground.song, tracks=names))
    yield replace(ground, before="", song=replace(ground.song, tracks=names[:6]), sentence=ground.sentence[:120])
    yield replace(ground, before="", song=replace(ground.song, tracks=()), sentence=ground.sentence[:40])
