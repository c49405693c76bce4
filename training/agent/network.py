"""The tuned model's forward and backward pass over packed samples, written out.

A plain LLaMA (RMSNorm, rotary attention with shared keys, SwiGLU). Adapters are added to the weights once a step; their
gradients are formed beside those of the activations, so that autograd and its copies are not needed. The stream
between layers is in single precision, the products in the weights' kind.
"""

from dataclasses import dataclass

import torch
from torch.nn import functional

from training.agent.base_model import Base, Layer, Shape
from training.agent.lora import Adapted, Adapters
from training.agent.packs import Batch

_ROWS = 64
"""Answer tokens whose logits are held at once: more would leave the cache."""


class Network:
    """A model with adapters put on it."""

    def __init__(self, base: Base, adapters: Adapters) -> None:
        self.base, self.adapters = base, adapters
        free = base.layers[: adapters.first]
        self._merged = [*free, *(_copy(layer) for layer in base.layers[adapters.first :])]
        self.merge()

    def merge(self) -> None:
        """Put the adapters, as they are now, on the weights."""
        first = self.adapters.first
        pairs = zip(self.base.layers[first:], self._merged[first:], self.adapters.seen(self.adapters.flat), strict=True)
        for base, merged, thin in pairs:
            thin.qkv.merge(base.qkv, self.adapters.scale, merged.qkv)
            thin.output.merge(base.output, self.adapters.scale, merged.output)
            thin.gate_up.merge(base.gate_up, self.adapters.scale, merged.gate_up)
            thin.down.merge(base.down, self.adapters.scale, merged.down)

    def learn(self, batch: Batch, gradients: torch.Tensor, weight: float) -> float:
        """Add ``weight`` times the gradients of the answers' summed loss to ``gradients``; give that summed loss."""
        shape, first = self.base.shape, self.adapters.first
        stream = self.base.embedding[batch.tokens].float()
        blocks: list[_Attention | _Feed] = []
        for number, layer in enumerate(self._merged):
            attention, feed = _Attention(layer, shape), _Feed(layer, shape)
            stream = feed.forward(attention.forward(stream, batch))
            if number >= first:
                blocks += [attention, feed]
        loss, back = self._loss(stream, batch, weight)
        adapted, found = self.adapters.seen(self.adapters.flat), self.adapters.seen(gradients)
        while blocks:
            place = (len(blocks) - 1) // 2
            back = blocks.pop().backward(back, batch, adapted[place], found[place], self.adapters.scale)
        return loss

    def logits(self, batch: Batch) -> torch.Tensor:
        """Logits of each answer's tokens, all answers one after another; (tokens, vocabulary)."""
        stream = self.base.embedding[batch.tokens].float()
        for layer in self._merged:
            stream = _Attention(layer, self.base.shape).forward(stream, batch)
            stream = _Feed(layer, self.base.shape).forward(stream)
        normed, _ = _norm(stream[batch.answers], self.base.norm, self.base.shape.epsilon, self.base.head.dtype)
        return functional.linear(normed, self.base.head).float()

    def _loss(self, stream: torch.Tensor, batch: Batch, weight: float) -> tuple[float, torch.Tensor]:
        """Cross entropy summed over the answers' tokens, and the gradient of the stream."""
        last = stream[batch.answers]
        normed, turned = _norm(last, self.base.norm, self.base.shape.epsilon, self.base.head.dtype)
        total, parts = 0.0, []
        for rows, wanted in zip(normed.split(_ROWS), batch.wanted.split(_ROWS), strict=True):
            chances = functional.linear(rows, self.base.head).float().log_softmax(-1)
            picked = chances.gather(1, wanted.unsqueeze(1))
            total -= picked.sum().item()
            slope = chances.exp_()
            slope.scatter_(1, wanted.unsqueeze(1), picked.exp() - 1)
            parts.append((slope.mul_(weight).to(rows.dtype)) @ self.base.head)
        back = torch.zeros_like(stream)
        back[batch.answers] = _norm_back(torch.cat(parts), last, turned, self.base.norm)
        return total, back


@dataclass(slots=True)
class _Kept:
    """What the backward pass needs of the forward."""

    stream: torch.Tensor
    scale: torch.Tensor
    normed: torch.Tensor


class _Attention:
    """The attention half of a layer."""

    def __init__(self, layer: Layer, shape: Shape) -> None:
        self._layer, self._shape = layer, shape

    def forward(self, stream: torch.Tensor, batch: Batch) -> torch.Tensor:
        """The stream with the attention's part added; (tokens, width)."""
        layer, shape = self._layer, self._shape
        normed, scale = _norm(stream, layer.attention_norm, shape.epsilon, layer.qkv.dtype)
        self._kept = _Kept(stream, scale, normed)
        qkv = functional.linear(normed, layer.qkv)
        turned = shape.width + shape.key_heads * shape.head
        qk = _turned(qkv[:, :turned], batch.turns)
        self._q = _by_item(qk[:, : shape.width], batch.own, shape)
        self._k = _by_item(qk[:, shape.width :], batch.reads, shape)
        self._v = _by_item(qkv[:, turned:], batch.reads, shape)
        scores = torch.baddbmm(batch.mask, self._q, self._k.transpose(1, 2), alpha=shape.head**-0.5)
        self._chances = scores.softmax(-1)
        self._seen = _by_token(self._chances @ self._v, batch, shape)
        return stream + functional.linear(self._seen, layer.output)

    def backward(
        self, back: torch.Tensor, batch: Batch, thin: Adapted, gradients: Adapted, scale: float
    ) -> torch.Tensor:
        """From the gradient of what ``forward`` gave to that of what it took; the adapters' are added to theirs."""
        layer, shape = self._layer, self._shape
        slope = back.to(layer.output.dtype)
        thin.output.add_gradients(gradients.output, self._seen, slope, scale)
        seen = _by_item(slope @ layer.output, batch.own, shape).mul_(batch.real)
        v = self._chances.transpose(1, 2) @ seen
        scores = torch.ops.aten._softmax_backward_data(  # noqa: SLF001 - torch gives it no other name
            seen @ self._v.transpose(1, 2), self._chances, -1, self._chances.dtype
        )
        q = (scores @ self._k).mul_(shape.head**-0.5)
        k = (scores.transpose(1, 2) @ self._q).mul_(shape.head**-0.5)
        kv = _summed(torch.cat([_together(k, shape.key_heads), _together(v, shape.key_heads)], dim=2), batch)
        keys = shape.key_heads * shape.head
        qk = _turned(torch.cat([_by_token(q, batch, shape), kv[:, :keys]], dim=1), batch.turns.conj())
        qkv = torch.cat([qk, kv[:, keys:]], dim=1)
        thin.qkv.add_gradients(gradients.qkv, self._kept.normed, qkv, scale)
        return _norm_back(qkv @ layer.qkv, self._kept.stream, self._kept.scale, layer.attention_norm).add_(back)


class _Feed:
    """The feed-forward half of a layer."""

    def __init__(self, layer: Layer, shape: Shape) -> None:
        self._layer, self._shape = layer, shape

    def forward(self, stream: torch.Tensor) -> torch.Tensor:
        """The stream with the feed-forward's part added; (tokens, width)."""
        layer = self._layer
        normed, scale = _norm(stream, layer.feed_norm, self._shape.epsilon, layer.down.dtype)
        self._kept = _Kept(stream, scale, normed)
        self._both = functional.linear(normed, layer.gate_up)
        gate, up = self._both.chunk(2, dim=1)
        self._active = functional.silu(gate).mul_(up)
        return stream + functional.linear(self._active, layer.down)

    def backward(
        self, back: torch.Tensor, _batch: Batch, thin: Adapted, gradients: Adapted, scale: float
    ) -> torch.Tensor:
        """As :meth:`_Attention.backward`."""
        layer = self._layer
        slope = back.to(layer.down.dtype)
        thin.down.add_gradients(gradients.down, self._active, slope, scale)
        active = slope @ layer.down
        gate, up = self._both.chunk(2, dim=1)
        both = torch.empty_like(self._both)
        torch.mul(active, functional.silu(gate), out=both[:, gate.shape[1] :])
        torch.ops.aten.silu_backward.grad_input(active.mul_(up), gate, grad_input=both[:, : gate.shape[1]])
        thin.gate_up.add_gradients(gradients.gate_up, self._kept.normed, both, scale)
        return _norm_back(both @ layer.gate_up, self._kept.stream, self._kept.scale, layer.feed_norm).add_(back)


def _norm(
    stream: torch.Tensor, weight: torch.Tensor, epsilon: float, kind: torch.dtype
) -> tuple[torch.Tensor, torch.Tensor]:
    """RMSNorm (Zhang and Sennrich 2019, arXiv 1910.07467) and 1 / root mean square of each row."""
    scale = (stream.square().mean(-1, keepdim=True) + epsilon).rsqrt_()
    return (stream * scale).mul_(weight).to(kind), scale


def _norm_back(back: torch.Tensor, stream: torch.Tensor, scale: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    slope = back.float().mul_(weight)
    pull = (slope * stream).mean(-1, keepdim=True).mul_(scale.square())
    return torch.addcmul(slope, stream, pull, value=-1, out=slope).mul_(scale)


def _turned(heads: torch.Tensor, turns: torch.Tensor) -> torch.Tensor:
    """Each pair of numbers in each head rotated; (tokens, heads x head)."""
    pairs = torch.view_as_complex(heads.float().view(len(heads), -1, turns.shape[2], 2))
    return torch.view_as_real(pairs * turns).view(heads.shape).to(heads.dtype)


def _by_item(rows: torch.Tensor, places: torch.Tensor, shape: Shape) -> torch.Tensor:
    """Rows of tokens by item and key head; (items x key heads, heads of each x length, head)."""
    items, length = places.shape
    picked = rows.index_select(0, places.flatten()).view(items, length, shape.key_heads, -1, shape.head)
    return picked.permute(0, 2, 3, 1, 4).reshape(items * shape.key_heads, -1, shape.head)


def _by_token(items: torch.Tensor, batch: Batch, shape: Shape) -> torch.Tensor:
    """The inverse of :func:`_by_item` for places that an item has for itself; (tokens, heads x head)."""
    count, length = batch.own.shape
    rows = items.view(count, shape.heads, length, shape.head).transpose(1, 2).reshape(count * length, -1)
    return rows.index_select(0, batch.places)


def _together(items: torch.Tensor, heads: int) -> torch.Tensor:
    """(items x heads, length, head) as (items, length, heads x head)."""
    return items.view(-1, heads, *items.shape[1:]).transpose(1, 2).flatten(2)


def _summed(rows: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Gradients of what items read, (items, prefix + longest, n), summed for each token; (tokens, n)."""
    before, own = rows.split([batch.prefix, batch.own.shape[1]], dim=1)
    total = own.flatten(0, 1).index_select(0, batch.places)
    songs = (batch.song_of @ before.flatten(1)).view(-1, rows.shape[2])
    total[: batch.songs] += songs.index_select(0, batch.song_places)
    return total


def _copy(layer: Layer) -> Layer:
    return Layer(
        layer.attention_norm,
        layer.qkv.clone(),
        layer.output.clone(),
        layer.feed_norm,
        layer.gate_up.clone(),
        layer.down.clone(),
    )
