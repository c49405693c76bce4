import numpy as np
import pyloudnorm
import pytest

from loopmind_chat.audio.loudness import loudness, peak_db, true_peak_db
from tests.audio.factories import RATE, clicks, sine


def test_a_full_sine_is_as_loud_as_the_standard_says() -> None:
    full = sine(997.0, RATE * 5, level=1.0)
    full[:, 1] = 0.0
    assert loudness(full) == pytest.approx(-3.01, abs=0.02)


def test_it_agrees_with_pyloudnorm_on_music_with_gaps() -> None:
    music = np.concatenate([clicks(16, 24_000), np.zeros((RATE * 2, 2), np.float32), sine(330.0, RATE * 3, level=0.02)])
    expected = pyloudnorm.Meter(RATE).integrated_loudness(music)
    assert loudness(music) == pytest.approx(expected, abs=0.15)


def test_silence_and_snippets_have_none() -> None:
    assert loudness(np.zeros((RATE, 2), np.float32)) is None
    assert loudness(sine(440.0, 4_000)) is None
    assert peak_db(np.zeros((10, 2), np.float32)) == -np.inf
    assert true_peak_db(np.zeros((10, 2), np.float32)) == -np.inf


def test_peaks_between_the_samples_are_found() -> None:
    wave = np.sin(2 * np.pi * 12_000 * np.arange(RATE) / RATE + np.pi / 4).astype(np.float32)
    stereo = np.stack([wave, wave], axis=1) * np.float32(0.5)
    assert peak_db(stereo) == pytest.approx(-9.03, abs=0.02)
    assert true_peak_db(stereo[1_000:-1_000]) == pytest.approx(-6.02, abs=0.4)
