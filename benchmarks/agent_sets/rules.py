"""The language of wishes: one line says what must have happened, and thereby what may have changed.

``judge(["tempo = 128", "level bass up"], look)`` gives what is wrong: an unmet wish, or a change that none explains.
The forms are listed in the README of this folder; a wish that matches none raises ValueError.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from agent_sets.look import Look
from loopmind_chat.errors import NotInSong

Rule = Callable[..., str]
"""``(look, *groups) -> what is wrong``, "" for nothing; puts back what it explains."""

RULES: Final[list[tuple[re.Pattern[str], Rule]]] = []


def rule(pattern: str) -> Callable[[Rule], Rule]:
    """Make a function the meaning of wishes of that pattern."""

    def keep(function: Rule) -> Rule:
        RULES.append((re.compile(pattern), function))
        return function

    return keep


def judge(wishes: Sequence[str], look: Look) -> list[str]:
    """What is wrong with what a turn left; empty where it is right. Wishes are put back last first."""
    problems = []
    for wish in reversed(wishes):
        found = check(wish, look)
        if found:
            problems.append(f"{wish}: {found}")
    return [*problems, *look.rest()]


def check(wish: str, look: Look) -> str:
    """What is wrong with one wish."""
    for pattern, function in RULES:
        match = pattern.fullmatch(wish)
        if match is not None:
            try:
                return function(look, *match.groups())
            except NotInSong as fault:
                raise ValueError(f"{wish}: {fault}") from fault
    raise ValueError(f"no wish has this form: {wish}")


def moved(old: float, new: float, how: str, *, a_bit: float = 1e9, way: float = 0.0) -> str:
    """Whether a number went as wished: "up", "down a bit", "up way", "= 3", "by -2"."""
    words = how.split()
    if words[0] in {"=", "by"}:
        wanted = float(words[1]) + (old if words[0] == "by" else 0.0)
        return "" if abs(new - wanted) < 0.011 else f"{new:g}, not {wanted:g}"
    step = (new - old) * (1 if words[0] == "up" else -1)
    if step <= 0:
        return f"{old:g} to {new:g}"
    if "bit" in words and step > a_bit + 1e-9:
        return f"by {step:g}, not a bit"
    if "way" in words and step < way - 1e-9:
        return f"by only {step:g}"
    return ""


def first(problems: Sequence[str]) -> str:
    """The first of some problems, "" where none is one."""
    return next((problem for problem in problems if problem), "")
