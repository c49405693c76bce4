import shutil
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.library.analysis.analyze import analyze_file
from loopmind_chat.library.analysis.descriptors import describe
from loopmind_chat.library.analysis.names import read_name
from loopmind_chat.library.analysis.role import combined, find_role, role_words
from loopmind_chat.library.analysis.role_features import role_features
from loopmind_chat.library.analysis.role_model import load_model
from loopmind_chat.library.analysis.spectrum import Floats, onset_times, spectrum_of
from loopmind_chat.library.analysis.words import GENRES, MEANINGS, MOODS
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.starter.catalogue import recipes
from loopmind_chat.starter.pack import render_file
from tests.fakes.sounds import RATE, Samples, drum_loop, hat, kick, melody_loop, noise, note

LOOP = melody_loop(120, 16, 9)
STORED = (
    ((0.601, 0.192, 0.018, 0.009, 0.121, 0.012, 0.02, 0.027), (0.21, 0.37, 0.014, 0.036, 0.058, 0.006, 0.095, 0.211)),
    ((0.012, 0.069, 0.033, 0.523, 0.03, 0.018, 0.28, 0.036), (0.154, 0.177, 0.045, 0.189, 0.059, 0.036, 0.046, 0.294)),
    ((0.01, 0.013, 0.036, 0.169, 0.06, 0.026, 0.667, 0.02), (0.07, 0.109, 0.146, 0.214, 0.067, 0.029, 0.083, 0.282)),
)
"""Chances of the roles for three made-up sounds, without and with what the tagger heard."""
UNSURE = dict.fromkeys(Role, 1 / len(Role))


def measure(signal: Samples) -> Floats:
    spectrum = spectrum_of(signal, RATE)
    measured = describe(spectrum, onset_times(spectrum), len(signal) / RATE)
    return role_features(signal, RATE, spectrum, measured)


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
        ("808 Kick", Role.DRUMS),
        ("01.CH.808", Role.DRUMS),
        ("SD_04", Role.DRUMS),
        ("HHOpen-2", Role.DRUMS),
        ("kickkk4", Role.DRUMS),
        ("SNAREE9", Role.DRUMS),
        ("tapesnare-5", Role.DRUMS),
        ("vooc8", Role.VOCAL),
        ("basss9", Role.BASS),
        ("CLP_dry", Role.DRUMS),
        ("GTR_riff_120", Role.MELODY),
        ("EP_Cm_90", Role.CHORDS),
        ("ARP_03", Role.MELODY),
        ("PLK_2", Role.MELODY),
        ("STAB1", Role.CHORDS),
        ("REESE_F", Role.BASS),
        ("ATM_wide", Role.PAD),
        ("TEX_dust", Role.FX),
        ("SFX 12", Role.FX),
        ("IMP_deep", Role.FX),
        ("SUB_C", Role.BASS),
    ],
)
def test_words_outweigh_what_is_not_clearly_heard(path: str, role: Role) -> None:
    chances = combined(read_name(f"/samples/{path}.wav"), UNSURE)
    assert max(chances, key=lambda one: chances[one]) == role
    assert chances[role] > 0.4


def test_hashes_give_no_words() -> None:
    for name in ("786685", "e3f09c11ab", "9f2c4d7e8a0b1c2d", "d41d8cd98f00b204e9800998ecf8427e"):
        assert not role_words(read_name(f"/q/{name}.wav"))


def test_sentences_hint_at_a_voice() -> None:
    for name in ("Excuse Me", "I Hope It's Not Over", "Life_Goes_On"):
        words = role_words(read_name(f"/q/{name}.wav"))
        assert max(words, key=lambda role: words[role]) is Role.VOCAL
        assert words[Role.VOCAL] < 1


def test_without_words_the_sound_decides() -> None:
    for sound, roles in (
        (drum_loop(124, 16), {Role.DRUMS, Role.PERCUSSION}),
        (hat(), {Role.DRUMS, Role.PERCUSSION}),
        (kick(), {Role.DRUMS, Role.PERCUSSION}),
        (LOOP, {Role.MELODY, Role.CHORDS, Role.PAD, Role.BASS}),
        (note(33, 2.0), {Role.BASS, Role.MELODY, Role.CHORDS, Role.PAD}),
    ):
        found = find_role(read_name("/q/zz.wav"), measure(sound), None)
        assert found.role in roles
        assert found.source == "audio"


def test_the_source_is_told() -> None:
    features = measure(noise(1))
    assert find_role(read_name("/q/kick.wav"), features, None).source == "name"
    assert find_role(read_name("/q/Drums/01.wav"), features, None).source == "folder"
    assert find_role(read_name("/q/zz.wav"), features, None).source == "audio"


def test_chances_of_roles_sum_to_one_and_do_not_depend_on_gain() -> None:
    features = measure(LOOP)
    odds = load_model().role_odds(features, None)
    assert set(odds) == set(Role)
    assert sum(odds.values()) == pytest.approx(1)
    quieter = load_model().role_odds(measure((LOOP * np.float32(0.05)).astype(np.float32)), None)
    for role in Role:
        assert quieter[role] == pytest.approx(odds[role], abs=0.02)


def test_the_stored_weights_give_the_stored_chances() -> None:
    model = load_model()
    for number, (plain, tagged) in enumerate(STORED):
        rng = np.random.default_rng(number)
        features = (model.unheard.mean + model.unheard.scale * rng.standard_normal(140)).astype(np.float32)
        heard = model.heard.mean[140:] + model.heard.scale[140:] * rng.standard_normal(len(model.heard.mean) - 140)
        found = model.role_odds(features, None)
        assert [round(found[role], 3) for role in Role] == pytest.approx(plain, abs=0.002)
        both = model.role_odds(features, heard.astype(np.float32))
        assert [round(both[role], 3) for role in Role] == pytest.approx(tagged, abs=0.002)


def test_features_are_numbers_whatever_the_sound() -> None:
    for sound in (noise(1), LOOP, hat(), kick()[:40], kick()[:1], np.ones(30_000, np.float32) * np.float32(0.5)):
        found = measure(sound)
        assert found.shape == measure(LOOP).shape
        assert np.isfinite(found).all()
        assert np.array_equal(found, measure(sound))


def test_every_phrase_can_be_found_by_the_reader_of_names() -> None:
    for phrase in (*MEANINGS, *MOODS, *GENRES):
        joined = " ".join(read_name(f"/{phrase}.wav").words)
        assert joined == phrase, phrase


def test_a_hidden_name_changes_the_source_and_not_what_is_heard(tmp_path: Path) -> None:
    label = next(recipe.label for recipe in recipes().values() if recipe.label.role == "drums")
    (tmp_path / label.file).parent.mkdir(parents=True)
    render_file(str(tmp_path), label.file)
    named = analyze_file(str(tmp_path / label.file))
    shutil.copyfile(tmp_path / label.file, tmp_path / "q.wav")
    hidden = analyze_file(str(tmp_path / "q.wav"))
    assert (named.role, named.role_source) == (Role.DRUMS, "name")
    assert (hidden.role, hidden.role_source) == (Role.DRUMS, "audio")
    assert hidden.role_odds == named.role_odds
    assert sum(hidden.role_odds.values()) == pytest.approx(1, abs=0.01)
    assert hidden.role_confidence < named.role_confidence
