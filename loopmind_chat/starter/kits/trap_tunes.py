"""Trap in A minor: what sings over Am F Dm Em, one chord a bar."""

from functools import partial

from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.kits.playing import part, together
from loopmind_chat.starter.kits.trap_kit import TRAP
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Canvas, Groove, strip
from loopmind_chat.starter.sound.circle import (
    chorused, driven, dulled, echoed, pumped, roomed, shaped, swayed, toned, wobbled,
)  # fmt: skip
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.sound.signals import Rng, Signal
from loopmind_chat.starter.voices import basses, drums, effects, keys, singers, strings, synths

_HUMAN = Groove(loose_s=0.005, uneven=0.1)

_808 = (
    """A1/1.5*.9 A1/1.5 -/.5 A1/.5 | F1/1.5 F1/1.25 -/.5 F1/.75 | D1/1.5 D1/1.5 -/.5 D1/.5 | E1/1.5 E1/1 E1/.5 E1/1 |"""
)
_808_HARD = """A1/.75*.9 A1/.75 A1/1 A2/.5 A1/1 | F1/.75 F1/.75 F1/1 F2/.5 C2/1 | D1/.75 D1/.75 D1/1 D2/.5 A1/1 |
E1/.75 E1/.75 E1/1 E2/.5 B1/1 |"""
_ROOTS = "A1/4*.9 | F1/4 | D2/4 | E2/4 |"
_STABS = """A2/.5*.9 -/.25 A2/.25*.6 A2/.5*.8 -/.5 E2/.5 A2/.5 -/.5 G2/.5 | F2/.5*.9 -/.25 F2/.25*.6 F2/.5*.8 -/.5 C2/.5
F2/.5 -/.5 E2/.5 | D2/.5*.9 -/.25 D2/.25*.6 D2/.5*.8 -/.5 A2/.5 D2/.5 -/.5 F2/.5 | E2/.5*.9 -/.25 E2/.25*.6 E2/.5*.8
-/.5 B2/.5 E2/.5 -/.5 G2/.5 |"""

_BELLS = """A3/.75*.9 C4/.75*.7 E4/.5*.8 D4/.5 C4/.5 A3/1 | F3/.75*.9 A3/.75*.7 C4/.5*.8 B3/.5 A3/.5 F3/1 |
D4/.75*.9 F4/.75*.7 E4/.5*.8 D4/.5 A3/.5 F3/1 | E4/.75*.9 D4/.75*.7 B3/.5*.8 G3/.5 B3/.5 E3/1 |"""
_GHOST = """A3+E4/2*.6 C4/1*.5 E4/1 | F3+C4/2*.6 A3/1*.5 C4/1 | D3+A3/2*.6 F4/1*.5 E4/1 | E3+B3/2*.6 D4/1*.5 B3/1 |
A3+E4/1.5*.7 G4/.5*.5 E4/2 | F3+C4/1.5*.7 E4/.5*.5 C4/2 | D3+A3/1.5*.7 D4/.5*.5 F4/1 E4/1 | E3+B3/2*.7 G3/2*.5 |"""
_FLUTE = "E4/2*.7 A4/1.5*.9 G4/.5 | F4/2.5*.8 E4/.5 C4/1 | D4/2*.7 F4/1.5*.9 A4/.5 | G4/2.5*.8 E4/1.5 |"
_BOX = """A5/.5*.9 E5*.6 C6*.8 A5*.6 E6*.9 C6*.6 A5*.7 E5*.6 | A5*.9 F5*.6 C6*.8 A5*.6 F6*.9 C6*.6 A5*.7 F5*.6 |
A5*.9 D5*.6 D6*.8 A5*.6 F6*.9 D6*.6 A5*.7 F5*.6 | G5*.9 E5*.6 B5*.8 G5*.6 E6*.9 B5*.6 G5*.7 E5*.6 |"""
_NEON = """A4/.75*.9 E5/.75 A5/.5 G5/.5*.7 E5/.5 C5/.5*.9 E5/.5*.7 | A4/.75*.9 C5/.75 F5/.5 E5/.5*.7 C5/.5 A4/.5*.9 C5/.5*.7 |
A4/.75*.9 D5/.75 A5/.5 F5/.5*.7 E5/.5 D5/.5*.9 F5/.5*.7 | B4/.75*.9 E5/.75 G5/.5 E5/.5*.7 D5/.5 B4/.5*.9 G4/.5*.7 |"""

_CHORDS = "A2+A3+C4+E4/4*.7 | F2+A3+C4+F4/4 | D2+A3+D4+F4/4 | E2+G3+B3+E4/4 |"
_RHYTHM = """A3+C4+E4/1.5*.8 A3+C4+E4/1.5*.6 -/1 | A3+C4+F4/1.5*.8 A3+C4+F4/1.5*.6 -/1 | A3+D4+F4/1.5*.8 A3+D4+F4/1.5*.6 -/1 |
G3+B3+E4/1.5*.8 G3+B3+E4/1.5*.6 -/1 |"""
_STRINGS = """A2+A3+C4+E4/.5*.9 -/.25 A3+C4+E4/.25*.7 -/.5 A3+C4+E4/.5 -/1 A3+C4+E4/.5 A3+C4+E4/.5 |
F2+A3+C4+F4/.5*.9 -/.25 A3+C4+F4/.25*.7 -/.5 A3+C4+F4/.5 -/1 A3+C4+F4/.5 A3+C4+F4/.5 |
D2+A3+D4+F4/.5*.9 -/.25 A3+D4+F4/.25*.7 -/.5 A3+D4+F4/.5 -/1 A3+D4+F4/.5 A3+D4+F4/.5 |
E2+G3+B3+E4/.5*.9 -/.25 G3+B3+E4/.25*.7 -/.5 G3+B3+E4/.5 -/1 G3+B3+E4/.5 G3+B3+E4/.5 |"""
_HIGH = "A4+C5+E5+A5/4*.7 | A4+C5+F5+A5/4 | A4+D5+F5+A5/4 | G4+B4+E5+G5/4 |"
_DEEP = "A2+E3+A3+C4/4*.8 | F2+C3+A3+C4/4 | D2+D3+A3+F3/4 | E2+E3+B3+G3/4 |"


def _bass() -> list[Recipe]:
    slide = partial(basses.sub_808, drive=2.8)
    return [
        TRAP.loop(
            "Bass/Trap_140_Am_Dark808_Bass", 4, "dark 808 sub", part(_808, basses.sub_808, lambda x, _: x, spread=0)
        ),
        TRAP.loop(
            "Bass/Trap_140_Am_808Slides_Bass",
            4,
            "aggressive 808 slide distorted",
            together(
                (1.0, part(_808_HARD, slide, lambda x, _: driven(x, 2.2), spread=0)),
                (
                    0.8,
                    part(
                        "-/3*.9 A1/1 | -/3 F1/1 | -/3 D1/1 | -/3 E1/1 |",
                        partial(slide, slide_to=2.0),
                        lambda x, _: x,
                        spread=0,
                    ),
                ),
            ),
        ),
        TRAP.loop(
            "Bass/Trap_140_Am_Reese_Bass",
            4,
            "dark reese",
            part(_ROOTS, partial(basses.reese, top_hz=520.0), lambda x, _: x, spread=0),
        ),
        TRAP.loop(
            "Bass/Trap_140_Am_BrightFM_Bass",
            4,
            "bright fm stab",
            part(
                _STABS,
                partial(basses.fm_bass, bite=0.9),
                lambda x, _: shaped(toned(driven(x, 1.3), 50.0, 2600.0), biquad("highshelf", 500.0, gain_db=6.0)),
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
                _BELLS,
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
                _GHOST,
                partial(keys.piano, hard=0.5),
                lambda x, c: roomed(wobbled(dulled(x, 90.0, 1500.0), 0.0009, 6), 2.8, 0.35, 1500.0, seed=32),
                _HUMAN,
            ),
        ),
        TRAP.loop(
            "Melody/Trap_140_Am_FluteHaze_Melody",
            4,
            "sad flute",
            part(
                _FLUTE,
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
                _BOX,
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
                _NEON,
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
                _CHORDS,
                keys.rhodes,
                lambda x, c: roomed(chorused(dulled(x, 60.0, 900.0), 3), 2.2, 0.25, 1500.0, seed=36),
                _HUMAN,
            ),
        ),
        TRAP.loop(
            "Chords/Trap_140_Am_SadPiano_Chords",
            4,
            "sad piano",
            part(_RHYTHM, partial(keys.piano, hard=0.9), lambda x, c: roomed(x, 2.0, 0.25, 3500.0, seed=37), _HUMAN),
        ),
        TRAP.loop(
            "Chords/Trap_140_Am_StringStabs_Chords",
            4,
            "epic strings orchestral",
            part(_STRINGS, strings.stab, lambda x, c: roomed(x, 1.8, 0.3, 4500.0, seed=38), _HUMAN),
        ),
        TRAP.loop(
            "Chords/Trap_140_Am_BrightSaws_Chords",
            4,
            "bright supersaw synth",
            part(
                _RHYTHM.replace("3", "4").replace("E4", "E5").replace("F4", "F5"),
                synths.supersaw,
                lambda x, c: roomed(
                    shaped(toned(x, 220.0), biquad("highshelf", 2500.0, gain_db=7.0)), 1.4, 0.2, 7000.0, seed=39
                ),
            ),
        ),
    ]


def _pads() -> list[Recipe]:
    return [
        TRAP.loop(
            "Pads/Trap_140_Am_NightPad_Pad",
            8,
            "dark drone",
            part(_DEEP, synths.drone, lambda x, c: roomed(dulled(x, 45.0, 700.0), 3.0, 0.35, 900.0, seed=41)),
        ),
        TRAP.loop(
            "Pads/Trap_140_Am_GlassSky_Pad",
            4,
            "bright airy",
            part(
                _HIGH,
                synths.air_pad,
                lambda x, c: roomed(
                    chorused(shaped(x, biquad("highshelf", 2500.0, gain_db=6.0)), 4), 3.0, 0.35, 8000.0, seed=42
                ),
            ),
        ),
        TRAP.loop(
            "Pads/Trap_140_Am_Choir_Pad",
            4,
            "epic choir",
            part(_CHORDS, partial(singers.choir, vowels="oa"), lambda x, c: roomed(x, 2.8, 0.35, 3500.0, seed=43)),
        ),
    ]


def _voices() -> list[Recipe]:
    chant = partial(singers.sing, vowels="ou", size=0.9)
    chops = partial(singers.sing, vowels="aei", size=1.18, breath=0.25)
    return [
        TRAP.loop(
            "Vocals/Trap_140_Am_DarkChant_Vox",
            4,
            "dark chant male",
            part(
                "A2+E3/1.5*.9 A2+E3/1.5 -/1 | A2+F3/1.5 A2+F3/1.5 -/1 | A2+D3/1.5 A2+D3/1.5 -/1 | G2+E3/1.5 B2+E3/1.5 -/1 |",
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
                """A4/.5*.9 -/.25 A4/.25*.7 C5/.5*.9 -/.5 E5/.5 -/.5 C5/.5 A4/.5 | A4/.5*.9 -/.25 A4/.25*.7 C5/.5*.9 -/.5 F5/.5 -/.5 C5/.5 A4/.5 |
                A4/.5*.9 -/.25 A4/.25*.7 D5/.5*.9 -/.5 F5/.5 -/.5 D5/.5 A4/.5 | G4/.5*.9 -/.25 G4/.25*.7 B4/.5*.9 -/.5 E5/.5 -/.5 D5/.5 B4/.5 |""",
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
        *_bass(),
        *_melodies(),
        *_chords(),
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
