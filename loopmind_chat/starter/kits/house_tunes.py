"""House in F minor: what sings over Fm7 Dbmaj7 Bbm7 Eb6, one chord a bar."""

from functools import partial

from loopmind_chat.starter.kits import house_score as score
from loopmind_chat.starter.kits.house_kit import HOUSE, bright
from loopmind_chat.starter.kits.playing import part
from loopmind_chat.starter.recipe import Recipe
from loopmind_chat.starter.sound.canvas import Groove
from loopmind_chat.starter.sound.circle import driven, dulled, echoed, pumped, roomed, toned
from loopmind_chat.starter.voices import basses, keys, synths

_HUMAN = Groove(swing=0.52, loose_s=0.002, uneven=0.07)


def _bass() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Bass/House_124_Fm_DeepSub_Bass",
            4,
            "dark sub offbeat",
            part(score.OFFBEATS, basses.deep_sub, lambda x, _: driven(x, 1.3), _HUMAN, 0.0),
        ),
        HOUSE.loop(
            "Bass/House_124_Fm_OrganBass_Bass",
            4,
            "warm organ garage",
            part(score.ORGAN_BASS, basses.organ_bass, lambda x, _: driven(x, 1.2), _HUMAN, 0.0),
        ),
        HOUSE.loop(
            "Bass/House_124_Fm_BrightSaw_Bass",
            4,
            "bright saw rolling",
            part(
                score.SAW_BASS,
                partial(basses.saw_bass, open_hz=5200.0),
                lambda x, c: pumped(bright(x, 45.0, 900.0, 7.0), c.beats, 0.5, 0.3),
                _HUMAN,
                0.0,
            ),
        ),
        HOUSE.loop(
            "Bass/House_124_Fm_AcidLine_Bass",
            4,
            "aggressive acid",
            part(
                score.ACID, basses.acid, lambda x, c: echoed(driven(x, 1.5), c.beat_s * 0.75, 0.25, 0.12), _HUMAN, 0.0
            ),
        ),
    ]


def _melodies() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Melody/House_124_Fm_DarkMarimba_Melody",
            4,
            "dark marimba tribal",
            part(
                score.MARIMBA,
                keys.marimba,
                lambda x, c: roomed(
                    echoed(dulled(x, 80.0, 1000.0), c.beat_s * 0.75, 0.4, 0.25, 1200.0), 1.6, 0.22, 1500.0, seed=91
                ),
                _HUMAN,
            ),
        ),
        HOUSE.loop(
            "Melody/House_124_Fm_NightPluck_Melody",
            4,
            "dark pluck hypnotic",
            part(
                score.NIGHT,
                synths.soft_pluck,
                lambda x, c: roomed(
                    echoed(dulled(x, 80.0, 900.0), c.beat_s * 0.75, 0.45, 0.3, 1000.0), 2.0, 0.25, 1500.0, seed=92
                ),
                _HUMAN,
            ),
        ),
        HOUSE.loop(
            "Melody/House_124_Fm_FestivalLead_Melody",
            4,
            "bright supersaw lead uplifting",
            part(
                score.LEAD,
                synths.supersaw,
                lambda x, c: roomed(
                    echoed(bright(x, 250.0, 2500.0, 6.0), c.beat_s * 0.75, 0.4, 0.25, 6000.0),
                    1.5,
                    0.2,
                    7000.0,
                    seed=93,
                ),
            ),
        ),
        HOUSE.loop(
            "Melody/House_124_Fm_PianoRiff_Melody",
            4,
            "bright piano happy",
            part(
                score.RIFF,
                partial(keys.piano, hard=1.7),
                lambda x, _: roomed(bright(x, 220.0, 2000.0, 9.0), 1.0, 0.15, 7000.0, seed=94),
                _HUMAN,
            ),
        ),
        HOUSE.loop(
            "Melody/House_124_Fm_SunsetGlass_Melody",
            4,
            "dreamy glass",
            part(
                score.GLASS,
                keys.glass,
                lambda x, c: roomed(echoed(x, c.beat_s * 0.75, 0.45, 0.35), 2.6, 0.35, 4000.0, seed=95),
            ),
        ),
    ]


def _chords() -> list[Recipe]:
    return [
        HOUSE.loop(
            "Chords/House_124_Fm_DeepStab_Chords",
            4,
            "dark stab deep dub",
            part(
                score.STAB,
                partial(synths.saw_pluck, open_hz=1500.0),
                lambda x, c: roomed(
                    echoed(dulled(x, 90.0, 850.0), c.beat_s * 0.75, 0.55, 0.4, 900.0), 2.0, 0.25, 1300.0, seed=96
                ),
                _HUMAN,
            ),
        ),
        HOUSE.loop(
            "Chords/House_124_Fm_OrganStab_Chords",
            4,
            "warm organ classic",
            part(
                score.STAB, keys.organ, lambda x, _: roomed(toned(x, 120.0, 4500.0), 0.9, 0.18, 4000.0, seed=97), _HUMAN
            ),
        ),
        HOUSE.loop(
            "Chords/House_124_Fm_BigPiano_Chords",
            4,
            "uplifting piano classic",
            part(
                score.PIANO,
                partial(keys.piano, hard=1.5),
                lambda x, _: roomed(bright(x, 60.0, 2000.0, 5.0), 1.2, 0.16, 6000.0, seed=98),
                _HUMAN,
            ),
        ),
        HOUSE.loop(
            "Chords/House_124_Fm_BrightAnthem_Chords",
            4,
            "bright supersaw anthem",
            part(
                score.HIGH,
                synths.supersaw,
                lambda x, c: pumped(
                    roomed(bright(x, 200.0, 2500.0, 6.0), 1.4, 0.2, 7000.0, seed=99), c.beats, 0.85, 0.6
                ),
            ),
        ),
    ]


def loops() -> list[Recipe]:
    """Bass lines, melodies and chords."""
    return [*_bass(), *_melodies(), *_chords()]
