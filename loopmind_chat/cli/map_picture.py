"""The sound map as a picture: a point a loop, its role's colour, light where many are alike, names of regions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.cli.canvas import Canvas, Colour, text_width
from loopmind_chat.library.map_regions import Region, regions
from loopmind_chat.library.neighbour_layout import Plane
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

COLOURS: Final[dict[Role, Colour]] = {
    Role.DRUMS: (255, 107, 107),
    Role.PERCUSSION: (255, 176, 84),
    Role.BASS: (126, 134, 255),
    Role.MELODY: (74, 222, 166),
    Role.CHORDS: (72, 198, 255),
    Role.PAD: (176, 126, 255),
    Role.VOCAL: (255, 128, 200),
    Role.FX: (150, 160, 178),
}
_GROUND: Final[Colour] = (11, 13, 20)
_INK: Final[Colour] = (232, 236, 245)
_QUIET: Final[Colour] = (138, 148, 170)
_WIDTH, _HEIGHT = 1_600, 1_200
_TOP, _SIDE, _BOTTOM = 130, 90, 110
_GLOW_CELLS: Final = 4
"""Pixels of the glow's own, coarser grid."""
_GLOW: Final = 7.0
_LABEL: Final = 19.0
_GAP: Final = 10.0
_KEY: Final = 22.0
"""A colour's dot and the room after it."""
_GAP_MAX: Final = 60.0


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        """Whether two boxes overlap."""
        apart = self.right < other.left or other.right < self.left
        return not (apart or self.bottom < other.top or other.bottom < self.top)


def map_picture(loops: Sequence[LoopFacts], plane: Plane, title: str) -> bytes:
    """The picture as PNG."""
    canvas = Canvas(_WIDTH, _HEIGHT, _GROUND)
    at = _fitted(plane)
    _light_up(canvas, loops, at)
    radius = float(np.clip(150.0 / max(len(loops), 1) ** 0.5, 1.6, 7.0))
    for row in np.random.default_rng(0).permutation(len(loops)):  # no role always on top of another
        colour = COLOURS[loops[row].role]
        canvas.disc((at[row, 0], at[row, 1]), radius + 1.2, _GROUND, 0.75)
        canvas.disc((at[row, 0], at[row, 1]), radius, colour, 0.95)
    _name_regions(canvas, regions(loops, at))
    _head_and_foot(canvas, loops, title)
    return canvas.png()


def _fitted(plane: Plane) -> Plane:
    """Pixels: the plane's longer way lies across, shapes keep their proportions."""
    room = np.array([_WIDTH - 2.0 * _SIDE, _HEIGHT - _TOP - _BOTTOM])
    low, size = plane.min(axis=0), np.maximum(np.ptp(plane, axis=0), 1e-9)
    if size[1] > size[0]:
        plane, low, size = plane[:, ::-1], low[::-1], size[::-1]
    scale = np.minimum(room / size, 1.6 * (room / size).min())
    fitted: Plane = (plane - low - size / 2) * scale + room / 2 + np.array([_SIDE, _TOP])
    return fitted


def _light_up(canvas: Canvas, loops: Sequence[LoopFacts], at: Plane) -> None:
    cells = (at / _GLOW_CELLS).astype(np.intp)
    wide, high = _WIDTH // _GLOW_CELLS, _HEIGHT // _GLOW_CELLS
    for role, colour in COLOURS.items():
        mine = cells[[facts.role is role for facts in loops]]
        if len(mine):
            field = np.zeros((high, wide))
            np.add.at(field, (mine[:, 1].clip(0, high - 1), mine[:, 0].clip(0, wide - 1)), 1.0)
            canvas.shine(0.30 * np.tanh(_smooth(field, _GLOW) * 90.0), colour)


def _smooth(field: NDArray[np.float64], cells: float) -> NDArray[np.float64]:
    """Blurred by a bell, in a third of it and all of it at once, and drawn at full size."""
    across, along = (np.fft.fftfreq(field.shape[0]), np.fft.rfftfreq(field.shape[1]))
    square = across[:, None] ** 2 + along[None, :] ** 2
    bell = sum(np.exp(-2 * (np.pi * width) ** 2 * square) for width in (cells, cells / 3)) / 2
    soft = np.maximum(np.fft.irfft2(np.fft.rfft2(field) * bell, field.shape), 0.0)
    for axis in (0, 1):  # straight lines between the coarse grid's points
        near = (np.arange(field.shape[axis] * _GLOW_CELLS) + 0.5) / _GLOW_CELLS - 0.5
        first = np.clip(np.floor(near).astype(np.intp), 0, field.shape[axis] - 1)
        second = np.minimum(first + 1, field.shape[axis] - 1)
        share = np.expand_dims(np.clip(near - first, 0.0, 1.0), 1 - axis)
        soft = np.take(soft, first, axis) * (1 - share) + np.take(soft, second, axis) * share
    return soft


def _name_regions(canvas: Canvas, named: Sequence[Region]) -> None:
    taken: list[_Box] = []
    for region in named:
        size = _LABEL * (1.0 if region.count > 1 + len(named) else 0.85)
        width = text_width(region.label, size)
        x = float(np.clip(region.x - width / 2, _SIDE / 3, _WIDTH - _SIDE / 3 - width))
        box = _Box(x - _GAP, region.y - size / 2 - _GAP, x + width + _GAP, region.y + size / 2 + _GAP)
        if any(box.meets(other) for other in taken):
            continue
        taken.append(box)
        canvas.text((x, region.y), region.label, size, _GROUND, weight=0.5)
        canvas.text((x, region.y), region.label, size, _INK)


def _head_and_foot(canvas: Canvas, loops: Sequence[LoopFacts], title: str) -> None:
    canvas.text((_SIDE, 62), title, 30, _INK)
    told = f"{len(loops)} loops · near each other: sounds alike"
    canvas.text((_WIDTH - _SIDE - text_width(told, 15), 64), told, 15, _QUIET)
    counts = Counter(facts.role for facts in loops)
    shown = [role for role in COLOURS if counts[role]]
    said = [f"{role.value} {counts[role]}" for role in shown]
    gap = (_WIDTH - 2.0 * _SIDE - sum(_KEY + text_width(words, 14) for words in said)) / max(len(said) - 1, 1)
    x = float(_SIDE)
    for role, words in zip(shown, said, strict=True):
        canvas.disc((x + 7, _HEIGHT - 50), 7, COLOURS[role])
        canvas.text((x + _KEY, _HEIGHT - 50), words, 14, _QUIET)
        x += _KEY + text_width(words, 14) + min(gap, _GAP_MAX)
