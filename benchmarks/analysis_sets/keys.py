"""Loops in a known key: as many major as minor, every tonic, many timbres, out of tune and under drums too."""

from collections.abc import Iterator, Sequence

import numpy as np

from analysis_sets.harmony import bass, chords, key_name, progression, tune
from analysis_sets.item import Part, Plan
from analysis_sets.packs import pitched
from analysis_sets.rhythm import PATTERNS, strokes

KINDS: Sequence[str] = ("chords", "melody", "bass", "arp", "pad", "band", "drummed chords", "drummed tune")
"""In the proportions of a pitched library: each as often; a band is chords, bass and a tune."""
_CENTS = (0.0, 0.0, 0.0, -35.0, 0.0, 20.0, 0.0, 40.0, -20.0, 0.0)
_ROLES = {"band": "chords", "drummed chords": "chords", "drummed tune": "melody", "arp": "melody"}
TIMBRES = 10
"""Each tenth of the set is a pack of its own, with its own tuning and share of synthesised sounds."""


def key_plans(rounds: int, seed: int) -> Iterator[Plan]:
    """``rounds`` times all 24 keys."""
    random = np.random.default_rng([seed, 24])
    for number in range(rounds * 24):
        tonic, mode = number % 12, ("major", "minor")[number // 12 % 2]
        kind = KINDS[int(random.integers(len(KINDS)))]
        pack = int(random.integers(TIMBRES))
        bpm = float(random.integers(70, 171))
        bars = int(random.choice([1, 2, 4, 4, 4, 8]))
        while bars * 240 / bpm > 18:
            bars //= 2
        yield Plan(
            name=f"k{number:03}",
            folder=f"Keys {pack}",
            pack=f"Keys {pack}",
            kind=kind,
            role=_ROLES.get(kind, kind),
            bpm=bpm,
            beats=bars * 4.0,
            parts=tuple(_parts(kind, tonic, mode, bars, random, made=pack / TIMBRES)),
            seed=seed * 1_000_000 + pack * 1000 + number,
            key=key_name(tonic, mode),
            cents=_CENTS[pack],
            ending="wrapped" if number % 3 else "cut",
            traits=frozenset({kind, mode} | ({"out of tune"} if abs(_CENTS[pack]) >= 20 else set()) | _short(bars)),
        )


def _short(bars: int) -> set[str]:
    return {"one bar"} if bars == 1 else set()


def _parts(  # noqa: PLR0913 - what a loop is made of
    kind: str, tonic: int, mode: str, bars: int, random: np.random.Generator, *, made: float
) -> Iterator[Part]:
    beats = bars * 4.0
    if kind == "band":
        degrees = progression(mode, bars, random)
        yield Part(
            "gm:0" if random.random() > made else "synth:saw", tuple(chords(tonic, mode, degrees, beats, random))
        )
        yield Part("gm:33" if random.random() > made else "synth:sub", tuple(bass(tonic, mode, degrees, beats, random)))
        lead = "gm:73" if random.random() > made else "synth:bell"
        yield Part(lead, tuple(tune(tonic, mode, degrees, beats, random)), gain=0.6)
        return
    plain = {"drummed chords": "chords", "drummed tune": "melody"}.get(kind, kind)
    yield pitched(plain, tonic, mode, beats, random, made=made)
    if kind.startswith("drummed"):
        style = sorted(PATTERNS)[int(random.integers(len(PATTERNS)))]
        yield Part("kit:real", hits=strokes(style, "drums", beats, random), gain=float(random.uniform(0.4, 0.9)))
