"""Text embedders without a model: one that knows only which words a text holds, and one that is not there."""

import hashlib
import re
import threading
from collections.abc import Sequence

import numpy as np

from loopmind_chat.errors import WeightsError
from loopmind_chat.library.embed import DIMENSIONS, Vectors


class WordEmbedder:
    """Each word is a fixed random direction: texts are near as far as they share words."""

    name = "words"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.started = 0
        self.closed = False
        self.may_answer = threading.Event()
        self.may_answer.set()

    def start(self) -> None:
        self.started += 1

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.may_answer.wait(30)
        self.asked += texts
        return np.stack([_direction(text) for text in texts])

    def close(self) -> None:
        self.closed = True
        self.may_answer.set()


class NoEmbedder(WordEmbedder):
    """What MiniLm does where its model has not been fetched."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        raise WeightsError("the model all-minilm-l6-v2 is missing: run `loopmind models pull`")


def _direction(text: str) -> Vectors:
    total = np.full(DIMENSIONS, 1e-3)
    for word in re.findall(r"\w+", text.casefold()):
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
        total += np.random.default_rng(seed).normal(size=DIMENSIONS)
    return (total / np.linalg.norm(total)).astype(np.float32)
