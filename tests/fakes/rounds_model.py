"""A turn model that goes on from what its calls came to."""

from collections.abc import Callable, Sequence

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.turn_model import Round
from loopmind_chat.errors import TurnCancelled
from loopmind_chat.session.turns import TurnRecord
from tests.fakes.turn_model import FakeTurnModel


class RoundsModel(FakeTurnModel):
    """Gives an answer a round (an exception is raised instead), and remembers the rounds that it was told."""

    def __init__(self, *answers: str | Exception, uses_results: bool = True) -> None:
        super().__init__("rounds")
        self.uses_results = uses_results
        self._answers = list(answers)
        self.told: list[Sequence[Round]] = []
        self.grounds: list[Ground] = []
        self.before: Callable[[], None] = lambda: None

    def understand(
        self,
        ground: Ground,
        turns: Sequence[TurnRecord] = (),  # noqa: ARG002 - the port's own argument
        cancelled: Callable[[], bool] | None = None,
        rounds: Sequence[Round] = (),
    ) -> str:
        self.told.append(rounds)
        self.grounds.append(ground)
        self.before()
        if cancelled is not None and cancelled():
            raise TurnCancelled("stopped")
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer
