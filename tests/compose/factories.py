"""Loops that exist as facts alone: enough to compose with."""

import hashlib
import random
from collections.abc import Mapping
from typing import Any

from loopmind_chat.song.keys import Key, parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import UNPITCHED, Role


def loop(  # noqa: PLR0913 - each is a fact that some test varies
    name: str,
    role: Role,
    *,
    bpm: float | None = 140.0,
    beats: float | None = 16.0,
    key: str | None = None,
    folder: str = "/loops/pack",
    tags: Mapping[str, float] | None = None,
    brightness_hz: float | None = None,
    **facts: Any,  # noqa: ANN401 - any other field of LoopFacts
) -> LoopFacts:
    path = f"{folder}/{name}.wav"
    duration = beats * 60.0 / bpm if beats and bpm else 4.0
    defaults: dict[str, Any] = {
        "id": hashlib.sha256(path.encode()).hexdigest()[:12],
        "path": path,
        "name": name,
        "duration_s": duration,
        "sample_rate": 44100,
        "channels": 2,
        "is_loop": True,
        "bpm": bpm,
        "bpm_confidence": 0.9 if bpm else 0.0,
        "bars": beats / 4 if beats and bpm else None,
        "beats": beats if bpm else None,
        "key": parse_key(key) if key else None,
        "key_confidence": 0.8 if key else 0.0,
        "role": role,
        "role_confidence": 0.9,
        "tags": dict(tags or {}),
        "loudness_lufs": -16.0,
        "peak_db": -3.0,
        "brightness_hz": brightness_hz,
        "density": 4.0,
    }
    return LoopFacts(**(defaults | facts))


def shot(name: str, role: Role, *, seconds: float = 0.4, key: str | None = None, **facts: Any) -> LoopFacts:  # noqa: ANN401 - as above
    return loop(
        name, role, bpm=None, beats=None, key=key,
        **({"is_loop": False, "duration_s": seconds, "loudness_lufs": None, "density": None} | facts),
    )  # fmt: skip


def kit(folder: str = "/loops/oneshots") -> list[LoopFacts]:
    return [
        shot("Kick Deep 01", Role.DRUMS, folder=folder, brightness_hz=300.0),
        shot("Snare Tight 02", Role.DRUMS, folder=folder, brightness_hz=2500.0),
        shot("Clap Room 01", Role.DRUMS, folder=folder, brightness_hz=3000.0),
        shot("HiHat Closed 03", Role.DRUMS, folder=folder, brightness_hz=9000.0),
        shot("Open Hat 01", Role.DRUMS, folder=folder, brightness_hz=8500.0),
        shot("808 Long C", Role.BASS, folder=folder, seconds=1.8, key="C minor", brightness_hz=120.0),
        shot("Shaker 1", Role.PERCUSSION, folder=folder, brightness_hz=7000.0),
        shot("Rim 4", Role.PERCUSSION, folder=folder, brightness_hz=4000.0),
        shot("Impact Big", Role.FX, folder=folder, seconds=2.5, brightness_hz=900.0),
        shot("Riser White 8", Role.FX, folder=folder, seconds=4.0, brightness_hz=5000.0),
        shot("Crash 1", Role.DRUMS, folder=folder, seconds=2.0, brightness_hz=7500.0),
    ]


def trap_pack(folder: str = "/loops/TrapPack") -> list[LoopFacts]:
    """A small pack: every role, dark and bright of each."""
    made = []
    for i, (key, bright) in enumerate(
        (("A minor", 700.0), ("A minor", 1400.0), ("C major", 3400.0), ("E minor", 2600.0))
    ):
        mood = {"dark": 0.9} if bright < 1500 else {"bright": 0.9}
        word = "Dark" if bright < 1500 else "Bright"
        made += [
            loop(f"{word}Melody{i}_140", Role.MELODY, key=key, brightness_hz=bright, tags=mood, folder=folder),
            loop(f"{word}Keys{i}_140", Role.CHORDS, key=key, brightness_hz=bright * 0.9, tags=mood, folder=folder),
        ]
    for i in range(3):
        made += [
            loop(f"TrapDrums{i}_140", Role.DRUMS, brightness_hz=4000.0 + 500 * i, folder=folder, tags={"trap": 0.8}),
            loop(f"808Line{i}_140", Role.BASS, key="A minor", brightness_hz=150.0 + 40 * i, folder=folder),
            loop(f"PercTop{i}_140", Role.PERCUSSION, brightness_hz=6000.0 + 300 * i, folder=folder),
        ]
    made += [
        loop("TapePad_140", Role.PAD, key="A minor", brightness_hz=600.0, folder=folder, beats=32.0),
        loop("VoxChop_140", Role.VOCAL, key="A minor", brightness_hz=2000.0, folder=folder),
        loop("VinylNoise_140", Role.FX, folder=folder, brightness_hz=3000.0),
    ]
    return made + kit(folder + "/OneShots")


def random_library(seed: int, count: int) -> list[LoopFacts]:
    """Loops of every sort, good and bad, repeatable."""
    chance = random.Random(seed)  # noqa: S311 - test data
    roles = list(Role)
    library = []
    for i in range(count):
        role = chance.choice(roles)
        pitched = role not in UNPITCHED and chance.random() < 0.8
        key = str(Key(chance.randrange(12), chance.choice(("major", "minor")))) if pitched else None
        folder = f"/loops/pack{chance.randrange(6)}"
        bright = chance.choice((None, chance.uniform(80, 9000)))
        if chance.random() < 0.3:
            library.append(
                shot(f"hit {i}", role, seconds=chance.uniform(0.01, 5), key=key, folder=folder, brightness_hz=bright)
            )
            continue
        bpm = chance.choice((None, *(float(chance.randrange(60, 185)) for _ in range(7))))
        beats = chance.choice((4.0, 8.0, 16.0, 16.0, 16.0, 32.0, 15.0, 20.0, 148.0, 10.3))
        library.append(
            loop(
                f"loop {i}", role, bpm=bpm, beats=beats, key=key, folder=folder, brightness_hz=bright,
                density=chance.uniform(0.2, 12), loudness_lufs=chance.choice((None, chance.uniform(-40, -5))),
                tags={chance.choice(("dark", "bright", "trap", "lofi", "guitar", "piano")): chance.random()},
            )
        )  # fmt: skip
    return library
