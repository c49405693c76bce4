"""How likely each reading of a loop is: what was fitted on loops of known tempo."""

import numpy as np

from loopmind_chat.library.analysis.tempo_features import features_of
from loopmind_chat.library.analysis.tempo_onsets import Doubles, Strikes
from loopmind_chat.library.analysis.tempo_readings import Readings
from loopmind_chat.library.analysis.tempo_weights import SURE, WEIGHTS


def likely(readings: Readings, strikes: Strikes, duration_s: float, genres: list[str]) -> Doubles:
    """Log odds of each reading, up to a constant."""
    features = features_of(readings, strikes, duration_s, genres)
    return features @ WEIGHTS


def sure(chance: float) -> float:
    """How often a reading given ``chance`` is right, by loops that were not fitted on: between measured points."""
    given, right = SURE
    return float(np.interp(chance, given, right))
