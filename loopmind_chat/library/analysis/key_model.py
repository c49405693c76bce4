"""How likely each key is, by a small network that looks at a sound's profiles from every tonic in turn."""

from base64 import b85decode
from functools import lru_cache
from typing import Final

import numpy as np

from loopmind_chat.library.analysis import key_weights
from loopmind_chat.library.analysis.key_notes import Doubles

MINOR_LOG_ODDS: Final = 0.4
"""Added for minor: how much more often loops are taken to be in it (3 to 2).

The network is fitted on both modes alike. Of the labelled loops of public packs 94 % are in minor (16 to 1, log odds
2.75), but a prior as strong as that leaves two major loops in three without their key. On balanced music the score
is level from 0 to 0.7 and falls beyond.
"""


@lru_cache(maxsize=1)
def _network() -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """Weights (profiles, hidden), biases (hidden,), weights (hidden, 2), biases (2,)."""
    hidden = len(key_weights.HIDDEN_BIAS)
    packed = np.frombuffer(b85decode(key_weights.PROFILE_WEIGHTS), np.int8).reshape(-1, hidden)
    first = packed * np.array(key_weights.PROFILE_SCALE)
    second = np.array(key_weights.MODE_WEIGHTS).reshape(hidden, 2)
    return first, np.array(key_weights.HIDDEN_BIAS), second, np.array(key_weights.MODE_BIAS)


def key_odds(evidence: Doubles, minor_log_odds: float = MINOR_LOG_ODDS) -> Doubles:
    """Probabilities of shape (2, 12), major and minor by tonic from C, sum 1, from profiles of shape (rows, 12)."""
    turned = np.stack([np.roll(evidence, -tonic, axis=1).ravel() for tonic in range(12)])
    first, first_bias, second, second_bias = _network()
    scores = np.maximum(turned @ first + first_bias, 0.0) @ second + second_bias
    scores = key_weights.SHARPNESS * scores.T
    scores[1] += minor_log_odds
    likely = np.exp(scores - scores.max())
    odds: Doubles = likely / likely.sum()
    return odds
