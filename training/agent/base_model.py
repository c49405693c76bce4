"""The model that is tuned, read from the same GGUF file that the product runs, with llama.cpp's own tokens."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import gguf
import llama_cpp
import torch
from torch import nn

from training.agent.lora import TARGETS


@dataclass(frozen=True, slots=True)
class Shape:
    """What the exporter must know of the model."""

    heads: int
    key_heads: int


class Tokens:
    """Text to tokens as the agent's engine does it: special tokens in a text are text."""

    def __init__(self, gguf: Path) -> None:
        self._llama = llama_cpp.Llama(str(gguf), vocab_only=True, verbose=False)
        self.end: int = self._llama.token_eos()

    def of(self, text: str) -> list[int]:
        """The tokens of a text."""
        return list(self._llama.tokenize(text.encode("utf-8", "replace"), add_bos=False, special=False))


def load_base(gguf_file: Path) -> tuple[nn.Module, Shape]:
    """The model in single precision, dequantised from GGUF, and its shape."""
    from transformers import LlamaConfig, LlamaForCausalLM  # noqa: PLC0415 - takes seconds

    reader = gguf.GGUFReader(gguf_file)

    def said(name: str) -> Any:  # noqa: ANN401 - a number or a text
        return reader.fields[f"llama.{name}"].contents()

    tensors = {tensor.name: _plain(tensor) for tensor in reader.tensors}
    shape = Shape(int(said("attention.head_count")), int(said("attention.head_count_kv")))
    config = LlamaConfig(
        vocab_size=tensors["token_embd.weight"].shape[0],
        hidden_size=int(said("embedding_length")),
        intermediate_size=int(said("feed_forward_length")),
        num_hidden_layers=int(said("block_count")),
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.key_heads,
        max_position_embeddings=int(said("context_length")),
        rms_norm_eps=float(said("attention.layer_norm_rms_epsilon")),
        rope_theta=float(said("rope.freq_base")),
        tie_word_embeddings="output.weight" not in tensors,
    )
    model = LlamaForCausalLM(config)
    left = model.load_state_dict(dict(_renamed(tensors, shape)), strict=False)
    missing = [name for name in left.missing_keys if name != "lm_head.weight"]
    if missing or left.unexpected_keys:
        raise ValueError(f"{gguf_file.name} is not a LLaMA that is known here: {missing + left.unexpected_keys}")
    return model, shape


def _plain(tensor: gguf.ReaderTensor) -> torch.Tensor:
    return torch.from_numpy(gguf.dequantize(tensor.data, tensor.tensor_type).astype("float32"))


def _renamed(tensors: dict[str, torch.Tensor], shape: Shape) -> Iterator[tuple[str, torch.Tensor]]:
    """The tensors by their names in transformers, the rotary pairs of each head taken apart into halves."""
    for name, tensor in tensors.items():
        if name in _TOP:
            yield _TOP[name], tensor
            continue
        if not name.startswith("blk."):
            continue
        _, layer, part, _ = name.split(".")
        if part in {"attn_q", "attn_k"}:
            heads = shape.heads if part == "attn_q" else shape.key_heads
            size = tensor.shape[0] // heads
            halves = tensor.reshape(heads, size // 2, 2, -1).swapaxes(1, 2).reshape(tensor.shape)
        else:
            halves = tensor
        yield f"model.layers.{layer}.{_LAYER[part]}.weight", halves


_TOP: Final = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
_LAYER: Final = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    **{ours: f"{'mlp' if ours[0] == 'f' else 'self_attn'}.{theirs}" for theirs, ours in TARGETS.items()},
}
