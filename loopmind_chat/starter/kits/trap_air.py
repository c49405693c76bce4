"""Trap in A minor: what floats over Am F Dm Em, one chord a bar."""

from functools import partial

from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.kits import trap_score as score
from loopmind_chat.starter.kits.playing import part
from loopmind_chat.starter.kits.trap_kit import TRAP
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Canvas, Groove, strip
from loopmind_chat.starter.sound.circle import (
    chorused,
    dulled,
    echoed,
    pumped,
    roomed,
    shaped,
    swayed,
    toned,
)  # fmt: skip
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.sound.signals import Rng, Signal
from loopmind_chat.starter.voices import drums, effects, singers, synths

_HUMAN = Groove(loose_s=0.005, uneven=0.1)


def _pads() -> list[Recipe]:
    return [
        TRAP.loop(
            "Pads/Trap_140_Am_NightPad_Pad",
            8,
            "dark drone",
            part(score.DEEP, synths.drone, lambda x, _: roomed(dulled(x, 45.0, 700.0), 3.0, 0.35, 900.0, seed=41)),
        ),
        TRAP.loop(
            "Pads/Trap_140_Am_GlassSky_Pad",
            4,
            "bright airy",
            part(
                score.HIGH,
                synths.air_pad,
                lambda x, _: roomed(
                    chorused(shaped(x, biquad("highshelf", 2500.0, gain_db=6.0)), 4), 3.0, 0.35, 8000.0, seed=42
                ),
            ),
        ),
        TRAP.loop(
            "Pads/Trap_140_Am_Choir_Pad",
            4,
            "epic choir",
            part(score.CHORDS, partial(singers.choir, vowels="oa"), lambda x, _: roomed(x, 2.8, 0.35, 3500.0, seed=43)),
        ),
    ]


def _voices() -> list[Recipe]:
    chant = partial(singers.sing, vowels="ou", size=0.9)
    chops = partial(singers.sing, vowels="aei", size=1.18, breath=0.14)
    return [
        TRAP.loop(
            "Vocals/Trap_140_Am_DarkChant_Vox",
            4,
            "dark chant male",
            part(
                score.CHANT,
                chant,
                lambda x, c: roomed(
                    echoed(dulled(x, 80.0, 1500.0), c.beat_s, 0.3, 0.2, 1500.0), 2.6, 0.4, 1500.0, seed=44
                ),
                _HUMAN,
            ),
        ),
        TRAP.loop(
            "Vocals/Trap_140_Am_BrightChops_Vox",
            4,
            "bright chops female",
            part(
                score.CHOPS,
                chops,
                lambda x, c: roomed(
                    echoed(
                        shaped(toned(x, 250.0), biquad("highshelf", 2200.0, gain_db=9.0)),
                        c.beat_s * 0.75,
                        0.4,
                        0.3,
                        7000.0,
                    ),
                    1.4,
                    0.2,
                    7000.0,
                    seed=45,
                ),
            ),
        ),
        TRAP.loop("Vocals/Trap_140_CrowdHey_Vox", 2, "energetic shout crowd", _hey),
    ]


def _hey(canvas: Canvas, rng: Rng) -> Signal:
    call = singers.shout(rng, 220.0)
    for beat, gain in ((1.0, 0.9), (3.0, 0.7), (5.0, 0.9), (7.0, 0.7), (7.5, 0.6)):
        canvas.put(call, beat, gain)
    return roomed(toned(canvas.samples, 200.0, 6000.0), 0.9, 0.25, 4000.0, seed=46)


def _static(canvas: Canvas, rng: Rng) -> Signal:
    return pumped(effects.crackle(len(canvas.samples), rng, 30.0, 0.08), canvas.beats / 2.0, 0.6, 0.8)


def _night(canvas: Canvas, rng: Rng) -> Signal:
    return swayed(effects.wind(len(canvas.samples), rng, 90.0, 700.0), 2, 0.3)


def loops() -> list[Recipe]:
    """Everything with a pitch, and the air around it."""
    return [
        *_pads(),
        *_voices(),
        TRAP.loop("FX/Trap_140_NightWind_Atmos", 2, "dark wind atmosphere texture", _night),
        TRAP.loop("FX/Trap_140_RadioStatic_Texture", 2, "gritty noise static texture", _static),
    ]


def shots() -> list[Recipe]:
    """Single effects."""
    return [
        TRAP.shot(
            "Impact Abyss",
            Role.FX,
            "dark impact boom",
            lambda rng: roomed(strip(effects.impact(rng, 2.5, 42.0), 4.0), 2.4, 0.3, 1800.0, seed=47),
        ),
        TRAP.shot("Riser Tension 4 Bars", Role.FX, "tense riser", lambda rng: effects.riser(6.857, rng, 7000.0, 0.4)),
        TRAP.shot("Reverse Crash", Role.FX, "epic reverse swell", lambda rng: drums.reverse(drums.crash(rng, 2.0))),
    ]
