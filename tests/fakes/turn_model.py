"""A turn model whose loading and answers a test decides."""

import threading
from collections.abc import Callable, Sequence

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.turn_model import Round
from loopmind_chat.errors import ModelUnavailable
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song


class FakeTurnModel:
    """Ready once ``loaded`` is set, unless ``error`` says why not."""

    def __init__(self, name: str, *, loaded: bool = True, error: str | None = None) -> None:
        self.name = name
        self.error = error
        self.uses_results = False
        self.loaded = threading.Event()
        self.closed = False
        self.warmed: list[Song] = []
        if loaded:
            self.loaded.set()

    @property
    def ready(self) -> bool:
        return self.loaded.is_set() and self.error is None

    @property
    def state(self) -> str:
        return "in a test"

    def wait_ready(self, timeout_s: float) -> bool:
        if self.error is not None:
            raise ModelUnavailable(self.error)
        return self.loaded.wait(timeout_s)

    def understand(
        self,
        ground: Ground,
        turns: Sequence[TurnRecord] = (),
        cancelled: Callable[[], bool] | None = None,
        rounds: Sequence[Round] = (),
    ) -> str:
        assert not rounds
        assert not self.closed
        assert cancelled is None or not cancelled()
        return f"search_loops query={self.name}{len(turns) or ''}" if ground.sentence else ""

    def warm(self, song: Song) -> None:
        self.warmed.append(song)

    def close(self) -> None:
        self.closed = True
