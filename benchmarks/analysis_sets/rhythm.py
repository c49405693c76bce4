"""Drum loops of many styles: what is struck when."""

from collections.abc import Mapping, Sequence

import numpy as np

from analysis_sets.item import Hit

STEPS = 16
PATTERNS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "house": {
        "kick": ("x...x...x...x...", "x...x...x...x.x."),
        "clap": ("....x.......x...",),
        "open": ("..x...x...x...x.",),
        "hat": ("x.x.x.x.x.x.x.x.", "xxx.xxx.xxx.xxx.", "................"),
        "shaker": ("................", "xxxxxxxxxxxxxxxx"),
    },
    "techno": {
        "kick": ("x...x...x...x...",),
        "hat": ("..x...x...x...x.", "xxxxxxxxxxxxxxxx"),
        "rim": ("...x..x....x..x.", "......x.......x.", "..x..x..x..x..x."),
        "clap": ("................", "....x.......x..."),
        "ride": ("................", "x.x.x.x.x.x.x.x."),
    },
    "trap": {
        "kick": ("x......x..x.....", "x.....x...x..x..", "x..x......x....."),
        "clap": ("........x.......",),
        "hat": ("x.x.x.x.x.x.x.x.", "xxxxxxxxx.x.x.x.", "x.xxx.x.x.xxx.xx"),
        "open": ("................", "..............x."),
    },
    "drum and bass": {
        "kick": ("x.........x.....", "x.x.......x....."),
        "snare": ("....x.......x...", "....x..x.x..x..x"),
        "hat": ("x.x.x.x.x.x.x.x.", "xxxxxxxxxxxxxxxx"),
        "ride": ("................", "x...x...x...x..."),
    },
    "boom bap": {
        "kick": ("x.....xx..x.....", "x......x.xx.....", "x..x......x..x.."),
        "snare": ("....x.......x...", "....x.......x..x"),
        "hat": ("x.x.x.x.x.x.x.x.", "x.x.x.xxx.x.x.x."),
    },
    "dubstep": {
        "kick": ("x.....x...x.....", "x.........x..x.."),
        "snare": ("........x.......",),
        "hat": ("..x...x...x.x.x.", "x..x..x..x..x..x"),
    },
    "reggaeton": {
        "kick": ("x...x...x...x...",),
        "snare": ("...x..x....x..x.",),
        "hat": ("x.x.x.x.x.x.x.x.", "..x...x...x...x."),
        "conga": ("................", "..x..x..x..x..x."),
    },
    "funk": {
        "kick": ("x.x.......x..x..", "x......x..xx...."),
        "snare": ("....x..x.x..x..x", "....x..x.x..x..."),
        "hat": ("xxxxxxxxxxxxxxxx", "x.x.x.x.x.x.x.x."),
        "cowbell": ("................", "x...x...x...x..."),
    },
    "rock": {
        "kick": ("x.......x.x.....", "x......xx......."),
        "snare": ("....x.......x...",),
        "hat": ("x.x.x.x.x.x.x.x.",),
        "ride": ("................", "x...x...x...x..."),
    },
    "afro": {
        "kick": ("x...x...x...x...", "x..x..x...x..x.."),
        "conga": ("..xx..x...xx..x.", "x..x..x...x.x..."),
        "bongo": ("x..x..xx..x.x.xx", "................"),
        "shaker": ("xxxxxxxxxxxxxxxx", "x.xxx.xxx.xxx.xx"),
        "rim": ("x..x..x...x.x...",),
    },
    "footwork": {
        "kick": ("x..x..x..x..x..x", "x..x..x.x..x..x."),
        "clap": ("............x...", "....x.......x..."),
        "hat": ("..x...x...x...x.",),
        "tom": ("......x..x..x...", "................"),
    },
    "electro": {
        "kick": ("x.....x...x.....", "x..x......x..x.."),
        "snare": ("....x.......x...",),
        "hat": ("x.x.x.x.x.x.x.x.", "xxxxxxxxxxxxxxxx"),
        "cowbell": ("................", "x..x..x.x..x..x."),
    },
    "soul": {
        "kick": ("x.........x.....", "x..x....x.......", "x.......x......."),
        "rim": ("....x.......x...",),
        "hat": ("x.x.x.x.x.x.x.x.", "x...x...x...x..."),
        "shaker": ("................", "..x...x...x...x."),
    },
}
_BASE: Mapping[str, frozenset[str]] = {
    "drums": frozenset(),
    "tops": frozenset({"kick"}),
    "percussion": frozenset({"kick", "snare", "clap", "hat", "open", "ride"}),
}
"""What each kind of loop leaves out."""


def strokes(  # noqa: PLR0913 - a loop's shape
    style: str, kind: str, beats: float, random: np.random.Generator, *, swing: float = 0.0, loose_s: float = 0.0
) -> tuple[Hit, ...]:
    """A loop of ``beats`` in a style. ``swing`` moves each second sixteenth by that share of a step, to a third.

    ``loose_s``: how far strokes stray, in beats. Bars that are not of sixteen steps are cut from the pattern's start.
    """
    lanes = {drum: choice for drum, choice in PATTERNS[style].items() if drum not in _BASE[kind]}
    if kind == "percussion":
        lanes = _percussion(lanes, random)
    hits = []
    for drum, choices in lanes.items():
        pattern = choices[int(random.integers(len(choices)))]
        for step in range(round(beats * 4)):
            mark = pattern[step % STEPS]
            filled = step >= beats * 4 - 4 and random.random() < 0.12
            if mark == "x" or filled:
                late = swing / 2 if step % 2 else 0.0
                start = max(0.0, (step + late) / 4 + random.normal(0, loose_s))
                loud = (0.85 if step % 4 == 0 else 0.6) + random.uniform(-0.12, 0.12)
                hits.append(Hit(start, drum, float(np.clip(loud, 0.15, 1.0))))
    return tuple(sorted(hits, key=lambda h: (h.start, h.drum)))


def _percussion(lanes: Mapping[str, Sequence[str]], random: np.random.Generator) -> dict[str, Sequence[str]]:
    """Hand drums and small things, whether the style has them or not."""
    kept = {drum: choices for drum, choices in lanes.items() if drum in {"conga", "bongo", "shaker", "rim", "cowbell"}}
    hands = PATTERNS["afro"]
    for drum in random.permutation(["conga", "bongo", "shaker", "rim"])[:2]:
        kept.setdefault(str(drum), hands[str(drum)])
    return kept
