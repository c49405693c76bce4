"""One file whose tempo, key and role are known."""

from dataclasses import dataclass, field
from pathlib import Path

RATE = 44_100


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file with its truth; what is None is unknown or has no answer."""

    path: Path
    pack: str
    """Whoever made it: the unit that is never split, and that the bootstrap draws first."""
    source: str
    """"real", "starter" or "synthetic"."""
    bpm: float | None = None
    key: str | None = None
    """As in "A minor", "F# major"."""
    role: str | None = None
    is_loop: bool | None = None
    traits: frozenset[str] = field(default_factory=frozenset)
    """What makes it hard, for tables of where things fail: "tail", "swing", "odd metre", "major"."""
    truth_in_name: bool = False
    """Whether the name tells the tempo truly."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note: times in beats from the loop's start, pitch as a MIDI number."""

    start: float
    length: float
    pitch: int
    velocity: float = 0.8


@dataclass(frozen=True, slots=True)
class Hit:
    """A stroke of a drum: time in beats, the drum by name ("kick", "snare", "hat")."""

    start: float
    drum: str
    velocity: float = 0.8


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument's notes, or one kit's strokes."""

    instrument: str
    """"gm:33" of a sound font, "synth:saw" made here; "kit:real", "kit:gm", "kit:synth" for strokes."""
    notes: tuple[Note, ...] = ()
    hits: tuple[Hit, ...] = ()
    gain: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A loop before it is sound."""

    name: str
    """File name without its suffix."""
    folder: str
    pack: str
    kind: str
    """What it is: "drums", "tops", "percussion", "bass", "chords", "arp", "pad", "melody", "vocal", "mix"."""
    role: str | None
    bpm: float
    beats: float
    parts: tuple[Part, ...]
    seed: int
    key: str | None = None
    is_loop: bool = True
    suffix: str = ".wav"
    cents: float = 0.0
    """How far the pack is out of tune."""
    lead_s: float = 0.0
    """Silence before the first beat."""
    tail_s: float = 0.0
    """Sound or silence that goes on after the last beat."""
    ending: str = "wrapped"
    """"wrapped" (what rings on begins the loop), "cut", "tail" (rings on), "silence" (zeros follow)."""
    untagged: bool = False
    """Whether an MP3 lost the frame that tells its encoder's delay."""
    acid: str = ""
    """"right", "junk" (default values), "one-shot" (the bit set), or none."""
    traits: frozenset[str] = field(default_factory=frozenset)
    truth_in_name: bool = False
