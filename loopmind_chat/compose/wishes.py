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
    "a an and another any anything as at be bit but change different else everything feel feeling for from get give has"
    " have in instead is it its just kind less let like little loop lot make maybe me more much my need new of on one"
    " or other please put really sample should so some something sort sound sounding sounds swap take than that the"
    " thing this to too try type use very vibe want way with"
)
_NEGATIONS: Final = word_set("no not without except minus fewer less too nor than but")
_ONLY_AFTER: Final = {"than": "other", "but": "anything"}
"""Of these words a negation is made by the one before: "other than", "anything but"."""
_LISTING: Final = word_set("no without except minus than but")
"""What these deny may be a list: "no piano or bells"."""
_PASSED_OVER: Final = word_set("a an any as for like many more much of so that the too very")
"""Words between a negation and what it denies."""
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


def directions_in(wish: str) -> tuple[Direction, ...]:
    """The directions that a wish names: "a bit darker and less busy"."""
    words = words_of(wish)
    denied = _denied(wish)
    told = {_LESS[word] for word in denied & _LESS.keys()}
    said = frozenset(words) - denied - {"less", "more"}
    bare = {"less": "sparser", "more": "busier"}.get(" ".join(words), "")
    return tuple(d for d in DIRECTIONS if d.told in told or said & d.words or d.told == bare)


def other_words(wish: str) -> tuple[str, ...]:
    """The words that a loop should go by, no direction: "a darker rainy piano, no vocals" is rainy, piano."""
    spoken_for = _SPOKEN_FOR | _denied(wish)
    return tuple(dict.fromkeys(word for word in words_of(wish) if word not in spoken_for and len(word) > 1))


def unwanted_words(wish: str) -> tuple[str, ...]:
    """The words that no loop should go by: "no vocals", "anything but a piano"; "not so bright" is a direction."""
    spoken_for = _SPOKEN_FOR | _LESS.keys()
    return tuple(word for word in sorted(_denied(wish)) if word not in spoken_for and len(word) > 1)


_SPOKEN_FOR: Final = (_MANNER | _NEGATIONS).union(*(direction.words for direction in DIRECTIONS))


def _denied(wish: str) -> frozenset[str]:
    """The words that a wish says there should be less of, or none: "too bright", "without reverb or delay"."""
    found: set[str] = set()
    for part in re.split("[,;.]", wish):
        words, at = words_of(part), 0
        while at < len(words):
            word, before = words[at], words[at - 1] if at else ""
            at += 1
            if word not in _NEGATIONS or _ONLY_AFTER.get(word, before) != before:
                continue
            while at < len(words) and words[at] in _PASSED_OVER:
                at += 1
            found.update(words[at : at + 1])
            at += 1
            while word in _LISTING and at + 1 < len(words) and words[at] in {"and", "or", "nor"}:
                if words[at + 1] in _SPOKEN_FOR:
                    break
                found.add(words[at + 1])
                at += 2
    return frozenset(found)


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
