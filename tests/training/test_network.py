"""The written-out passes against a plain LLaMA whose gradients autograd finds."""

import pytest
import torch
from torch.nn import functional

from training.agent.base_model import Base
from training.agent.lora import Adapters
from training.agent.network import Network
from training.agent.packs import Pack, batch_of

RANK, ALPHA = 4, 8.0


def _adapters(base: Base, first: int) -> Adapters:
    adapters = Adapters(base.shape, RANK, ALPHA, first)
    adapters.flat = torch.randn(len(adapters.flat), generator=torch.Generator().manual_seed(11)) * 0.2
    return adapters


def _plain_logits(base: Base, weights: dict[str, torch.Tensor], tokens: list[int]) -> torch.Tensor:
    """A LLaMA over one text, as the papers have it; ``weights`` are what adapters add."""
    shape = base.shape
    angles = torch.arange(len(tokens))[:, None] * shape.rotary_base ** (-torch.arange(0, shape.head, 2) / shape.head)

    def norm(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return x * (x.square().mean(-1, keepdim=True) + shape.epsilon).rsqrt() * weight

    def turn(x: torch.Tensor) -> torch.Tensor:
        even, odd = x[..., ::2], x[..., 1::2]
        return torch.stack(
            [even * angles.cos() - odd * angles.sin(), even * angles.sin() + odd * angles.cos()], -1
        ).flatten(-2)

    x = base.embedding[tokens]
    for number, layer in enumerate(base.layers):
        parts = ["attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"]
        frozen = [*layer.qkv.split([32, 16, 16]), layer.output, *layer.gate_up.chunk(2), layer.down]
        q, k, v, o, gate, up, down = (
            weight + weights.get(f"blk.{number}.{part}.weight", torch.tensor(0.0))
            for part, weight in zip(parts, frozen, strict=True)
        )
        n = norm(x, layer.attention_norm)
        heads = [(n @ w.T).view(len(tokens), -1, shape.head).transpose(0, 1) for w in (q, k, v)]
        keys, values = turn(heads[1]).repeat_interleave(2, 0), heads[2].repeat_interleave(2, 0)
        seen = functional.scaled_dot_product_attention(turn(heads[0]), keys, values, is_causal=True)
        x = x + seen.transpose(0, 1).flatten(1) @ o.T
        n = norm(x, layer.feed_norm)
        x = x + (functional.silu(n @ gate.T) * (n @ up.T)) @ down.T
    return norm(x, base.norm) @ base.head.T


@pytest.mark.parametrize("first", [0, 1])
def test_loss_and_gradients_of_packs_are_those_of_each_sample_alone_by_autograd(
    tiny: Base, packs: list[Pack], first: int
) -> None:
    adapters = _adapters(tiny, first)
    found = torch.zeros_like(adapters.flat)
    loss = Network(tiny, adapters).learn(batch_of(packs, tiny.shape, torch.float32), found, 0.5)
    adapters.flat.requires_grad_()
    weights = {name: adapters.scale * b @ a for name, a, b in adapters.matrices()}
    wanted = torch.tensor(0.0)
    for pack in packs:
        for lesson in pack.lessons:
            start = len(pack.song) + len(lesson.asked)
            logits = _plain_logits(tiny, weights, [*pack.song, *lesson.asked, *lesson.answer])[start - 1 : -1]
            wanted = wanted + functional.cross_entropy(logits, torch.tensor(lesson.answer), reduction="sum")
    (0.5 * wanted).backward()
    assert loss == pytest.approx(wanted.item(), rel=1e-4)
    assert adapters.flat.grad is not None
    assert torch.allclose(found, adapters.flat.grad, rtol=1e-3, atol=1e-3 * found.abs().max().item())


def test_adapters_begin_as_nothing_so_that_the_model_is_the_base_model(tiny: Base, packs: list[Pack]) -> None:
    adapters = Adapters(tiny.shape, RANK, ALPHA)
    adapters.start(1)
    pack = packs[0]
    logits = Network(tiny, adapters).logits(batch_of([pack], tiny.shape, torch.float32))
    tokens = [*pack.song, *pack.lessons[0].asked, *pack.lessons[0].answer]
    alone = _plain_logits(tiny, {}, tokens)[-1 - len(pack.lessons[0].answer) : -1]
    assert torch.allclose(logits, alone, atol=1e-4)
