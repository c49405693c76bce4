"""What the analysis of one file yields."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from loopmind_chat.song.loops import LoopFacts

AudioVector = npt.NDArray[np.float32]
"""How a sound sounds, for likeness: shape (dimensions,), unit length."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The facts of a sound, and where it lies among other sounds."""

    facts: LoopFacts
    vector: AudioVector | None
    """None where the embedding is not there, or the sound is silent."""
