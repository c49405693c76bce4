"""The model in use, and how another one takes its place while music plays."""

import threading
from collections.abc import Callable, Sequence
from typing import Final

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.turn_model import Cancelled, Round, TurnModel
from loopmind_chat.agent.waiting import one_at_a_time
from loopmind_chat.errors import LoopMindError, ModelUnavailable
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song

NO_MODEL: Final = frozenset({"none", "off"})
"""Words for doing without."""
_POLL_S: Final = 0.1
_HEADLESS_S: Final = 120.0
_LEAVING_S: Final = 2.0

Opener = Callable[[str], TurnModel]
"""Begins to load the model of a name, path or URL; raises LoopMindError where that is none."""
Tell = Callable[[str], None]


class ModelSwitch:
    """A :class:`TurnModel` that is another one's face. A new model loads beside the old one, which answers meanwhile.

    What does not load changes nothing, and the user is told why.
    """

    def __init__(
        self,
        opener: Opener,
        first: str | None,
        *,
        listed: Callable[[], Sequence[str]] = tuple,
        tell: Tell | None = None,
    ) -> None:
        """``first``: the model to begin with, None to begin with none. Without ``tell`` a switch waits for its end."""
        self._opener = opener
        self._listed = listed
        self._tell = tell
        self._turn = threading.Lock()
        self._change = threading.Lock()
        self._model: TurnModel | None = None
        self._coming: TurnModel | None = None
        self._bringing: threading.Thread | None = None
        self._song: Song | None = None
        self._closed = False
        self._why = "none was wanted for this"
        if first is not None:
            self._open_first(first)

    @property
    def name(self) -> str:
        """The name of the model in use; "" where there is none."""
        return self._model.name if self._model else ""

    @property
    def ready(self) -> bool:
        """True once it answers at once."""
        return self._model is not None and self._model.ready

    @property
    def error(self) -> str | None:
        """Why there is none, or why it does not answer."""
        return self._model.error if self._model else self._why

    @property
    def state(self) -> str:
        """Where it runs, and how fast."""
        return self._model.state if self._model else ""

    @property
    def uses_results(self) -> bool:
        """What the model in use says of itself."""
        return self._model is not None and self._model.uses_results

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait for the model in use."""
        return self._in_use().wait_ready(timeout_s)

    def understand(
        self,
        ground: Ground,
        turns: Sequence[TurnRecord] = (),
        cancelled: Cancelled | None = None,
        rounds: Sequence[Round] = (),
    ) -> str:
        """Ask the model in use; it is not taken away meanwhile."""
        with one_at_a_time(self._turn, cancelled):
            return self._in_use().understand(ground, turns, cancelled, rounds)

    def warm(self, song: Song) -> None:
        """Get the model in use ready."""
        self._song = song
        if self._model is not None:
            self._model.warm(song)

    def close(self) -> None:
        """End the model in use, and one that was loading."""
        with self._change:
            self._closed = True
            models = [model for model in (self._coming, self._model) if model is not None]
            self._coming = None
        for model in models:
            model.close()
        if self._bringing is not None:
            self._bringing.join(_LEAVING_S)

    def describe(self) -> str:
        """The model in use, its state and speed, and which others there are."""
        lines = [self._line()]
        if self._coming is not None:
            lines.append(f"{self._coming.name} is loading and will take its place.")
        lines += [f"  {line}" for line in self._listed()]
        return "\n".join([*lines, "/model NAME, PATH or URL takes another; /model none does without."])

    def choose(self, name: str) -> str:
        """Take another model; what is said of it now. What becomes of it is told later, or at once without a teller."""
        if name.lower() in NO_MODEL:
            return self._drop()
        try:
            model = self._opener(name)
        except LoopMindError as fault:
            return f"That changes nothing: {fault}. {self._line()}"
        with self._change:
            before, self._coming = self._coming, model
        if before is not None:
            before.close()
        if self._song is not None:
            model.warm(self._song)
        if self._tell is None:
            return self._bring(model, _HEADLESS_S)
        self._bringing = threading.Thread(target=self._bring_and_tell, args=(model,), daemon=True, name="model-change")
        self._bringing.start()
        meanwhile = f"; {self.name} answers until it is there" if self._model else ""
        return f"{model.name} is loading{meanwhile}."

    def _open_first(self, name: str) -> None:
        if name.lower() in NO_MODEL:
            self._why = "none is wanted"
            return
        try:
            self._model = self._opener(name)
        except LoopMindError as fault:
            self._why = str(fault)

    def _in_use(self) -> TurnModel:
        if self._model is None:
            raise ModelUnavailable(self._why)
        return self._model

    def _line(self) -> str:
        if self._model is None:
            return f"There is no language model: {self._why}. Slash commands work: /help"
        if self._model.error:
            return f"The language model {self.name} failed: {self._model.error}. Slash commands work: /help"
        loading = "" if self._model.ready else "; it is still loading"
        return f"The language model is {self.name}, {self.state}{loading}."

    def _drop(self) -> str:
        with self._change:
            models, self._coming, self._model = (self._coming, self._model), None, None
            self._why = "none is wanted"
        for model in models:
            if model is not None:
                model.close()
        return self._line()

    def _bring_and_tell(self, model: TurnModel) -> None:
        said = self._bring(model, None)
        if said and self._tell is not None:
            self._tell(said)

    def _bring(self, model: TurnModel, patience_s: float | None) -> str:
        """Wait for a model and put it to use; gives what became of it, "" where another came in between."""
        waited = 0.0
        try:
            while not model.wait_ready(_POLL_S):
                waited += _POLL_S
                if self._coming is not model:
                    return ""
                if patience_s is not None and waited > patience_s:
                    raise ModelUnavailable(f"it is not there after {patience_s:g} s")
        except LoopMindError as fault:
            return self._refuse(model, str(fault))
        with self._turn, self._change:
            if self._coming is not model or self._closed:
                return ""
            old, self._model, self._coming = self._model, model, None
        if old is not None:
            old.close()
        if self._song is not None:
            model.warm(self._song)
        return self._line()

    def _refuse(self, model: TurnModel, why: str) -> str:
        with self._change:
            if self._coming is not model:
                return ""
            self._coming = None
        model.close()
        return f"{model.name} cannot be used: {why}. {self._line()}"
