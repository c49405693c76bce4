"""Training goes on where it was broken off."""

import dataclasses
from pathlib import Path

import pytest
import torch

from training.agent.base_model import Base
from training.agent.packs import Pack
from training.agent.state import Recipe
from training.agent.train import Lessons, rate_at, train

RECIPE = Recipe(rank=4, alpha=8.0, rate=2e-2, packs=2, save_every=3)


def _weights(folder: Path) -> torch.Tensor:
    found: torch.Tensor = torch.load(folder / "state.pt", weights_only=True)["adapters"]
    return found


def test_a_run_that_was_broken_off_ends_as_one_that_was_not(tiny: Base, packs: list[Pack], tmp_path: Path) -> None:
    lessons = Lessons(packs * 2, packs[:2])
    train(tiny, lessons, tmp_path / "whole", RECIPE)
    train(tiny, lessons, tmp_path / "broken", RECIPE, stop_at=5)
    assert not torch.equal(_weights(tmp_path / "broken"), _weights(tmp_path / "whole"))
    train(tiny, lessons, tmp_path / "broken", RECIPE)
    assert torch.equal(_weights(tmp_path / "broken"), _weights(tmp_path / "whole"))
    assert (tmp_path / "broken" / "adapter.gguf").read_bytes() == (tmp_path / "whole" / "adapter.gguf").read_bytes()


def test_the_number_of_threads_changes_nothing(tiny: Base, packs: list[Pack], tmp_path: Path) -> None:
    for threads in (1, 2):
        train(tiny, Lessons(packs, packs[:1]), tmp_path / str(threads), RECIPE, threads=threads)
    assert torch.equal(_weights(tmp_path / "1"), _weights(tmp_path / "2"))


def test_a_run_of_another_recipe_is_not_gone_on_with(tiny: Base, packs: list[Pack], tmp_path: Path) -> None:
    train(tiny, Lessons(packs, []), tmp_path, RECIPE, stop_at=1)
    with pytest.raises(SystemExit, match="another recipe"):
        train(tiny, Lessons(packs, []), tmp_path, dataclasses.replace(RECIPE, rate=1e-3))


def test_the_rate_rises_then_falls_to_nearly_nothing() -> None:
    rates = [rate_at(step, 100, Recipe(rate=1.0, warm=0.1)) for step in range(1, 101)]
    assert rates[0] == pytest.approx(0.1)
    assert max(rates) == rates[9] == 1.0
    assert rates[9:] == sorted(rates[9:], reverse=True)
    assert 0 < rates[-1] < 0.01
