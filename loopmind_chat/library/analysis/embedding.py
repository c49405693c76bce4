"""Where a sound lies among other sounds, and what a tagger that has heard a lot of music calls it.

Two networks hear the first seconds of the sounding part: musicnn (music and its tags) and aisfx (sound effects). What
both make of it are the features that classifiers rest on; centred, weighed and turned into fewer dimensions
(``training/analysis/sound_space.py``), they are the vector whose products say how alike two sounds are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.home import resource
from loopmind_chat.library.analysis.embedding_effects import EFFECTS_DIMENSIONS, EffectsNetwork
from loopmind_chat.library.analysis.embedding_mel import HOP, RATE, log_mel
from loopmind_chat.library.analysis.embedding_network import Network, load_network

Floats = npt.NDArray[np.float32]

AUDIO_DIMENSIONS: Final = 64
"""Length of a sound's vector."""
FEATURES: Final = 200 + EFFECTS_DIMENSIONS
"""Length of what classifiers rest on: musicnn's penultimate layer, then aisfx's embedding."""
MODEL: Final = "musicnn-mtt+aisfx-64"
"""Names the vectors: vectors of another name are not comparable."""
_PATCH: Final = 186 * HOP
"""Three seconds, the length musicnn was trained with."""
_LOUDNESS: Final = 0.1
"""Root mean square to which a sound is brought: how loud a file is says nothing about what it is."""
_SOUNDING: Final = 1e-3
"""What is below this share of the peak, before and after the sound, is cut off."""
_QUIET: Final = 1e-9

TAGS: Final = (
    *("guitar", "classical", "slow", "techno", "strings", "drums", "electronic", "rock", "fast", "piano"),
    *("ambient", "beat", "violin", "vocal", "synth", "female", "indian", "opera", "male", "singing"),
    *("vocals", "no vocals", "harpsichord", "loud", "quiet", "flute", "woman", "male vocal", "no vocal", "pop"),
    *("soft", "sitar", "solo", "man", "classic", "choir", "voice", "new age", "dance", "male voice"),
    *("female vocal", "beats", "harp", "cello", "no voice", "weird", "country", "metal", "female voice", "choral"),
)
"""What musicnn names, in its order (MagnaTagATune's fifty most used tags)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the networks make of a sound."""

    vector: Floats
    """(AUDIO_DIMENSIONS,), unit length: the product of two says how alike two sounds are."""
    tags: Mapping[str, float]
    """Probability of each of ``TAGS``, as musicnn states it."""
    features: Floats
    """(FEATURES,): what classifiers rest on."""


@dataclass(frozen=True, slots=True)
class Space:
    """From features to vectors."""

    centre: Floats
    """(FEATURES,): what an average sound has."""
    axes: Floats
    """(FEATURES, AUDIO_DIMENSIONS)."""

    def place(self, features: Floats) -> Floats:
        """The unit vector of a sound."""
        placed = (features - self.centre) @ self.axes
        unit: Floats = (placed / max(float(np.linalg.norm(placed)), _QUIET)).astype(np.float32)
        return unit


class Embedder:
    """Turns sounds into vectors and tags."""

    def __init__(self, network: Network, effects: EffectsNetwork, space: Space) -> None:
        self._network = network
        self._effects = effects
        self._space = space

    def embed(self, signal: Floats, rate: int) -> Heard:
        """Hear a sound: one channel, any rate."""
        sound = sounding(signal)
        with _threads().limit(limits=1, user_api="blas"):  # many small products: threads would wait for each other
            music = self._network.hear(log_mel(patch(sound, rate)))
        features = np.concatenate([music.penultimate, self._effects.hear(sound, rate)]).astype(np.float32)
        tags = {tag: float(probability) for tag, probability in zip(TAGS, music.tags, strict=True)}
        return Heard(vector=self._space.place(features), tags=tags, features=features)

    def features(self, signal: Floats, rate: int) -> Floats:
        """What classifiers rest on: (FEATURES,)."""
        return self.embed(signal, rate).features


@cache
def _threads() -> Any:  # noqa: ANN401 - threadpoolctl is untyped
    """The thread pools of the libraries that are loaded by now."""
    import threadpoolctl  # noqa: PLC0415 - only where sounds are heard

    return threadpoolctl.ThreadpoolController()


def sounding(signal: Floats) -> Floats:
    """A signal from its first sound to its last, with numbers only."""
    finite: Floats = np.nan_to_num(signal, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32, copy=False)
    level = np.abs(finite)
    above = np.flatnonzero(level > _SOUNDING * max(float(level.max(initial=0.0)), _QUIET))
    return finite[above[0] : above[-1] + 1] if len(above) else finite[:1]


def patch(sound: Floats, rate: int) -> Floats:
    """The first three seconds at 16 kHz and at an even level; silence follows what is shorter.

    Silence, not repeats, although the network was trained with repeats: a kick that goes round three times a second is
    heard as techno, and roles were told apart less well (macro-F1 .57 for repeats, .64 for silence).
    """
    part = sound[: int(_PATCH / RATE * rate) + 1]
    if rate != RATE:
        import soxr  # noqa: PLC0415 - only where sounds are heard

        part = soxr.resample(part, rate, RATE, quality="HQ")
    part = part[:_PATCH]
    level = float(np.sqrt(np.mean(np.square(part)))) if len(part) else 0.0
    even: Floats = np.pad(part * np.float32(_LOUDNESS / max(level, _QUIET)), (0, _PATCH - len(part)))
    return even


def load_space() -> Space:
    """Read the centre and the axes; raises OSError where they are missing."""
    with np.load(resource("models", "sound-space.npz")) as archive:
        return Space(centre=archive["centre"].astype(np.float32), axes=archive["axes"].astype(np.float32))


@cache
def load_embedder() -> Embedder | None:
    """The embedder of this process; None where weights are missing."""
    try:
        network = load_network(resource("models", "musicnn-mtt.npz"))
        return Embedder(network, EffectsNetwork(resource("models", "aisfx.onnx")), load_space())
    except OSError:
        return None
