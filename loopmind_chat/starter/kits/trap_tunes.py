"""Trap in A minor: what sings over Am F Dm Em, one chord a bar."""

from functools import partial

from loopmind_chat.starter.kits import trap_score as score
from loopmind_chat.starter.kits.playing import part, plain, together
from loopmind_chat.starter.kits.trap_kit import TRAP
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Groove
from loopmind_chat.starter.sound.circle import (
    chorused,
    driven,
    dulled,
    echoed,
    roomed,
    shaped,
    toned,
    wobbled,
)  # fmt: skip
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.voices import basses, keys, strings, synths

_HUMAN = Groove(loose_s=0.005, uneven=0.1)


def _bass() -> list[Recipe]:
    slide = partial(basses.sub_808, drive=2.8)
    return [
        TRAP.loop(
            "Bass/Trap_140_Am_Dark808_Bass",
            4,
            "dark 808 sub",
            part(score.SUB_808, basses.sub_808, plain, spread=0),
        ),
        TRAP.loop(
            "Bass/Trap_140_Am_808Slides_Bass",
            4,
            "aggressive 808 slide distorted",
            together(
                (1.0, part(score.SUB_808_HARD, slide, lambda x, _: driven(x, 2.2), spread=0)),
                (
                    0.8,
                    part(
                        "-/3*.9 A1/1 | -/3 F1/1 | -/3 D2/1 | -/3 E1/1 |",
                        partial(slide, slide_to=2.0),
                        plain,
                        spread=0,
                    ),
                ),
            ),
        ),
        TRAP.loop(
            "Bass/Trap_140_Am_Reese_Bass",
            4,
            "dark reese",
            part(score.ROOTS, partial(basses.reese, top_hz=520.0), plain, spread=0),
        ),
        TRAP.loop(
            "Bass/Trap_140_Am_BrightPluck_Bass",
            4,
            "bright pluck synth",
            part(
                score.STABS,
                partial(basses.saw_bass, open_hz=4800.0),
                lambda x, _: shaped(toned(x, 50.0), biquad("highshelf", 900.0, gain_db=6.0)),
                spread=0,
            ),
        ),
    ]


def _melodies() -> list[Recipe]:
    return [
        TRAP.loop(
            "Melody/Trap_140_Am_DarkBells_Melody",
            4,
            "dark bells",
            part(
                score.BELLS,
                partial(keys.bell, bright=0.45),
                lambda x, c: roomed(
                    echoed(dulled(x, 90.0, 1100.0), c.beat_s * 0.75, 0.4, 0.25, 1200.0), 2.4, 0.3, 1500.0, seed=31
                ),
                _HUMAN,
            ),
        ),
        TRAP.loop(
            "Melody/Trap_140_Am_GhostPiano_Melody",
            8,
            "dark piano sad",
            part(
                score.GHOST,
                partial(keys.piano, hard=0.5),
                lambda x, _: roomed(wobbled(dulled(x, 90.0, 1500.0), 0.0009, 6), 2.8, 0.35, 1500.0, seed=32),
                _HUMAN,
            ),
        ),
        TRAP.loop(
            "Melody/Trap_140_Am_FluteHaze_Melody",
            4,
            "sad flute",
            part(
                score.FLUTE,
                strings.flute,
                lambda x, c: roomed(echoed(x, c.beat_s * 1.5, 0.35, 0.25), 2.2, 0.3, 3500.0, seed=33),
                _HUMAN,
            ),
        ),
        TRAP.loop(
            "Melody/Trap_140_Am_CrystalBox_Melody",
            4,
            "bright music box arp",
            part(
                score.BOX,
                keys.music_box,
                lambda x, c: roomed(
                    echoed(shaped(x, biquad("highshelf", 3000.0, gain_db=6.0)), c.beat_s * 0.75, 0.4, 0.3, 8000.0),
                    1.6,
                    0.2,
                    8000.0,
                    seed=34,
                ),
                _HUMAN,
            ),
        ),
        TRAP.loop(
            "Melody/Trap_140_Am_NeonPluck_Melody",
            4,
            "bright pluck synth",
            part(
                score.NEON,
                partial(synths.saw_pluck, open_hz=9500.0),
                lambda x, c: roomed(
                    echoed(
                        shaped(toned(x, 300.0), biquad("highshelf", 2500.0, gain_db=8.0)),
                        c.beat_s * 0.5,
                        0.4,
                        0.25,
                        7000.0,
                    ),
                    1.2,
                    0.15,
                    7000.0,
                    seed=35,
                ),
            ),
        ),
    ]


def _chords() -> list[Recipe]:
    return [
        TRAP.loop(
            "Chords/Trap_140_Am_DarkKeys_Chords",
            4,
            "dark rhodes keys",
            part(
                score.CHORDS,
                keys.rhodes,
                lambda x, _: roomed(chorused(dulled(x, 60.0, 900.0), 3), 2.2, 0.25, 1500.0, seed=36),
                _HUMAN,
            ),
        ),
        TRAP.loop(
            "Chords/Trap_140_Am_SadPiano_Chords",
            4,
            "sad piano",
            part(
                score.RHYTHM, partial(keys.piano, hard=0.9), lambda x, _: roomed(x, 2.0, 0.25, 3500.0, seed=37), _HUMAN
            ),
        ),
        TRAP.loop(
            "Chords/Trap_140_Am_StringStabs_Chords",
            4,
            "epic strings orchestral",
            part(score.STRINGS, strings.stab, lambda x, _: roomed(x, 1.8, 0.3, 4500.0, seed=38), _HUMAN),
        ),
        TRAP.loop(
            "Chords/Trap_140_Am_BrightSaws_Chords",
            4,
            "bright supersaw synth",
            part(
                score.RHYTHM_HIGH,
                synths.supersaw,
                lambda x, _: roomed(
                    shaped(toned(x, 220.0), biquad("highshelf", 2500.0, gain_db=7.0)), 1.4, 0.2, 7000.0, seed=39
                ),
            ),
        ),
    ]


def loops() -> list[Recipe]:
    """Bass lines, melodies and chords."""
    return [*_bass(), *_melodies(), *_chords()]
