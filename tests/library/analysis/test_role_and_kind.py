import numpy as np
import numpy.typing as npt
import pytest

from loopmind_chat.library.analysis.descriptors import Descriptors, describe
from loopmind_chat.library.analysis.kind import loop_odds
from loopmind_chat.library.analysis.names import read_name
from loopmind_chat.library.analysis.role import find_role, role_heard
from loopmind_chat.library.analysis.spectrum import onset_times, spectrum_of
from loopmind_chat.library.analysis.words import GENRES, MEANINGS, MOODS
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.soundfiles.chunks import Acid
from tests.fakes.sounds import RATE, Samples, drum_loop, hat, kick, melody_loop, noise, note

LOOP = melody_loop(120, 16, 9)


def measure(signal: Samples) -> Descriptors:
    spectrum = spectrum_of(signal, RATE)
    return describe(spectrum, onset_times(spectrum), len(signal) / RATE)


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("DarkBells_Am_140", Role.MELODY),
        ("Dark808", Role.BASS),
        ("TapePad", Role.PAD),
        ("Sub Bass 01", Role.BASS),
        ("Bass Drum 3", Role.DRUMS),
        ("Synth Bass", Role.BASS),
        ("Bass Synth Am", Role.BASS),
        ("Piano Chords", Role.CHORDS),
        ("Piano Melody", Role.MELODY),
        ("piano 02", Role.CHORDS),
        ("Rhodes_Loop", Role.CHORDS),
        ("Vocal Chop Fm", Role.VOCAL),
        ("VOX_female", Role.VOCAL),
        ("Hi-Hat Loop", Role.DRUMS),
        ("kick", Role.DRUMS),
        ("Top Loop 124", Role.DRUMS),
        ("Perc Loop", Role.PERCUSSION),
        ("Shaker_03", Role.PERCUSSION),
        ("Drum n Bass Lead", Role.MELODY),
        ("Trap Strings", Role.PAD),
        ("String Melody", Role.MELODY),
        ("White Noise Sweep", Role.FX),
        ("Riser 8 bars", Role.FX),
        ("Reverse Crash", Role.FX),
        ("Impact_Boom", Role.FX),
        ("Steel Drum Melody", Role.MELODY),
        ("Trap Kit/Drums/01", Role.DRUMS),
        ("Vocals/Dry/take 3", Role.VOCAL),
        ("FX/NightWind", Role.FX),
        ("BASS/BASS15", Role.BASS),
        ("bd_808", Role.DRUMS),
    ],
)
def test_words_give_the_role(path: str, role: Role) -> None:
    found = find_role(read_name(f"/samples/{path}.wav"), measure(noise(1)))
    assert found.role == role
    assert found.by_words
    assert found.confidence > 0.6


def test_without_words_the_audio_decides_and_is_never_sure() -> None:
    for sound, roles in (
        (drum_loop(124, 16), {Role.DRUMS, Role.PERCUSSION}),
        (hat(), {Role.DRUMS, Role.PERCUSSION}),
        (LOOP, {Role.MELODY, Role.CHORDS, Role.PAD, Role.BASS}),
    ):
        found = find_role(read_name("/q/zz.wav"), measure(sound))
        assert found.role in roles
        assert not found.by_words
        assert found.confidence <= 0.6


def test_likelihoods_of_roles_sum_to_one() -> None:
    heard = role_heard(measure(LOOP))
    assert set(heard) == set(Role)
    assert sum(heard.values()) == pytest.approx(1)


def test_every_phrase_can_be_found_by_the_reader_of_names() -> None:
    for phrase in (*MEANINGS, *MOODS, *GENRES):
        joined = " ".join(read_name(f"/{phrase}.wav").words)
        assert joined == phrase, phrase


def odds(signal: npt.NDArray[np.float32], name: str = "x", acid: Acid | None = None, *, bare: bool = False) -> float:
    return loop_odds(read_name(f"/q/{name}.wav"), measure(signal), acid, bare_fits=bare)


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
