"""The JSON object of ``analyze --json``."""

from typing import Any, Final

from loopmind_chat.song.loops import LoopFacts

_MEASURED: Final = (
    "peak_db", "brightness_hz", "sharpness", "warmth", "density", "roughness", "attack_ms", "punch_db", "width",
)  # fmt: skip


def analysis_line(path: str, facts: LoopFacts | None, error: str | None) -> dict[str, Any]:
    """What is known of one file; every unknown is None. ``facts`` is None where the file could not be read."""
    return {
        "path": path,
        "duration_s": round(facts.duration_s, 4) if facts else None,
        "sample_rate": facts.sample_rate if facts else None,
        "channels": facts.channels if facts else None,
        "is_loop": facts.is_loop if facts else None,
        "bpm": facts.bpm if facts else None,
        "bpm_confidence": facts.bpm_confidence if facts and facts.bpm else None,
        "bpm_alternates": list(facts.bpm_alternates) if facts else [],
        "bars": facts.bars if facts else None,
        "key": str(facts.key) if facts and facts.key else None,
        "key_confidence": facts.key_confidence if facts and facts.key else None,
        "role": str(facts.role) if facts else None,
        "role_confidence": facts.role_confidence if facts else None,
        "tags": dict(facts.tags) if facts else {},
        "loudness_lufs": facts.loudness_lufs if facts else None,
        "error": error or (facts.error if facts else None),
        **{name: getattr(facts, name) if facts else None for name in _MEASURED},
        "tempo_source": (facts.tempo_source or None) if facts else None,
        "role_source": (facts.role_source or None) if facts else None,
    }
