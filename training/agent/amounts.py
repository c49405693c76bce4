"""Amounts as producers say them, each with its value in a call: bars, beats, levels, shares."""

import random
from typing import Final

_WORDS: Final = {
    1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 8: "eight", 9: "nine", 10: "ten", 12: "twelve",
    15: "fifteen", 16: "sixteen", 18: "eighteen", 20: "twenty",
}  # fmt: skip


def span(dice: random.Random, detail: str) -> tuple[str, str]:
    """A few bars more or fewer: "four bars" is 4; with the detail "more", as it follows "another"."""
    number = dice.choice((1, 2, 2, 2, 3, 4, 4, 4, 4, 6, 8, 8, 16))
    if number == 1:
        return "bar" if detail else dice.choice(("a bar", "one bar", "1 bar")), "1"
    said = dice.choice((str(number), str(number), _WORDS[number]))
    return f"{said} {dice.choice(('bars', 'bars', 'bars', 'bars', 'measures'))}", str(number)


def beats(dice: random.Random, detail: str) -> tuple[str, str]:
    """A length in beats: "a beat" is 1; with the detail "bars", one said in bars of four."""
    number = dice.choice((1, 2, 4) if detail else (1, 1, 2, 2, 4, 8))
    unit = "bar" if detail else "beat"
    said = dice.choice((str(number), _WORDS[number])) if number > 1 else dice.choice(("a", "one", "1"))
    return f"{said} {unit}{'s' if number > 1 else ''}", str(number * 4 if detail else number)


def gain(dice: random.Random, _detail: str) -> tuple[str, str]:
    """An absolute level: "minus six dB" is -6."""
    number = dice.choice((0, 1, 2, 3, 3, 4, 5, 6, 6, 6, 8, 9, 10, 12, 12, 15, 18, 20))
    if not number:
        return dice.choice(("0 dB", "zero dB", "0db")), "0"
    said = dice.choice((f"-{number}", f"-{number}", f"-{number}", f"minus {number}", f"minus {_WORDS[number]}"))
    units = (" dB", "db", " db", "dB") if said[-1].isdigit() else (" dB", " db")
    return said + dice.choice(units), f"-{number}"


def part(dice: random.Random, _detail: str) -> tuple[str, str]:
    """Parts of a hundred without a unit: the "30" of "30 left" is 0.3."""
    percent = dice.choice((10, 15, 20, 25, 30, 30, 40, 45, 50, 60, 70, 80))
    return str(percent), f"{percent / 100:g}"
