"""What is judged: the product's model, the same untuned or larger, and agents that need no model."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from agent_sets.cases import Case
from loopmind_chat.agent.examples import shipped_bank

Answerer = Callable[[Case], str]
"""The calls for a case."""


class Primed:
    """A model whose next answer may be set beforehand: earlier turns are literal, the sentence is the model's own.

    It speaks both ports, of a model and of a model of turns, and passes on whatever it is not primed for.
    """

    def __init__(self, name: str, inner: Any = None, answerer: Answerer | None = None) -> None:  # noqa: ANN401 - either port
        self.name = name
        self.error: str | None = None
        self.ready = True
        self.state = ""
        self._inner = inner
        self._answerer = answerer
        self._answer: str | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the model behind it has
        if self._inner is None or name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._inner, name)

    def prime(self, answer: str) -> None:
        """Answer the next question with these calls."""
        self._answer = answer

    def ask_for(self, case: Case) -> None:
        """Make ready for the sentence of a case."""
        self._answer = self._answerer(case) if self._answerer is not None else None

    def wait_ready(self, timeout_s: float) -> bool:
        """Ready when the model behind it is."""
        return self._inner is None or bool(self._inner.wait_ready(timeout_s))

    def generate(self, prompt: Any, **options: Any) -> Iterator[str]:  # noqa: ANN401 - as in the port
        """What it is primed with, else what the model says."""
        if self._answer is None:
            yield from self._inner.generate(prompt, **options)
            return
        answer, self._answer = self._answer, None
        yield answer

    def understand(self, ground: Any, turns: Sequence[Any] = (), cancelled: Any = None) -> str:  # noqa: ANN401 - as in the port
        """What it is primed with, else what the model makes of it."""
        if self._answer is None:
            return str(self._inner.understand(ground, turns, cancelled))
        answer, self._answer = self._answer, None
        return answer

    def warm(self, ahead: Any) -> None:  # noqa: ANN401 - a prompt, or a song
        """Read ahead."""
        if self._inner is not None:
            self._inner.warm(ahead)

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


def local_model(gguf: Path, adapter: Path | None, logs: Path, name: str) -> Primed:
    """A model of this machine, asked as the product asks one of its kind."""
    from loopmind_chat.agent.llama_process import LlamaProcess  # noqa: PLC0415 - not for the agents without a model
    from loopmind_chat.agent.local_models import FewShotModel, TunedModel  # noqa: PLC0415 - the same

    chat = LlamaProcess(gguf, lora=adapter, logs=logs)
    inner = TunedModel(chat) if adapter is not None else FewShotModel(chat, shipped_bank())
    return Primed(name, inner)


def larger_model(gguf: Path, logs: Path) -> Primed:
    """Another GGUF, in its own chat template."""
    from loopmind_chat.agent.llama_process import LlamaProcess  # noqa: PLC0415 - as above
    from loopmind_chat.agent.template_model import TemplateModel  # noqa: PLC0415 - the same

    return Primed(gguf.stem, TemplateModel(LlamaProcess(gguf, logs=logs), shipped_bank()))
