"""House, 124 BPM: four on the floor, claps on two and four, hats off the beat."""

from functools import lru_cache

import numpy as np

from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.kits.house_kit import HOUSE
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Canvas, Groove, strip
from loopmind_chat.starter.sound.circle import echoed, pumped, roomed, shaped, toned
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.sound.signals import Rng, Signal, mixed
from loopmind_chat.starter.voices import drums, effects, percussion

_SHUFFLE = Groove(swing=0.54, loose_s=0.002, uneven=0.08)
_TIGHT = Groove(loose_s=0.001, uneven=0.04)


@lru_cache(maxsize=1)
def _sounds() -> dict[str, Signal]:
    rng = np.random.default_rng(124)
    clap = 1.8 * drums.clap(rng, 1150.0, 0.24)
    return {
        "kick": drums.kick(220.0, 48.0, 0.02, 0.36, 0.6, 1.6),
        "deep kick": drums.kick(160.0, 45.0, 0.024, 0.38, 0.5, 1.3),
        "clap": mixed(clap, 0.25 * drums.snare(215.0, 0.3, 0.14, rng)),
        "snare": drums.snare(205.0, 0.5, 0.16, rng, 10000.0),
        "hat": 1.6 * drums.hat(rng, 0.04, 1.0, 0.55),
        "hat 2": 1.6 * drums.hat(rng, 0.06, 0.96, 0.55),
        "open": 1.7 * drums.hat(rng, 0.22, 0.95, 0.5, 6200.0),
        "ride": drums.ride(rng, 0.5),
        "crash": drums.crash(rng, 2.6),
        "rim": drums.rim(1650.0),
        "shaker": percussion.shaker(rng, 0.085, 7200.0),
        "shaker 2": percussion.shaker(rng, 0.11, 6400.0),
        "tambourine": percussion.tambourine(rng),
    }


def _full_classic(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["kick"], "9...9...9...9...", rng, _TIGHT)
    canvas.beat(kit["clap"], "....8.......8...", rng, _TIGHT)
    tops = canvas.bare()
    tops.beat(kit["open"], "..7.", rng, _TIGHT)
    tops.beat([kit["hat"], kit["hat 2"]], "4.3544.44.354453", rng, _SHUFFLE)
    tops.beat(kit["clap"], "................ ................ ................ ..............54", rng, _TIGHT)
    return roomed(canvas.samples, 0.5, 0.1, seed=81) + 0.9 * pumped(tops.samples, canvas.beats, 0.35, 0.4)


def _full_deep(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["deep kick"], "9...9...9...9... 9...9...9...9..4", rng, _TIGHT)
    canvas.beat(kit["rim"], "...4..5...4..... ...4..5....4..5.", rng, _SHUFFLE)
    canvas.beat(kit["clap"], "....5.......5...", rng, _TIGHT)
    canvas.beat([kit["shaker"], kit["shaker 2"]], "1232", rng, _SHUFFLE)
    return roomed(toned(canvas.samples, 0.0, 5200.0), 0.9, 0.16, 3500.0, seed=82)


def _full_peak(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["kick"], "9...9...9...9...", rng, _TIGHT)
    canvas.beat(kit["clap"], "....9.......9...", rng, _TIGHT)
    canvas.beat(kit["open"], "..8.", rng, _TIGHT)
    canvas.beat(kit["ride"], "6.7.", rng, _TIGHT)
    canvas.beat(kit["hat"], "5354", rng, _SHUFFLE)
    canvas.put(kit["crash"], 0.0, 0.5)
    return roomed(canvas.samples, 0.5, 0.1, 8000.0, seed=83)


def _hats_only(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["open"], "..8.", rng, _TIGHT)
    canvas.beat([kit["hat"], kit["hat 2"]], "5.4655.55.465564", rng, _SHUFFLE)
    return roomed(canvas.samples * np.array([1.05, 0.95]), 0.35, 0.08, 9000.0, seed=84)


def _kick_clap(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["kick"], "9...9...9...9...", rng, _TIGHT)
    canvas.beat(kit["clap"], "....8.......8...", rng, _TIGHT)
    return roomed(canvas.samples, 0.5, 0.1, seed=81)


def _build(canvas: Canvas, rng: Rng) -> Signal:
    """A snare that doubles: quarters, eighths, sixteenths over two bars."""
    kit = _sounds()
    canvas.roll(kit["snare"], 0.0, 4, 4.0, (0.4, 0.55))
    canvas.roll(kit["snare"], 4.0, 4, 2.0, (0.55, 0.7))
    canvas.roll(kit["snare"], 6.0, 8, 2.0, (0.65, 1.0))
    canvas.beat(kit["kick"], "7...7...7...7... 7...7...7.7.7.7.", rng, _TIGHT)
    return roomed(shaped(canvas.samples, biquad("high", 110.0)), 0.9, 0.18, 7000.0, seed=85)


def _congas(canvas: Canvas, rng: Rng) -> Signal:
    low, high = percussion.conga(175.0, rng, 0.35, 0.2), percussion.conga(233.0, rng, 0.28, 0.3)
    slap = percussion.conga(310.0, rng, 0.1, 0.9)
    canvas.beat(low, "......7.......77 ......7....5..77", rng, _SHUFFLE)
    canvas.beat(high, "..5....5..5..5.. ..5..5.5..5..5..", rng, _SHUFFLE)
    canvas.beat(slap, "....6.......6...", rng, _SHUFFLE)
    return roomed(canvas.samples, 0.7, 0.15, 5000.0, seed=86)


def _tops(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat([kit["shaker"], kit["shaker 2"]], "4264", rng, _SHUFFLE)
    canvas.beat(kit["tambourine"], "..6...6...6..46.", rng, _SHUFFLE)
    canvas.beat(percussion.triangle(0.7), "3............... ........4.......", rng, _SHUFFLE)
    return roomed(toned(canvas.samples, 600.0), 0.5, 0.12, 9000.0, seed=87)


def _low_toms(canvas: Canvas, rng: Rng) -> Signal:
    toms = [drums.tom(hz, 0.35, rng) for hz in (98.0, 131.0, 87.0)]
    canvas.beat(toms, "..7..5....7..5.4 ..7..5..4.7..54.", rng, _SHUFFLE)
    canvas.beat(drums.cowbell(392.0), "......3......3..", rng, _SHUFFLE)
    wet = echoed(toned(canvas.samples, 60.0, 1800.0), canvas.beat_s * 0.75, 0.35, 0.2, 1500.0)
    return pumped(roomed(wet, 1.2, 0.22, 1800.0, seed=88), canvas.beats, 0.4, 0.4)


def loops() -> list[Recipe]:
    """Drums and percussion."""
    return [
        HOUSE.loop("Drums/House_124_Classic_Full_Drums", 4, "energetic full kick clap hats", _full_classic),
        HOUSE.loop("Drums/House_124_DeepRoom_Full_Drums", 2, "dark full deep rim", _full_deep),
        HOUSE.loop("Drums/House_124_PeakTime_Full_Drums", 4, "uplifting full ride crash", _full_peak),
        HOUSE.loop("Drums/House_124_OffbeatHats_Only", 2, "bright hats offbeat", _hats_only),
        HOUSE.loop("Drums/House_124_KickClap_Only", 2, "driving kick clap", _kick_clap),
        HOUSE.loop("Drums/House_124_SnareBuild_Fill", 2, "tense build snare fill", _build),
        HOUSE.loop("Percussion/House_124_Congas_Perc", 2, "groovy conga latin", _congas),
        HOUSE.loop("Percussion/House_124_BrightTops_Perc", 2, "bright shaker tambourine tops", _tops),
        HOUSE.loop("Percussion/House_124_DarkToms_Perc", 2, "dark toms tribal", _low_toms),
    ]


def shots() -> list[Recipe]:
    """Single drums and effects."""
    kit = _sounds

    def roomy(name: str, t60: float, mix: float) -> Signal:
        return roomed(strip(kit()[name], t60 + 0.6), t60, mix, seed=89)

    def boom(rng: Rng) -> Signal:
        return roomed(strip(effects.impact(rng, 2.2, 50.0), 3.6), 2.0, 0.3, 4000.0, seed=90)

    return [
        HOUSE.shot("Kick 9oh9", Role.DRUMS, "driving kick", lambda _: kit()["kick"]),
        HOUSE.shot("Kick Deep", Role.DRUMS, "dark kick deep", lambda _: kit()["deep kick"]),
        HOUSE.shot("Clap Room", Role.DRUMS, "bright clap", lambda _: roomy("clap", 0.5, 0.2)),
        HOUSE.shot("Snare Tight", Role.DRUMS, "bright snare", lambda _: roomy("snare", 0.3, 0.1)),
        HOUSE.shot("Hat Closed", Role.DRUMS, "bright hats closed", lambda _: kit()["hat"]),
        HOUSE.shot("Hat Open Offbeat", Role.DRUMS, "bright hats open", lambda _: kit()["open"]),
        HOUSE.shot("Ride Ping", Role.DRUMS, "bright ride cymbal", lambda _: kit()["ride"]),
        HOUSE.shot("Crash Big", Role.DRUMS, "uplifting crash cymbal", lambda _: roomy("crash", 1.6, 0.2)),
        HOUSE.shot("Conga Open", Role.PERCUSSION, "groovy conga", lambda rng: percussion.conga(190.0, rng)),
        HOUSE.shot(
            "Riser Noise 4 Bars", Role.FX, "uplifting riser", lambda rng: effects.riser(7.742, rng, 11000.0, 0.15)
        ),
        HOUSE.shot("Downlifter", Role.FX, "uplifting downlifter", lambda rng: effects.downlifter(3.2, rng)),
        HOUSE.shot("Impact Drop", Role.FX, "uplifting impact boom", boom),
    ]
