"""The model that is tuned, read from the same GGUF file that the product runs, with llama.cpp's own tokens."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import llama_cpp
import torch


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a LLaMA."""

    layers: int
    width: int
    inner: int
    heads: int
    key_heads: int
    epsilon: float
    rotary_base: float

    @property
    def head(self) -> int:
        """Numbers in a head."""
        return self.width // self.heads


@dataclass(frozen=True, slots=True)
class Layer:
    """The frozen weights of a layer, those that read the same input side by side; (outputs, inputs)."""

    attention_norm: torch.Tensor
    qkv: torch.Tensor
    output: torch.Tensor
    feed_norm: torch.Tensor
    gate_up: torch.Tensor
    down: torch.Tensor


@dataclass(frozen=True, slots=True)
class Base:
    """The frozen weights of a model. Rows of q and k stand in rotary pairs, as in the file."""

    shape: Shape
    embedding: torch.Tensor
    layers: tuple[Layer, ...]
    norm: torch.Tensor
    head: torch.Tensor


class Tokens:
    """Text to tokens as the agent's engine does it: special tokens in a text are text."""

    def __init__(self, gguf_file: Path) -> None:
        self._llama = llama_cpp.Llama(str(gguf_file), vocab_only=True, verbose=False)
        vocab = llama_cpp.llama_model_get_vocab(self._llama.model)
        self._adds_bos = bool(llama_cpp.llama_vocab_get_add_bos(vocab))
        self.end: int = self._llama.token_eos()

    def of(self, text: str, *, first: bool = False) -> list[int]:
        """The tokens of a piece of a prompt; the ``first`` begins with the model's mark where it has one."""
        data = text.encode("utf-8", "replace")
        return list(self._llama.tokenize(data, add_bos=first and self._adds_bos, special=False))


def load_base(gguf_file: Path, kind: torch.dtype = torch.bfloat16) -> Base:
    """The weights of a LLaMA, dequantised. Raises ValueError where the file holds a model of another make."""
    reader = gguf.GGUFReader(gguf_file)

    def said(name: str) -> Any:  # noqa: ANN401 - a number or a text
        field = reader.fields.get(name)
        return None if field is None else field.contents()

    if said("general.architecture") != "llama":
        raise ValueError(f"{gguf_file.name} is no LLaMA")
    shape = Shape(
        layers=int(said("llama.block_count")),
        width=int(said("llama.embedding_length")),
        inner=int(said("llama.feed_forward_length")),
        heads=int(said("llama.attention.head_count")),
        key_heads=int(said("llama.attention.head_count_kv")),
        epsilon=float(said("llama.attention.layer_norm_rms_epsilon")),
        rotary_base=float(said("llama.rope.freq_base")),
    )
    tensors = {tensor.name: tensor for tensor in reader.tensors}

    def plain(*names: str) -> torch.Tensor:
        parts = [gguf.dequantize(tensors[name].data, tensors[name].tensor_type).astype("float32") for name in names]
        return torch.cat([torch.from_numpy(part) for part in parts]).to(kind)

    def layer(number: int) -> Layer:
        def part(*names: str) -> torch.Tensor:
            return plain(*(f"blk.{number}.{name}.weight" for name in names))

        return Layer(
            attention_norm=part("attn_norm").float(),
            qkv=part("attn_q", "attn_k", "attn_v"),
            output=part("attn_output"),
            feed_norm=part("ffn_norm").float(),
            gate_up=part("ffn_gate", "ffn_up"),
            down=part("ffn_down"),
        )

    embedding = plain("token_embd.weight")
    return Base(
        shape=shape,
        embedding=embedding,
        layers=tuple(layer(number) for number in range(shape.layers)),
        norm=plain("output_norm.weight").float(),
        head=plain("output.weight") if "output.weight" in tensors else embedding,
    )
