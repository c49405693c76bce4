"""The house kit's frame: F minor, one chord a bar, Fm7 Dbmaj7 Bbm7 Eb6."""

from typing import Final

from loopmind_chat.starter.recipe import Kit
from loopmind_chat.starter.sound.circle import shaped, toned
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.sound.signals import Signal

HOUSE: Final = Kit("House Kit", "house", 124.0, "F minor")


def bright(x: Signal, low_hz: float, above_hz: float, gain_db: float) -> Signal:
    """Without lows, its treble raised."""
    return shaped(toned(x, low_hz), biquad("highshelf", above_hz, gain_db=gain_db))
