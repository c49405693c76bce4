"""Likelihood of each role by the sound alone: a linear model over plain measurements and what the tagger heard.

Fitted by ``training.analysis.roles``; ``models/roles.md`` tells on what. Where the tagger is missing, a second set of
weights does without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.home import resource
from loopmind_chat.library.analysis.spectrum import Floats
from loopmind_chat.song.vocabulary import Role

Numbers = npt.NDArray[np.float64]

WEIGHTS: Final = "roles.npz"
HEARD_ROLES: Final = (Role.DRUMS, Role.PERCUSSION, Role.BASS, Role.MELODY, Role.CHORDS, Role.VOCAL, Role.FX)
"""What the model tells apart; chords are then parted into chords and pads."""
_CLIP: Final = 4.0
"""Standard deviations beyond which a number says no more."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Standardise, clip, weigh: logits of some classes."""

    mean: Numbers
    scale: Numbers
    weights: Numbers
    """Shape (features, classes)."""
    bias: Numbers

    def logits(self, numbers: Floats) -> Numbers:
        """(classes,)."""
        standard = np.clip((numbers - self.mean) / self.scale, -_CLIP, _CLIP)
        found: Numbers = standard @ self.weights + self.bias
        return found


@dataclass(frozen=True, slots=True)
class SoundModel:
    """Roles, pads among chords, and loops among sounds."""

    heard: Linear
    """Over ``role_features`` and the tagger's features; shape (340,) to seven."""
    unheard: Linear
    """Over ``role_features`` alone."""
    pad: Linear
    loop: Linear
    """Over ``role_features``, to the log odds of a loop."""

    def role_odds(self, features: Floats, heard: Floats | None) -> Mapping[Role, float]:
        """Probability of each of the eight roles; sums to 1."""
        numbers = features if heard is None else np.concatenate((features, heard))
        logits = (self.unheard if heard is None else self.heard).logits(numbers)
        powers = np.exp(logits - logits.max())
        odds = dict(zip(HEARD_ROLES, map(float, powers / powers.sum()), strict=True))
        pad = float(1 / (1 + np.exp(-self.pad.logits(features)[0])))
        odds[Role.PAD] = odds[Role.CHORDS] * pad
        odds[Role.CHORDS] *= 1 - pad
        return {role: odds[role] for role in Role}

    def loop_odds(self, features: Floats) -> float:
        """Log odds that a sound goes round, by its shape alone."""
        return float(self.loop.logits(features)[0])


def read_model(path: Path) -> SoundModel:
    """Read the fitted weights."""
    with np.load(path, allow_pickle=False) as stored:
        parts = {
            name: Linear(
                *(stored[f"{name}_{part}"].astype(np.float64) for part in ("mean", "scale", "weights", "bias"))
            )
            for name in ("heard", "unheard", "pad", "loop")
        }
    return SoundModel(**parts)


@cache
def load_model() -> SoundModel:
    """The model of this process."""
    return read_model(resource("models", WEIGHTS))
