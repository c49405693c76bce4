"""Musical decisions: which loops, in which form, when. Pure, given its inputs and a seed."""

from loopmind_chat.compose.brief import Brief, Composition
from loopmind_chat.compose.song import compose_song

__all__ = ["Brief", "Composition", "compose_song"]
