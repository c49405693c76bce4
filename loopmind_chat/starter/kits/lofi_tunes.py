"""Lo-fi in D minor: what sings over Dm9 Gm9 Bbmaj7 Am7, one chord a bar."""

from functools import partial

from loopmind_chat.starter.kits import lofi_score as score
from loopmind_chat.starter.kits.lofi_kit import LOFI, taped
from loopmind_chat.starter.kits.playing import part
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Groove
from loopmind_chat.starter.sound.circle import chorused, driven, dulled, echoed, roomed, shaped, swayed, toned, wobbled
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.voices import basses, keys, strings

_LAZY = Groove(swing=0.58, late_s=0.008, loose_s=0.006, uneven=0.1)


def _bass() -> list[Recipe]:
    return [
        LOFI.loop(
            "Bass/LoFi 80bpm Dm Dark Upright Bass",
            4,
            "dark upright jazz",
            part(score.UPRIGHT, basses.upright, lambda x, _: dulled(x, 0.0, 700.0), _LAZY, 0.0),
        ),
        LOFI.loop(
            "Bass/LoFi 80bpm Dm Finger Walk Bass",
            4,
            "warm electric finger",
            part(score.FINGERS, basses.finger_bass, lambda x, _: driven(x, 1.2), _LAZY, 0.0),
        ),
        LOFI.loop(
            "Bass/LoFi 80bpm Dm Bright Pluck Bass",
            4,
            "bright pluck synth",
            part(
                score.BRIGHT_BASS,
                partial(basses.saw_bass, open_hz=5200.0),
                lambda x, _: shaped(toned(x, 45.0), biquad("highshelf", 900.0, gain_db=6.0)),
                _LAZY,
                0.0,
            ),
        ),
    ]


def _melodies() -> list[Recipe]:
    return [
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Rainy Felt Piano Melody",
            4,
            "dark piano felt sad rainy",
            part(
                score.FELT,
                partial(keys.piano, hard=0.35),
                lambda x, _: roomed(taped(x, 1100.0), 1.8, 0.25, 1500.0, seed=61),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Midnight Guitar Melody",
            4,
            "dark guitar nylon",
            part(
                score.GUITAR,
                partial(strings.pluck, bright=0.2),
                lambda x, _: roomed(taped(x, 480.0, 0.0008), 1.4, 0.2, 1500.0, seed=62),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Sunny Kalimba Melody",
            4,
            "bright kalimba happy",
            part(
                score.KALIMBA,
                keys.kalimba,
                lambda x, c: roomed(
                    echoed(
                        shaped(toned(x, 250.0), biquad("highshelf", 2200.0, gain_db=7.0)),
                        c.beat_s * 0.75,
                        0.35,
                        0.25,
                        6000.0,
                    ),
                    1.2,
                    0.2,
                    6000.0,
                    seed=63,
                ),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Toy Music Box Melody",
            4,
            "bright music box nostalgic",
            part(
                score.BOX,
                keys.music_box,
                lambda x, _: roomed(
                    wobbled(shaped(toned(x, 300.0), biquad("highshelf", 2500.0, gain_db=7.0)), 0.0006, 8),
                    1.5,
                    0.25,
                    7000.0,
                    seed=64,
                ),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Mellow Flute Melody",
            4,
            "dreamy flute",
            part(
                score.FLUTE,
                partial(strings.flute, air=0.2),
                lambda x, c: roomed(echoed(taped(x, 3200.0), c.beat_s * 0.75, 0.35, 0.22), 1.8, 0.25, 3000.0, seed=65),
                _LAZY,
            ),
        ),
    ]


def _chords() -> list[Recipe]:
    return [
        LOFI.loop(
            "Chords/LoFi 80bpm Dm Dusty Rhodes Chords",
            4,
            "dark rhodes jazz dusty",
            part(
                score.RHODES,
                keys.rhodes,
                lambda x, _: roomed(swayed(taped(x, 1000.0), 24, 0.25), 1.2, 0.15, 2000.0, seed=66),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Chords/LoFi 80bpm Dm Nylon Guitar Chords",
            4,
            "warm guitar nylon",
            part(
                score.NYLON,
                partial(strings.pluck, bright=0.16, ring=1.8),
                lambda x, _: roomed(taped(x, 3500.0, 0.0006), 1.1, 0.16, 3500.0, seed=67),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Chords/LoFi 80bpm Dm Sunny Keys Chords",
            4,
            "bright rhodes happy keys",
            part(
                score.SUNNY,
                partial(keys.rhodes, bark=2.2),
                lambda x, _: roomed(
                    chorused(shaped(toned(x, 180.0), biquad("highshelf", 1800.0, gain_db=6.0)), 8),
                    1.2,
                    0.18,
                    6000.0,
                    seed=68,
                ),
                _LAZY,
            ),
        ),
    ]


def loops() -> list[Recipe]:
    """Bass lines, melodies and chords."""
    return [*_bass(), *_melodies(), *_chords()]
