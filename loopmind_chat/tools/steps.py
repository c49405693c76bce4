"""Relative changes: "up", "a bit down", "way up", and how far each goes."""

from typing import Final, Literal

Step = Literal["up", "down", "a bit up", "a bit down", "way up", "way down"]
"""Said of a level, a tempo, an energy, a swing."""

_SIZES: Final[dict[str, float]] = {
    "up": 1.0, "down": -1.0, "a bit up": 0.5, "a bit down": -0.5, "way up": 2.0, "way down": -2.0,
}  # fmt: skip


def moved(value: float, by: float, low: float, high: float) -> float:
    """``value`` moved by so much, kept inside its limits."""
    return round(min(max(value + by, low), high), 4)


def stepped(value: float, step: Step, unit: float, low: float, high: float) -> float:
    """``value`` after a step of so many ``unit``, kept inside its limits."""
    return round(min(max(value + _SIZES[step] * unit, low), high), 4)
