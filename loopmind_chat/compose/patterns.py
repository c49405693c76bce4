"""Beats for one-shots: what each piece of a kit plays in each feel.

A pattern is written as steps, sixteen a bar: ``x`` strikes, ``.`` rests, ``|`` parts bars. The first of a row is
plain, later ones are busier.
"""

import random
from typing import Final

from loopmind_chat.compose.genres import Feel
from loopmind_chat.compose.pieces import Piece

Beat = tuple[float, ...]
"""Beats at which a one-shot is struck."""

_STEPS_A_BEAT: Final = 4

_HALF_CLAP: Final = ("........x.......",)
_BACK_SNARE: Final = ("....x.......x...", "....x.......x...|....x.......x..x", "....x..x.x..x...|....x..x....x...")
_EIGHTHS: Final = "x.x.x.x.x.x.x.x."
_OFF_BEATS: Final = "..x...x...x...x."

_ROWS: Final[dict[Feel, dict[Piece, tuple[str, ...]]]] = {
    Feel.HALF_TIME: {
        Piece.KICK: (
            "x.........x.....|x.....x...x.....",
            "x.....x...x.....|x..x......x...x.",
            "x..x......x.....|x.....x..x....x.",
        ),
        Piece.SNARE: _HALF_CLAP,
        Piece.CLAP: _HALF_CLAP,
        Piece.HATS: (_EIGHTHS, "x.x.x.xxx.x.x.x.|x.x.x.x.x.xxx.xx", "x.xxx.x.x.x.xxx.|x.x.x.xxx.xxx.x."),
        Piece.OPEN_HATS: ("..............x.", "......x.........|..............x."),
        Piece.BASS: ("x.........x.....|x.....x.........", "x.....x...x.....|x..x......x...x."),
        Piece.RIM: ("...x......x.....|......x......x..",),
        Piece.COWBELL: ("..x..x..x..x..x.|..x..x..x.x.x.x.",),
    },
    Feel.DRILL: {
        Piece.KICK: (
            "x.....x.........|x..x.......x....",
            "x.....x....x....|x..x......x.....",
            "x..x......x.....|......x...x..x..",
        ),
        Piece.SNARE: ("........x.......|........x.....x.", "........x.......|........x..x...."),
        Piece.CLAP: ("........x.......|........x.....x.",),
        Piece.HATS: ("x..x..x.x..x..x.", "x..x..x.x..x.xx.|x..x..x.x..xx.x."),
        Piece.OPEN_HATS: ("..............x.|......x.........",),
        Piece.BASS: ("x.....x.........|x..x.......x....", "x.....x....x....|x..x......x...x."),
        Piece.RIM: ("......x.....x...|...x......x.....",),
    },
    Feel.BACKBEAT: {
        Piece.KICK: (
            "x.......x.x.....|x.........x.....",
            "x.....x.x.x.....|x..x....x.x.....",
            "x..x....x.......|x..x..x...x.....",
        ),
        Piece.SNARE: _BACK_SNARE,
        Piece.CLAP: ("....x.......x...",),
        Piece.HATS: (_EIGHTHS, "x.x.x.x.x.x.x.xx", "x.x.x.x.x.xxx.x.|x.x.x.xxx.x.x.x."),
        Piece.OPEN_HATS: ("..............x.", "......x.........|..............x."),
        Piece.BASS: ("x.......x.......|x.........x.....", "x.....x.x.......|x..x......x....."),
        Piece.RIM: ("...x......x.....",),
        Piece.SHAKER: (_EIGHTHS,),
    },
    Feel.FOUR: {
        Piece.KICK: ("x...x...x...x...", "x...x...x...x...", "x...x...x...x...|x...x...x...x..x"),
        Piece.SNARE: ("....x.......x...",),
        Piece.CLAP: ("....x.......x...", "....x.......x...|....x.......x..x"),
        Piece.HATS: (_OFF_BEATS, "x.x.x.x.x.x.x.x.", "xxx.xxx.xxx.xxx."),
        Piece.OPEN_HATS: (_OFF_BEATS,),
        Piece.BASS: ("..x...x...x...x.", "..xx..x...xx..x.|..xx..x...x.x.x."),
        Piece.RIM: ("x..x..x...x.x...",),
        Piece.SHAKER: ("xxxxxxxxxxxxxxxx",),
        Piece.RIDE: (_EIGHTHS,),
    },
    Feel.BREAK: {
        Piece.KICK: ("x.........x.....", "x.........x.....|x..x......x.....", "x.x.......x.....|..x.......x...x."),
        Piece.SNARE: ("....x.......x...", "....x.......x...|....x..x....x...", "....x..x.x..x..x|....x..x.x....x."),
        Piece.CLAP: ("....x.......x...",),
        Piece.HATS: (_EIGHTHS, "x.xxx.x.x.xxx.x.", "xxx.xxx.xxx.xxx."),
        Piece.OPEN_HATS: ("..............x.",),
        Piece.BASS: ("x.........x.....|..x.....x.......", "x.....x...x.....|..x...x.....x..."),
        Piece.RIDE: (_EIGHTHS,),
        Piece.SHAKER: ("xxxxxxxxxxxxxxxx",),
    },
    Feel.DEMBOW: {
        Piece.KICK: ("x...x...x...x...", "x.......x.......|x...x...x...x..."),
        Piece.SNARE: ("...x..x....x..x.",),
        Piece.CLAP: ("...x..x....x..x.",),
        Piece.RIM: ("...x..x....x..x.|...x..x....x.xx.",),
        Piece.HATS: (_EIGHTHS, "x.xxx.xxx.xxx.xx"),
        Piece.OPEN_HATS: (_OFF_BEATS,),
        Piece.SHAKER: ("x.xxx.xxx.xxx.xx",),
        Piece.BASS: ("x.....x.x.....x.", "x..x..x.x..x..x."),
    },
    Feel.LOG_DRUM: {
        Piece.KICK: ("x...x...x...x...",),
        Piece.SNARE: ("...x......x.....|...x......x..x..",),
        Piece.CLAP: ("....x.......x...",),
        Piece.RIM: ("...x..x...x..x..",),
        Piece.HATS: (_OFF_BEATS, _EIGHTHS),
        Piece.OPEN_HATS: (_OFF_BEATS,),
        Piece.SHAKER: ("x.xxx.xxx.xxx.xx", "xxxxxxxxxxxxxxxx"),
        Piece.BASS: ("...x..x.....x...|...x..x...x...x.", "...x..x.x...x.x.|..x...x...xx..x."),
    },
    Feel.SPARSE: {
        Piece.KICK: ("x...............", "x.........x....."),
        Piece.SNARE: ("........x.......",),
        Piece.CLAP: ("........x.......",),
        Piece.HATS: ("....x.......x...",),
        Piece.OPEN_HATS: ("..............x.",),
        Piece.BASS: ("x...............", "x.......x......."),
        Piece.RIM: ("......x.........",),
    },
}
_ANYWHERE: Final[dict[Piece, tuple[str, ...]]] = {
    Piece.PERC: ("...x......x.....", "......x...x..x..|...x..x.......x.", "..x..x....x.....|..x....x..x...x."),
    Piece.TOM: ("............x.x.", "..........x.x...|............xxx."),
    Piece.COWBELL: ("....x.......x...", "x..x..x.x..x..x."),
    Piece.SHAKER: ("..x...x...x...x.", "x.xxx.xxx.xxx.xx"),
    Piece.RIM: ("...x......x.....",),
    Piece.RIDE: ("x...x...x...x...",),
    Piece.OPEN_HATS: ("..............x.",),
    Piece.STAB: (
        "x.....x.........|..........x.....",
        "x..x..x.........|x..x......x.....",
        "......x.......x.|..x......x......",
    ),
    Piece.VOICE: (
        "................|............x...",
        "x...............|..........x.x...",
        "......x.........|..............x.",
    ),
}
_FILLS: Final[dict[Piece, tuple[str, ...]]] = {
    Piece.SNARE: ("....x...x.x.xxxx", "....x..x..x.x.xx", "x...x...x.x.xxxx"),
    Piece.CLAP: ("....x...x.x.xxxx",),
    Piece.TOM: ("........x.x.xxxx",),
    Piece.KICK: ("x.....x...x.....",),
    Piece.HATS: ("x.x.x.x.xxxxxxxx",),
}


def patterns_for(piece: Piece, feel: Feel, chance: random.Random) -> tuple[Beat, Beat]:
    """A plain and a busy pattern of a piece, drawn from those of the feel."""
    rows = _ROWS[feel].get(piece) or _ANYWHERE.get(piece) or _ROWS[Feel.BACKBEAT].get(piece) or ("x...............",)
    plain = chance.randrange(max(1, len(rows) - 1))
    busy = chance.randrange(min(plain + 1, len(rows) - 1), len(rows))
    return beats_of_steps(rows[plain]), beats_of_steps(rows[busy])


def fill_for(piece: Piece, chance: random.Random) -> Beat | None:
    """One bar that leads into the next section; None where the piece just stops."""
    rows = _FILLS.get(piece)
    return beats_of_steps(chance.choice(rows)) if rows else None


def beats_of_steps(steps: str) -> Beat:
    """The beats of a row of steps: "x...x..." strikes at 0 and 1."""
    return tuple(i / _STEPS_A_BEAT for i, step in enumerate(steps.replace("|", "")) if step == "x")
