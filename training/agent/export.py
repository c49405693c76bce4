"""The adapter as a GGUF file that llama.cpp puts on the model."""

from pathlib import Path

import gguf
import numpy as np

from training.agent.lora import Adapters


def export_adapter(adapters: Adapters, out: Path, *, name: str) -> None:
    """Write the adapters to ``out`` in half precision; an older file stays until the new one is whole."""
    part = out.with_suffix(".part")
    writer = gguf.GGUFWriter(part, "llama")
    writer.add_string("general.type", "adapter")
    writer.add_string("general.name", name)
    writer.add_string("general.license", "apache-2.0")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", adapters.alpha)
    for weight, a, b in adapters.matrices():
        writer.add_tensor(f"{weight}.lora_a", a.numpy().astype(np.float16))
        writer.add_tensor(f"{weight}.lora_b", b.numpy().astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    part.replace(out)
