"""Tags: moods, genres, instruments and finer roles, from words and from what can be measured."""

import math
from collections.abc import Mapping
from typing import Final

from loopmind_chat.library.analysis.descriptors import Descriptors
from loopmind_chat.library.analysis.names import NameFacts, phrases
from loopmind_chat.library.analysis.role import FOLDER_WEIGHTS, RoleGuess, meanings
from loopmind_chat.library.analysis.tags_heard import tagged
from loopmind_chat.library.analysis.words import (
    DOUBLE_TIME_PHRASES,
    GENRES,
    HALF_TIME_PHRASES,
    MOODS,
    ONE_SHOT_PHRASES,
    PHRASE_WORDS_MAX,
)
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
_FOLDER: Final = 0.7
"""What a folder's words count against the file's own, beside how far up it lies."""
_HEARD_MAX: Final = 0.7
_HEARD_MIN: Final = 0.25
_COLOUR_MIN: Final = 0.05
"""Low, so that any two sounds whose colours differ audibly differ by their tags; readers take 0.5 for a word."""
_COLOUR_MAX: Final = 0.85
_COLOUR_OCTAVES: Final = 1.6
"""Octaves from typical at which dark or bright reaches 63 % of its most."""
_SAID_COLOUR: Final = (0.75, 0.2)
"""What a colour in the name is worth, and what the measured colour adds to it or takes away."""
_BUSY: Final = 8.0
_SPARSE: Final = 1.5
_NOISY: Final = 0.15
_ROLE_WORDS: Final = frozenset(str(role) for role in Role)


def find_tags(
    name: NameFacts, measured: Descriptors, guess: RoleGuess, heard: Mapping[str, float] | None, *, is_loop: bool
) -> dict[str, float]:
    """Tags with confidences in 0..1, the surest first; ``heard`` is what the tagging network makes of the sound.

    Words count most. Dark and bright are measured whatever the words: of two sounds of one role, the one with the lower
    spectral centroid is the darker by its tags too, unless only one of them is called so.
    """
    role = guess.role
    tags: dict[str, float] = {}
    for share, words in zip((_SAID, *(_FOLDER * w for w in FOLDER_WEIGHTS)), (name.words, *name.folders), strict=False):
        for tag in said(words):
            tags[tag] = max(tags.get(tag, 0.0), share)
    _colour(tags, darkness(measured, guess.odds if guess.source == "audio" else {role: 1.0}))
    for tag, confidence in (*surface(measured, is_loop=is_loop).items(), *tagged(heard or {}, role, is_loop=is_loop)):
        if tags.get(_OPPOSITE.get(tag, ""), 0.0) < confidence:  # what the maker calls calm is not energetic
            tags[tag] = max(tags.get(tag, 0.0), confidence)
    ranked = sorted(tags.items(), key=lambda item: (-item[1], item[0]))
    return {tag: round(confidence, 3) for tag, confidence in ranked if tag not in _ROLE_WORDS - {str(role)}}


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


def darkness(measured: Descriptors, odds: Mapping[Role, float]) -> float:
    """How dark a sound is for its role: 0.. 0.85 for dark, below 0 for bright, and always more for a lower centroid.

    ``odds`` are those of the roles it may have: what is typical then lies between them, so that two like sounds of
    which one is taken for a bass and one for a pad are not measured by two scales.
    """
    typical = sum(share * math.log2(_TYPICAL_HZ[role]) for role, share in odds.items()) / sum(odds.values())
    octaves = typical - math.log2(max(measured.brightness_hz, 20.0))
    return math.copysign(_COLOUR_MAX * -math.expm1(-abs(octaves) / _COLOUR_OCTAVES), octaves)


def _colour(tags: dict[str, float], dark: float) -> None:
    """Put what is measured beside what is said of dark and bright, in place."""
    for tag, measured in (("dark", dark), ("bright", -dark)):
        worth = tags.get(tag, 0.0) / _SAID
        if worth:
            base, more = _SAID_COLOUR
            tags[tag] = max(worth * (base + more * measured), measured)
        elif measured >= _COLOUR_MIN and not tags.get(_OPPOSITE[tag]):
            tags[tag] = measured


def surface(measured: Descriptors, *, is_loop: bool) -> dict[str, float]:
    """Tags that plain measurements bear out."""
    tags = {}
    if is_loop:
        tags["busy"] = min(_HEARD_MAX, 0.5 * measured.density / _BUSY) if measured.density > _BUSY * 0.7 else 0.0
        tags["sparse"] = 0.5 if measured.density < _SPARSE else 0.0
    else:
        tags["oneshot"] = _HEARD_MAX
    tags["noisy"] = min(_HEARD_MAX, measured.noise / _NOISY * 0.5) if measured.noise > _NOISY else 0.0
    return {tag: confidence for tag, confidence in tags.items() if confidence >= _HEARD_MIN}


_OPPOSITE: Final = {
    "dark": "bright", "bright": "dark", "busy": "sparse", "sparse": "busy", "calm": "energetic", "energetic": "calm",
}  # fmt: skip
_GENRE_TAGS: Final = frozenset(tag for meaning in GENRES.values() for tag in meaning.tags) - {"dusty"}
