"""Lo-fi, 80 BPM: a drummer behind the beat, sixteenths that lean, a sampler with little treble."""

from functools import lru_cache

import numpy as np

from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.kits.lofi_kit import LOFI
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Canvas, Groove, strip
from loopmind_chat.starter.sound.circle import driven, roomed, shaped, toned, wobbled
from loopmind_chat.starter.sound.filters import biquad, low
from loopmind_chat.starter.sound.signals import RATE, Rng, Signal, mixed, ramped
from loopmind_chat.starter.voices import drums, effects, percussion

_KICKS = Groove(swing=0.58, late_s=0.004, loose_s=0.003, uneven=0.05)
_BACKBEAT = Groove(swing=0.58, late_s=0.014, loose_s=0.003, uneven=0.05)
_HATS = Groove(swing=0.6, late_s=0.006, loose_s=0.005, uneven=0.12)


@lru_cache(maxsize=1)
def _sounds() -> dict[str, Signal]:
    rng = np.random.default_rng(80)
    return {
        "kick": low(drums.kick(150.0, 52.0, 0.018, 0.32, 0.7, 1.8), 2600.0),
        "soft kick": low(drums.kick(120.0, 48.0, 0.02, 0.34, 0.4, 1.2), 1300.0),
        "snare": low(mixed(drums.snare(176.0, 0.5, 0.17, rng, 6500.0), 0.5 * drums.clap(rng, 1050.0, 0.12, 2)), 6500.0),
        "ghost": low(drums.snare(190.0, 0.2, 0.09, rng, 5000.0), 4500.0),
        "brush": _brush(rng),
        "rim": low(drums.rim(1500.0), 5200.0),
        "hat": 1.7 * low(drums.hat(rng, 0.05, 0.85, 0.6, 5200.0), 9500.0),
        "hat 2": 1.7 * low(drums.hat(rng, 0.07, 0.82, 0.6, 5000.0), 8500.0),
        "open": 1.5 * low(drums.hat(rng, 0.28, 0.8, 0.6, 4800.0), 8500.0),
        "shaker": percussion.shaker(rng, 0.1, 5200.0),
        "shaker 2": percussion.shaker(rng, 0.13, 4700.0),
        "ride": drums.ride(rng, 0.6),
    }


def _brush(rng: Rng) -> Signal:
    swish = percussion.shaker(rng, 0.19, 3200.0)
    return mixed(0.35 * swish, 0.5 * low(drums.snare(210.0, 0.25, 0.12, rng, 6000.0), 5000.0))


def _dusted(x: Signal, rng: Rng, top_hz: float, dust: float = 0.25) -> Signal:
    """As from an old sampler on tape: squeezed, dull, on an unsteady motor, with the record's dust."""
    tape = wobbled(toned(driven(x, 1.8), 0.0, top_hz, 4), 0.00035, 5)
    return tape + dust * effects.crackle(len(x), rng, 9.0, 0.012)


def _full_dusty(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["kick"], "9......5..8..... 9......5.78..... 9......5..8..... 9..4...5.78....4", rng, _KICKS)
    canvas.beat(kit["snare"], "....8.......9...", rng, _BACKBEAT)
    canvas.beat(kit["ghost"], ".......2.3...... .......2.3.....2", rng, _BACKBEAT)
    canvas.beat([kit["hat"], kit["hat 2"]], "6.4.6.4.6.446.4.", rng, _HATS)
    canvas.put(kit["open"], 7.5, 0.45)
    canvas.put(kit["open"], 15.5, 0.5)
    return _dusted(roomed(canvas.samples, 0.45, 0.14, 3500.0, seed=51), rng, 8500.0)


def _full_rainy(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["soft kick"], "9.........7..... 9.....6...7.....", rng, _KICKS)
    canvas.beat(kit["rim"], "....7.......7...", rng, _BACKBEAT)
    canvas.beat(kit["hat 2"], "4.3.4.3.4.3.4.33", rng, _HATS)
    return _dusted(roomed(canvas.samples, 0.9, 0.2, 2500.0, seed=52), rng, 3200.0, 0.15)


def _brushes(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["soft kick"], "7.........5..... 7......4..5.....", rng, _KICKS)
    canvas.beat(kit["brush"], "3.2.8.2.3.248.23", rng, _BACKBEAT)
    canvas.beat(kit["ride"], "5...5..45...5..4", rng, _HATS)
    return _dusted(roomed(canvas.samples, 0.8, 0.2, 4500.0, seed=53), rng, 11000.0, 0.1)


def _hats_only(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat([kit["hat"], kit["hat 2"]], "7.5.7.547.5.7.5. 7.5.7.547.5.7..5", rng, _HATS)
    canvas.put(kit["open"], 7.5, 0.6, late_s=0.006)
    canvas.beat(kit["shaker"], "3.5.3.5.", rng, _HATS)
    return _dusted(canvas.samples * np.array([0.85, 1.1]), rng, 10000.0, 0.05)


def _kick_snare(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["kick"], "9......6..8..... 9.....4...8..5..", rng, _KICKS)
    canvas.beat(kit["snare"], "....9.......9...", rng, _BACKBEAT)
    return _dusted(roomed(canvas.samples, 0.4, 0.12, 3500.0, seed=54), rng, 7500.0, 0.1)


def _shaker_rim(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat([kit["shaker"], kit["shaker 2"]], "5364", rng, _HATS)
    canvas.beat(kit["rim"], "......4...5..... ...4..4...5...4.", rng, _BACKBEAT)
    return roomed(canvas.samples, 0.6, 0.15, 4000.0, seed=55)


def _bongos(canvas: Canvas, rng: Rng) -> Signal:
    low_drum, high_drum = percussion.conga(196.0, rng, 0.25, 0.15), percussion.conga(262.0, rng, 0.18, 0.2)
    canvas.beat(low_drum, "7.....4...6..... 7..4......6...4.", rng, _HATS)
    canvas.beat(high_drum, "...5.3..4..5..3. ...5..4.4..5.34.", rng, _HATS)
    return wobbled(roomed(toned(canvas.samples, 90.0, 2200.0), 0.9, 0.22, 2000.0, seed=56), 0.0004, 5)


def _foley(canvas: Canvas, rng: Rng) -> Signal:
    keys = [percussion.click(rng, hz) for hz in (2100.0, 3400.0, 2700.0, 4300.0)]
    canvas.beat(keys, "5..4.5..6..4..53 5..4..4.6.5...4.", rng, _HATS)
    canvas.beat(percussion.tambourine(rng, 0.16), "....6.......6...", rng, _BACKBEAT)
    return roomed(shaped(canvas.samples, biquad("highshelf", 4000.0, gain_db=4.0)), 0.5, 0.15, 7000.0, seed=57)


def loops() -> list[Recipe]:
    """Drums and percussion."""
    return [
        LOFI.loop("Drums/LoFi 80bpm Dusty Swing Full Drums", 4, "warm full dusty swing", _full_dusty),
        LOFI.loop("Drums/LoFi 80bpm Rainy Night Full Drums", 2, "dark full soft rim", _full_rainy),
        LOFI.loop("Drums/LoFi 80bpm Brushes Jazz Drums", 2, "chill brushes jazz ride", _brushes),
        LOFI.loop("Drums/LoFi 80bpm Hats Only", 2, "relaxed hats shaker", _hats_only),
        LOFI.loop("Drums/LoFi 80bpm Kick Snare Only", 2, "warm kick snare", _kick_snare),
        LOFI.loop("Percussion/LoFi 80bpm Shaker Rim Perc", 2, "chill shaker rim", _shaker_rim),
        LOFI.loop("Percussion/LoFi 80bpm Dark Bongos Perc", 2, "dark bongos", _bongos),
        LOFI.loop("Percussion/LoFi 80bpm Bright Foley Perc", 2, "bright foley clicks tambourine", _foley),
    ]


def _tape_stop(rng: Rng) -> Signal:
    """A chord whose motor is switched off."""
    chord = sum(np.sin(2.0 * np.pi * f * np.arange(2 * RATE) / RATE) for f in (146.8, 174.6, 220.0, 261.6))
    speed = np.linspace(1.0, 0.0, RATE) ** 1.3
    at = np.cumsum(speed)
    slowed = np.interp(at, np.arange(2 * RATE), np.asarray(chord, dtype=np.float64))
    dust = 0.4 * effects.crackle(RATE, rng, 12.0, 0.02).mean(axis=1)
    return ramped(slowed * speed**0.5 + dust, 0.01, 0.08)


def shots() -> list[Recipe]:
    """Single drums and noises."""
    kit = _sounds

    def roomy(name: str) -> Signal:
        return roomed(strip(kit()[name], 0.8), 0.4, 0.12, 3500.0, seed=58)

    return [
        LOFI.shot("Dusty Kick", Role.DRUMS, "warm kick", lambda _: kit()["kick"]),
        LOFI.shot("Soft Kick", Role.DRUMS, "dark kick soft", lambda _: kit()["soft kick"]),
        LOFI.shot("Vinyl Snare", Role.DRUMS, "warm snare vinyl", lambda _: roomy("snare")),
        LOFI.shot("Brush Snare", Role.DRUMS, "chill snare brushes", lambda _: roomy("brush")),
        LOFI.shot("Dull Hat Closed", Role.DRUMS, "warm hats closed", lambda _: kit()["hat"]),
        LOFI.shot("Dull Hat Open", Role.DRUMS, "warm hats open", lambda _: kit()["open"]),
        LOFI.shot("Rim Tape", Role.PERCUSSION, "warm rim", lambda _: roomy("rim")),
        LOFI.shot("Foley Key Click", Role.PERCUSSION, "dry foley click", lambda rng: percussion.click(rng, 2400.0)),
        LOFI.shot("Tape Stop", Role.FX, "nostalgic tape stop", _tape_stop),
        LOFI.shot("Vinyl Needle Drop", Role.FX, "nostalgic vinyl crackle", _needle),
    ]


def _needle(rng: Rng) -> Signal:
    thump = low(drums.kick(90.0, 40.0, 0.02, 0.2, 1.0, 1.5), 900.0)
    return mixed(ramped(effects.crackle(round(1.6 * RATE), rng, 22.0, 0.03).mean(axis=1), 0.02, 0.5), 0.4 * thump)
