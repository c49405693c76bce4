"""The real model that the adapter is for, and a tiny one of the same make."""

from pathlib import Path

import pytest
import torch

from training.agent.base_model import Base, Layer, Shape
from training.agent.packs import Lesson, Pack


@pytest.fixture(autouse=True, scope="session")
def one_core() -> None:
    """Small products are slower on two cores than on one."""
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def gguf(models: Path) -> Path:
    """The default model. Fails where it is not installed: `make test` installs it."""
    found = sorted((models / "smollm2-135m-instruct").glob("*.gguf"))
    assert found, f"no model in {models}: run `make test`, or `loopmind models pull`"
    return found[0]


@pytest.fixture(scope="session")
def tiny() -> Base:
    """A LLaMA of chance numbers: 3 layers of width 32, 4 heads over 2 key heads, 50 words."""
    shape = Shape(layers=3, width=32, inner=48, heads=4, key_heads=2, epsilon=1e-5, rotary_base=10_000.0)
    dice = torch.Generator().manual_seed(7)

    def weight(rows: int, columns: int) -> torch.Tensor:
        return torch.randn(rows, columns, generator=dice) * columns**-0.5

    def norm() -> torch.Tensor:
        return 1 + 0.1 * torch.randn(32, generator=dice)

    layers = tuple(
        Layer(norm(), weight(64, 32), weight(32, 32), norm(), weight(96, 32), weight(32, 48)) for _ in range(3)
    )
    embedding = torch.randn(50, 32, generator=dice)
    return Base(shape, embedding, layers, norm(), embedding)


@pytest.fixture(scope="session")
def packs() -> list[Pack]:
    """Sixteen packs of the tiny model's words, of unlike lengths."""
    dice = torch.Generator().manual_seed(3)

    def some(least: int, most: int) -> tuple[int, ...]:
        count = int(torch.randint(least, most, (1,), generator=dice))
        return tuple(torch.randint(0, 50, (count,), generator=dice).tolist())

    def lesson() -> Lesson:
        asked = some(3, 8)
        return Lesson(asked, (asked[0], asked[2], 1), "first and third word")

    return [Pack(some(2, 7), tuple(lesson() for _ in range(1 + number % 4))) for number in range(16)]
