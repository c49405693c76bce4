"""Short names of loops: what tells them apart, not what they share."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from loopmind_chat.song.model import Song
from loopmind_chat.tui.text import plain

_WORD: Final = re.compile(r"[^\s_\-]+")
_TEMPO_OR_KEY: Final = re.compile(r"\d{2,3}(?:bpm)?|bpm|[a-g][#b]?(?:m|min|maj|minor|major)", re.IGNORECASE)
"""Said by the transport line already, for the whole song."""
_COMMON: Final = 0.4
"""Words that this share of a song's loops have in common say nothing about any of them."""
_WIDESPREAD: Final = 0.15
"""The same for the library, where several packs stand beside each other."""
_ENOUGH: Final = 12
"""Names below which a library is too small to say what is widespread."""
_LOOKED_AT: Final = 2_000


def widespread_words(names: Sequence[str]) -> frozenset[str]:
    """Words that a good part of the library's names hold: the name of a pack, a genre."""
    looked_at = names[:: max(1, len(names) // _LOOKED_AT)]
    if len(looked_at) < _ENOUGH:
        return frozenset()
    counts = Counter(word for name in looked_at for word in {word.lower() for word in _WORD.findall(name)})
    return frozenset(word for word, count in counts.items() if count >= _WIDESPREAD * len(looked_at))


def short_names(song: Song, widespread: Collection[str] = ()) -> Mapping[str, str]:
    """For each loop of the song, its file's name without what it shares with others, its tempo and its key.

    "Trap_140_Am_DarkBells_Melody" among its kind is "DarkBells".
    """
    names = {layer.loop: plain(Path(layer.path).stem) for _, layer in song.layers()}
    roles = {layer.loop: layer.role for _, layer in song.layers()}
    words = {loop: _WORD.findall(name) for loop, name in names.items()}
    counts = Counter(word.lower() for found in words.values() for word in set(found))
    shared = {word for word, count in counts.items() if count > 1 and count >= _COMMON * len(words)}
    silent = shared | set(widespread)

    def tells(word: str, loop: str) -> bool:
        return word.lower() not in silent and word.lower() != roles[loop] and not _TEMPO_OR_KEY.fullmatch(word)

    return {loop: " ".join(word for word in words[loop] if tells(word, loop)) or names[loop] for loop in names}
