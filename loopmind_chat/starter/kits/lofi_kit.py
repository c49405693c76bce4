"""The lo-fi kit's frame: D minor, one chord a bar, Dm9 Gm9 Bbmaj7 Am7."""

from typing import Final

from loopmind_chat.starter.recipe import Kit
from loopmind_chat.starter.sound.circle import driven, dulled, wobbled
from loopmind_chat.starter.sound.signals import Signal

LOFI: Final = Kit("Lo-Fi Kit", "lofi", 80.0, "D minor")


def taped(x: Signal, top_hz: float, wow_s: float = 0.0011, cycles: int = 7) -> Signal:
    """Through a cassette: squeezed, dull, unsteady."""
    return wobbled(dulled(driven(x, 1.4), 55.0, top_hz), wow_s, cycles)
