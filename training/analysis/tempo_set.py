"""Loops with known tempo to fit tempo analysis on, made of real drummers' bars, patterns of genres and played notes.

``rendered(seed, packs)`` yields packs of loops as sample packs are: most of one tempo, some of several, of one genre,
in its own sounds, cut in one habit. Nothing of it depends on anything but the seed and the one-shots' folder
(``sonic-pi-samples`` of Debian, CC0; without it, the starter pack's voices alone).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from loopmind_chat.starter.sound.signals import RATE
from training.analysis.tempo_drums import Groove, beat_of, drummed, grooves, percussed, scattered
from training.analysis.tempo_genres import GENRES, Genre
from training.analysis.tempo_sounds import ONE_SHOTS, Audio, Rng, Sounds, Track, one_shots
from training.analysis.tempo_tunes import Player


@dataclass(frozen=True)
class Labelled:
    """One loop and the truth about it."""

    pack: int
    genre: str
    kind: str
    bpm: float
    beats: float
    cut: str
    """"whole" or what was done to its ends."""
    audio: Audio
    """Mono float32 at 44.1 kHz."""


KINDS = {
    "drums": 0.19, "groove": 0.14, "perc": 0.07, "part": 0.07, "bass": 0.1, "melody": 0.12, "arp": 0.05, "chords": 0.1,
    "pad": 0.06, "full": 0.05, "sparse": 0.05,
}  # fmt: skip
"""What is in a loop: drums programmed or played, percussion, one part of the drums, tunes, all together, a few hits."""
DRUMMED = frozenset(("drums", "groove", "perc", "part", "full"))
TUNES = frozenset(("bass", "melody", "arp", "chords", "pad"))
CUTS = {"whole": 0.82, "sloppy": 0.85, "mp3": 0.89, "lead": 0.91, "silence": 0.935, "tail": 0.98, "short": 1.01}
"""How a loop's ends are cut, with the chance of it or any before it."""
ODD = ((3, 1, 0.5), (2.5, 4, 0.08), (3.5, 4, 0.14), (5, 2, 0.1), (3.75, 4, 0.06), (4.75, 4, 0.06), (4.5, 2, 0.06))
"""(beats a bar, bars at least, share) of odd metres."""


def _tempo(genre: Genre, rng: Rng) -> float:
    weights = np.array([weight for _, _, weight in genre.tempos])
    centre, width, _ = genre.tempos[rng.choice(len(weights), p=weights / weights.sum())]
    bpm = rng.normal(centre, width)
    if rng.random() < 0.45:
        bpm = 5 * round(bpm / 5)
    return float(np.clip(round(bpm), 60, 200))


def _beats(kind: str, bpm: float, rng: Rng) -> float:
    sizes = {"drums": (0.07, 0.23, 0.52, 0.14, 0.04), "pad": (0.02, 0.13, 0.47, 0.3, 0.08)}
    chances = np.array(sizes.get(kind, (0.03, 0.17, 0.53, 0.22, 0.05)))
    # long loops are rarer where they take longer
    chances = chances * np.array([1.0, 1.0, 1.0, bpm / 120, (bpm / 120) ** 2])
    return float(rng.choice([4, 8, 16, 32, 64], p=chances / chances.sum()))


@dataclass(frozen=True)
class Maker:
    """Who makes a pack: a genre, sounds, a hand, bars of drummers, a habit of cutting."""

    genre: Genre
    sounds: Sounds
    player: Player
    played: list[Groove]
    habit: float
    rng: Rng


def rendered(seed: int, packs: int, loops: int = 24, shots: Path = ONE_SHOTS) -> Iterator[Labelled]:
    """``packs`` packs of ``loops`` loops each; a pack is the same whatever the others are."""
    bank, played = one_shots(shots), grooves()
    shares = np.array([genre.share for genre in GENRES])
    for pack in range(packs):
        rng = np.random.default_rng((seed, pack))
        genre = GENRES[rng.choice(len(GENRES), p=shares / shares.sum())]
        sounds, player = Sounds(rng, bank), Player(rng)
        tempos = _tempos(genre, loops, rng)
        maker = Maker(genre, sounds, player, played, rng.random(), rng)
        for _ in range(loops):
            yield _loop(pack, float(rng.choice(tempos)), maker)


def _tempos(genre: Genre, loops: int, rng: Rng) -> list[float]:
    """Half the packs have one tempo, some have three, the others any."""
    mixture = rng.random()
    count = 1 if mixture < 0.5 else 3 if mixture < 0.7 else loops
    tempos = [_tempo(genre, rng) for _ in range(count)]
    if mixture > 0.85:
        low = rng.uniform(0.85, 1.0) * tempos[0]
        tempos = [float(np.clip(round(rng.uniform(low, low * 1.3)), 60, 200)) for _ in range(loops)]
    return tempos


def _loop(pack: int, bpm: float, maker: Maker) -> Labelled:
    genre, rng = maker.genre, maker.rng
    kind = str(rng.choice(list(KINDS), p=list(KINDS.values())))
    if genre.name in {"house", "techno", "trance", "dubstep"} and kind == "groove":
        kind = "drums"
    if rng.random() < 0.03:
        bpm = round(bpm + float(rng.choice([0.5, rng.uniform(-0.4, 0.4)])), 2)
    beats = _beats("drums" if kind in DRUMMED else kind, bpm, rng)
    groove = _groove(maker, bpm) if kind == "groove" else None
    if groove:
        bpm = bpm if rng.random() < 0.5 else float(np.clip(round(groove.bpm), 60, 200))
        beats = beats if groove.beats == 16 else float(groove.beats)
    bar = 4.0
    if groove is None and rng.random() < 0.06:
        bar, least, _ = ODD[rng.choice(len(ODD), p=[share for _, _, share in ODD])]
        beats = bar * max(least, 2 ** rng.integers(1, 4) if bar == 3 else least)
    swing = float(rng.uniform(*genre.swing))
    track = Track(bpm, beats, 0.5 if groove else swing, float(rng.choice([0.0, 0.003])), rng)
    _fill(track, kind, maker, groove, bar)
    audio, cut = _cut(maker.sounds.roomed(track.buffer), track, maker.habit, rng)
    return Labelled(pack, genre.name, kind if bar == 4 else f"odd {kind}", bpm, beats, cut, audio)


def _groove(maker: Maker, bpm: float) -> Groove | None:
    """Bars that a drummer played in the genre's style at about this tempo, or else in any."""
    styles = set(maker.genre.groove) or {"rock", "funk", "dance", "pop"}
    apart = [abs(np.log2(groove.bpm / bpm)) for groove in maker.played]
    near = [g for g, away in zip(maker.played, apart, strict=True) if g.style in styles and away < 0.25]
    near = near or [g for g, away in zip(maker.played, apart, strict=True) if away < 0.2]
    return near[maker.rng.integers(len(near))] if near else None


def _fill(track: Track, kind: str, maker: Maker, groove: Groove | None, bar: float) -> None:
    rng = maker.rng
    genre = maker.genre if bar == 4 else maker.genre.in_bars(bar)
    if groove is not None:
        drummed(track, groove, maker.sounds, rng)
    elif kind in {"drums", "groove", "full"}:
        beat_of(track, genre, maker.sounds, rng)
        if rng.random() < 0.25:
            percussed(track, maker.sounds, rng)
    elif kind == "part":
        beat_of(track, genre, maker.sounds, rng, str(rng.choice(["k", "s", "h", "h", "ks", "kh", "sh"])))
    elif kind == "perc":
        percussed(track, maker.sounds, rng)
    elif kind == "sparse":
        scattered(track, maker.sounds, maker.player, rng)
    tunes = [kind] if kind in TUNES else []
    if kind == "full":
        tunes = [str(tune) for tune in rng.permutation(["bass", "melody", "chords", "pad"])[: rng.integers(1, 4)]]
    for tune in tunes:
        maker.player.play(track, tune, maker.genre)
    if not np.any(track.buffer):
        beat_of(track, genre, maker.sounds, rng, "h")


def _cut(audio: Audio, track: Track, habit: float, rng: Rng) -> tuple[Audio, str]:
    """The loop as its maker cut it: mostly exact, its tail wrapped around or cut off."""
    length = track.length
    chance = rng.random() if rng.random() < 0.7 else habit
    noise = (1e-4 * rng.standard_normal(len(audio))).astype(np.float32) if rng.random() < 0.1 else 0.0
    audio = audio + noise
    peak = max(1e-6, float(np.abs(audio).max()))
    audio = np.clip(audio / peak * 0.9, -1, 1)
    whole = audio[:length].copy()
    if rng.random() < 0.4:
        over = audio[length : 2 * length]
        whole[: len(over)] += over
    fade = min(64, length)
    whole[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    cut = next(name for name, below in CUTS.items() if chance < below)
    if cut in {"tail", "short"}:
        return (_ringing if cut == "tail" else _short)(audio, whole, rng), cut
    return _padded(whole, cut, rng), cut


def _padded(whole: Audio, cut: str, rng: Rng) -> Audio:
    """With silence, a codec's delay, or an end that is cut by eye."""
    if cut == "sloppy":
        off = int(rng.normal(0, 0.0015 * RATE))
        return whole[:off] if off < 0 else np.pad(whole, (0, off))
    if cut == "mp3":
        delayed = np.pad(whole, (1105, 0))
        return np.pad(delayed, (0, -len(delayed) % 1152))
    if cut == "lead":
        return np.pad(whole, (int(rng.uniform(0.01, 0.3) * RATE), 0))
    if cut == "silence":
        return np.pad(whole, (0, int(rng.uniform(0.02, 0.8) * RATE)))
    return whole


def _ringing(audio: Audio, whole: Audio, rng: Rng) -> Audio:
    """With what rings on after the last beat."""
    length = len(whole)
    ring = int(rng.uniform(0.05, min(2.5, 0.45 * length / RATE)) * RATE)
    tail = audio[length : length + ring]
    return np.concatenate([audio[:length], tail * np.linspace(1, 0, len(tail), dtype=np.float32)])


def _short(_: Audio, whole: Audio, __: Rng) -> Audio:
    """Cut off where the last sound has died away."""
    heard = np.flatnonzero(np.abs(whole) > 0.02)
    return whole[: max(len(whole) // 2, int(heard[-1]) + 200 if len(heard) else len(whole))]
