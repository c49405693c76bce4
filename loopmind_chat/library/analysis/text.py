"""A loop in words, for search by meaning."""

from typing import Final

from loopmind_chat.library.analysis.names import plain, words
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

_ROLE_NAMES: Final = {
    Role.DRUMS: "drum",
    Role.PERCUSSION: "percussion",
    Role.BASS: "bass",
    Role.MELODY: "melody",
    Role.CHORDS: "chord",
    Role.PAD: "pad",
    Role.VOCAL: "vocal",
    Role.FX: "effect",
}
_SURE: Final = 0.3
_TAGS_MAX: Final = 8
_SLOW: Final = 95.0
_FAST: Final = 135.0
_NAME_MAX: Final = 80


def loop_text(facts: LoopFacts) -> str:
    """One sentence that says what a loop is: "dark bells melody loop, trap, 140 BPM, A minor; Dark Bells 01"."""
    tags = [tag for tag, confidence in facts.tags.items() if confidence >= _SURE and tag != "oneshot"]
    adjectives = tags[:_TAGS_MAX]
    kind = "loop" if facts.is_loop else "one-shot"
    role = _ROLE_NAMES[facts.role]
    head = " ".join([*(tag for tag in adjectives if tag not in {role, str(facts.role)}), role, kind])
    parts = [head]
    if facts.bpm is not None:
        parts.append(f"{facts.bpm:g} BPM")
        parts.append("slow" if facts.bpm < _SLOW else "fast" if facts.bpm >= _FAST else "medium tempo")
    if facts.key is not None:
        parts.append(str(facts.key))
    named = " ".join(word for word in words(plain(facts.name)) if not word.isdigit() and word != "bpm")[:_NAME_MAX]
    return ", ".join(parts) + (f"; {named}" if named else "")
