"""House in F minor: what floats over Fm7 Dbmaj7 Bbm7 Eb6, one chord a bar."""

from functools import partial

import numpy as np

from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.kits import house_score as score
from loopmind_chat.starter.kits.house_kit import HOUSE, bright
from loopmind_chat.starter.kits.playing import part
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Canvas, Groove, strip
from loopmind_chat.starter.sound.circle import chorused, dulled, echoed, pumped, roomed, toned
from loopmind_chat.starter.sound.score import hz_of, midi_of
from loopmind_chat.starter.sound.signals import Rng, Signal, mixed
from loopmind_chat.starter.voices import basses, singers, strings, synths

_HUMAN = Groove(swing=0.52, loose_s=0.002, uneven=0.07)


def _pads() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Pads/House_124_Fm_DarkWarm_Pad",
            4,
            "dark warm sidechain",
            part(
                score.LONG,
                partial(synths.warm_pad, top_hz=700.0),
                lambda x, c: pumped(roomed(dulled(x, 60.0, 900.0), 2.4, 0.3, 1300.0, seed=101), c.beats, 0.7, 0.6),
            ),
        ),
        HOUSE.loop(
            "Pads/House_124_Fm_SkyLight_Pad",
            4,
            "bright airy uplifting",
            part(
                score.HIGH,
                synths.air_pad,
                lambda x, c: pumped(
                    roomed(chorused(bright(x, 300.0, 2500.0, 6.0), 4), 2.6, 0.3, 8000.0, seed=102), c.beats, 0.55, 0.5
                ),
            ),
        ),
        HOUSE.loop(
            "Pads/House_124_Fm_DiscoStrings_Pad",
            4,
            "uplifting strings disco",
            part(
                score.OCTAVES,
                partial(strings.bowed, dark_hz=5200.0),
                lambda x, _: roomed(toned(x, 180.0), 1.6, 0.25, 5000.0, seed=103),
                _HUMAN,
            ),
        ),
    ]


def _voices() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Vocals/House_124_Fm_DeepOhh_Vox",
            4,
            "dark ohh male",
            part(
                score.OHH,
                partial(singers.sing, vowels="ou", size=0.9),
                lambda x, c: roomed(
                    echoed(dulled(x, 80.0, 1500.0), c.beat_s * 0.75, 0.45, 0.3, 1400.0), 1.8, 0.3, 1600.0, seed=104
                ),
                _HUMAN,
            ),
        ),
        HOUSE.loop(
            "Vocals/House_124_Fm_DivaChops_Vox",
            4,
            "bright chops diva female",
            part(
                score.CHOPS,
                partial(singers.sing, vowels="ae", size=1.18, breath=0.12),
                lambda x, c: roomed(
                    echoed(bright(x, 250.0, 2200.0, 8.0), c.beat_s * 0.75, 0.4, 0.3, 6000.0),
                    1.4,
                    0.2,
                    7000.0,
                    seed=105,
                ),
                _HUMAN,
            ),
        ),
        HOUSE.loop("Vocals/House_124_HeyCrowd_Vox", 2, "energetic shout crowd", _hey),
    ]


def _hey(canvas: Canvas, rng: Rng) -> Signal:
    call = singers.shout(rng, 261.6, ("e", "i"))
    for beat, gain in ((1.5, 0.8), (3.5, 0.9), (5.5, 0.8), (7.5, 0.9)):
        canvas.put(call, beat, gain)
    return roomed(toned(canvas.samples, 250.0, 7000.0), 1.0, 0.22, 5000.0, seed=106)


def _sweep(canvas: Canvas, rng: Rng) -> Signal:
    """Noise that opens and closes once, ducked by the kick."""
    count = len(canvas.samples)
    noise = rng.standard_normal((count, 2))
    bands = [
        toned(noise, low, high) for low, high in ((300.0, 900.0), (900.0, 2600.0), (2600.0, 7000.0), (7000.0, 14000.0))
    ]
    turn = 2.0 * np.pi * np.arange(count) / count
    out = np.zeros((count, 2))
    for k, each in enumerate(bands):
        out += each * (np.clip(0.5 - 0.5 * np.cos(turn), 0.0, 1.0) ** (1.0 + 1.5 * k))[:, None] * (0.8 + 0.2 * k)
    return pumped(out + 0.04 * bands[1], canvas.beats, 0.75, 0.5)


def _air(canvas: Canvas, rng: Rng) -> Signal:
    """The night outside a club: its kick through the wall, and air."""
    count = len(canvas.samples)
    air = toned(rng.standard_normal((count, 2)), 200.0, 2400.0)
    thud = toned(pumped(rng.standard_normal((count, 2)), canvas.beats, 1.0, 0.9), 40.0, 110.0, 4)
    return air * 0.5 + 0.6 * (toned(rng.standard_normal((count, 2)), 40.0, 110.0, 4) - thud)


def _chord_stab(rng: Rng) -> Signal:
    notes = [synths.saw_pluck(hz_of(midi_of(name)), 0.3, 0.9, rng, 4000.0) for name in ("F3", "Ab3", "C4", "Eb4")]
    return roomed(strip(toned(mixed(*notes), 120.0), 2.2), 1.4, 0.25, 4500.0, seed=107)


def loops() -> list[Recipe]:
    """Everything with a pitch, and the noise around it."""
    return [
        *_pads(),
        *_voices(),
        HOUSE.loop("FX/House_124_NoiseSweep_Texture", 4, "uplifting noise sweep texture", _sweep),
        HOUSE.loop("FX/House_124_ClubWall_Atmos", 2, "dark atmosphere texture", _air),
    ]


def shots() -> list[Recipe]:
    """Single notes and chords."""
    return [
        HOUSE.shot("Stab Fm7", Role.CHORDS, "warm stab", _chord_stab, "F minor"),
        HOUSE.shot(
            "Organ Bass F", Role.BASS, "warm organ", lambda rng: basses.organ_bass(hz_of(41), 0.6, 0.9, rng), "F minor"
        ),
    ]
