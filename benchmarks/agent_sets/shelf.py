"""A fixed library in memory: three packs of ten loops a role, each of another character, and a few one-shots."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from loopmind_chat.compose.wording import content_words, loop_words
from loopmind_chat.errors import NoSuchLoop
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import UNPITCHED, Role
from loopmind_chat.tools.ports import ScanStep

PACKS: Final = (("Trap", 140.0, "A minor"), ("Lofi", 84.0, "D minor"), ("House", 124.0, "C minor"))
"""Folder, tempo and key of each pack."""
_INSTRUMENTS: Final = {
    Role.DRUMS: "Kit Breaks Live Acoustic Boombap Garage Jungle Stomp Vinyl Brush",
    Role.PERCUSSION: "Hats Shaker Conga Tambourine Bongo Clave Cowbell Woodblock Maraca Tom",
    Role.BASS: "808 Sub Reese Slap Upright Moog Wobble Pluck Fretless Acid",
    Role.MELODY: "Synth Flute Bells Guitar Piano Violin Sax Kalimba Arp Trumpet",
    Role.CHORDS: "Rhodes Piano Organ Guitar Stabs Wurli Strings Harp Vibes Synth",
    Role.PAD: "Analog Choir Drone Strings Ambient Airy Glass Tape Synth Swell",
    Role.VOCAL: "Chop Choir Adlib Phrase Whisper Chant Soul Rap Breath Female",
    Role.FX: "Noise Crackle Rain Sweep Crowd Siren Wind Laser Thunder Glitch",
}
_CENTROIDS: Final = dict(zip(Role, (2400.0, 5200.0, 300.0, 1500.0, 1100.0, 900.0, 1300.0, 2000.0), strict=True))
_CHARACTERS: Final[Mapping[str, Mapping[str, float]]] = {
    "Plain": {},
    "Dark": {"brightness_hz": 0.5, "sharpness": 0.6},
    "Bright": {"brightness_hz": 1.8, "sharpness": 1.5},
    "Warm": {"warmth": 1.9, "brightness_hz": 0.85, "sharpness": 0.85, "roughness": 0.8},
    "Hard": {"punch_db": 1.6, "roughness": 1.3, "sharpness": 1.1, "attack_ms": 0.6, "loudness_lufs": 0.75},
    "Soft": {"punch_db": 0.6, "roughness": 0.7, "sharpness": 0.8, "attack_ms": 1.6, "loudness_lufs": 1.2},
    "Busy": {"density": 1.9},
    "Sparse": {"density": 0.45},
    "Wide": {"width": 2.4},
    "Dirty": {"roughness": 2.0, "sharpness": 1.1, "warmth": 0.6, "punch_db": 1.2},
}
"""What a character does to each measure of a plain loop."""
_MEASURES: Final = {
    "sharpness": 1.2, "warmth": 0.35, "density": 3.0, "roughness": 0.2, "attack_ms": 20.0, "punch_db": 7.0,
    "width": 0.15, "loudness_lufs": -16.0,
}  # fmt: skip
_HITS: Final = (("Kick", Role.DRUMS), ("Snare", Role.DRUMS), ("Riser", Role.FX), ("Impact", Role.FX))


@cache
def loops() -> tuple[LoopFacts, ...]:
    """Every loop, in order of id."""
    found = [
        _loop(folder, bpm, key, role, f"{character}_{instrument}", factors)
        for folder, bpm, key in PACKS
        for role in Role
        for (character, factors), instrument in zip(_CHARACTERS.items(), _INSTRUMENTS[role].split(), strict=True)
    ]
    return tuple(sorted([*found, *(_hit(name, role) for name, role in _HITS)], key=lambda facts: facts.id))


def loop_called(name: str) -> LoopFacts:
    """The loop of that name."""
    return next(facts for facts in loops() if facts.name == name)


def _loop(  # noqa: PLR0913, PLR0917 - the columns of a table
    folder: str, bpm: float, key: str, role: Role, name: str, factors: Mapping[str, float]
) -> LoopFacts:
    pitched = role not in UNPITCHED
    known = parse_key(key)
    short = f"{key.split(maxsplit=1)[0]}m" if pitched else ""
    full = "_".join(part for part in (name, str(role).title(), f"{bpm:g}", short) if part)
    measures: dict[str, Any] = {name: value * factors.get(name, 1.0) for name, value in _MEASURES.items()}
    return LoopFacts(
        id=_id(folder, full), path=f"/loops/{folder}/{full}.wav", name=full, duration_s=16 * 60 / bpm,
        sample_rate=44_100, channels=2, is_loop=True, bpm=bpm, bpm_confidence=0.99, bars=4.0, beats=16.0,
        key=known if pitched else None, key_confidence=0.9 if pitched else 0.0, role=role, role_confidence=0.95,
        role_source="name", tags={word.lower(): 0.9 for word in name.split("_") if word != "Plain"}, peak_db=-3.0,
        brightness_hz=_CENTROIDS[role] * factors.get("brightness_hz", 1.0), **measures,
    )  # fmt: skip


def _hit(name: str, role: Role) -> LoopFacts:
    plain = _loop("Hits", 120.0, "A minor", role, f"Plain_{name}", {})
    return replace(
        plain, name=f"{name}_Hard", path=f"/loops/Hits/{name}_Hard.wav", tags={name.lower(): 0.95}, is_loop=False,
        bpm=None, bpm_confidence=0.0, bars=None, beats=None, duration_s=0.4,
    )  # fmt: skip


def _id(folder: str, name: str) -> str:
    return f"{crc32(folder.encode()):08x}{crc32(name.encode()):08x}"[4:]


@dataclass(frozen=True)
class Found:
    """A loop found."""

    facts: LoopFacts
    score: float


@dataclass(frozen=True)
class View:
    """The shelf as tools read it: words stand for meaning."""

    liked: Mapping[str, int]

    def loops(self) -> Sequence[LoopFacts]:
        """Every loop."""
        return loops()

    def get(self, loop_id: str) -> LoopFacts | None:
        """The loop of that id."""
        return next((facts for facts in loops() if facts.id == loop_id), None)

    def search(
        self, text: str, *, role: Role | None = None, bpm: float | None = None, key: str | None = None, limit: int = 10
    ) -> Sequence[Found]:
        """The loops that share most words with the text."""
        near, wanted = self.affinity(text), parse_key(key) if key else None
        hits = [
            Found(facts, near.get(facts.id, 0.0))
            for facts in loops()
            if (role is None or facts.role is role)
            and (bpm is None or facts.bpm == bpm)
            and (wanted is None or facts.key == wanted)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.facts.id))[:limit]

    def affinity(self, text: str) -> Mapping[str, float]:
        """The share of the text's words that each loop goes by."""
        return _affinity(text)

    def ratings(self) -> Mapping[str, int]:
        """What was rated."""
        return self.liked


@cache
def _affinity(text: str) -> Mapping[str, float]:
    words = frozenset(content_words(text))
    return {facts.id: len(words & loop_words(facts)) / len(words) for facts in loops()} if words else {}


@dataclass(frozen=True)
class Scanned:
    """A scan that found everything in order."""

    found: int
    failed: int = 0
    cancelled: bool = False

    def line(self) -> str:
        """What happened."""
        return f"{self.found} new"


@dataclass
class Shelf:
    """The library port; remembers what was done to it in ``told``."""

    told: list[str] = field(default_factory=list)
    liked: dict[str, int] = field(default_factory=dict)

    def scan(
        self,
        folders: Sequence[Path],
        *,
        progress: Callable[[ScanStep], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Scanned:
        """Find the same loops in every folder."""
        del progress, cancelled
        self.told += [f"scan {folder.name}" for folder in folders]
        return Scanned(len(loops()))

    def view(self, folders: Sequence[Path] = ()) -> View:
        """The loops of every folder."""
        del folders
        return View(dict(self.liked))

    def fix(self, loop_id: str, changes: Mapping[str, Any]) -> None:
        """Remember a correction."""
        facts = self.view().get(loop_id)
        if facts is None:
            raise NoSuchLoop(f"no loop {loop_id}")
        said = ", ".join(f"{name}={_plain(value)}" for name, value in sorted(changes.items()))
        self.told.append(f"fix {facts.name} {said}")

    def rate(self, loop_id: str, rating: int) -> None:
        """Remember an opinion."""
        facts = self.view().get(loop_id)
        self.liked[loop_id] = rating
        self.told.append(f"rate {facts.name if facts else loop_id} {rating:+d}")


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
