"""Where a sound lies among other sounds, and what a tagger that has heard a lot of music calls it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.home import resource
from loopmind_chat.library.analysis.embedding_mel import HOP, RATE, log_mel
from loopmind_chat.library.analysis.embedding_network import Network, load_network

Floats = npt.NDArray[np.float32]

AUDIO_DIMENSIONS: Final = 200
"""Length of a sound's vector."""
FEATURES: Final = 200
"""Length of what classifiers rest on."""
MODEL: Final = "musicnn-mtt"
"""Names the vectors: vectors of another name are not comparable."""
_PATCH_FRAMES: Final = 187
"""Three seconds, the length the network was trained with."""
_PATCH: Final = (_PATCH_FRAMES - 1) * HOP
_PATCHES_MAX: Final = 2
_QUIET: Final = 1e-9

TAGS: Final = (
    *("guitar", "classical", "slow", "techno", "strings", "drums", "electronic", "rock", "fast", "piano"),
    *("ambient", "beat", "violin", "vocal", "synth", "female", "indian", "opera", "male", "singing"),
    *("vocals", "no vocals", "harpsichord", "loud", "quiet", "flute", "woman", "male vocal", "no vocal", "pop"),
    *("soft", "sitar", "solo", "man", "classic", "choir", "voice", "new age", "dance", "male voice"),
    *("female vocal", "beats", "harp", "cello", "no voice", "weird", "country", "metal", "female voice", "choral"),
)
"""What the network names, in its order (MagnaTagATune's fifty most used tags)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the network makes of a sound."""

    vector: Floats
    """(AUDIO_DIMENSIONS,), unit length: the product of two says how alike two sounds are."""
    tags: Mapping[str, float]
    """Probability of each of ``TAGS``, as the network states it."""
    features: Floats
    """(FEATURES,): what classifiers rest on."""


class Embedder:
    """Turns sounds into vectors and tags."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def embed(self, signal: Floats, rate: int) -> Heard:
        """Hear a sound: one channel, any rate; what is shorter than three seconds goes round."""
        heard = [self._network.hear(log_mel(patch)) for patch in patches(resampled(signal, rate))]
        features = np.stack([one.penultimate for one in heard]).mean(axis=0)
        probabilities = np.stack([one.tags for one in heard]).mean(axis=0)
        vector = features / max(float(np.linalg.norm(features)), _QUIET)
        tags = {tag: float(probability) for tag, probability in zip(TAGS, probabilities, strict=True)}
        return Heard(vector=vector, tags=tags, features=features)

    def features(self, signal: Floats, rate: int) -> Floats:
        """What classifiers rest on: (FEATURES,)."""
        return self.embed(signal, rate).features


def resampled(signal: Floats, rate: int) -> Floats:
    """As much of a signal as is heard, at 16 kHz."""
    finite = np.nan_to_num(signal, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32, copy=False)
    if rate == RATE:
        return finite
    import soxr  # noqa: PLC0415 - only where a sound is heard

    at_rate: Floats = soxr.resample(finite, rate, RATE, quality="HQ")
    return at_rate


def patches(signal: Floats) -> list[Floats]:
    """Stretches of three seconds, spread over the sound."""
    if len(signal) < _PATCH:
        return [np.resize(signal, _PATCH) if len(signal) else np.zeros(_PATCH, np.float32)]
    count = min(_PATCHES_MAX, max(1, round(len(signal) / _PATCH)))
    starts = (
        np.linspace(0, len(signal) - _PATCH, count + 2)[1:-1]
        if count == 1
        else np.linspace(0, len(signal) - _PATCH, count)
    )
    return [signal[int(start) : int(start) + _PATCH] for start in starts]


@cache
def load_embedder() -> Embedder | None:
    """The embedder of this process; None where its weights are missing."""
    try:
        return Embedder(load_network(resource("models", "musicnn-mtt.npz")))
    except OSError:
        return None
