"""Drums: bars of real drummers, programmed patterns, percussion, for the loops of ``tempo_set``."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.analysis.tempo_genres import Genre
from training.analysis.tempo_sounds import Rng, Sounds, Track
from training.analysis.tempo_tunes import VOICES, Player


@dataclass(frozen=True)
class Groove:
    """Bars of one drummer."""

    bpm: float
    style: str
    beats: int
    hits: np.ndarray
    """(ticks, voice, velocity) a row."""


def grooves() -> list[Groove]:
    """The bars of ``groove.npz``: Groove MIDI Dataset, Google LLC, CC BY 4.0."""
    with np.load(Path(__file__).with_name("groove.npz")) as data:
        rows, tempos, styles, metres = data["hits"], data["tempos"], data["styles"], data["metres"]
    return [
        Groove(
            float(tempos[n]), str(styles[n]), 16 if metres[n] == 4 else 4 * int(metres[n]), rows[rows[:, 0] == n, 1:]
        )
        for n in range(len(tempos))
    ]


def drummed(track: Track, groove: Groove, sounds: Sounds, rng: Rng) -> None:
    """A drummer's bars, over and over."""
    bank = (sounds.kick, sounds.snare, sounds.hat, sounds.open, sounds.ride, sounds.crash, sounds.toms)
    start = 0
    while start < track.beats:
        for ticks, voice, velocity in groove.hits:
            beat = start + ticks / 120
            if beat < track.beats:
                sound = bank[voice]
                hit = sound[rng.integers(3)] if isinstance(sound, list) else sound
                gain = (velocity / 127) ** 1.5 * (0.5 if 2 <= voice <= 5 else 1.0)
                at = max(0.0, float(beat))
                track.put(hit, at + 1e-5, gain)
        start += groove.beats


def beat_of(track: Track, genre: Genre, sounds: Sounds, rng: Rng, parts: str = "ksh") -> None:
    """Programmed drums: kick, snare, hats of a genre's patterns, with changes at the end of every fourth bar."""
    kick, snare, hat = (str(rng.choice(choice)) for choice in (genre.kicks, genre.snares, genre.hats))
    if rng.random() < 0.35:
        kick, snare = kick + str(rng.choice(genre.kicks)), snare * 2
    if rng.random() < 0.2:
        hat = hat[:-1] + "a" if genre.name in {"trap", "lofi", "rnb"} else hat
    if "k" in parts:
        track.bars(sounds.kick, kick, gain=1.0)
    if "s" in parts:
        track.bars(sounds.snare, snare, gain=0.8)
    if "h" in parts:
        track.bars(sounds.hat, hat, gain=0.35)
        if rng.random() < 0.3:
            track.bars(
                sounds.open, str(rng.choice(["..............6.", "..6...6...6...6.", "......6........."])), gain=0.3
            )


def percussed(track: Track, sounds: Sounds, rng: Rng) -> None:
    """Congas, shakers and the like."""
    patterns = (
        "8..5..8...5.8...",
        "8.5.8.5.8.5.8.5.",
        "8565856585658565",
        "..8...8...8..58.",
        "8..8..8..8..8.8.",
        "....8..8....8...",
    )
    for sound in rng.permutation(len(sounds.perc))[: rng.integers(1, 4)]:
        track.bars(sounds.perc[sound], str(rng.choice(patterns)), gain=0.6)


def scattered(track: Track, sounds: Sounds, player: Player, rng: Rng) -> None:
    """A few sounds at odd places, as in effects and vocal chops, the same in every bar or two."""
    voice = VOICES["melody"][rng.integers(len(VOICES["melody"]))]
    length = int(rng.choice([16, 32, 64]))
    for _ in range(int(rng.integers(1, 6))):
        place = int(rng.choice([0, 2, 4, 6, 8, 10, 12, 14, 3, 7, 11, 15])) + 16 * int(rng.integers(length // 16))
        sound = sounds.perc[rng.integers(4)] if rng.random() < 0.4 else player.note(voice, int(rng.integers(7)), 5, 0.5)
        for start in range(place, int(track.beats * 4), length):
            track.put(sound, start / 4, rng.uniform(0.4, 0.8))
