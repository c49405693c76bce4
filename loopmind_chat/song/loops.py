"""What is known about one of the user's loops."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loopmind_chat.song.keys import Key
from loopmind_chat.song.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopFacts:
    """The facts of one audio file. Unknown is None; each guess has a confidence in 0..1."""

    id: str
    """12 hex digits of the content's hash: the same audio has the same id, wherever it lies."""
    path: str
    """Absolute path; bytes that are not UTF-8 stand as surrogate escapes."""
    name: str
    """File name without its suffix."""
    duration_s: float
    sample_rate: int
    channels: int
    is_loop: bool
    bpm: float | None = None
    bpm_confidence: float = 0.0
    bpm_alternates: tuple[float, ...] = ()
    bars: float | None = None
    """Length in bars of four beats at ``bpm``."""
    beats: float | None = None
    """Length in beats at ``bpm``: what the loop's period is, its tail apart."""
    key: Key | None = None
    key_confidence: float = 0.0
    role: Role = Role.FX
    role_confidence: float = 0.0
    tags: Mapping[str, float] = field(default_factory=dict)
    """Moods, genres, instruments, finer roles ("hats", "808", "dark"): confidence in 0..1."""
    loudness_lufs: float | None = None
    peak_db: float | None = None
    brightness_hz: float | None = None
    """Spectral centroid, mean over frames weighted by energy."""
    density: float | None = None
    """Onsets a second."""
    error: str | None = None
    """What is wrong with the file ("truncated", "repaired 2 samples"), where it is usable all the same."""
