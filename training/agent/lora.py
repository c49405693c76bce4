"""LoRA on the linear layers of a LLaMA (Hu et al. 2021, arXiv 2106.09685): two thin matrices beside each weight."""

from collections.abc import Iterator
from typing import Final

import torch
from torch import nn

TARGETS: Final = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}
"""The layers that get an adapter: their names in transformers and in GGUF."""


class LoraLinear(nn.Module):
    """A frozen linear layer with a trainable low-rank part beside it: y = W x + alpha / rank * B A x."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float, dropout: float) -> None:
        super().__init__()
        self.base = base
        self.a = nn.Parameter(torch.empty(rank, base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, rank))
        nn.init.kaiming_uniform_(self.a, a=5**0.5)
        self.scale = alpha / rank
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """As the base layer, with the adapter's part added."""
        low = nn.functional.linear(nn.functional.linear(self.dropout(x), self.a), self.b)
        result: torch.Tensor = self.base(x) + low * self.scale
        return result


def add_lora(model: nn.Module, rank: int, alpha: float, dropout: float = 0.0) -> list[nn.Parameter]:
    """Freeze the model, put an adapter on each target, and give the adapters' parameters."""
    for parameter in model.parameters():
        parameter.requires_grad_(requires_grad=False)
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if name in TARGETS and isinstance(child, nn.Linear):
                setattr(module, name, LoraLinear(child, rank, alpha, dropout))
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def adapters(model: nn.Module) -> Iterator[tuple[int, str, LoraLinear]]:
    """(layer number, target's name in transformers, adapter) of a model whose layers are named ``layers.N``."""
    for path, module in model.named_modules():
        if isinstance(module, LoraLinear):
            parts = path.split(".")
            yield int(parts[parts.index("layers") + 1]), parts[-1], module


def lora_state(model: nn.Module) -> dict[str, torch.Tensor]:
    """The adapters' weights by name, on the CPU."""
    return {name: p.detach().cpu().clone() for name, p in model.named_parameters() if p.requires_grad}
