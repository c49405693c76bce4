"""Trap, 140 BPM, half-time: kicks in the gaps, the clap on three, hats that roll."""

from functools import lru_cache

import numpy as np

from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.kits.trap_kit import TRAP
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Canvas, Groove, strip
from loopmind_chat.starter.sound.circle import echoed, roomed, toned
from loopmind_chat.starter.sound.signals import Rng, Signal, stereo
from loopmind_chat.starter.voices import drums, percussion
from loopmind_chat.starter.voices.basses import sub_808

_LOOSE = Groove(loose_s=0.0015, uneven=0.08)


@lru_cache(maxsize=1)
def _sounds() -> dict[str, Signal]:
    rng = np.random.default_rng(140)
    return {
        "kick": drums.kick(230.0, 48.0, 0.02, 0.42, 0.8, 1.5),
        "hard kick": drums.kick(300.0, 52.0, 0.016, 0.34, 1.4, 2.2),
        "clap": 1.7 * drums.clap(rng, 1300.0, 0.26),
        "snare": 1.1 * drums.snare(196.0, 0.45, 0.2, rng, 11000.0),
        "hat": drums.hat(rng, 0.055, 1.05, 0.45),
        "hat 2": drums.hat(rng, 0.045, 1.12, 0.45),
        "open": drums.hat(rng, 0.32, 1.0, 0.5),
        "rim": drums.rim(1810.0),
        "snap": drums.snap(rng),
        "crash": drums.crash(rng, 2.4),
        "metal": drums.metal_hit(610.0, 0.5, rng),
        "shaker": percussion.shaker(rng, 0.09),
        "tom": drums.tom(84.0, 0.5, rng),
    }


def _hats(canvas: Canvas, rng: Rng, rolls: tuple[tuple[float, int, float], ...], steps: str) -> Signal:
    """Straight hats with rolls: (beat, hits, beats) take the place of the steps under them."""
    bus, kit = canvas.bare(), _sounds()
    marks = list((steps * canvas.beats)[: canvas.beats * 4])
    for beat, _, beats in rolls:
        for step in range(round(beat * 4), round((beat + beats) * 4)):
            marks[step % len(marks)] = "."
    bus.beat([kit["hat"], kit["hat 2"]], "".join(marks), rng, _LOOSE)
    for k, (beat, hits, beats) in enumerate(rolls):
        bus.roll(kit["hat"], beat, hits, beats, (0.35, 0.85) if k % 2 else (0.85, 0.4))
    return stereo(bus.samples, 0.12)


def _full_dark(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["kick"], "9.....7.....5... 9..7......8..... 9.....7...7..... 9..7..7.....8.6.", rng)
    canvas.beat(kit["clap"], "........9.......", rng)
    canvas.beat(kit["snare"], "........5....... ........5......3", rng)
    canvas.put(kit["open"], 7.5, 0.45, 0.2)
    canvas.put(kit["open"], 15.5, 0.5, 0.2)
    wet = roomed(canvas.samples, 0.7, 0.12, seed=21)
    hats = _hats(canvas, rng, ((3.5, 4, 0.5), (6.5, 3, 0.5), (11.0, 6, 1.0), (14.5, 8, 1.0)), "7.5.6.5.7.5.6.54")
    return wet + 1.2 * hats


def _full_hard(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["hard kick"], "9..9......8...7. 9..9..8...9..... 9..9......8.9... 9..9..8...9.8.7.", rng)
    canvas.beat(kit["snare"], "........9....... ........9......6", rng)
    canvas.beat(kit["clap"], "........7.......", rng)
    canvas.put(kit["crash"], 0.0, 0.4, -0.2)
    for beat in (1.5, 5.5, 9.5, 13.5):
        canvas.put(kit["open"], beat, 0.5, 0.25)
    hats = _hats(canvas, rng, ((2.5, 8, 1.0), (7.0, 6, 1.0), (10.5, 4, 0.5), (13.0, 12, 1.5)), "8474847484748474")
    return roomed(canvas.samples, 0.5, 0.1, seed=22) + 1.2 * hats


def _half_open(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["kick"], "8.........6..... 8..............5", rng)
    canvas.beat(kit["snap"], "........8.......", rng)
    canvas.beat(kit["rim"], "......3.......4. ...3......3.....", rng, _LOOSE)
    canvas.beat(kit["shaker"], "3.5.3.5.3.5.3.54", rng, Groove(swing=0.54, loose_s=0.003))
    return roomed(toned(canvas.samples, 0.0, 7500.0), 1.4, 0.22, seed=23)


def _hats_only(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    hats = _hats(canvas, rng, ((1.5, 4, 0.5), (3.0, 6, 1.0), (6.5, 3, 0.5), (7.0, 8, 1.0)), "8.5.7.5.8.547.5.")
    canvas.put(kit["open"], 2.5, 0.55, 0.3)
    canvas.put(kit["open"], 5.5, 0.5, 0.3)
    return roomed(hats + canvas.samples, 0.4, 0.08, seed=24)


def _kick_clap(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["kick"], "9.....7...6..... 9..7......8.....", rng)
    canvas.beat(kit["clap"], "........9.......", rng)
    return roomed(canvas.samples, 0.6, 0.12, seed=25)


def _rims(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["rim"], "..7..5....7..6.. ..7..5..6....75.", rng, _LOOSE)
    canvas.beat(percussion.block(740.0), "......5......4.. ....5.......5...", rng, _LOOSE)
    return roomed(echoed(canvas.samples, canvas.beat_s * 0.75, 0.35, 0.25), 0.9, 0.18, seed=26)


def _tribal(canvas: Canvas, rng: Rng) -> Signal:
    low, mid = percussion.conga(98.0, rng, 0.5, 0.15), percussion.conga(147.0, rng, 0.4, 0.2)
    canvas.beat(low, "8.....6...5..... 8.....6......5.4", rng, _LOOSE)
    canvas.beat(mid, "...5....6....5.. ...5..4.6...5...", rng, _LOOSE)
    canvas.beat(_sounds()["tom"], "............6... ..........4.6...", rng, _LOOSE)
    return roomed(toned(canvas.samples, 60.0, 4200.0), 1.8, 0.3, 3000.0, seed=27)


def _metal(canvas: Canvas, rng: Rng) -> Signal:
    kit = _sounds()
    canvas.beat(kit["metal"], "....7.....5..... ....6.......5..4", rng, _LOOSE)
    canvas.beat(drums.metal_hit(1480.0, 0.2, rng), "6..4..6...4.6..4", rng, _LOOSE)
    canvas.beat(kit["shaker"], "4.64", rng, _LOOSE)
    return roomed(echoed(canvas.samples, canvas.beat_s * 0.5, 0.4, 0.2, 6000.0), 1.0, 0.2, 8000.0, seed=28)


def loops() -> list[Recipe]:
    """Drums and percussion."""
    return [
        TRAP.loop("Drums/Trap_140_FullBeat_Midnight_Drums", 4, "dark full clap hats", _full_dark),
        TRAP.loop("Drums/Trap_140_FullBeat_Savage_Drums", 4, "aggressive full hard snare hats", _full_hard),
        TRAP.loop("Drums/Trap_140_HalfOpen_Snaps_Drums", 2, "chill sparse snap", _half_open),
        TRAP.loop("Drums/Trap_140_HatRolls_Only", 2, "energetic hats rolls", _hats_only),
        TRAP.loop("Drums/Trap_140_KickClap_Only", 2, "dark kick clap", _kick_clap),
        TRAP.loop("Percussion/Trap_140_Rimshots_Perc", 2, "sparse rim woodblock", _rims),
        TRAP.loop("Percussion/Trap_140_DarkTribal_Perc", 2, "dark tribal conga tom", _tribal),
        TRAP.loop("Percussion/Trap_140_BrightMetal_Perc", 2, "bright metal shaker tops", _metal),
    ]


def shots() -> list[Recipe]:
    """Single drums."""

    def of(name: str) -> Signal:
        return _sounds()[name]

    def roomy(name: str, t60: float, mix: float) -> Signal:
        return roomed(strip(of(name), t60 + 0.5), t60, mix, seed=29)

    return [
        TRAP.shot("Kick Punch A", Role.DRUMS, "hard kick", lambda _: of("hard kick")),
        TRAP.shot("Kick Deep B", Role.DRUMS, "dark kick", lambda _: of("kick")),
        TRAP.shot("Clap Wide", Role.DRUMS, "bright clap", lambda _: roomy("clap", 0.5, 0.25)),
        TRAP.shot("Snare Crack", Role.DRUMS, "aggressive snare", lambda _: roomy("snare", 0.4, 0.15)),
        TRAP.shot("Hat Closed Tight", Role.DRUMS, "bright hats closed", lambda _: of("hat")),
        TRAP.shot("Hat Open", Role.DRUMS, "bright hats open", lambda _: of("open")),
        TRAP.shot("Crash Dark", Role.DRUMS, "dark crash cymbal", lambda _: roomy("crash", 1.5, 0.2)),
        TRAP.shot("Rim Dry", Role.PERCUSSION, "sparse rim", lambda _: of("rim")),
        TRAP.shot("808 Long A", Role.BASS, "dark 808 sub", lambda rng: sub_808(55.0, 1.8, 1.0, rng, 1.8), "A minor"),
        TRAP.shot(
            "808 Slide A",
            Role.BASS,
            "aggressive 808 slide",
            lambda rng: sub_808(55.0, 1.6, 1.0, rng, 2.6, 2.0),
            "A minor",
        ),
    ]
