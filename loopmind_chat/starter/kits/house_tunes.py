"""House in F minor: what sings over Fm7 Dbmaj7 Bbm7 Eb6, one chord a bar."""

from functools import partial

import numpy as np

from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.kits.house_kit import HOUSE
from loopmind_chat.starter.kits.playing import part
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Canvas, Groove, strip
from loopmind_chat.starter.sound.circle import chorused, driven, dulled, echoed, pumped, roomed, shaped, toned
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.sound.score import hz_of, midi_of
from loopmind_chat.starter.sound.signals import Rng, Signal, mixed
from loopmind_chat.starter.voices import basses, keys, singers, strings, synths

_HUMAN = Groove(swing=0.52, loose_s=0.002, uneven=0.07)

_OFFBEATS = """-/.5 F1/.5*.9 -/.5 F1/.5 -/.5 F1/.5 -/.25 F1/.25*.7 Ab1/.5*.8 |
-/.5 Db2/.5*.9 -/.5 Db2/.5 -/.5 Db2/.5 -/.25 Db2/.25*.7 C2/.5*.8 |
-/.5 Bb1/.5*.9 -/.5 Bb1/.5 -/.5 Bb1/.5 -/.25 Bb1/.25*.7 Db2/.5*.8 |
-/.5 Eb2/.5*.9 -/.5 Eb2/.5 -/.5 Eb2/.5 -/.25 Eb2/.25*.7 Bb1/.5*.8 |"""
_ORGAN_BASS = """F2/.5*.9 -/.25 F2/.25*.6 -/.5 F2/.25*.8 Ab2/.25 -/.5 C3/.25 -/.25 F2/.25 -/.25 Eb2/.5 |
Db2/.5*.9 -/.25 Db2/.25*.6 -/.5 Db2/.25*.8 F2/.25 -/.5 Ab2/.25 -/.25 Db2/.25 -/.25 C2/.5 |
Bb1/.5*.9 -/.25 Bb1/.25*.6 -/.5 Bb1/.25*.8 Db2/.25 -/.5 F2/.25 -/.25 Bb1/.25 -/.25 C2/.5 |
Eb2/.5*.9 -/.25 Eb2/.25*.6 -/.5 Eb2/.25*.8 G2/.25 -/.5 Bb2/.25 -/.25 Eb2/.25 -/.25 Bb1/.5 |"""
_SAW_BASS = """-/.25 F2/.25*.9 F2*.7 F3*.8 -/.25 F2*.9 F2*.7 F3*.8 -/.25 F2*.9 F2*.7 F3*.8 -/.25 F2*.9 C3*.7 Eb3*.8 |
-/.25 Db2*.9 Db2*.7 Db3*.8 -/.25 Db2*.9 Db2*.7 Db3*.8 -/.25 Db2*.9 Db2*.7 Db3*.8 -/.25 Db2*.9 Ab2*.7 C3*.8 |
-/.25 Bb1/.25*.9 Bb1*.7 Bb2*.8 -/.25 Bb1*.9 Bb1*.7 Bb2*.8 -/.25 Bb1*.9 Bb1*.7 Bb2*.8 -/.25 Bb1*.9 F2*.7 Ab2*.8 |
-/.25 Eb2*.9 Eb2*.7 Eb3*.8 -/.25 Eb2*.9 Eb2*.7 Eb3*.8 -/.25 Eb2*.9 Eb2*.7 Eb3*.8 -/.25 Eb2*.9 Bb2*.7 Eb3*.8 |"""
_ACID = """F2/.25*.9 F2*.5 F3*.7 F2*.6 Ab2*.9 F2*.5 Eb2*.7 F2*.6 F2*.9 C3*.5 F2*.9 F3*.6 Eb3*.7 C3*.5 Ab2*.8 F2*.6 |
Db2*.9 Db2*.5 Db3*.7 Db2*.6 F2*.9 Db2*.5 C2*.7 Db2*.6 Db2*.9 Ab2*.5 Db2*.9 Db3*.6 C3*.7 Ab2*.5 F2*.8 Db2*.6 |
Bb1/.25*.9 Bb1*.5 Bb2*.7 Bb1*.6 Db2*.9 Bb1*.5 Ab1*.7 Bb1*.6 Bb1*.9 F2*.5 Bb1*.9 Bb2*.6 Ab2*.7 F2*.5 Db2*.8 Bb1*.6 |
Eb2*.9 Eb2*.5 Eb3*.7 Eb2*.6 G2*.9 Eb2*.5 C2*.7 Eb2*.6 Eb2*.9 Bb2*.5 Eb2*.9 Eb3*.6 C3*.7 Bb2*.5 G2*.8 Eb2*.6 |"""

_MARIMBA = """F3/.75*.9 C4/.75*.7 Ab3/.5*.8 -/.5 F3/.5 G3/.5 Ab3/.5 |
F3/.75*.9 Db4/.75*.7 Ab3/.5*.8 -/.5 F3/.5 Ab3/.5 C4/.5 |
F3/.75*.9 Db4/.75*.7 Bb3/.5*.8 -/.5 F3/.5 Ab3/.5 Bb3/.5 |
Eb3/.75*.9 Bb3/.75*.7 G3/.5*.8 -/.5 Eb3/.5 F3/.5 G3/.5 |"""
_NIGHT = """F3/.5*.9 Ab3*.6 C4*.7 F3*.6 G3*.8 Ab3*.6 C4*.7 Ab3*.6 |
F3*.9 Ab3*.6 Db4*.7 F3*.6 C4*.8 Ab3*.6 F3*.7 Ab3*.6 |
F3/.5*.9 Bb3*.6 Db4*.7 F3*.6 C4*.8 Bb3*.6 Ab3*.7 Bb3*.6 |
Eb3*.9 G3*.6 Bb3*.7 Eb3*.6 C4*.8 Bb3*.6 G3*.7 Bb3*.6 |"""
_LEAD = """C5/.75*.9 Ab4/.75 F5/.5 -/.5 Eb5/.5 C5/.5 Ab4/.5 |
C5/.75*.9 Ab4/.75 F5/.5 -/.5 Ab5/.5 F5/.5 C5/.5 |
Db5/.75*.9 Bb4/.75 F5/.5 -/.5 Ab5/.5 F5/.5 Db5/.5 |
Bb4/.75*.9 G4/.75 Eb5/.5 -/.5 G5/.5 Eb5/.5 Bb4/.5 |"""
_RIFF = """C5+F5/.5*.9 -/.25 C5+F5/.25*.7 Ab4+C5/.5*.8 -/.25 F5/.25 Eb5/.5 C5/.5 Ab4/.5 C5/.5 |
C5+F5/.5*.9 -/.25 C5+F5/.25*.7 Ab4+Db5/.5*.8 -/.25 F5/.25 Ab5/.5 F5/.5 Db5/.5 C5/.5 |
Db5+F5/.5*.9 -/.25 Db5+F5/.25*.7 Bb4+Db5/.5*.8 -/.25 F5/.25 Ab5/.5 F5/.5 Db5/.5 Bb4/.5 |
Bb4+Eb5/.5*.9 -/.25 Bb4+Eb5/.25*.7 G4+Bb4/.5*.8 -/.25 G5/.25 F5/.5 Eb5/.5 C5/.5 Bb4/.5 |"""
_GLASS = """C5/1.5*.8 Ab4/1.5 G4/1 |
F4/2.5*.8 Ab4/1.5 |
Db5/1.5*.8 Bb4/1.5 F4/1 |
Bb4/1.5*.8 G4/1.5 C5/1 |"""

_STAB = """-/.5 F3+Ab3+C4+Eb4/.25*.9 -/.5 F3+Ab3+C4+Eb4/.25*.7 -/1 F3+Ab3+C4+Eb4/.25*.8 -/1.25 |
-/.5 F3+Ab3+C4+Db4/.25*.9 -/.5 F3+Ab3+C4+Db4/.25*.7 -/1 F3+Ab3+C4+Db4/.25*.8 -/1.25 |
-/.5 F3+Ab3+Bb3+Db4/.25*.9 -/.5 F3+Ab3+Bb3+Db4/.25*.7 -/1 F3+Ab3+Bb3+Db4/.25*.8 -/1.25 |
-/.5 Eb3+G3+Bb3+C4/.25*.9 -/.5 Eb3+G3+Bb3+C4/.25*.7 -/1 Eb3+G3+Bb3+C4/.25*.8 -/1.25 |"""
_PIANO = """F2+F3+Ab4+C5+Eb5/.75*.9 Ab4+C5+Eb5/.75*.7 Ab4+C5+F5/.5*.8 -/.5 Ab4+C5+Eb5/.75*.9 Ab4+C5+G4/.75*.7 |
Db2+Db3+Ab4+C5+F5/.75*.9 Ab4+C5+F5/.75*.7 Ab4+Db5+F5/.5*.8 -/.5 Ab4+C5+F5/.75*.9 F4+Ab4+C5/.75*.7 |
Bb1+Bb2+Ab4+Db5+F5/.75*.9 Ab4+Db5+F5/.75*.7 Ab4+Bb4+F5/.5*.8 -/.5 Ab4+Db5+F5/.75*.9 F4+Ab4+Db5/.75*.7 |
Eb2+Eb3+G4+Bb4+Eb5/.75*.9 G4+Bb4+Eb5/.75*.7 G4+C5+Eb5/.5*.8 -/.5 G4+Bb4+Eb5/.75*.9 G4+Bb4+C5/.75*.7 |"""
_LONG = """F2+Ab3+C4+Eb4/4*.7 |
Db2+Ab3+C4+F4/4 |
Bb2+Ab3+Db4+F4/4 |
Eb2+G3+Bb3+C4/4 |"""
_HIGH = """Ab4+C5+F5/4*.7 |
Ab4+C5+F5/4 |
Ab4+Db5+F5/4 |
G4+Bb4+Eb5/4 |"""
_OCTAVES = """F4+F5/.5*.9 -/.5 Ab4+Ab5/.5 -/.25 C5/.25 C5+C6/1 Ab4+Ab5/1*.7 |
F4+F5/.5*.9 -/.5 Ab4+Ab5/.5 -/.25 C5/.25 C5+C6/1 Db5+Db6/1*.7 |
F4+F5/.5*.9 -/.5 Bb4+Bb5/.5 -/.25 Db5/.25 F5+F6/1 Db5+Db6/1*.7 |
G4+G5/.5*.9 -/.5 Bb4+Bb5/.5 -/.25 C5/.25 Eb5+Eb6/1 Bb4+Bb5/1*.7 |"""


def _bright(x: Signal, low_hz: float, above_hz: float, gain_db: float) -> Signal:
    return shaped(toned(x, low_hz), biquad("highshelf", above_hz, gain_db=gain_db))


def _bass() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Bass/House_124_Fm_DeepSub_Bass", 4, "dark sub offbeat", part(_OFFBEATS, basses.deep_sub, lambda x, _: driven(x, 1.3), _HUMAN, 0.0)
        ),
        HOUSE.loop(
            "Bass/House_124_Fm_OrganBass_Bass", 4, "warm organ garage", part(_ORGAN_BASS, basses.organ_bass, lambda x, _: driven(x, 1.2), _HUMAN, 0.0)
        ),
        HOUSE.loop(
            "Bass/House_124_Fm_BrightSaw_Bass",
            4,
            "bright saw rolling",
            part(_SAW_BASS, partial(basses.saw_bass, open_hz=5200.0), lambda x, c: pumped(_bright(x, 45.0, 900.0, 7.0), c.beats, 0.5, 0.3), _HUMAN, 0.0),
        ),
        HOUSE.loop(
            "Bass/House_124_Fm_AcidLine_Bass", 4, "aggressive acid", part(_ACID, basses.acid, lambda x, c: echoed(driven(x, 1.5), c.beat_s * 0.75, 0.25, 0.12), _HUMAN, 0.0)
        ),
    ]


def _melodies() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Melody/House_124_Fm_DarkMarimba_Melody",
            4,
            "dark marimba tribal",
            part(_MARIMBA, keys.marimba, lambda x, c: roomed(echoed(dulled(x, 80.0, 1000.0), c.beat_s * 0.75, 0.4, 0.25, 1200.0), 1.6, 0.22, 1500.0, seed=91), _HUMAN),
        ),
        HOUSE.loop(
            "Melody/House_124_Fm_NightPluck_Melody",
            4,
            "dark pluck hypnotic",
            part(_NIGHT, synths.soft_pluck, lambda x, c: roomed(echoed(dulled(x, 80.0, 900.0), c.beat_s * 0.75, 0.45, 0.3, 1000.0), 2.0, 0.25, 1500.0, seed=92), _HUMAN),
        ),
        HOUSE.loop(
            "Melody/House_124_Fm_FestivalLead_Melody",
            4,
            "bright supersaw lead uplifting",
            part(_LEAD, synths.supersaw, lambda x, c: roomed(echoed(_bright(x, 250.0, 2500.0, 6.0), c.beat_s * 0.75, 0.4, 0.25, 6000.0), 1.5, 0.2, 7000.0, seed=93)),
        ),
        HOUSE.loop(
            "Melody/House_124_Fm_PianoRiff_Melody",
            4,
            "bright piano happy",
            part(_RIFF, partial(keys.piano, hard=1.7), lambda x, _: roomed(_bright(x, 220.0, 2000.0, 9.0), 1.0, 0.15, 7000.0, seed=94), _HUMAN),
        ),
        HOUSE.loop(
            "Melody/House_124_Fm_SunsetGlass_Melody",
            4,
            "dreamy glass",
            part(_GLASS, keys.glass, lambda x, c: roomed(echoed(x, c.beat_s * 0.75, 0.45, 0.35), 2.6, 0.35, 4000.0, seed=95)),
        ),
    ]


def _chords() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Chords/House_124_Fm_DeepStab_Chords",
            4,
            "dark stab deep dub",
            part(
                _STAB,
                partial(synths.saw_pluck, open_hz=1500.0),
                lambda x, c: roomed(echoed(dulled(x, 90.0, 850.0), c.beat_s * 0.75, 0.55, 0.4, 900.0), 2.0, 0.25, 1300.0, seed=96),
                _HUMAN,
            ),
        ),
        HOUSE.loop(
            "Chords/House_124_Fm_OrganStab_Chords",
            4,
            "warm organ classic",
            part(_STAB, keys.organ, lambda x, _: roomed(toned(x, 120.0, 4500.0), 0.9, 0.18, 4000.0, seed=97), _HUMAN),
        ),
        HOUSE.loop(
            "Chords/House_124_Fm_BigPiano_Chords",
            4,
            "uplifting piano classic",
            part(_PIANO, partial(keys.piano, hard=1.5), lambda x, _: roomed(_bright(x, 60.0, 2000.0, 5.0), 1.2, 0.16, 6000.0, seed=98), _HUMAN),
        ),
        HOUSE.loop(
            "Chords/House_124_Fm_BrightAnthem_Chords",
            4,
            "bright supersaw anthem",
            part(_HIGH, synths.supersaw, lambda x, c: pumped(roomed(_bright(x, 200.0, 2500.0, 6.0), 1.4, 0.2, 7000.0, seed=99), c.beats, 0.85, 0.6)),
        ),
    ]


def _pads() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Pads/House_124_Fm_DarkWarm_Pad",
            4,
            "dark warm sidechain",
            part(_LONG, partial(synths.warm_pad, top_hz=700.0), lambda x, c: pumped(roomed(dulled(x, 60.0, 900.0), 2.4, 0.3, 1300.0, seed=101), c.beats, 0.7, 0.6)),
        ),
        HOUSE.loop(
            "Pads/House_124_Fm_SkyLight_Pad",
            4,
            "bright airy uplifting",
            part(_HIGH, synths.air_pad, lambda x, c: pumped(roomed(chorused(_bright(x, 300.0, 2500.0, 6.0), 4), 2.6, 0.3, 8000.0, seed=102), c.beats, 0.55, 0.5)),
        ),
        HOUSE.loop(
            "Pads/House_124_Fm_DiscoStrings_Pad",
            4,
            "uplifting strings disco",
            part(_OCTAVES, partial(strings.bowed, dark_hz=5200.0), lambda x, _: roomed(toned(x, 180.0), 1.6, 0.25, 5000.0, seed=103), _HUMAN),
        ),
    ]


def _voices() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Vocals/House_124_Fm_DeepOhh_Vox",
            4,
            "dark ohh male",
            part(
                "-/1 C3/.5*.9 C3/1 Ab2/1.5 | -/1 C3/.5 Db3/1 Ab2/1.5 | -/1 Db3/.5 Db3/1 Bb2/1.5 | -/1 Bb2/.5 C3/1 G2/1.5 |",
                partial(singers.sing, vowels="ou", size=0.9),
                lambda x, c: roomed(echoed(dulled(x, 80.0, 1500.0), c.beat_s * 0.75, 0.45, 0.3, 1400.0), 1.8, 0.3, 1600.0, seed=104),
                _HUMAN,
            ),
        ),
        HOUSE.loop(
            "Vocals/House_124_Fm_DivaChops_Vox",
            4,
            "bright chops diva female",
            part(
                """C5/.25*.9 -/.25 C5/.25*.7 -/.25 F5/.75*.9 -/.25 Eb5/.25 -/.25 C5/.5 Ab4/.5 -/.5 |
                C5/.25*.9 -/.25 C5/.25*.7 -/.25 F5/.75*.9 -/.25 Ab5/.25 -/.25 F5/.5 C5/.5 -/.5 |
                Db5/.25*.9 -/.25 Db5/.25*.7 -/.25 F5/.75*.9 -/.25 Ab5/.25 -/.25 F5/.5 Db5/.5 -/.5 |
                Bb4/.25*.9 -/.25 Bb4/.25*.7 -/.25 Eb5/.75*.9 -/.25 G5/.25 -/.25 Eb5/.5 C5/.5 -/.5 |""",
                partial(singers.sing, vowels="ae", size=1.18, breath=0.2),
                lambda x, c: roomed(echoed(_bright(x, 250.0, 2200.0, 8.0), c.beat_s * 0.75, 0.4, 0.3, 6000.0), 1.4, 0.2, 7000.0, seed=105),
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
    bands = [toned(noise, low, high) for low, high in ((300.0, 900.0), (900.0, 2600.0), (2600.0, 7000.0), (7000.0, 14000.0))]
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
        *_bass(),
        *_melodies(),
        *_chords(),
        *_pads(),
        *_voices(),
        HOUSE.loop("FX/House_124_NoiseSweep_Texture", 4, "uplifting noise sweep texture", _sweep),
        HOUSE.loop("FX/House_124_ClubWall_Atmos", 2, "dark atmosphere texture", _air),
    ]


def shots() -> list[Recipe]:
    """Single notes and chords."""
    return [
        HOUSE.shot("Stab Fm7", Role.CHORDS, "warm stab", _chord_stab, "F minor"),
        HOUSE.shot("Organ Bass F", Role.BASS, "warm organ", lambda rng: basses.organ_bass(hz_of(41), 0.6, 0.9, rng), "F minor"),
    ]
