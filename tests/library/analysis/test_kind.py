import numpy as np
import numpy.typing as npt

from loopmind_chat.library.analysis.descriptors import describe
from loopmind_chat.library.analysis.kind import loop_odds
from loopmind_chat.library.analysis.names import read_name
from loopmind_chat.library.analysis.role_features import role_features
from loopmind_chat.library.analysis.spectrum import onset_times, spectrum_of
from loopmind_chat.soundfiles.chunks import Acid
from tests.fakes.sounds import RATE, drum_loop, hat, kick, melody_loop, note

LOOP = melody_loop(120, 16, 9)


def odds(signal: npt.NDArray[np.float32], name: str = "x", acid: Acid | None = None, *, bare: bool = False) -> float:
    spectrum = spectrum_of(signal, RATE)
    measured = describe(spectrum, onset_times(spectrum), len(signal) / RATE)
    features = role_features(signal, RATE, spectrum, measured)
    return loop_odds(read_name(f"/q/{name}.wav"), features, acid, bare_fits=bare)


def test_loops_and_one_shots_are_told_by_their_shape() -> None:
    for loop in (LOOP, drum_loop(124, 16), drum_loop(140, 8), melody_loop(90, 8, 2)):
        assert odds(loop) > 0
    for struck in (kick(), hat(), note(60, 1.0), note(45, 3.0), note(40, 6.0)):
        assert odds(struck) < 0


def test_words_tempo_and_acid_weigh_in() -> None:
    sound = drum_loop(124, 4)
    assert odds(sound, "one shot") < odds(sound) < odds(sound, "drum loop")
    assert odds(sound, "x 124bpm") > odds(sound)
    assert odds(sound, bare=True) > odds(sound)
    acid = Acid(one_shot=True, root_note=None, beats=0, meter=(4, 4), tempo=0.0)
    assert odds(sound, acid=acid) < odds(sound)
    assert odds(LOOP, "Riser 4 Bars") < odds(LOOP)


def test_what_is_shorter_than_two_fast_beats_is_never_a_loop() -> None:
    assert odds(drum_loop(200, 1), "drum loop 200bpm", bare=True) < 0
