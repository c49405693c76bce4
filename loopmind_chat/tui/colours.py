"""Colours of the roles: the same in the timeline, the mixer and the loop list."""

from typing import Final

from loopmind_chat.song.vocabulary import Role

ROLE_COLOURS: Final = {
    Role.DRUMS: "#e07a5f",
    Role.PERCUSSION: "#f2a65a",
    Role.BASS: "#8e6bd1",
    Role.MELODY: "#5bc0a8",
    Role.CHORDS: "#4f8fd9",
    Role.PAD: "#5f7fb0",
    Role.VOCAL: "#e58bb3",
    Role.FX: "#b7b24a",
}


def shaded(colour: str, strength: float) -> str:
    """A colour mixed with black: ``strength`` 1 leaves it, 0 makes it black."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(part * strength):02x}" for part in (red, green, blue))
