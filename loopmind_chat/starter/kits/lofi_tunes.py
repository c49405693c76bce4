"""Lo-fi in D minor: what sings over Dm9 Gm9 Bbmaj7 Am7, one chord a bar."""

from functools import partial

from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.kits.lofi_kit import LOFI
from loopmind_chat.starter.kits.playing import part
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Canvas, Groove, strip
from loopmind_chat.starter.sound.circle import chorused, driven, dulled, echoed, roomed, shaped, swayed, toned, wobbled
from loopmind_chat.starter.sound.filters import biquad
from loopmind_chat.starter.sound.score import hz_of, midi_of
from loopmind_chat.starter.sound.signals import Rng, Signal, mixed
from loopmind_chat.starter.voices import basses, effects, keys, singers, strings, synths

_LAZY = Groove(swing=0.58, late_s=0.008, loose_s=0.006, uneven=0.1)

_UPRIGHT = """D2/1.5*.9 -/.5 D2/.75*.7 F2/.25*.6 A1/1*.8 | G1/1.5*.9 -/.5 G1/.75*.7 Bb1/.25*.6 D2/1*.8 |
Bb1/1.5*.9 -/.5 Bb1/.75*.7 D2/.25*.6 F2/1*.8 | A1/1.5*.9 -/.5 A1/.75*.7 C2/.25*.6 E2/1*.8 |"""
_FINGERS = """D2/1*.9 -/.5 D2/.25*.6 F2/.25 A2/1*.8 C3/.5 A2/.5 | G2/1*.9 -/.5 G2/.25*.6 F2/.25 D2/1*.8 Bb1/.5 A1/.5 |
Bb1/1*.9 -/.5 Bb1/.25*.6 D2/.25 F2/1*.8 A2/.5 F2/.5 | A1/1*.9 -/.5 A1/.25*.6 C2/.25 E2/1*.8 G2/.5 E2/.5 |"""
_BRIGHT_BASS = """D3/.5*.9 -/.5 D3/.25*.6 -/.25 A2/.5*.8 -/.5 C3/.5 D3/1 | G2/.5*.9 -/.5 G2/.25*.6 -/.25 D3/.5*.8 -/.5 F3/.5 G3/1 |
Bb2/.5*.9 -/.5 Bb2/.25*.6 -/.25 F3/.5*.8 -/.5 A2/.5 Bb2/1 | A2/.5*.9 -/.5 A2/.25*.6 -/.25 E3/.5*.8 -/.5 G2/.5 A2/1 |"""

_RHODES = """D3+F3+A3+C4+E4/2.5*.7 F3+A3+C4+E4/1.5*.5 | G2+F3+A3+Bb3+D4/2.5*.7 F3+A3+Bb3+D4/1.5*.5 |
Bb2+F3+A3+D4/2.5*.7 F3+A3+D4/1.5*.5 | A2+E3+G3+C4/2.5*.7 E3+G3+C4/1.5*.5 |"""
_NYLON = """D3/.5*.8 F3+A3+C4/.5*.5 -/.5 F3+A3+E4/1*.6 A2/.5*.7 F3+A3+C4/1*.5 | G2/.5*.8 F3+Bb3+D4/.5*.5 -/.5 F3+A3+D4/1*.6 D3/.5*.7
F3+Bb3+D4/1*.5 | Bb2/.5*.8 F3+A3+D4/.5*.5 -/.5 F3+A3+D4/1*.6 F2/.5*.7 F3+A3+D4/1*.5 | A2/.5*.8 G3+C4+E4/.5*.5 -/.5
G3+C4+E4/1*.6 E2/.5*.7 G3+C4+E4/1*.5 |"""
_SUNNY = """F4+A4+C5+E5/.75*.8 F4+A4+C5+E5/.75*.6 -/.5 F4+A4+C5+E5/2*.7 | F4+A4+Bb4+D5/.75*.8 F4+A4+Bb4+D5/.75*.6 -/.5
F4+A4+Bb4+D5/2*.7 | F4+A4+Bb4+D5/.75*.8 F4+A4+D5/.75*.6 -/.5 F4+A4+D5/2*.7 | E4+G4+A4+C5/.75*.8 E4+G4+A4+C5/.75*.6 -/.5
E4+G4+A4+C5/2*.7 |"""
_LONG = "D3+A3+C4+F4/4*.7 | G2+Bb3+D4+F4/4 | Bb2+A3+D4+F4/4 | A2+G3+C4+E4/4 |"
_LONG_HIGH = "A4+C5+F5/4*.7 | Bb4+D5+F5/4 | A4+D5+F5/4 | G4+C5+E5/4 |"

_FELT = """-/.5 A3/.5*.7 D4/1 F4/1.5*.8 E4/.5*.6 | D4/2*.8 Bb3/1*.6 G3/1 | -/.5 F3/.5*.7 Bb3/1 D4/1.5*.8 C4/.5*.6 |
A3/2.5*.8 C4/.5*.6 E4/1 |"""
_GUITAR = """D3/.5*.8 A3*.5 D4*.6 E4*.6 F4*.7 D4*.5 A3*.5 C4*.5 | G2*.8 D3*.5 Bb3*.6 D4*.6 F4*.7 D4*.5 Bb3*.5 A3*.5 |
Bb2*.8 F3*.5 Bb3*.6 D4*.6 F4*.7 D4*.5 A3*.5 F3*.5 | A2*.8 E3*.5 A3*.6 C4*.6 E4*.7 C4*.5 G3*.5 E3*.5 |"""
_KALIMBA = """D5/.75*.9 F5/.25*.6 A5/.5*.8 -/.5 E5/1*.7 D5/1 | D5/.75*.9 F5/.25*.6 G5/.5*.8 -/.5 F5/1*.7 D5/1 |
D5/.75*.9 F5/.25*.6 A5/.5*.8 -/.5 F5/1*.7 D5/1 | C5/.75*.9 E5/.25*.6 G5/.5*.8 -/.5 E5/1*.7 A4/1 |"""
_BOX = """D6/1*.8 A5/.5*.6 F5/.5 E5/1*.7 F5/.5*.6 A5/.5 | Bb5/1*.8 A5/.5*.6 F5/.5 D5/1*.7 F5/.5*.6 G5/.5 |
F5/1*.8 D6/.5*.6 A5/.5 Bb5/1*.7 A5/.5*.6 F5/.5 | E5/1*.8 G5/.5*.6 C6/.5 A5/2*.8 |"""
_FLUTE = "A4/1.5*.8 F4/.5 E4/.5 D4/1.5 | F4/1.5 D4/.5 Bb4/.5 A4/1.5 | D5/1.5*.9 A4/.5 F4/.5 D4/1.5 | E4/2*.7 C4/.5 E4/.5 A4/1 |"


def _taped(x: Signal, top_hz: float, wow_s: float = 0.0011, cycles: int = 7) -> Signal:
    """Through a cassette: squeezed, dull, unsteady."""
    return wobbled(dulled(driven(x, 1.4), 55.0, top_hz), wow_s, cycles)


def _bass() -> list[Recipe]:
    return [
        LOFI.loop(
            "Bass/LoFi 80bpm Dm Dark Upright Bass", 4, "dark upright jazz", part(_UPRIGHT, basses.upright, lambda x, _: dulled(x, 0.0, 700.0), _LAZY, 0.0)
        ),
        LOFI.loop(
            "Bass/LoFi 80bpm Dm Finger Walk Bass", 4, "warm electric finger", part(_FINGERS, basses.finger_bass, lambda x, _: driven(x, 1.2), _LAZY, 0.0)
        ),
        LOFI.loop(
            "Bass/LoFi 80bpm Dm Bright Pluck Bass",
            4,
            "bright pluck synth",
            part(_BRIGHT_BASS, partial(basses.saw_bass, open_hz=5200.0), lambda x, _: shaped(toned(x, 45.0), biquad("highshelf", 900.0, gain_db=6.0)), _LAZY, 0.0),
        ),
    ]


def _melodies() -> list[Recipe]:
    return [
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Rainy Felt Piano Melody",
            4,
            "dark piano felt sad rainy",
            part(_FELT, partial(keys.piano, hard=0.35), lambda x, _: roomed(_taped(x, 1100.0), 1.8, 0.25, 1500.0, seed=61), _LAZY),
        ),
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Midnight Guitar Melody",
            4,
            "dark guitar nylon",
            part(_GUITAR, partial(strings.pluck, bright=0.2), lambda x, _: roomed(_taped(x, 480.0, 0.0008), 1.4, 0.2, 1500.0, seed=62), _LAZY),
        ),
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Sunny Kalimba Melody",
            4,
            "bright kalimba happy",
            part(
                _KALIMBA,
                keys.kalimba,
                lambda x, c: roomed(echoed(shaped(toned(x, 250.0), biquad("highshelf", 2200.0, gain_db=7.0)), c.beat_s * 0.75, 0.35, 0.25, 6000.0), 1.2, 0.2, 6000.0, seed=63),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Toy Music Box Melody",
            4,
            "bright music box nostalgic",
            part(
                _BOX,
                keys.music_box,
                lambda x, _: roomed(wobbled(shaped(toned(x, 300.0), biquad("highshelf", 2500.0, gain_db=7.0)), 0.0006, 8), 1.5, 0.25, 7000.0, seed=64),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Melody/LoFi 80bpm Dm Mellow Flute Melody",
            4,
            "dreamy flute",
            part(_FLUTE, partial(strings.flute, air=0.2), lambda x, c: roomed(echoed(_taped(x, 3200.0), c.beat_s * 0.75, 0.35, 0.22), 1.8, 0.25, 3000.0, seed=65), _LAZY),
        ),
    ]


def _chords() -> list[Recipe]:
    return [
        LOFI.loop(
            "Chords/LoFi 80bpm Dm Dusty Rhodes Chords",
            4,
            "dark rhodes jazz dusty",
            part(_RHODES, keys.rhodes, lambda x, _: roomed(swayed(_taped(x, 1000.0), 24, 0.25), 1.2, 0.15, 2000.0, seed=66), _LAZY),
        ),
        LOFI.loop(
            "Chords/LoFi 80bpm Dm Nylon Guitar Chords",
            4,
            "warm guitar nylon",
            part(_NYLON, partial(strings.pluck, bright=0.16, ring=1.8), lambda x, _: roomed(_taped(x, 3500.0, 0.0006), 1.1, 0.16, 3500.0, seed=67), _LAZY),
        ),
        LOFI.loop(
            "Chords/LoFi 80bpm Dm Sunny Keys Chords",
            4,
            "bright rhodes happy keys",
            part(
                _SUNNY,
                partial(keys.rhodes, bark=2.2),
                lambda x, _: roomed(chorused(shaped(toned(x, 180.0), biquad("highshelf", 1800.0, gain_db=6.0)), 8), 1.2, 0.18, 6000.0, seed=68),
                _LAZY,
            ),
        ),
    ]


def _pads() -> list[Recipe]:
    return [
        LOFI.loop(
            "Pads/LoFi 80bpm Dm Tape Strings Pad",
            4,
            "dark strings tape",
            part(_LONG, partial(strings.bowed, dark_hz=1300.0), lambda x, _: roomed(_taped(x, 850.0, 0.0014), 2.4, 0.3, 1300.0, seed=69)),
        ),
        LOFI.loop(
            "Pads/LoFi 80bpm Dm Morning Air Pad",
            4,
            "bright airy dreamy",
            part(_LONG_HIGH, synths.air_pad, lambda x, _: roomed(chorused(shaped(x, biquad("highshelf", 2200.0, gain_db=5.0)), 6), 2.6, 0.3, 7000.0, seed=70)),
        ),
    ]


def _voices() -> list[Recipe]:
    return [
        LOFI.loop(
            "Vocals/LoFi 80bpm Dm Low Hum Vox",
            4,
            "dark hum male",
            part(
                "A2/2*.8 C3/1 D3/1 | D3/2.5 Bb2/1.5 | D3/2 C3/1 Bb2/1 | A2/3 -/1 |",
                partial(singers.sing, vowels="mom", size=0.95),
                lambda x, _: roomed(_taped(x, 1100.0, 0.0008), 1.8, 0.3, 1800.0, seed=71),
                _LAZY,
            ),
        ),
        LOFI.loop(
            "Vocals/LoFi 80bpm Dm Soul Chops Vox",
            4,
            "bright chops soul female",
            part(
                """-/.5 A4/.5*.8 C5/.75*.9 -/.25 A4/.5 F4/.5 -/1 | -/.5 Bb4/.5 D5/.75 -/.25 Bb4/.5 G4/.5 -/1 |
                -/.5 A4/.5 D5/.75 -/.25 F5/.5 D5/.5 -/1 | -/.5 G4/.5 C5/.75 -/.25 E5/.5 C5/.5 -/1 |""",
                partial(singers.sing, vowels="uae", size=1.15, breath=0.25),
                lambda x, c: roomed(echoed(shaped(toned(x, 250.0), biquad("highshelf", 2000.0, gain_db=8.0)), c.beat_s * 0.75, 0.4, 0.3, 5000.0), 1.4, 0.2, 6000.0, seed=72),
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
        *_bass(),
        *_melodies(),
        *_chords(),
        *_pads(),
        *_voices(),
        LOFI.loop("FX/LoFi 80bpm Vinyl Crackle Texture", 2, "nostalgic vinyl crackle texture", _vinyl),
        LOFI.loop("FX/LoFi 80bpm Rain Street Ambience", 2, "calm rain ambience texture", _rain),
    ]


def shots() -> list[Recipe]:
    """Single notes and chords."""
    return [
        LOFI.shot("Rhodes Stab Dm9", Role.CHORDS, "warm rhodes stab", _chord_stab, "D minor"),
        LOFI.shot("Upright Bass D", Role.BASS, "warm upright", lambda rng: basses.upright(hz_of(38), 1.2, 0.9, rng), "D minor"),
    ]
