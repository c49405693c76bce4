"""Moods: what a word such as "dark" asks of a loop, in terms that are measured."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from loopmind_chat.compose.wording import word_set, words_of
from loopmind_chat.song.keys import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """How far a mood pulls each measure, -1 (low) to 1 (high), against the other loops of the same role."""

    name: str = ""
    brightness: float = 0.0
    loudness: float = 0.0
    density: float = 0.0
    mode: Mode | None = None
    energy: float = 0.0
    """Added to the energy of each section."""
    tempo: float = 0.0
    """-1 asks for the slow end of a genre's tempo range, 1 for the fast end."""
    words: frozenset[str] = field(default_factory=frozenset)
    """Words that mean this mood, in a wish, a tag or a file name."""
    against: frozenset[str] = field(default_factory=frozenset)
    """Words of loops that contradict it."""


_DARK: Final = (
    "dark darker gloomy evil sinister menacing ominous grim haunted creepy horror spooky night midnight doom noir"
)
_BRIGHT: Final = "bright brighter sunny shiny sparkly light glitter summer"
_HAPPY: Final = "happy joyful cheerful uplifting positive fun feelgood playful upbeat joy"
_SAD: Final = "sad melancholic melancholy emotional heartbreak lonely sorrow tearful moody blue depressed"
_AGGRESSIVE: Final = "aggressive hard angry heavy brutal hype rage violent mean distorted punchy gritty"
_CHILL: Final = "chill chilled calm relaxed relaxing mellow laidback soft smooth peaceful gentle quiet easy lazy sleepy"

MOODS: Final[tuple[Mood, ...]] = (
    Mood(name="dark", brightness=-1.0, mode="minor", words=word_set(_DARK), against=word_set(_BRIGHT + " " + _HAPPY)),
    Mood(name="bright", brightness=1.0, mode="major", energy=0.03, words=word_set(_BRIGHT), against=word_set(_DARK)),
    Mood(
        name="happy", brightness=0.7, density=0.3, mode="major", energy=0.05, tempo=0.3,
        words=word_set(_HAPPY), against=word_set(_DARK + " " + _SAD),
    ),
    Mood(
        name="sad", brightness=-0.5, loudness=-0.3, density=-0.5, mode="minor", energy=-0.08, tempo=-0.4,
        words=word_set(_SAD), against=word_set(_HAPPY + " hype"),
    ),
    Mood(
        name="aggressive", brightness=0.1, loudness=0.8, density=0.6, mode="minor", energy=0.1, tempo=0.5,
        words=word_set(_AGGRESSIVE), against=word_set(_CHILL),
    ),
    Mood(
        name="chill", brightness=-0.4, loudness=-0.5, density=-0.6, energy=-0.1, tempo=-0.5,
        words=word_set(_CHILL), against=word_set(_AGGRESSIVE),
    ),
    Mood(
        name="dreamy", brightness=-0.1, loudness=-0.4, density=-0.6, energy=-0.08, tempo=-0.3,
        words=word_set("dreamy dream ethereal floating airy hazy spacey space psychedelic celestial heaven cloud"),
        against=word_set(_AGGRESSIVE),
    ),
    Mood(
        name="energetic", brightness=0.4, loudness=0.5, density=0.8, energy=0.1, tempo=0.6,
        words=word_set("energetic energy driving powerful party banger fast intense lively dance club bouncy"),
        against=word_set(_CHILL),
    ),
    Mood(
        name="epic", brightness=0.1, loudness=0.5, mode="minor", energy=0.05,
        words=word_set("epic cinematic dramatic huge massive anthemic orchestral heroic triumphant"),
    ),
    Mood(
        name="romantic", brightness=-0.1, loudness=-0.2, density=-0.3, energy=-0.04, tempo=-0.2,
        words=word_set("romantic love sensual sexy soulful warm tender intimate soul"), against=word_set(_AGGRESSIVE),
    ),
    Mood(
        name="nostalgic", brightness=-0.5, loudness=-0.2, density=-0.2, energy=-0.05, tempo=-0.2,
        words=word_set("nostalgic nostalgia vintage retro dusty tape vinyl old oldschool rainy rain"),
    ),
    Mood(
        name="mysterious", brightness=-0.4, density=-0.4, mode="minor", energy=-0.04,
        words=word_set("mysterious mystery eerie weird strange tense suspense suspenseful hypnotic"),
    ),
    Mood(
        name="funky", brightness=0.3, density=0.6, energy=0.04,
        words=word_set("funky funk groovy groove swinging soulful disco"),
    ),
)  # fmt: skip
"""The moods that are known by name; other words still count through the library's sense of meaning."""


def moods_named(text: str) -> tuple[Mood, ...]:
    """The moods that the words name, in the order of :data:`MOODS`."""
    said = frozenset(words_of(text))
    return tuple(mood for mood in MOODS if said & mood.words)


def mood_of(text: str) -> Mood:
    """One mood out of all that the words name ("dark but dreamy"); a neutral one where they name none."""
    found = moods_named(text)
    if not found:
        return Mood(words=frozenset(words_of(text)))
    share = 1.0 / len(found)
    modes = {mood.mode for mood in found if mood.mode}
    words = frozenset[str]().union(*(mood.words for mood in found)) | frozenset(words_of(text))
    return Mood(
        name=" ".join(mood.name for mood in found),
        brightness=sum(mood.brightness for mood in found) * share,
        loudness=sum(mood.loudness for mood in found) * share,
        density=sum(mood.density for mood in found) * share,
        mode=modes.pop() if len(modes) == 1 else None,
        energy=sum(mood.energy for mood in found) * share,
        tempo=sum(mood.tempo for mood in found) * share,
        words=words,
        against=frozenset[str]().union(*(mood.against for mood in found)) - words,
    )


_SURE: Final = 0.85
_SURE_FROM: Final = 0.25


def _plain(confidence: float) -> float:
    """How much a tag counts: dark is not the darkest, and who then asks for something darker should find it."""
    return _SURE * -math.expm1(-confidence / _SURE_FROM)


def mood_score(mood: Mood, tags: Mapping[str, float], words: frozenset[str]) -> float:
    """-1 to 1: whether a loop's tags and words speak for the mood or against it."""
    for_it = _plain(max((confidence for tag, confidence in tags.items() if tag.lower() in mood.words), default=0.0))
    against = _plain(max((confidence for tag, confidence in tags.items() if tag.lower() in mood.against), default=0.0))
    for_it = max(for_it, 0.8 if words & mood.words else 0.0)
    against = max(against, 0.8 if words & mood.against else 0.0)
    return for_it - against
