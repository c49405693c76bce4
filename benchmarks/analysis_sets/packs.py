"""Synthetic packs: each has its own tempos, style, sounds, tuning, ways of naming and of cutting."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from analysis_sets.harmony import arpeggio, bass, chords, key_name, progression, tune
from analysis_sets.item import Note, Part, Plan
from analysis_sets.naming import loop_name
from analysis_sets.one_shots import one_shots
from analysis_sets.rhythm import strokes

_Choice = TypeVar("_Choice", str, float)
_USUAL = {"drums": 0.3, "tops": 0.08, "percussion": 0.1, "bass": 0.15, "chords": 0.12, "arp": 0.07, "melody": 0.1}
_USUAL |= {"pad": 0.04, "vocal": 0.04}
_TONAL = {"bass": 0.15, "chords": 0.25, "arp": 0.15, "melody": 0.2, "pad": 0.2, "vocal": 0.05}
_DRUMMED = {"drums": 0.55, "tops": 0.2, "percussion": 0.25}
ROLES = {"tops": "drums", "arp": "melody"}
_LENGTHS = {16.0: 0.47, 8.0: 0.26, 32.0: 0.09, 4.0: 0.1, 12.0: 0.03, 24.0: 0.02, 6.0: 0.01, 20.0: 0.01, 10.0: 0.01}
_ODD_LENGTHS = {10.0: 0.2, 14.0: 0.2, 15.0: 0.2, 12.0: 0.15, 7.0: 0.1, 16.0: 0.1, 9.0: 0.05}
_LONGEST_S = 22.0
_GM = {
    "bass": (32, 33, 34, 36, 38, 39),
    "chords": (0, 4, 5, 16, 24, 25, 48, 61, 81),
    "arp": (11, 12, 46, 80, 81, 24),
    "melody": (0, 11, 24, 40, 56, 65, 73, 80, 104),
    "pad": (48, 50, 52, 88, 89, 91, 95),
    "vocal": (53, 54, 85),
}
_MADE = {
    "bass": ("sub", "reese", "square", "saw"),
    "chords": ("keys", "saw", "organ", "pluck"),
    "arp": ("pluck", "square", "bell"),
    "melody": ("bell", "square", "keys", "pluck"),
    "pad": ("pad", "saw"),
    "vocal": ("sung",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """How one imagined maker of loops works."""

    name: str
    style: str
    tempos: tuple[int, ...]
    """Those it uses, all as often."""
    kinds: dict[str, float] = field(default_factory=lambda: _USUAL)
    lengths: dict[float, float] = field(default_factory=lambda: _LENGTHS)
    kit: str = "kit:real"
    made: float = 0.5
    """Share of instruments that are synthesised."""
    minor: float = 0.75
    swing: float = 0.0
    loose: float = 0.004
    cents: float = 0.0
    naming: str = "words"
    suffix: str = ".wav"
    untagged: float = 0.0
    """Share of MP3s without their delay told."""
    acid: str = ""
    sound: frozenset[str] = frozenset()


def _span(low: int, high: int, step: int = 1) -> tuple[int, ...]:
    return tuple(range(low, high + 1, step))


PACKS: Sequence[Pack] = (
    Pack(name="Deep Rooms", style="house", tempos=(120, 122, 124, 125), naming="mood", sound=frozenset({"room"})),
    Pack(name="Warehouse", style="techno", tempos=(130, 132, 135, 138), kit="kit:synth", naming="code", made=0.9),
    Pack(name="Night Shift Trap", style="trap", tempos=_span(130, 160, 5), kit="kit:synth", naming="mood", made=0.8),
    Pack(name="Rollers 174", style="drum and bass", tempos=(172, 174, 174, 174, 175), naming="folder", kit="kit:gm"),
    Pack(
        name="Dust", style="boom bap", tempos=(70, 72, 75, 78, 80, 82, 84, 85, 88), naming="words", swing=0.5,
        loose=0.012, cents=-30, sound=frozenset({"dull", "hiss"}),
    ),
    Pack(name="Crates", style="boom bap", tempos=_span(84, 98, 2), naming="after", swing=0.35, cents=18, acid="right"),
    Pack(name="Half Step 140bpm", style="dubstep", tempos=(140,), naming="folder", made=0.9, kit="kit:synth"),
    Pack(name="Calle", style="reggaeton", tempos=(88, 90, 92, 94, 95, 96, 100), naming="code", kit="kit:real"),
    Pack(name="Live Breaks", style="funk", tempos=_span(96, 120), naming="first", kit="kit:gm", loose=0.008, made=0.1),
    Pack(
        name="Slow Hands", style="soul", tempos=_span(60, 79), naming="after", swing=0.2, made=0.3, minor=0.5,
        sound=frozenset({"room"}), suffix=".flac",
    ),
    Pack(
        name="Wide Skies", style="soul", tempos=_span(60, 110, 5), kinds=_TONAL, naming="words", made=0.4,
        sound=frozenset({"room"}), cents=12,
    ),
    Pack(
        name="Garage Band Days", style="rock", tempos=_span(100, 178, 3), naming="bare", kit="kit:gm", made=0.0,
        minor=0.4,
    ),
    Pack(
        name="Hand Drums", style="afro", tempos=_span(92, 126), kinds={"percussion": 0.8, "drums": 0.2}, naming="words",
        kit="kit:real", loose=0.01, suffix=".ogg",
    ),
    Pack(name="Juke Joint", style="footwork", tempos=(155, 158, 160, 160, 162), naming="number", kit="kit:real"),
    Pack(
        name="Other Counts", style="rock", tempos=_span(80, 160, 5), lengths=_ODD_LENGTHS, naming="after", kit="kit:gm",
        made=0.3,
    ),
    Pack(
        name="Web Finds", style="electro", tempos=_span(108, 128, 2), naming="first", suffix=".mp3", untagged=0.4,
        kit="kit:synth", cents=-15,
    ),
    Pack(name="Every Tempo", style="electro", tempos=_span(60, 200), naming="number", kit="kit:real", acid="junk"),
    Pack(name="Radio Songs", style="house", tempos=_span(90, 130), naming="mood", minor=0.35, made=0.4, cents=25),
)  # fmt: skip


def pack_plans(pack: Pack, number: int, loops: int, seed: int) -> Iterator[Plan]:
    """A pack's loops and a few one-shots: the same for the same seed."""
    random = np.random.default_rng([seed, number])
    base = int(random.integers(1000, 900_000)) * 1000
    for place in range(loops):
        yield _loop(pack, place, base + place, random)
    yield from one_shots(pack.name, base + 500, random, acid=pack.acid, suffix=pack.suffix, kit=pack.kit)


def _pick(odds: dict[_Choice, float], random: np.random.Generator) -> _Choice:
    names = list(odds)
    share = np.array([odds[n] for n in names])
    return names[int(random.choice(len(names), p=share / share.sum()))]


def _loop(pack: Pack, place: int, seed: int, random: np.random.Generator) -> Plan:
    bpm = float(random.choice(pack.tempos))
    kind = _pick(pack.kinds, random)
    beats = _pick(pack.lengths, random)
    while beats * 60 / bpm > _LONGEST_S:
        beats /= 2
    if kind in {"chords", "pad"} and beats == 4.0:
        beats = 8.0
    drummed = kind in _DRUMMED
    key = None
    if drummed:
        swing = pack.swing if random.random() < 0.8 else 0.0
        hits = strokes(pack.style, kind, beats, random, swing=swing, loose_s=pack.loose)
        parts: tuple[Part, ...] = (Part(pack.kit, hits=hits),)
    else:
        tonic, mode = int(random.integers(12)), "minor" if random.random() < pack.minor else "major"
        key = key_name(tonic, mode)
        parts = (pitched(kind, tonic, mode, beats, random, made=pack.made),)
    traits = set(pack.sound)
    cut = _cut(pack, random)
    stale = random.random() < 0.04
    name, says = loop_name(pack.naming, pack.name, kind, place, bpm, key, random, stale=stale)
    if stale and says:
        traits.add("stale name")
    traits |= _traits(pack, bpm, beats, cut) | {kind}
    return Plan(
        name=name, folder=pack.name, pack=pack.name, kind=kind, role=ROLES.get(kind, kind), bpm=bpm, beats=beats,
        parts=parts, seed=seed, key=key, suffix=pack.suffix, cents=pack.cents,
        lead_s=cut[1], tail_s=cut[2], ending=cut[0], untagged=cut[3], acid=pack.acid,
        traits=frozenset(traits), truth_in_name=says and not stale,
    )  # fmt: skip


def pitched(  # noqa: PLR0913 - what a part is made of
    kind: str, tonic: int, mode: str, beats: float, random: np.random.Generator, *, made: float
) -> Part:
    """A part of notes in a key, on an instrument that such parts are played on."""
    bars = max(1, round(beats / 4))
    degrees = progression(mode, bars, random)
    writers: dict[str, Callable[..., list[Note]]] = {"bass": bass, "arp": arpeggio, "melody": tune, "vocal": tune}
    notes = writers.get(kind, chords)(tonic, mode, degrees, beats, random)
    synthesised = random.random() < made
    instrument = f"synth:{random.choice(_MADE[kind])}" if synthesised else f"gm:{random.choice(_GM[kind])}"
    return Part(instrument, notes=tuple(notes))


def _cut(pack: Pack, random: np.random.Generator) -> tuple[str, float, float, bool]:
    """How it ends, the silence before, the seconds after, and whether an MP3 lost its tag: 8 in 100 are not whole."""
    draw = random.random()
    untagged = pack.suffix == ".mp3" and random.random() < pack.untagged
    if draw < 0.03:
        return "tail", 0.0, float(random.uniform(0.15, 1.3)), untagged
    if draw < 0.055:
        return "silence", 0.0, float(random.uniform(0.05, 0.8)), untagged
    if draw < 0.075:
        return "cut", float(random.uniform(0.01, 0.26)), 0.0, untagged
    return "wrapped" if draw < 0.65 else "cut", 0.0, 0.0, untagged


def _traits(pack: Pack, bpm: float, beats: float, cut: tuple[str, float, float, bool]) -> set[str]:
    ending, lead, tail, untagged = cut
    told = {
        "slow": bpm < 90,
        "fast": bpm >= 150,
        "whole power of two": beats in {1, 2, 4, 8, 16, 32} and not (lead or tail or untagged),
        "other count": beats not in {1, 2, 4, 8, 16, 32},
        "tail": ending == "tail",
        "trailing silence": ending == "silence",
        "leading silence": lead > 0,
        "encoder delay": untagged,
        "swing": pack.swing > 0,
        "out of tune": abs(pack.cents) >= 15,
    }
    return {name for name, holds in told.items() if holds}
