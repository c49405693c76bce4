"""What a sound does in a song: what its name says and what is heard, added up as log odds."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from loopmind_chat.library.analysis.names import NameFacts, phrases
from loopmind_chat.library.analysis.role_model import load_model
from loopmind_chat.library.analysis.spectrum import Floats
from loopmind_chat.library.analysis.spelling import spelled
from loopmind_chat.library.analysis.words import (
    FOLDER_WEAK_WORDS,
    MEANINGS,
    PHRASE_WORDS_MAX,
    WEAK,
    WEAK_WORDS,
    Meaning,
)
from loopmind_chat.song.vocabulary import Role

FOLDER_WEIGHTS: Final = (0.6, 0.3, 0.15)
"""What a folder's words count against the file's own, the nearest folder first."""
_LATER: Final = 0.25
"""How much more the last word of a name counts than the first: in "synth bass" and "bass drum" the last one rules."""
WORD_LOG_ODDS: Final = 1.7
"""Log odds that a word of weight 1 is worth against what is heard."""
_SAID_MIN: Final = 0.3
_STRUCK: Final = frozenset((Role.DRUMS, Role.PERCUSSION))
_MACHINES: Final = frozenset(("808", "808s", "303"))
"""Basses by themselves; beside a word for a drum, the machine it came from."""
_SURE_MAX: Final = 0.98
_LEAST: Final = 0.02
"""No role is ruled out by its sound."""


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """A role and how sure it is, 0..1."""

    role: Role
    confidence: float
    source: str
    """What it rests on most: "name", "folder" or "audio"."""
    odds: Mapping[Role, float]
    """Probability of each role by the sound alone."""


def find_role(name: NameFacts, features: Floats, heard: Floats | None) -> RoleGuess:
    """The role of a sound from its name, its ``role_features`` and, where there is one, the tagger's features."""
    odds = load_model().role_odds(features, heard)
    own, folder = _weights(name.words, WEAK_WORDS), _folder_weights(name)
    chances = combined(name, odds)
    best = _best(chances)
    sure = chances[best] + (chances[_TWIN[best]] if best in _TWIN else 0.0)
    source = "name" if own.get(best, 0.0) >= _SAID_MIN else "folder" if folder.get(best, 0.0) >= _SAID_MIN else "audio"
    return RoleGuess(best, round(min(_SURE_MAX, sure), 3), source, {r: round(odds[r], 4) for r in Role})


def combined(name: NameFacts, odds: Mapping[Role, float]) -> dict[Role, float]:
    """Probability of each role, given the ``odds`` by its sound and the words of its names."""
    said = role_words(name)
    scores = {role: math.log(odds[role] + _LEAST) + WORD_LOG_ODDS * said.get(role, 0.0) for role in Role}
    top = max(scores.values())
    total = sum(math.exp(score - top) for score in scores.values())
    return {role: math.exp(score - top) / total for role, score in scores.items()}


_TWIN: Final = {Role.CHORDS: Role.PAD, Role.PAD: Role.CHORDS}
"""What one maker calls chords another calls a pad: they stand together against the other roles."""


def _best(chances: Mapping[Role, float]) -> Role:
    together = {role: chances[role] + (chances[_TWIN[role]] if role in _TWIN else 0.0) for role in chances}
    best = max(together, key=lambda role: together[role])
    return max((best, _TWIN[best]), key=lambda role: chances[role]) if best in _TWIN else best


def meanings(words: Sequence[str]) -> list[tuple[int, str, Meaning]]:
    """What the words mean, as (position, phrase, meaning); the longest phrase wins, and is read once."""
    found = []
    taken = 0
    for start, length, phrase in phrases(spelled(words), PHRASE_WORDS_MAX):
        if start >= taken and (meaning := MEANINGS.get(phrase)) is not None:
            found.append((start, phrase, meaning))
            taken = start + length
    return found


def role_words(name: NameFacts) -> Mapping[Role, float]:
    """Weight of each role in the names of file and folders."""
    own, folder = _weights(name.words, WEAK_WORDS), _folder_weights(name)
    return {role: own.get(role, 0.0) + folder.get(role, 0.0) for role in own.keys() | folder.keys()}


def _folder_weights(name: NameFacts) -> dict[Role, float]:
    weights: dict[Role, float] = {}
    for share, words in zip(FOLDER_WEIGHTS, name.folders, strict=False):
        for role, weight in _weights(words, FOLDER_WEAK_WORDS).items():
            weights[role] = weights.get(role, 0.0) + share * weight
    return weights


def _weights(words: Sequence[str], weak: frozenset[str]) -> dict[Role, float]:
    weights: dict[Role, float] = {}
    words = spelled(words)
    found = meanings(words)
    struck = any(meaning.role in _STRUCK for _, phrase, meaning in found if phrase not in _MACHINES)
    for position, phrase, meaning in found:
        if meaning.role is None or (struck and phrase in _MACHINES):
            continue
        weight = meaning.weight * (WEAK if phrase in weak else 1.0)
        weight *= 1.0 + _LATER * (position + 1) / len(words)
        weights[meaning.role] = max(weights.get(meaning.role, 0.0), weight)
    return weights
