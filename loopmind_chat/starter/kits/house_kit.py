"""The house kit's frame: F minor, one chord a bar, Fm7 Dbmaj7 Bbm7 Eb6."""

from typing import Final

from loopmind_chat.starter.recipe import Kit

HOUSE: Final = Kit("House Kit", "house", 124.0, "F minor")
