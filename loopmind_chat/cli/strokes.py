"""Letters made of straight strokes, for pictures: capitals, digits and a little punctuation, four by six."""

from functools import lru_cache
from itertools import pairwise
from typing import Final

HEIGHT: Final = 6.0
ADVANCE: Final = 5.6
"""From one letter to the next; a letter is four wide."""

Point = tuple[float, float]

_LETTERS: Final = {
    "A": "06 20 46|14 34", "B": "00 06 36 45 44 33 03|00 30 41 42 33", "C": "41 30 10 01 05 16 36 45",
    "D": "00 06 26 44 42 20 00", "E": "40 00 06 46|03 33", "F": "40 00 06|03 33", "G": "41 30 10 01 05 16 36 45 43 23",
    "H": "00 06|40 46|03 43", "I": "10 30|20 26|16 36", "J": "40 45 36 16 05", "K": "00 06|40 03 46", "L": "00 06 46",
    "M": "06 00 23 40 46", "N": "06 00 46 40", "O": "10 30 41 45 36 16 05 01 10", "P": "06 00 30 41 42 33 03",
    "Q": "10 30 41 45 36 16 05 01 10|24 46", "R": "06 00 30 41 42 33 03|23 46",
    "S": "41 30 10 01 02 13 33 44 45 36 16 05",
    "T": "00 40|20 26", "U": "00 05 16 36 45 40", "V": "00 26 40", "W": "00 16 23 36 40", "X": "00 46|40 06",
    "Y": "00 23 40|23 26", "Z": "00 40 06 46", "0": "10 30 41 45 36 16 05 01 10|32 14", "1": "11 20 26|16 36",
    "2": "01 10 30 41 42 06 46", "3": "01 10 30 41 42 33 44 45 36 16 05|13 33", "4": "36 30 04 44",
    "5": "40 00 02 32 43 45 36 16 05", "6": "30 10 01 05 16 36 45 44 33 03", "7": "00 40 16",
    "8": "13 02 01 10 30 41 42 33 13 04 05 16 36 45 44 33", "9": "16 36 45 41 30 10 01 02 13 43", "-": "13 33",
    ".": "26 26", ",": "26 17", ":": "22 22|25 25", "'": "20 22", "/": "06 40", "&": "46 11 20 31 04 05 16 26 43",
    "#": "10 06|40 36|02 42|04 44", "+": "21 25|03 43", "(": "30 21 25 36", ")": "10 21 25 16", "·": "23 23",
}  # fmt: skip
"""Each stroke joins points; a point is its column and row."""


@lru_cache(maxsize=256)
def strokes(letter: str) -> tuple[tuple[Point, Point], ...]:
    """Where the strokes of a letter begin and end; none for one that is not known."""
    lines = []
    for stroke in _LETTERS.get(letter, "").split("|"):
        points = [(float(point[0]), float(point[1])) for point in stroke.split()]
        lines += list(pairwise(points))
    return tuple(lines)
