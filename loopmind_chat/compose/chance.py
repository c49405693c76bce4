"""Chance that can be repeated: every draw comes from the song's seed and the purpose it serves."""

import hashlib
import math
import random
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def dice(seed: int, purpose: str) -> random.Random:
    """A generator of its own for one purpose, so that one decision does not shift the next."""
    return random.Random(f"{seed}:{purpose}")  # noqa: S311 - music, not secrets


def lot(seed: int, purpose: str, name: str) -> float:
    """A number in 0..1 that belongs to ``name``, whatever else is drawn and in whatever order."""
    digest = hashlib.blake2b(f"{seed}:{purpose}:{name}".encode(errors="surrogateescape"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") + 0.5) / 2.0**64


def gumbel(seed: int, purpose: str, name: str) -> float:
    """Gumbel noise that belongs to ``name``: the best of score + noise is a draw from the softmax of the scores."""
    return -math.log(-math.log(lot(seed, purpose, name)))


def pick(chance: random.Random, weights: Mapping[T, float]) -> T:
    """One of the keys, as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]
