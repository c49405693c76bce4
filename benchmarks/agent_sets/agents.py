"""What is judged: the product's model, the same untuned or larger, and agents that need no model."""

from collections.abc import Callable, Sequence
from pathlib import Path

from agent_sets.cases import Case
from loopmind_chat import weights
from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.examples import shipped_bank
from loopmind_chat.agent.turn_model import Cancelled, Round, TurnModel
from loopmind_chat.home import Home, find_home
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song

Answerer = Callable[[Case], str]
"""The calls for a case."""


class Primed:
    """A model of turns whose next answer may be set: earlier turns are literal, the sentence is its own.

    Behind it stands a model, or an answerer that knows the case.
    """

    error: str | None = None
    ready = True
    state = ""

    def __init__(self, name: str, inner: TurnModel | None = None, answerer: Answerer | None = None) -> None:
        self.name = name
        self._inner = inner
        self._answerer = answerer
        self._answer: str | None = None
        self._primed = False

    def prime(self, answer: str) -> None:
        """Answer the next question with these calls."""
        self._answer = answer

    def ask_for(self, case: Case) -> None:
        """Make ready for the sentence of a case."""
        self._answer = self._answerer(case) if self._answerer is not None else None

    def wait_ready(self, timeout_s: float) -> bool:
        """Ready when the model behind it is."""
        return self._inner is None or self._inner.wait_ready(timeout_s)

    @property
    def uses_results(self) -> bool:
        """What the model behind it says of itself; what it is primed with is said at once."""
        return self._inner is not None and not self._primed and self._inner.uses_results

    def understand(
        self,
        ground: Ground,
        turns: Sequence[TurnRecord] = (),
        cancelled: Cancelled | None = None,
        rounds: Sequence[Round] = (),
    ) -> str:
        """What it is primed with, else what the model makes of it."""
        answer, self._answer = self._answer, None
        self._primed = answer is not None
        if answer is not None:
            return answer
        if self._inner is None:
            raise RuntimeError(f"{self.name} was asked without an answer")
        return self._inner.understand(ground, turns, cancelled, rounds)

    def warm(self, song: Song) -> None:
        """Read ahead."""
        if self._inner is not None:
            self._inner.warm(song)

    def close(self) -> None:
        """End the model behind it."""
        if self._inner is not None:
            self._inner.close()


def oracle() -> Primed:
    """Calls what the set says does it: it must be right everywhere."""
    return Primed("oracle", answerer=lambda case: "; ".join(case.do))


def do_nothing() -> Primed:
    """Thanks for everything and changes nothing."""
    return Primed("does nothing", answerer=lambda _: "none why=thanks")


def swap_everything() -> Primed:
    """Swaps every loop, whatever is said."""
    return Primed("swaps everything", answerer=lambda _: "swap_loop role=all")


def nearest_example() -> Primed:
    """Calls what the nearest example of the product's bank calls, to the letter: no model."""

    def answer(case: Case) -> str:
        near = shipped_bank().nearest(case.say, 1, follows=bool(case.earlier))
        return near[0][1].calls if near else "none why=off_topic"

    return Primed("nearest example, no model", answerer=answer)


def product() -> Primed:
    """The model that a user gets who chooses none."""
    from loopmind_chat.agent.model_choice import DEFAULT, open_model  # noqa: PLC0415 - not for agents without a model

    return Primed("the product's own", open_model(DEFAULT, find_home()))


def larger(gguf: Path) -> Primed:
    """Another GGUF, as ``loopmind --model`` opens it."""
    from loopmind_chat.agent.model_choice import open_model  # noqa: PLC0415 - as above

    return Primed(gguf.stem, open_model(str(gguf), find_home()))


def default_model(adapter: Path | None) -> Primed:
    """The default model with an adapter; without one, with the nearest examples in its prompt."""
    from loopmind_chat.agent.llama_process import LlamaProcess  # noqa: PLC0415 - as above
    from loopmind_chat.agent.local_models import FewShotModel, TunedModel  # noqa: PLC0415 - as above

    home: Home = find_home()
    chat = LlamaProcess(weights.locate(home, "chat"), lora=adapter, logs=home.logs)
    if adapter is None:
        return Primed("untuned, examples in the prompt", FewShotModel(chat, shipped_bank()))
    return Primed(f"tuned: {adapter.name}", TunedModel(chat))
