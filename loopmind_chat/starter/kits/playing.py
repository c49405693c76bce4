"""The ways in which a kit's tables make loops."""

from collections.abc import Callable

from loopmind_chat.starter.recipe import Make
from loopmind_chat.starter.sound.canvas import STRAIGHT, Canvas, Groove, Voice
from loopmind_chat.starter.sound.score import line
from loopmind_chat.starter.sound.signals import Rng, Signal

Bus = Callable[[Signal, Canvas], Signal]
"""What a part goes through after it is played."""


def part(text: str, voice: Voice, bus: Bus, groove: Groove = STRAIGHT, spread: float = 0.3) -> Make:
    """A line played by a voice through a bus."""

    def make(canvas: Canvas, rng: Rng) -> Signal:
        canvas.play(line(text), voice, rng, groove, spread)
        return bus(canvas.samples, canvas)

    return make


def together(*layers: tuple[float, Make]) -> Make:
    """Several parts, each with a gain."""

    def make(canvas: Canvas, rng: Rng) -> Signal:
        for gain, layer in layers:
            canvas.samples += gain * layer(canvas.bare(), rng)
        return canvas.samples

    return make


def plain(samples: Signal, canvas: Canvas) -> Signal:
    """No effects."""
    del canvas
    return samples
