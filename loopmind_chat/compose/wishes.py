"""Relative wishes: "darker" is measured against the loop in place, not against a scale."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from loopmind_chat.compose.wording import word_set, words_of
from loopmind_chat.song.loops import LoopFacts


@dataclass(frozen=True, slots=True)
class Direction:
    """A measure, the way it should go, and how the result is told."""

    measure: str
    """A field of LoopFacts."""
    told: str
    """The comparative: "darker"."""
    words: frozenset[str]
    """Words that ask for it."""
    tags: frozenset[str]
    """Words of loops that are it."""
    up: bool = False
    """Whether it asks for more of the measure."""
    least: float = 0.12
    """Smallest change that can be heard: a share of a frequency or a density, dB/10 of a loudness."""


DIRECTIONS: Final = (
    Direction(
        "brightness_hz", "darker",
        word_set("darker dark moodier gloomier duller deeper warmer muddier lower eviler evil sinister"),
        word_set("dark deep warm gloomy evil sinister night"),
    ),
    Direction(
        "brightness_hz", "brighter",
        word_set("brighter bright happier lighter shinier crisper airier sharper higher sparklier"),
        word_set("bright happy light airy sparkle sunny uplifting"),
        up=True,
    ),
    Direction(
        "loudness_lufs", "punchier",
        word_set("punchier punchy harder heavier hard heavy louder aggressive bigger stronger fatter thicker"),
        word_set("hard punchy heavy aggressive fat distorted gritty"),
        up=True,
    ),
    Direction(
        "loudness_lufs", "softer",
        word_set("softer soft gentler gentle quieter calmer calm mellower mellow smoother chiller chill lazier"),
        word_set("soft calm gentle smooth mellow chill warm"),
    ),
    Direction(
        "density", "sparser",
        word_set("sparser sparse simpler simple emptier minimal slower less thinner calmer"),
        word_set("minimal sparse simple"),
    ),
    Direction(
        "density", "busier",
        word_set("busier busy denser fuller faster livelier energetic more complex"),
        word_set("busy energetic bouncy"),
        up=True,
    ),
)  # fmt: skip

_MANNER: Final = word_set(
    "a an and another any be bit but different else for is it less like little loop lot make more much new of one or"
    " other please should some something sound sounding swap than that the thing to very way with"
)
_LESS: Final = {
    "bright": "darker", "dark": "brighter", "busy": "sparser", "loud": "softer", "hard": "softer", "heavy": "softer",
    "aggressive": "softer", "dense": "sparser", "sparse": "busier", "soft": "punchier",
}  # fmt: skip
"""What "less" of something is."""


def directions_in(wish: str) -> tuple[Direction, ...]:
    """The directions that a wish names: "a bit darker and less busy"."""
    words = words_of(wish)
    turned = {after for word, after in pairwise(words) if word == "less" and after in _LESS}
    told = {_LESS[word] for word in turned}
    said = frozenset(words) - turned - {"less", "more"}
    bare = {"less": "sparser", "more": "busier"}.get(" ".join(words), "")
    return tuple(d for d in DIRECTIONS if d.told in told or said & d.words or d.told == bare)


def other_words(wish: str) -> tuple[str, ...]:
    """The words of a wish that are no direction: "a darker rainy piano" is rainy, piano."""
    spoken_for = _MANNER.union(*(direction.words for direction in DIRECTIONS))
    return tuple(word for word in words_of(wish) if word not in spoken_for and len(word) > 1)


def change(direction: Direction, new: LoopFacts, old: LoopFacts) -> float | None:
    """How far a loop goes in a direction from another, as a share; None where it was not measured."""
    after: float | None = getattr(new, direction.measure)
    before: float | None = getattr(old, direction.measure)
    if after is None or before is None:
        return None
    if direction.measure == "loudness_lufs":
        amount = (after - before) / 10.0
    elif before <= 0:
        amount = 0.0 if after <= 0 else 1.0
    else:
        amount = after / before - 1.0
    return amount if direction.up else -amount


def told(direction: Direction, new: LoopFacts, old: LoopFacts) -> str:
    """What came of a direction, with the figure: "31 % darker", "softer, 4.2 dB quieter"."""
    amount = change(direction, new, old)
    if amount is None:
        return direction.told
    if direction.measure == "loudness_lufs":
        return f"{direction.told}, {amount * 10:.1f} dB {'louder' if direction.up else 'quieter'}"
    return f"{amount * 100:.0f} % {direction.told}"
