"""What a sound does in a song: the words of its name first, its audio where they say nothing.

The audio model is a small softmax over plain measurements, fitted on freely licensed packs (``role_weights``). With
whole packs held out it names the right one of seven roles about every second time, so it never claims to be sure.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from loopmind_chat.library.analysis.descriptors import Descriptors
from loopmind_chat.library.analysis.names import NameFacts, phrases
from loopmind_chat.library.analysis.role_weights import CENTRES, ROLES, SCALES, WEIGHTS
from loopmind_chat.library.analysis.words import MEANINGS, PHRASE_WORDS_MAX, WEAK, WEAK_WORDS, Meaning
from loopmind_chat.song.vocabulary import Role

FOLDER_WEIGHTS: Final = (0.6, 0.3, 0.15)
"""What a folder's words count against the file's own, the nearest folder first."""
_LATER: Final = 0.25
"""How much more the last word of a name counts than the first: in "synth bass" and "bass drum" the last one rules."""
_AUDIO_COUNTS: Final = 0.8
_AUDIO_MAX: Final = 0.6
"""No confidence above this from audio alone."""
_SAID_MIN: Final = 0.1
_LONG_S: Final = 2.0
_VERY_LONG_S: Final = 4.5
_WORDS_ENOUGH: Final = 2.0


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """A role and how sure it is, 0..1."""

    role: Role
    confidence: float
    by_words: bool


def find_role(name: NameFacts, measured: Descriptors) -> RoleGuess:
    """The role of a sound."""
    said = role_words(name)
    heard = role_heard(measured)
    scores = {role: said.get(role, 0.0) + _AUDIO_COUNTS * heard.get(role, 0.0) for role in Role}
    best = max(scores, key=lambda role: scores[role])
    if said.get(best, 0.0) < _SAID_MIN:
        return RoleGuess(best, round(min(_AUDIO_MAX, heard[best]), 3), by_words=False)
    share = scores[best] / sum(scores.values())
    strength = min(1.0, said[best] / _WORDS_ENOUGH)
    return RoleGuess(best, round(min(0.98, 0.4 + 0.3 * share + 0.3 * strength), 3), by_words=True)


def meanings(words: Sequence[str]) -> list[tuple[int, str, Meaning]]:
    """What the words mean, as (position, phrase, meaning); the longest phrase wins, and is read once."""
    found = []
    taken = 0
    for start, length, phrase in phrases(words, PHRASE_WORDS_MAX):
        if start >= taken and (meaning := MEANINGS.get(phrase)) is not None:
            found.append((start, phrase, meaning))
            taken = start + length
    return found


def role_words(name: NameFacts) -> Mapping[Role, float]:
    """Weight of each role in the names of file and folders."""
    weights: dict[Role, float] = {}
    for share, words in zip((1.0, *FOLDER_WEIGHTS), (name.words, *name.folders), strict=False):
        weak = WEAK_WORDS if words is name.words else frozenset[str]()
        for role, weight in _weights(words, weak).items():
            weights[role] = weights.get(role, 0.0) + share * weight
    return weights


def _weights(words: Sequence[str], weak: frozenset[str]) -> dict[Role, float]:
    weights: dict[Role, float] = {}
    for position, phrase, meaning in meanings(words):
        if meaning.role is None:
            continue
        weight = meaning.weight * (WEAK if phrase in weak else 1.0)
        weight *= 1.0 + _LATER * (position + 1) / len(words)
        weights[meaning.role] = max(weights.get(meaning.role, 0.0), weight)
    return weights


def role_heard(measured: Descriptors) -> Mapping[Role, float]:
    """Likelihood of each role by the audio alone; sums to 1."""
    scaled = [(x - centre) / scale for x, centre, scale in zip(features(measured), CENTRES, SCALES, strict=True)]
    scores = [sum(w * x for w, x in zip(row, (*scaled, 1.0), strict=True)) for row in WEIGHTS]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    return {role: power / sum(powers) for role, power in zip(ROLES, powers, strict=True)}


def features(measured: Descriptors) -> tuple[float, ...]:
    """What the audio model looks at."""
    m = measured
    sustained = m.loud_share * min(m.duration_s, 1.5) / 1.5
    return (
        math.log2(max(m.duration_s, 0.05)),
        math.log2(max(m.brightness_hz, 30.0) / 500),
        m.low * sustained,
        m.low * (1 - sustained),
        m.middle,
        (m.warm + m.middle) * sustained,
        m.top,
        math.log10(m.noise + 1e-3),
        max(-3.0, min(0.6, m.second_half_db / 10)),
        max(-3.0, min(0.0, m.end_db / 20)),
        m.loud_share,
        m.strike,
        m.strike if m.duration_s > _LONG_S else 0.0,
        float(m.duration_s > _VERY_LONG_S),
    )
