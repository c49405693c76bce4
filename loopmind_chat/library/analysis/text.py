"""A loop in words, for search by meaning."""

from collections.abc import Iterator
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
_STRUCK: Final = frozenset({Role.DRUMS, Role.PERCUSSION})
_PUNCHY_DB: Final = 5.0
_PUNCHY_DRUMS_DB: Final = 9.0
_PUNCHY_MS: Final = 15.0
_SWELLS_MS: Final = 55.0
_WIDE: Final = 0.2
_WARM: Final = 0.42
_CRISP_ACUM: Final = 1.7
_CRISP_DRUMS_ACUM: Final = 2.6
_ROUGH, _SMOOTH = 0.65, 0.15
"""About the highest fifth of 547 sounds of the roles in question (for smooth the lowest)."""
_OR: Final = 3
_CERTAIN: Final = 0.9


def sound_words(facts: LoopFacts) -> tuple[str, ...]:
    """What people call a sound that measures so: "punchy", "warm", "wide"; none for what lies in between."""
    struck = facts.role in _STRUCK
    punch, attack = facts.punch_db or 0.0, facts.attack_ms
    said = {
        "punchy": attack is not None and attack <= _PUNCHY_MS and punch >= (_PUNCHY_DRUMS_DB if struck else _PUNCHY_DB),
        "swelling": attack is not None and attack >= _SWELLS_MS,
        "crisp": (facts.sharpness or 0.0) >= (_CRISP_DRUMS_ACUM if struck else _CRISP_ACUM),
        "warm": (facts.warmth or 0.0) >= _WARM,
        "gritty": not struck and facts.role is not Role.FX and (facts.roughness or 0.0) >= _ROUGH,
        "smooth": not struck and facts.roughness is not None and facts.roughness <= _SMOOTH,
        "wide": (facts.width or 0.0) >= _WIDE,
    }
    return tuple(word for word, is_so in said.items() if is_so)


def facts_line(facts: LoopFacts) -> str:
    """A loop for a person to read: "melody, 4 bars, 140 BPM (98 %, name), A minor (61 %); dark, warm; -14.2 LUFS"."""
    many = "bar" if facts.bars == 1 else "bars"
    length = f"{facts.bars:g} {many}" if facts.is_loop and facts.bars else "loop" if facts.is_loop else "one-shot"
    parts = [str(facts.role), length, *_tempo_words(facts)]
    if facts.key is not None:
        parts.append(f"{facts.key} ({facts.key_confidence * 100:.0f} %)")
    tags = (tag for tag, sure in facts.tags.items() if sure >= _SURE and tag not in {str(facts.role), "oneshot"})
    words = dict.fromkeys((*tags, *sound_words(facts)))
    level = f"{facts.loudness_lufs:.1f} LUFS" if facts.loudness_lufs is not None else ""
    colour = f"centre {facts.brightness_hz:.0f} Hz" if facts.brightness_hz is not None else ""
    measured = ", ".join(part for part in (level, colour) if part)
    return "; ".join(part for part in (", ".join(parts), ", ".join(words), measured, facts.error or "") if part)


def _tempo_words(facts: LoopFacts) -> Iterator[str]:
    if facts.bpm is None:
        if facts.is_loop:
            yield "tempo unknown"
        return
    source = f", {facts.tempo_source}" if facts.tempo_source else ""
    others = [f"{bpm:g}" for bpm in facts.bpm_alternates[:_OR]]
    doubt = f" or {', '.join(others)}" if others and facts.bpm_confidence < _CERTAIN else ""
    yield f"{facts.bpm:g} BPM{doubt} ({facts.bpm_confidence * 100:.0f} %{source})"


def loop_text(facts: LoopFacts) -> str:
    """One sentence that says what a loop is: "dark bells trap warm melody loop, 140 BPM, A minor; Dark Bells 01"."""
    tags = [tag for tag, confidence in facts.tags.items() if confidence >= _SURE and tag != "oneshot"]
    adjectives = dict.fromkeys((*tags[:_TAGS_MAX], *sound_words(facts)))
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
