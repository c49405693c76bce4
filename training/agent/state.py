"""What a run is made of, and where it stands, so that it can be taken up where it was broken off."""

from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from training.agent.lora import Adapters


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the outcome, beside the samples."""

    rank: int = 16
    alpha: float = 32.0
    frozen: int = 0
    """Layers from the lowest that get no adapter: nothing is passed back below them, which saves time."""
    rate: float = 1.5e-3
    betas: tuple[float, float] = (0.9, 0.98)
    warm: float = 0.04
    """Share of the steps in which the rate rises."""
    clip: float = 1.0
    packs: int = 4
    """Packs of a step."""
    samples: int = 12
    """Samples of a pack, at most."""
    slices: int = 2
    """Parts of a step that threads may work on side by side."""
    seed: int = 1
    save_every: int = 50
    check_every: int = 300


class State:
    """A run's file."""

    def __init__(
        self, path: Path, adapters: Adapters, optimiser: torch.optim.Optimizer, recipe: Recipe, steps: int
    ) -> None:
        self._path, self._adapters, self._optimiser = path, adapters, optimiser
        self._plan = {**asdict(recipe), "steps": steps}

    def write(self, step: int) -> None:
        """Keep everything; the old state stays until the new one is whole."""
        part = self._path.with_suffix(".part")
        optimiser = self._optimiser.state_dict()
        torch.save({"plan": self._plan, "step": step, "adapters": self._adapters.flat, "optimiser": optimiser}, part)
        part.replace(self._path)

    def start_from(self, other: Path) -> None:
        """Begin with what another run has learnt, its optimiser left behind; of no effect on a run under way."""
        if not self._path.exists():
            self._adapters.flat.copy_(torch.load(other, weights_only=True)["adapters"])

    def read(self) -> int:
        """Take up an earlier run of the same plan; the number of steps that it made."""
        if not self._path.exists():
            return 0
        state = torch.load(self._path, weights_only=True)
        if state["plan"] != self._plan:
            raise SystemExit(f"{self._path.parent} holds a run of another recipe: name another folder")
        self._adapters.flat.copy_(state["adapters"])
        self._optimiser.load_state_dict(state["optimiser"])
        return int(state["step"])
