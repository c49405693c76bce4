"""Short names of loops: what tells them apart, not what they share."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from loopmind_chat.song.model import Song
from loopmind_chat.tui.text import plain

_WORD: Final = re.compile(r"[^\s_\-]+")
_COMMON: Final = 0.4
"""Words that this share of a song's loops have in common say nothing about any of them."""


def short_names(song: Song) -> Mapping[str, str]:
    """For each loop of the song, its file's name without the words that the song's loops share.

    "Trap_140_Am_DarkBells_Melody" among its kind is "DarkBells".
    """
    names = {layer.loop: plain(Path(layer.path).stem) for _, layer in song.layers()}
    roles = {layer.loop: layer.role for _, layer in song.layers()}
    words = {loop: _WORD.findall(name) for loop, name in names.items()}
    counts = Counter(word.lower() for found in words.values() for word in set(found))
    shared = {word for word, count in counts.items() if count > 1 and count >= _COMMON * len(words)}

    def short(loop: str) -> str:
        told = [word for word in words[loop] if word.lower() not in shared and word.lower() != roles[loop]]
        return " ".join(told) or names[loop]

    return {loop: short(loop) for loop in names}
