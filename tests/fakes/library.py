"""A library in memory: a kit of loops, words for affinity, and a record of what was asked of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from loopmind_chat.errors import NoSuchLoop
from loopmind_chat.song.keys import Key, parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.ports import ScanStep

A_MINOR = Key(9, "minor")

_ROLES = {
    Role.DRUMS: 60.0,
    Role.PERCUSSION: 70.0,
    Role.BASS: 150.0,
    Role.MELODY: 1500.0,
    Role.CHORDS: 1100.0,
    Role.PAD: 900.0,
    Role.VOCAL: 1300.0,
    Role.FX: 2000.0,
}
_SHADES = (
    ("Dark", 0.55, {"dark": 0.9}),
    ("Warm", 0.85, {"warm": 0.8}),
    ("Plain", 1.0, {}),
    ("Bright", 1.7, {"bright": 0.9}),
)
_ONE_SHOTS = (
    ("Kick", Role.DRUMS, {"kick": 0.95}), ("Snare", Role.DRUMS, {"snare": 0.95}), ("Hat", Role.DRUMS, {"hats": 0.95}),
    ("808", Role.BASS, {"808": 0.95}), ("Riser", Role.FX, {"riser": 0.95}), ("Impact", Role.FX, {"impact": 0.95}),
)  # fmt: skip


def kit(folder: str = "/loops/kit") -> tuple[LoopFacts, ...]:
    """Four shades of each role at 140 BPM in A minor, and six one-shots."""
    found = []
    for role, centroid in _ROLES.items():
        for shade, factor, tags in _SHADES:
            pitched = role not in {Role.DRUMS, Role.PERCUSSION, Role.FX}
            name = f"{shade}_{role.title()}_140{'_Am' if pitched else ''}"
            found.append(_loop(folder, len(found), name, role, centroid * factor, tags, A_MINOR if pitched else None))
    for name, role, tags in _ONE_SHOTS:
        found.append(replace(_loop(folder, len(found), f"{name}_Hard", role, 800.0, tags, None), **_ONE_SHOT))
    return tuple(found)


_ONE_SHOT: dict[str, Any] = {
    "is_loop": False, "bpm": None, "bpm_confidence": 0.0, "bars": None, "beats": None, "duration_s": 0.4,
}  # fmt: skip


def _loop(  # noqa: PLR0913, PLR0917 - a table's columns
    folder: str, number: int, name: str, role: Role, centroid: float, tags: Mapping[str, float], key: Key | None
) -> LoopFacts:
    return LoopFacts(
        id=f"{crc32(folder.encode()) % 16:x}{number:011x}",
        path=f"{folder}/{name}.wav",
        name=name,
        duration_s=16 * 60 / 140,
        sample_rate=44_100,
        channels=2,
        is_loop=True,
        bpm=140.0,
        bpm_confidence=0.99,
        bars=4.0,
        beats=16.0,
        key=key,
        key_confidence=0.9 if key else 0.0,
        role=role,
        role_confidence=0.9,
        tags=dict(tags),
        loudness_lufs=-16.0,
        peak_db=-3.0,
        brightness_hz=centroid,
        density=3.0,
    )


@dataclass(frozen=True)
class FakeHit:
    facts: LoopFacts
    score: float


@dataclass(frozen=True)
class FakeView:
    facts: tuple[LoopFacts, ...]
    liked: Mapping[str, int]

    def loops(self) -> Sequence[LoopFacts]:
        return self.facts

    def get(self, loop_id: str) -> LoopFacts | None:
        return next((facts for facts in self.facts if facts.id == loop_id), None)

    def search(
        self, text: str, *, role: Role | None = None, bpm: float | None = None, key: str | None = None, limit: int = 10
    ) -> Sequence[FakeHit]:
        near = self.affinity(text)
        wanted = parse_key(key) if key else None
        hits = [
            FakeHit(facts, near[facts.id])
            for facts in self.facts
            if (role is None or facts.role is role)
            and (bpm is None or facts.bpm == bpm)
            and (wanted is None or facts.key == wanted)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.facts.id))[:limit]

    def affinity(self, text: str) -> Mapping[str, float]:
        words = text.lower().split()
        return {
            facts.id: sum(word.rstrip("er") in facts.name.lower() for word in words) / max(len(words), 1)
            for facts in self.facts
        }

    def ratings(self) -> Mapping[str, int]:
        return self.liked


@dataclass(frozen=True)
class FakeStep:
    done: int
    total: int
    stage: str = "reading"


@dataclass(frozen=True)
class FakeReport:
    found: int
    failed: int = 0
    cancelled: bool = False

    def line(self) -> str:
        return f"{self.found} new"


@dataclass
class FakeLibrary:
    """``folders`` says which loops a scan of a folder finds."""

    known: dict[Path, tuple[LoopFacts, ...]] = field(default_factory=lambda: {Path("/loops/kit"): kit()})
    folders: dict[Path, tuple[LoopFacts, ...]] = field(default_factory=dict)
    liked: dict[str, int] = field(default_factory=dict)
    fixed: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def scan(
        self,
        folders: Sequence[Path],
        *,
        progress: Callable[[ScanStep], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> FakeReport:
        found = 0
        for folder in folders:
            loops = self.folders.get(folder, ())
            for number in range(len(loops) + 1):
                if cancelled is not None and cancelled():
                    return FakeReport(found, cancelled=True)
                if progress is not None:
                    progress(FakeStep(number, len(loops)))
            self.known[folder] = loops
            found += len(loops)
        return FakeReport(found)

    def view(self, folders: Sequence[Path] = ()) -> FakeView:
        chosen = [loops for folder, loops in self.known.items() if not folders or folder in folders]
        by_id = {facts.id: facts for loops in chosen for facts in loops}
        return FakeView(tuple(by_id[loop_id] for loop_id in sorted(by_id)), dict(self.liked))

    def fix(self, loop_id: str, changes: Mapping[str, Any]) -> None:
        if self.view().get(loop_id) is None:
            raise NoSuchLoop(f"no loop {loop_id}")
        self.fixed.append((loop_id, dict(changes)))

    def rate(self, loop_id: str, rating: int) -> None:
        self.liked[loop_id] = rating
