"""The adapter as a GGUF file that llama.cpp puts on the model."""

from pathlib import Path
from typing import Final

import gguf
import numpy as np
import numpy.typing as npt
import torch

from training.agent.base_model import Shape
from training.agent.lora import TARGETS, adapters

ROTATED: Final = {"q_proj", "k_proj"}


def export_adapter(model: torch.nn.Module, shape: Shape, alpha: float, out: Path, *, name: str) -> None:
    """Write the adapters of a model to ``out``, in half precision.

    transformers keeps the rotary halves of each head apart, llama.cpp pairs them: rows of B for q and k change places.
    """
    writer = gguf.GGUFWriter(out, "llama")
    writer.add_string("general.type", "adapter")
    writer.add_string("general.name", name)
    writer.add_string("general.license", "apache-2.0")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    for layer, target, adapter in adapters(model):
        a = adapter.a.detach().float().cpu().numpy()
        b = adapter.b.detach().float().cpu().numpy()
        if target in ROTATED:
            b = paired(b, shape.heads if target == "q_proj" else shape.key_heads)
        stem = f"blk.{layer}.{TARGETS[target]}.weight"
        writer.add_tensor(f"{stem}.lora_a", a.astype(np.float16))
        writer.add_tensor(f"{stem}.lora_b", b.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def paired(rows: npt.NDArray[np.float32], heads: int) -> npt.NDArray[np.float32]:
    """Rows of a projection from [half, half] to [pair, pair, ...] within each head; shape (rows, columns)."""
    size = rows.shape[0] // heads
    return np.ascontiguousarray(rows.reshape(heads, 2, size // 2, -1).swapaxes(1, 2).reshape(rows.shape))
