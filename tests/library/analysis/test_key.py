import numpy as np
import pytest

from loopmind_chat.library.analysis.key import find_key
from loopmind_chat.library.analysis.names import NamedKey
from loopmind_chat.song.keys import Key
from tests.fakes.sounds import RATE, melody_loop, noise, note


@pytest.mark.parametrize("tonic", range(12))
def test_a_minor_melody_is_in_its_key(tonic: int) -> None:
    found = find_key(melody_loop(120, 16, tonic), RATE, None)
    assert found is not None
    assert found.key == Key(tonic, "minor")
    assert found.confidence > 0.35


@pytest.mark.parametrize("detune", [-0.4, 0.25, 0.4])
def test_a_detuned_melody_is_tuned_first(detune: float) -> None:
    found = find_key(melody_loop(120, 16, 9, detune=detune), RATE, None)
    assert found is not None
    assert found.key == Key(9, "minor")


def test_a_major_progression_is_major() -> None:
    chords = [(0, 4, 7), (5, 9, 12), (7, 11, 14), (0, 4, 7)]
    loop = np.concatenate(
        [sum(note(60 + step, 1.0) for step in chord) + note(36 + chord[0], 1.0) for chord in chords]
    ).astype(np.float32)
    found = find_key(loop, RATE, None)
    assert found is not None
    assert found.key == Key(0, "major")


def test_the_name_wins() -> None:
    named = NamedKey(4, "minor", 0.95)
    found = find_key(melody_loop(120, 16, 9), RATE, named)
    assert found is not None
    assert (found.key, found.confidence) == (Key(4, "minor"), 0.95)


def test_a_named_root_takes_its_mode_from_the_audio() -> None:
    found = find_key(melody_loop(120, 16, 9), RATE, NamedKey(9, None, 0.6))
    assert found is not None
    assert found.key == Key(9, "minor")


def test_noise_and_very_short_sounds_have_no_key() -> None:
    assert find_key(noise(3), RATE, None) is None
    assert find_key(note(60, 0.05), RATE, None) is None
    assert find_key(np.zeros(RATE, np.float32), RATE, None) is None


@pytest.mark.parametrize("midi", [33, 36, 45, 52])
def test_the_root_of_a_single_note(midi: int) -> None:
    found = find_key(note(midi, 1.5), RATE, None, one_note=True)
    assert found is not None
    assert found.key == Key(midi % 12, "minor")
