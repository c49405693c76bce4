"""The sounds of a pack, and a track on which they are put at beats: for the loops of ``tempo_set``."""

from pathlib import Path

import numpy as np
import soundfile

from loopmind_chat.starter.sound.signals import RATE
from loopmind_chat.starter.voices import drums, percussion

Rng = np.random.Generator
Audio = np.ndarray
ONE_SHOTS = Path("/usr/share/sonic-pi/samples")


def flat(sound: Audio) -> Audio:
    """A sound as mono, its peak 1."""
    one = sound if sound.ndim == 1 else sound.mean(axis=1)
    return (one / max(1e-6, np.abs(one).max())).astype(np.float32)


class Sounds:
    """The sounds of one pack."""

    def __init__(self, rng: Rng, shots: dict[str, list[Audio]]) -> None:
        self._rng = rng
        pick = rng.random() < 0.55 and bool(shots)
        self.kick = (
            self._one(shots, "kick")
            if pick
            else flat(
                drums.kick(
                    rng.uniform(120, 300),
                    rng.uniform(42, 65),
                    rng.uniform(0.015, 0.04),
                    rng.uniform(0.15, 0.5),
                    rng.uniform(0.1, 0.9),
                )
            )
        )
        self.snare = (
            self._one(shots, "snare")
            if pick
            else flat(
                drums.snare(rng.uniform(160, 230), rng.uniform(0.2, 0.8), rng.uniform(0.08, 0.3), rng)
                if rng.random() < 0.5
                else drums.clap(rng, rng.uniform(900, 1500), rng.uniform(0.1, 0.3))
            )
        )
        self.hat = (
            self._one(shots, "hat")
            if pick and rng.random() < 0.5
            else flat(drums.hat(rng, rng.uniform(0.03, 0.1), rng.uniform(0.8, 1.2)))
        )
        self.open = self._one(shots, "open") if pick else flat(drums.hat(rng, rng.uniform(0.2, 0.5)))
        self.perc = [
            flat(sound)
            for sound in (
                percussion.conga(rng.uniform(180, 260), rng),
                percussion.conga(rng.uniform(280, 420), rng),
                percussion.shaker(rng),
                percussion.block(rng.uniform(600, 1200)),
            )
        ]
        self.toms = [flat(drums.tom(hz, 0.3, rng)) for hz in (90, 130, 180)]
        if shots and rng.random() < 0.4:
            self.perc = [self._one(shots, "perc") for _ in range(4)]
        self.ride = flat(drums.ride(rng))
        self.crash = flat(drums.crash(rng))
        self.room = rng.uniform(0, 0.5) if rng.random() < 0.6 else 0.0
        self.room_s = rng.uniform(0.15, 1.2)

    def _one(self, shots: dict[str, list[Audio]], what: str) -> Audio:
        return shots[what][self._rng.integers(len(shots[what]))]

    def roomed(self, dry: Audio) -> Audio:
        """With a decaying echo of noise, as a room gives."""
        if not self.room:
            return dry
        rng = np.random.default_rng(5)
        t = np.arange(int(self.room_s * RATE)) / RATE
        wet = rng.standard_normal(len(t)).astype(np.float32) * (10 ** (-3 * t / self.room_s)).astype(np.float32)
        size = 1 << (len(dry) + len(wet)).bit_length()
        ring = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(wet, size), size)[: len(dry)].astype(np.float32)
        return dry + self.room * 0.6 * ring * (np.abs(dry).max() / max(1e-6, np.abs(ring).max()))


class Track:
    """Sounds put at beats of a loop; what rings over the end goes into a tail, or around to the start."""

    def __init__(self, bpm: float, beats: float, swing: float, loose: float, rng: Rng) -> None:
        self.bpm, self.beats, self.swing, self.loose, self.rng = bpm, beats, swing, loose, rng
        self.length = round(beats * 60 / bpm * RATE)
        self.buffer = np.zeros(self.length + 4 * RATE, np.float32)

    def put(self, sound: Audio, beat: float, gain: float = 1.0) -> None:
        """Add a sound, its off-sixteenths moved by the swing."""
        step = beat * 4
        if abs(step % 2 - 1) < 1e-3:
            beat = (step + 2 * self.swing - 1) / 4
        at = round(beat * 60 / self.bpm * RATE + self.rng.normal(0, self.loose) * RATE)
        at = max(0, at)
        if at >= self.length:
            return
        piece = sound[: len(self.buffer) - at]
        self.buffer[at : at + len(piece)] += gain * piece

    def bars(self, sound: Audio | list[Audio], pattern: str, per_beat: int = 4, gain: float = 1.0) -> None:
        """A pattern over and over; "a" and "b" are rolls of two and three."""
        steps = round(self.beats * per_beat)
        bank = sound if isinstance(sound, list) else [sound]
        for step in range(steps):
            mark = pattern[step % len(pattern)]
            if mark == ".":
                continue
            rolls = {"a": 2, "b": 3}.get(mark, 1)
            level = int(mark) / 9 if mark.isdigit() else 0.7
            for roll in range(rolls):
                beat = (step + roll / rolls) / per_beat
                self.put(bank[self.rng.integers(len(bank))], beat, gain * level**1.3 * self.rng.uniform(0.85, 1.1))


def one_shots(folder: Path = ONE_SHOTS) -> dict[str, list[Audio]]:
    """Single hits of ``sonic-pi-samples`` by what they are; empty without it."""
    names = {
        "kick": ("bd_*", "drum_heavy_kick", "drum_bass_*"),
        "snare": ("sn_*", "drum_snare_*", "elec_*snare", "perc_snap*"),
        "hat": ("drum_cymbal_closed", "drum_cymbal_pedal", "elec_tick", "elec_twip"),
        "open": ("drum_cymbal_open", "drum_splash_*", "elec_cymbal"),
        "perc": ("drum_tom_*", "tabla_*", "elec_b*", "elec_wood", "elec_p*", "drum_cowbell"),
    }
    found: dict[str, list[Audio]] = {}
    for what, patterns in names.items():
        paths = sorted(path for pattern in patterns for path in folder.glob(f"{pattern}.flac"))
        sounds = [soundfile.read(path, dtype="float32", always_2d=True)[0].mean(axis=1)[: 2 * RATE] for path in paths]
        found[what] = [sound / max(1e-6, np.abs(sound).max()) for sound in sounds]
    return found if all(found.values()) else {}
