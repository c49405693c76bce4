"""How much a loop differs from another, as a producer says it: "31 % darker", "3 times as bright", "much quieter"."""

from typing import Final

from loopmind_chat.compose.wishes import Direction, Unit, change
from loopmind_chat.song.loops import LoopFacts

_PLAIN: Final = {
    "darker": "dark", "brighter": "bright", "warmer": "warm", "colder": "cold", "sparser": "sparse", "busier": "busy",
}  # fmt: skip
_AS_A_SHARE: Final = 0.95
"""Up to about twice as much a percentage says it best."""
_TIMES_MAX: Final = 5.5
_MUCH: Final = {Unit.RATIO: 0.75, Unit.DECIBEL: 9.5, Unit.SHARE: 0.25}
"""From here on nobody counts: most of it gone, ten decibels, a quarter of a scale."""


def told(direction: Direction, new: LoopFacts, old: LoopFacts) -> str:
    """What came of a direction, with a figure of two digits at most: "31 % darker", "3 times as bright", "smoother"."""
    step = change(direction.pull, new, old)
    if step is None or step <= 0 or direction.pull.unit is Unit.SHARE:
        return told_plainly(direction, new, old)
    if direction.pull.unit is Unit.DECIBEL:
        return told_plainly(direction, new, old) if step >= _MUCH[Unit.DECIBEL] else f"{step:.1f} dB {direction.told}"
    return ratio_told(step if direction.pull.up else -step, direction.told)


def told_plainly(direction: Direction, new: LoopFacts, old: LoopFacts) -> str:
    """What came of a direction, without a figure: "darker", "much darker", "not darker"."""
    step = change(direction.pull, new, old)
    if step is None:
        return direction.told
    if step <= 0:
        return f"not {direction.told}"
    # twice as much is the same way as half as much: compare both as the smaller over the greater
    part = step / (1.0 + step) if direction.pull.unit is Unit.RATIO and direction.pull.up else step
    return f"much {direction.told}" if part >= _MUCH[direction.pull.unit] else direction.told


def ratio_told(step: float, comparative: str) -> str:
    """A change by a share of the old value, above 0 where there is more: 0.3 and "brighter" is "30 % brighter"."""
    if step < 0:
        return f"much {comparative}" if -step >= _MUCH[Unit.RATIO] else f"{round(-step * 100)} % {comparative}"
    times = 1.0 + step
    if step < _AS_A_SHARE:
        return f"{max(1, round(step * 100))} % {comparative}"
    if times >= _TIMES_MAX or comparative not in _PLAIN:
        return f"much {comparative}"
    many = "twice" if round(times) == 2 else f"{round(times)} times"  # noqa: PLR2004 - two is a word of its own
    return f"{many} as {_PLAIN[comparative]}"
