"""What is known about one of the user's loops."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loopmind_chat.song.keys import Key
from loopmind_chat.song.vocabulary import Role


@dataclass(frozen=True, slots=True)
class TempoReading:
    """One way to count a loop."""

    bpm: float
    beats: float
    log_odds: float
    """Belief in it against the other readings of the same loop, from its own sound alone."""


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
    tempo_source: str = ""
    """What the tempo rests on: "name", "acid", "length", "beats", "folder" or "user"; empty where there is none."""
    tempo_readings: tuple[TempoReading, ...] = ()
    """Other ways to count it, the likeliest first: what the loops beside it may decide between."""
    bars: float | None = None
    """Length in bars of four beats at ``bpm``."""
    beats: float | None = None
    """Length in beats at ``bpm``: what the loop's period is, its tail apart."""
    key: Key | None = None
    key_confidence: float = 0.0
    role: Role = Role.FX
    role_confidence: float = 0.0
    role_source: str = ""
    """What the role rests on: "name", "audio", "folder" or "user"."""
    role_odds: Mapping[Role, float] = field(default_factory=dict)
    """Probability of each role by the sound alone."""
    tags: Mapping[str, float] = field(default_factory=dict)
    """Moods, genres, instruments, finer roles ("hats", "808", "dark"): confidence in 0..1."""
    loudness_lufs: float | None = None
    peak_db: float | None = None
    brightness_hz: float | None = None
    """Spectral centroid, mean over frames weighted by energy."""
    sharpness: float | None = None
    """How sharp it is to the ear, in acum: 1 for a tone of 1 kHz, 3 for white noise."""
    warmth: float | None = None
    """Share of the loudness from 100 to 510 Hz."""
    density: float | None = None
    """Onsets a second."""
    roughness: float | None = None
    """Beating between neighbouring partials, 0 smooth to 1 harsh; 0.5: two equal ones at the worst interval."""
    attack_ms: float | None = None
    """Median time from a tenth to nine tenths of an onset's rise."""
    punch_db: float | None = None
    """How far an onset's loudest 10 ms stand over its first 0.3 s, median."""
    width: float | None = None
    """Share of the energy in the side signal: 0 mono, 0.5 two unrelated channels."""
    error: str | None = None
    """What is wrong with the file ("truncated", "repaired 2 samples"), where it is usable all the same."""
