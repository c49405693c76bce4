"""What the conversation needs of a language model: a port of a few methods."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a prompt. Only the template's own text may hold special tokens; data never does."""

    text: str
    template: bool = False


Prompt = tuple[Piece, ...]
"""Pieces in order. User text, file names and song state are data: ``<|im_start|>`` in them is plain text."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: str
    """system, user or assistant."""
    text: str


class ChatModel(Protocol):
    """A local language model. It loads behind the caller's back; one request runs at a time."""

    @property
    def name(self) -> str:
        """What to call it on the screen."""

    @property
    def ready(self) -> bool:
        """True once it answers at once."""

    @property
    def error(self) -> str | None:
        """One line for the user, where it will not answer any more."""

    @property
    def n_ctx(self) -> int:
        """Tokens that prompt and answer may take together; 0 until it has loaded."""

    @property
    def speed(self) -> str:
        """How fast it was the last time, in a few words; "" until it is known."""

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait for the model to load. True when ready; raises ModelUnavailable where it cannot be."""

    def generate(
        self,
        prompt: Prompt,
        *,
        grammar: str | None = None,
        max_tokens: int = 128,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        """The most likely answer, in pieces as they come.

        Raises ModelUnavailable, ModelCrashed, TurnCancelled, GrammarRefused, and AgentError where the prompt is
        too long.
        """

    def warm(self, prompt: Prompt) -> None:
        """Read a prompt's beginning ahead of time, in the background; the next request stops it."""

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, special tokens taken as text."""

    def chat_prompt(self, messages: Sequence[Message]) -> Prompt:
        """The messages in the model's own chat template, ready for its answer."""

    def close(self) -> None:
        """End the model's process."""
