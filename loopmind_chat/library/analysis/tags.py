"""Tags: moods, genres, instruments and finer roles, from words and from what can be measured."""

import math
from typing import Final

from loopmind_chat.library.analysis.descriptors import Descriptors
from loopmind_chat.library.analysis.names import NameFacts, phrases
from loopmind_chat.library.analysis.role import FOLDER_WEIGHTS, meanings
from loopmind_chat.library.analysis.words import (
    DOUBLE_TIME_PHRASES,
    GENRES,
    HALF_TIME_PHRASES,
    MOODS,
    ONE_SHOT_PHRASES,
    PHRASE_WORDS_MAX,
)
from loopmind_chat.song.keys import Key
from loopmind_chat.song.vocabulary import Role

_TYPICAL_HZ: Final = {
    Role.DRUMS: 1_400.0,
    Role.PERCUSSION: 1_800.0,
    Role.BASS: 160.0,
    Role.MELODY: 700.0,
    Role.CHORDS: 520.0,
    Role.PAD: 500.0,
    Role.VOCAL: 1_100.0,
    Role.FX: 1_500.0,
}
"""Brightness that is neither dark nor bright for a role (medians over measured packs)."""
_SAID: Final = 0.9
_HEARD_MAX: Final = 0.7
_HEARD_MIN: Final = 0.25
_BUSY: Final = 8.0
_SPARSE: Final = 1.5
_NOISY: Final = 0.15
_ROLE_WORDS: Final = frozenset(str(role) for role in Role)


def find_tags(
    name: NameFacts, measured: Descriptors, role: Role, key: Key | None, *, is_loop: bool
) -> dict[str, float]:
    """Tags with confidences in 0..1, the surest first."""
    tags: dict[str, float] = {}
    for share, words in zip((_SAID, *(0.7 * w for w in FOLDER_WEIGHTS)), (name.words, *name.folders), strict=False):
        for tag in said(words):
            tags[tag] = max(tags.get(tag, 0.0), share)
    for tag, confidence in heard(measured, role, key, is_loop=is_loop).items():
        if tags.get(_OPPOSITE.get(tag, ""), 0.0) < _SAID:  # what the maker calls dark is not bright
            tags[tag] = max(tags.get(tag, 0.0), confidence)
    ranked = sorted(tags.items(), key=lambda item: (-item[1], item[0]))
    return {tag: round(confidence, 2) for tag, confidence in ranked if tag not in _ROLE_WORDS - {str(role)}}


def said(words: tuple[str, ...]) -> list[str]:
    """Tags in the words of a name."""
    found = [tag for _, _, meaning in meanings(words) for tag in meaning.tags]
    present = {phrase for _, _, phrase in phrases(words, PHRASE_WORDS_MAX)}
    found += [tag for phrase in sorted(present & MOODS.keys()) for tag in MOODS[phrase].tags]
    if present & ONE_SHOT_PHRASES:
        found.append("oneshot")
    if present & HALF_TIME_PHRASES:
        found.append("half-time")
    if present & DOUBLE_TIME_PHRASES:
        found.append("double-time")
    return found


def genres(name: NameFacts) -> list[str]:
    """Genres in the names of file and folders, the file's first."""
    tags = [tag for words in (name.words, *name.folders) for tag in said(words)]
    return [tag for tag in dict.fromkeys(tags) if tag in _GENRE_TAGS]


def heard(measured: Descriptors, role: Role, key: Key | None, *, is_loop: bool) -> dict[str, float]:
    """Tags that the audio bears out by itself."""
    octaves = math.log2(max(measured.brightness_hz, 20.0) / _TYPICAL_HZ[role])
    # never quite full: of two dark loops the darker one is always the surer
    tags = {"bright" if octaves > 0 else "dark": _HEARD_MAX * (1 - math.exp(-0.85 * abs(octaves)))}
    if key is not None and key.mode == "minor":
        tags["dark"] = min(_HEARD_MAX, tags.get("dark", 0.0) + 0.1) if "dark" in tags else 0.0
    if is_loop:
        tags["busy"] = min(_HEARD_MAX, 0.5 * measured.density / _BUSY) if measured.density > _BUSY * 0.7 else 0.0
        tags["sparse"] = 0.5 if measured.density < _SPARSE else 0.0
    else:
        tags["oneshot"] = _HEARD_MAX
    tags["noisy"] = min(_HEARD_MAX, measured.noise / _NOISY * 0.5) if measured.noise > _NOISY else 0.0
    return {tag: confidence for tag, confidence in tags.items() if confidence >= _HEARD_MIN}


_OPPOSITE: Final = {"dark": "bright", "bright": "dark", "busy": "sparse", "sparse": "busy"}
_GENRE_TAGS: Final = frozenset(tag for meaning in GENRES.values() for tag in meaning.tags) - {"dusty"}
