"""A language model that says what a test tells it to."""

from collections.abc import Callable, Iterator, Sequence

from loopmind_chat.agent.model import Message, Piece, Prompt
from loopmind_chat.errors import ModelUnavailable, TurnCancelled


class ScriptedModel:
    """Answers with the given texts in turn (an exception is raised instead); remembers what it was asked."""

    def __init__(self, *answers: str | Exception, loading: int = 0) -> None:
        """``loading``: how many times to say that it is not ready yet."""
        self._answers = list(answers)
        self._loading = loading
        self.prompts: list[str] = []
        self.grammars: list[str] = []
        self.warmed: list[str] = []
        self.closed = False
        self.error: str | None = None
        self.room = 4096

    @property
    def name(self) -> str:
        return "scripted"

    @property
    def ready(self) -> bool:
        return self._loading == 0 and self.error is None

    @property
    def n_ctx(self) -> int:
        return self.room

    @property
    def speed(self) -> str:
        return "reads 300 and writes 60 tokens a second"

    def wait_ready(self, timeout_s: float) -> bool:
        assert timeout_s >= 0
        if self.error is not None:
            raise ModelUnavailable(self.error)
        self._loading = max(0, self._loading - 1)
        return self._loading == 0

    def generate(
        self,
        prompt: Prompt,
        *,
        grammar: str | None = None,
        max_tokens: int = 128,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        self.prompts.append("".join(piece.text for piece in prompt))
        self.grammars.append(grammar or "")
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        for letter in answer[:max_tokens]:
            if cancelled is not None and cancelled():
                raise TurnCancelled("stopped")
            yield letter

    def warm(self, prompt: Prompt) -> None:
        self.warmed.append("".join(piece.text for piece in prompt))

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def chat_prompt(self, messages: Sequence[Message]) -> Prompt:
        return tuple(Piece(message.text) for message in messages)

    def close(self) -> None:
        self.closed = True
