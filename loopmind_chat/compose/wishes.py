"""Relative wishes: "darker" is measured against the loop in place, not against a scale.

Each direction is a step on a named descriptor that can clearly be heard, and others that must not contradict it:
a loop is darker where its spectral centroid and its sharpness both say so. Loudness says nothing of colour or force,
since a swapped loop is brought to the level of the old one.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from loopmind_chat.compose.wording import word_set, words_of
from loopmind_chat.song.loops import LoopFacts


class Unit(StrEnum):
    """How two values of a measure are compared."""

    RATIO = "ratio"
    """By their ratio: frequencies, onsets a second, milliseconds."""
    DECIBEL = "dB"
    """By their difference."""
    SHARE = "share"
    """By their difference, of values from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Pull:
    """A measure, and how far it must go up or down."""

    measure: str
    """A field of LoopFacts."""
    least: float
    """Smallest step: a share of the old value, dB, or a difference; below 0: how far the other way it may go."""
    up: bool = False
    unit: Unit = Unit.RATIO


@dataclass(frozen=True, slots=True)
class Direction:
    """What a wish asks of a loop, and how the result is told."""

    told: str
    """The comparative: "darker"."""
    pull: Pull
    """What it is measured by."""
    words: frozenset[str]
    """Words that ask for it."""
    tags: frozenset[str]
    """Words of loops that are it."""
    also: tuple[Pull, ...] = ()
    """What must not contradict it, where it is known."""


_BRIGHTNESS: Final = 0.12
_SHARPNESS: Final = 0.08
"""Steps of centroid and sharpness taken to be heard with certainty; just noticeable is about half of them."""
_DENSITY: Final = 0.15
_WARMTH: Final = 0.12
_PUNCH_DB: Final = 1.0
_LOUDNESS_DB: Final = 1.2
_ROUGHNESS: Final = 0.05
_WIDTH: Final = 0.04
_ENOUGH: Final = {Unit.RATIO: 0.5, Unit.DECIBEL: 5.0, Unit.SHARE: 0.25}
"""A step of this size is as good as a greater one: darker is not the darkest."""

DIRECTIONS: Final = (
    Direction(
        "darker", Pull("brightness_hz", _BRIGHTNESS),
        word_set("darker dark moodier gloomier duller deeper muddier lower eviler evil sinister"),
        word_set("dark deep warm gloomy evil sinister night"),
        (Pull("sharpness", _SHARPNESS),),
    ),
    Direction(
        "brighter", Pull("brightness_hz", _BRIGHTNESS, up=True),
        word_set("brighter bright happier lighter shinier crisper airier sharper higher sparklier"),
        word_set("bright happy light airy sparkle sunny uplifting"),
        (Pull("sharpness", _SHARPNESS, up=True),),
    ),
    Direction(
        "warmer", Pull("warmth", _WARMTH, up=True),
        word_set("warmer cosier cozier rounder"),
        word_set("warm cosy cozy round analog tape"),
        (Pull("sharpness", 0.0), Pull("roughness", -_ROUGHNESS, unit=Unit.SHARE)),
    ),
    Direction(
        "colder", Pull("warmth", _WARMTH),
        word_set("colder cold cooler icier icy thinner"),
        word_set("cold icy ice frozen thin"),
        (Pull("sharpness", 0.0, up=True),),
    ),
    Direction(
        "punchier", Pull("punch_db", _PUNCH_DB, up=True, unit=Unit.DECIBEL),
        word_set("punchier punchy snappier snappy tighter tight"),
        word_set("punchy snappy tight hard"),
        (Pull("attack_ms", -0.1),),
    ),
    Direction(
        "harder", Pull("punch_db", _PUNCH_DB, up=True, unit=Unit.DECIBEL),
        word_set("harder heavier hard heavy aggressive tougher stronger"),
        word_set("hard heavy aggressive distorted gritty"),
        (Pull("sharpness", -0.05, up=True), Pull("roughness", -0.02, up=True, unit=Unit.SHARE)),
    ),
    Direction(
        "softer", Pull("punch_db", _PUNCH_DB, unit=Unit.DECIBEL),
        word_set("softer soft gentler gentle calmer calm mellower mellow chiller chill lazier"),
        word_set("soft calm gentle mellow chill warm"),
        (Pull("sharpness", -0.05), Pull("roughness", -0.02, unit=Unit.SHARE)),
    ),
    Direction(
        "smoother", Pull("roughness", _ROUGHNESS, unit=Unit.SHARE),
        word_set("smoother smooth cleaner clean silkier"),
        word_set("smooth clean silky soft"),
    ),
    Direction(
        "rougher", Pull("roughness", _ROUGHNESS, up=True, unit=Unit.SHARE),
        word_set("rougher rough grittier gritty dirtier dirty harsher harsh nastier"),
        word_set("rough gritty dirty harsh distorted"),
    ),
    Direction(
        "wider", Pull("width", _WIDTH, up=True, unit=Unit.SHARE),
        word_set("wider wide broader bigger"),
        word_set("wide stereo big"),
    ),
    Direction(
        "narrower", Pull("width", _WIDTH, unit=Unit.SHARE),
        word_set("narrower narrow"),
        word_set("narrow mono"),
    ),
    Direction(
        "louder", Pull("loudness_lufs", _LOUDNESS_DB, up=True, unit=Unit.DECIBEL),
        word_set("louder loud fatter thicker"),
        word_set("loud fat"),
    ),
    Direction(
        "quieter", Pull("loudness_lufs", _LOUDNESS_DB, unit=Unit.DECIBEL),
        word_set("quieter quiet"),
        word_set("quiet"),
    ),
    Direction(
        "sparser", Pull("density", _DENSITY),
        word_set("sparser sparse simpler simple emptier minimal slower less calmer"),
        word_set("minimal sparse simple"),
    ),
    Direction(
        "busier", Pull("density", _DENSITY, up=True),
        word_set("busier busy denser fuller faster livelier energetic more complex"),
        word_set("busy energetic bouncy"),
    ),
)  # fmt: skip

_MANNER: Final = word_set(
    "a an and another any as be bit but different else for is it less like little loop lot make more much new not of"
    " one or other please should so some something sound sounding swap than that the thing to too very way with"
)
_LESS: Final = {
    "bright": "darker", "dark": "brighter", "busy": "sparser", "loud": "quieter", "hard": "softer", "heavy": "softer",
    "aggressive": "softer", "dense": "sparser", "sparse": "busier", "soft": "harder", "punchy": "softer",
    "rough": "smoother", "harsh": "smoother", "gritty": "smoother", "dirty": "smoother", "smooth": "rougher",
    "clean": "rougher", "warm": "colder", "cold": "warmer", "wide": "narrower", "narrow": "wider", "quiet": "louder",
    "shiny": "darker", "sharp": "darker", "shrill": "darker", "tinny": "warmer", "happy": "darker", "muddy": "brighter",
    "boomy": "brighter", "gloomy": "brighter", "simple": "busier", "plain": "busier", "hectic": "sparser",
    "chaotic": "sparser", "complicated": "sparser", "mellow": "harder", "sleepy": "busier",
}  # fmt: skip
"""What "less" of something is."""
_TURNING: Final = re.compile(r"\b(?:less|too|not\s+(?:so|as|that|too|very)|not)\s+([a-z][\w-]*)", re.IGNORECASE)
"""What comes before what is not wanted: "too bright" and "not so bright" wish for something less bright."""


def directions_in(wish: str) -> tuple[Direction, ...]:
    """The directions that a wish names: "a bit darker and less busy"."""
    words = words_of(wish)
    turned = _turned(wish)
    told = {_LESS[word] for word in turned & _LESS.keys()}
    said = frozenset(words) - turned - {"less", "more"}
    bare = {"less": "sparser", "more": "busier"}.get(" ".join(words), "")
    return tuple(d for d in DIRECTIONS if d.told in told or said & d.words or d.told == bare)


def other_words(wish: str) -> tuple[str, ...]:
    """The words of a wish that are no direction: "a darker rainy piano" is rainy, piano."""
    spoken_for = _MANNER.union(*(direction.words for direction in DIRECTIONS))
    spoken_for |= _turned(wish)
    return tuple(word for word in words_of(wish) if word not in spoken_for and len(word) > 1)


def _turned(wish: str) -> frozenset[str]:
    """The words of a wish that say what there is to be less of."""
    return frozenset(word.lower() for word in _TURNING.findall(wish))


def goes(direction: Direction, new: LoopFacts, old: LoopFacts, *, share: float = 1.0) -> bool | None:
    """Whether a loop clearly goes in a direction from another; None where that was not measured.

    ``share``: how much of a clear step will do.
    """
    step = change(direction.pull, new, old)
    if step is None:
        return None
    others = ((min(pull.least, share * pull.least), change(pull, new, old)) for pull in direction.also)
    return step >= share * direction.pull.least and all(other is None or other >= least for least, other in others)


def reach(direction: Direction, new: LoopFacts, old: LoopFacts) -> float | None:
    """0 to 1: how far a loop goes in a direction, no further than is of use; None where that was not measured."""
    step = change(direction.pull, new, old)
    return None if step is None else max(0.0, min(1.0, step / _ENOUGH[direction.pull.unit]))


def unlike(new: LoopFacts, old: LoopFacts, wanted: tuple[Direction, ...]) -> float:
    """0 to 1: how different two loops are in all that the wish does not ask for, as far as it was measured."""
    asked = {pull.measure for direction in wanted for pull in (direction.pull, *direction.also)}
    pulls = {d.pull.measure: d.pull for d in DIRECTIONS if d.pull.measure not in asked | {"loudness_lufs"}}
    steps = [(pull, change(pull, new, old)) for pull in pulls.values()]
    known = [min(1.0, abs(step) / _ENOUGH[pull.unit]) for pull, step in steps if step is not None]
    return sum(known) / len(known) if known else 0.0


def told(direction: Direction, new: LoopFacts, old: LoopFacts) -> str:
    """What came of a direction, with the figure: "31 % darker", "4.2 dB quieter", "smoother (0.41 to 0.12)"."""
    step = change(direction.pull, new, old)
    if step is None:
        return direction.told
    match direction.pull.unit:
        case Unit.RATIO:
            return f"{step * 100:.0f} % {direction.told}"
        case Unit.DECIBEL:
            return f"{step:.1f} dB {direction.told}"
        case Unit.SHARE:
            before, after = (getattr(facts, direction.pull.measure) for facts in (old, new))
            return f"{direction.told} ({before:.2f} to {after:.2f})"


def change(pull: Pull, new: LoopFacts, old: LoopFacts) -> float | None:
    """How far a loop goes the way of a pull; None where that was not measured."""
    after: float | None = getattr(new, pull.measure)
    before: float | None = getattr(old, pull.measure)
    if after is None or before is None:
        return None
    if pull.unit is not Unit.RATIO:
        step = after - before
    elif before <= 0:
        step = 0.0 if after <= 0 else 1.0
    else:
        step = after / before - 1.0
    return step if pull.up else -step
