"""LoRA on the linear layers of a LLaMA (Hu et al. 2021, arXiv 2106.09685): two thin matrices beside each weight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from training.agent.base_model import Shape


@dataclass(frozen=True, slots=True)
class Part:
    """An adapted weight: its name in GGUF, and its size."""

    name: str
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Thin:
    """The adapters of weights that read the same input: A one above another, B of each; views of the parameters."""

    a: torch.Tensor
    b: tuple[torch.Tensor, ...]

    def merge(self, weight: torch.Tensor, scale: float, out: torch.Tensor) -> None:
        """Write weight + scale B A to ``out``, both of shape (rows of all, columns)."""
        rows = [b.shape[0] for b in self.b]
        ranks = self.a.to(weight.dtype).split(self.b[0].shape[1])
        for a, b, base, place in zip(ranks, self.b, weight.split(rows), out.split(rows), strict=True):
            torch.addmm(base, b.to(weight.dtype), a, alpha=scale, out=place)

    def add_gradients(self, gradients: "Thin", inputs: torch.Tensor, outputs: torch.Tensor, scale: float) -> None:
        """Add to ``gradients`` what y = (W + scale B A) x gives for inputs x and the gradient of outputs y.

        Shapes (tokens, columns) and (tokens, rows of all).
        """
        rows = [b.shape[0] for b in self.b]
        low = (inputs @ self.a.to(inputs.dtype).T).split(self.b[0].shape[1], dim=1)
        parts = outputs.split(rows, dim=1)
        for part, thin, gradient in zip(parts, low, gradients.b, strict=True):
            gradient.add_(part.T @ thin, alpha=scale)
        back = torch.cat([part @ b.to(part.dtype) for part, b in zip(parts, self.b, strict=True)], dim=1)
        gradients.a.add_(back.T @ inputs, alpha=scale)


@dataclass(frozen=True, slots=True)
class Adapted:
    """The adapters of a layer."""

    qkv: Thin
    output: Thin
    gate_up: Thin
    down: Thin


def groups_of(shape: Shape) -> tuple[tuple[Part, ...], ...]:
    """The adapted weights of a layer, those that read the same input together."""
    keys = shape.key_heads * shape.head
    return (
        (
            Part("attn_q", shape.width, shape.width),
            Part("attn_k", keys, shape.width),
            Part("attn_v", keys, shape.width),
        ),
        (Part("attn_output", shape.width, shape.width),),
        (Part("ffn_gate", shape.inner, shape.width), Part("ffn_up", shape.inner, shape.width)),
        (Part("ffn_down", shape.width, shape.inner),),
    )


class Adapters:
    """The adapters of all layers from ``first`` on: one vector of numbers, seen as matrices."""

    def __init__(self, shape: Shape, rank: int, alpha: float, first: int = 0) -> None:
        self.shape, self.rank, self.alpha, self.first = shape, rank, alpha, first
        self.scale = alpha / rank
        size = (shape.layers - first) * sum(
            rank * (part.rows + part.columns) for group in groups_of(shape) for part in group
        )
        self.flat = torch.zeros(size)

    def start(self, seed: int) -> None:
        """Begin anew: A by chance, B zero, so that the model is the base model."""
        dice = torch.Generator().manual_seed(seed)
        self.flat.zero_()
        for layer in self.seen(self.flat):
            for thin in (layer.qkv, layer.output, layer.gate_up, layer.down):
                bound = thin.a.shape[1] ** -0.5
                thin.a.copy_(torch.rand(thin.a.shape, generator=dice) * 2 * bound - bound)

    def seen(self, vector: torch.Tensor) -> list[Adapted]:
        """A vector of the parameters' size (they, or their gradients) as the matrices of each layer from the first."""
        numbers = iter(_cut(vector, self._sizes()))
        layers = []
        for _ in range(self.first, self.shape.layers):
            thins = []
            for group in groups_of(self.shape):
                a = next(numbers).view(self.rank * len(group), group[0].columns)
                thins.append(Thin(a, tuple(next(numbers).view(part.rows, self.rank) for part in group)))
            layers.append(Adapted(*thins))
        return layers

    def matrices(self) -> Iterator[tuple[str, torch.Tensor, torch.Tensor]]:
        """(name of the adapted weight in GGUF, A, B) of every adapter."""
        for number, layer in enumerate(self.seen(self.flat), self.first):
            thins = (layer.qkv, layer.output, layer.gate_up, layer.down)
            for group, thin in zip(groups_of(self.shape), thins, strict=True):
                for part, a, b in zip(group, thin.a.split(self.rank), thin.b, strict=True):
                    yield f"blk.{number}.{part.name}.weight", a, b

    def _sizes(self) -> list[int]:
        layer = []
        for group in groups_of(self.shape):
            layer += [self.rank * len(group) * group[0].columns, *(self.rank * part.rows for part in group)]
        return layer * (self.shape.layers - self.first)


def _cut(vector: torch.Tensor, sizes: Sequence[int]) -> tuple[torch.Tensor, ...]:
    return vector.split(list(sizes))
