"""A picture in memory: soft light, round points, letters of strokes; written as PNG with nothing but zlib."""

import struct
import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.cli.strokes import ADVANCE, HEIGHT, Point, strokes

Colour = tuple[int, int, int]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


class Canvas:
    """Colours in 0..1, shape (height, width, 3); the origin is at the top left, lengths are pixels."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.width = width
        self.height = height
        self._pixels = np.tile(_light(ground), (height, width, 1))

    def shine(self, field: NDArray[np.float64], colour: Colour) -> None:
        """Add light, ``field`` (height, width) in 0..1."""
        self._pixels += field[..., None].astype(np.float32) * _light(colour)

    def disc(self, at: Point, radius: float, colour: Colour, opacity: float = 1.0) -> None:
        """A filled circle with a smooth edge."""
        self._lay(_Stroke(at, at, radius), colour, opacity)

    def line(self, start: Point, end: Point, width: float, colour: Colour) -> None:
        """A straight stroke with round ends."""
        self._lay(_Stroke(start, end, width / 2), colour, 1.0)

    def text(self, at: Point, words: str, size: float, colour: Colour, *, weight: float = 0.13) -> None:
        """Capitals ``size`` high, from the left, with their middle at the height of ``at``."""
        scale, (x, y) = size / HEIGHT, at
        for number, letter in enumerate(words.upper()):
            left = x + number * ADVANCE * scale
            for start, end in strokes(letter):
                self.line(
                    (left + start[0] * scale, y - size / 2 + start[1] * scale),
                    (left + end[0] * scale, y - size / 2 + end[1] * scale),
                    size * weight,
                    colour,
                )

    def png(self) -> bytes:
        """The picture as a file's bytes."""
        levels = np.round(np.clip(self._pixels, 0.0, 1.0) * 255).astype(np.uint8)
        rows = np.concatenate([np.zeros((self.height, 1), np.uint8), levels.reshape(self.height, -1)], axis=1)
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
        return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in parts)

    def _lay(self, stroke: "_Stroke", colour: Colour, opacity: float) -> None:
        left, top, right, bottom = stroke.box
        x0, x1 = max(int(left) - 1, 0), min(int(right) + 2, self.width)
        y0, y1 = max(int(top) - 1, 0), min(int(bottom) + 2, self.height)
        if x0 >= x1 or y0 >= y1:
            return
        ys, xs = np.mgrid[y0:y1, x0:x1] + 0.5
        cover = (np.clip(0.5 - stroke.outside(xs, ys), 0.0, 1.0) * opacity)[..., None]
        part = self._pixels[y0:y1, x0:x1]
        part += (cover * (_light(colour) - part)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Stroke:
    """All that is within a distance of a straight line; of a point, a disc."""

    start: Point
    end: Point
    radius: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        (x0, y0), (x1, y1), r = self.start, self.end, self.radius
        return min(x0, x1) - r, min(y0, y1) - r, max(x0, x1) + r, max(y0, y1) + r

    def outside(self, xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each pixel is outside."""
        across, down = self.end[0] - self.start[0], self.end[1] - self.start[1]
        dx, dy = xs - self.start[0], ys - self.start[1]
        share = np.clip((dx * across + dy * down) / max(across**2 + down**2, 1e-9), 0.0, 1.0)
        away: NDArray[np.float64] = np.hypot(dx - share * across, dy - share * down) - self.radius
        return away


def text_width(words: str, size: float) -> float:
    """How wide ``Canvas.text`` draws it."""
    return max(len(words) * ADVANCE - 1.0, 0.0) * size / HEIGHT


def _light(colour: Colour) -> NDArray[np.float32]:
    light: NDArray[np.float32] = np.array(colour, np.float32) / np.float32(255)
    return light


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
