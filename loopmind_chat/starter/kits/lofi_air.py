"""Lo-fi in D minor: what floats over Dm9 Gm9 Bbmaj7 Am7, one chord a bar."""

from functools import partial

from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.kits import lofi_score as score
from loopmind_chat.starter.kits.lofi_kit import LOFI, taped
from loopmind_chat.starter.kits.playing import part
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Canvas, Groove, strip
from loopmind_chat.starter.sound.circle import chorused, echoed, roomed, shaped, toned
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.sound.score import hz_of, midi_of
from loopmind_chat.starter.sound.signals import Rng, Signal, mixed
from loopmind_chat.starter.voices import basses, effects, keys, singers, strings, synths

_LAZY = Groove(swing=0.58, late_s=0.008, loose_s=0.006, uneven=0.1)


def _pads() -> list[Recipe]:
    return [
        LOFI.loop(
            "Pads/LoFi 80bpm Dm Tape Strings Pad",
            4,
            "dark strings tape",
            part(
                score.LONG,
                partial(strings.bowed, dark_hz=1300.0),
                lambda x, _: roomed(taped(x, 850.0, 0.0014), 2.4, 0.3, 1300.0, seed=69),
            ),
        ),
        LOFI.loop(
            "Pads/LoFi 80bpm Dm Morning Air Pad",
            4,
            "bright airy dreamy",
            part(
                score.LONG_HIGH,
                synths.air_pad,
                lambda x, _: roomed(
                    chorused(shaped(x, biquad("highshelf", 2200.0, gain_db=5.0)), 6), 2.6, 0.3, 7000.0, seed=70
                ),
            ),
        ),
    ]


def _voices() -> list[Recipe]:
    return [
        LOFI.loop(
            "Vocals/LoFi 80bpm Dm Low Hum Vox",
            4,
            "dark hum male",
            part(
                score.HUM,
                partial(singers.sing, vowels="mom", size=0.95),
                lambda x, _: roomed(taped(x, 1100.0, 0.0008), 1.8, 0.3, 1800.0, seed=71),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Vocals/LoFi 80bpm Dm Soul Chops Vox",
            4,
            "bright chops soul female",
            part(
                score.CHOPS,
                partial(singers.sing, vowels="uae", size=1.15, breath=0.14),
                lambda x, c: roomed(
                    echoed(
                        shaped(toned(x, 250.0), biquad("highshelf", 2000.0, gain_db=8.0)),
                        c.beat_s * 0.75,
                        0.4,
                        0.3,
                        5000.0,
                    ),
                    1.4,
                    0.2,
                    6000.0,
                    seed=72,
                ),
                _LAZY,
            ),
        ),
    ]


def _vinyl(canvas: Canvas, rng: Rng) -> Signal:
    return effects.crackle(len(canvas.samples), rng, 16.0, 0.03)


def _rain(canvas: Canvas, rng: Rng) -> Signal:
    return effects.rain(len(canvas.samples), rng)


def _chord_stab(rng: Rng) -> Signal:
    notes = [keys.rhodes(hz_of(midi_of(name)), 1.4, 0.7, rng) for name in ("D3", "F3", "A3", "C4", "E4")]
    return roomed(toned(strip(mixed(*notes), 2.8), 50.0, 2200.0), 1.2, 0.2, 2500.0, seed=73)


def loops() -> list[Recipe]:
    """Everything with a pitch, and the room it is heard in."""
    return [
        *_pads(),
        *_voices(),
        LOFI.loop("FX/LoFi 80bpm Vinyl Crackle Texture", 2, "nostalgic vinyl crackle texture", _vinyl),
        LOFI.loop("FX/LoFi 80bpm Rain Street Ambience", 2, "calm rain ambience texture", _rain),
    ]


def shots() -> list[Recipe]:
    """Single notes and chords."""
    return [
        LOFI.shot("Rhodes Stab Dm9", Role.CHORDS, "warm rhodes stab", _chord_stab, "D minor"),
        LOFI.shot(
            "Upright Bass D", Role.BASS, "warm upright", lambda rng: basses.upright(hz_of(38), 1.2, 0.9, rng), "D minor"
        ),
    ]
