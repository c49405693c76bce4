"""Descriptors of sounds whose truth is known from how they were made."""

import numpy as np
import pyloudnorm
import pytest

from loopmind_chat.library.analysis.attacks import attack_and_punch
from loopmind_chat.library.analysis.descriptors import Texture, texture, width
from loopmind_chat.library.analysis.loudness import loudness
from loopmind_chat.library.analysis.spectrum import hann, mono, onset_times, short_time_power, spectrum_of
from loopmind_chat.library.analysis.timbre import roughness, sharpness_and_warmth
from tests.fakes.sounds import RATE, Samples, drum_loop, kick, melody_loop, noise, note, sine


def textured(samples: Samples, rate: int = RATE) -> Texture:
    samples = samples[:, None] if samples.ndim == 1 else samples
    signal = mono(samples)
    spectrum = spectrum_of(signal, rate)
    return texture(samples, rate, signal, spectrum, onset_times(spectrum))


def colour(samples: Samples, rate: int = RATE) -> tuple[float, float]:
    measured = sharpness_and_warmth(spectrum_of(samples, rate).bands)
    assert measured is not None
    return measured


def rough(samples: Samples, rate: int = RATE) -> float:
    measured = roughness(samples, rate)
    assert measured is not None
    return measured


def ramps(attack_s: float, hertz: float = 440.0) -> Samples:
    """Four notes, a second apart, that rise evenly and then fall."""
    t = np.arange(int(0.9 * RATE)) / RATE
    level = np.minimum(1, t / attack_s) * np.exp(-3 * np.maximum(0, t - attack_s)) * np.minimum(1, (t[-1] - t) / 0.02)
    one = np.zeros(RATE, np.float32)
    one[: len(t)] = 0.5 * level * np.sin(2 * np.pi * hertz * t)
    return np.tile(one, 4)


def test_a_tone_has_its_power_in_its_bin_whatever_the_window() -> None:
    bin_hz = RATE / 2_048
    tone = sine(1, 40 * bin_hz, level=0.5)
    power = short_time_power(tone, hann(2_048), 512)
    assert power.dtype == np.float32
    assert power.shape == (1 + RATE // 512, 1_025)
    assert power[20].argmax() == 40
    assert power[20].max() == pytest.approx(0.25, rel=0.01)


def test_the_short_time_power_is_that_of_each_frame_by_itself() -> None:
    sound = noise(0.5)
    power = short_time_power(sound, hann(1_024), 256)
    alone = np.abs(np.fft.rfft(sound[256 * 9 - 512 : 256 * 9 + 512] * np.hanning(1_024))) ** 2
    assert power[9] == pytest.approx(alone * (2 / np.hanning(1_024).sum()) ** 2, rel=1e-3, abs=1e-9)


@pytest.mark.parametrize(("hertz", "acum"), [(250, 0.29), (1_000, 1.0), (4_000, 2.4)])
def test_sharpness_of_tones_follows_the_critical_band(hertz: float, acum: float) -> None:
    assert colour(sine(2, hertz))[0] == pytest.approx(acum, rel=0.1)


def test_noise_gets_sharper_upwards_and_no_louder() -> None:
    white = noise(2)
    brown = (np.cumsum(white - white.mean()) * 0.02).astype(np.float32)
    blue = np.diff(white, prepend=np.float32(0))
    assert colour(brown)[0] < 0.7 * colour(white)[0] < 0.7 * colour(blue)[0]
    assert colour(white * np.float32(0.01))[0] == pytest.approx(colour(white)[0], rel=0.01)


def test_hiss_behind_a_dark_tone_makes_it_sharper_though_the_centroid_hardly_moves() -> None:
    dark = sine(2, 110)
    assert colour(dark + noise(2, level=0.002))[0] > 2 * colour(dark)[0]


def test_warmth_lies_from_100_to_510_hertz() -> None:
    assert colour(sine(2, 250))[1] > 0.9
    assert colour(sine(2, 50))[1] < 0.2
    assert colour(sine(2, 3_000))[1] < 0.1
    assert colour(note(45, 2, partials=4))[1] > colour(note(45, 2, partials=20) + noise(2, level=0.02))[1]


def test_partials_30_hertz_apart_beat_and_octaves_do_not() -> None:
    worst = rough(sine(2, 500) + sine(2, 530))
    assert worst == pytest.approx(0.5, abs=0.03)
    assert rough(sine(2, 500)) < 0.02
    assert rough(sine(2, 500) + sine(2, 1_000)) < 0.02
    assert rough(sine(2, 500) + sine(2, 620)) < 0.5 * worst


def test_a_semitone_is_rougher_than_a_fifth_and_noise_roughest() -> None:
    second = rough(note(69, 2) + note(70, 2))
    fifth = rough(note(69, 2) + note(76, 2))
    assert fifth < 0.15
    assert 0.35 < second < rough(noise(2)) <= 1.0


def test_distortion_roughens() -> None:
    chord = note(45, 2, partials=3) + note(52, 2, partials=3)
    assert rough(np.tanh(chord * np.float32(20))) > 1.2 * rough(chord)


def test_roughness_knows_no_level_and_no_rate() -> None:
    second = note(69, 2) + note(70, 2)
    assert rough(second * np.float32(0.01)) == pytest.approx(rough(second), abs=0.01)
    low = note(69, 2, 22_050) + note(70, 2, 22_050)
    assert rough(low, 22_050) == pytest.approx(rough(second), abs=0.05)


@pytest.mark.parametrize("attack_ms", [3, 10, 50, 120, 300])
def test_an_even_rise_takes_eight_tenths_of_its_ramp(attack_ms: float) -> None:
    sound = ramps(attack_ms / 1_000)
    measured, _ = attack_and_punch(sound, RATE, onset_times(spectrum_of(sound, RATE)))
    assert measured == pytest.approx(0.8 * attack_ms, abs=1.0)


def test_a_low_tone_rises_once_and_not_with_each_swing() -> None:
    sound = ramps(0.1, hertz=55)
    measured, _ = attack_and_punch(sound, RATE, onset_times(spectrum_of(sound, RATE)))
    assert measured == pytest.approx(80, abs=8)


def test_drums_punch_and_swells_do_not() -> None:
    drums, pad = textured(drum_loop(120, 8)), textured(ramps(0.4))
    assert drums.punch_db is not None
    assert pad.punch_db is not None
    assert drums.attack_ms is not None
    assert drums.attack_ms < 10
    assert drums.punch_db > pad.punch_db + 3


def test_squashing_takes_the_punch() -> None:
    plain = drum_loop(120, 8)
    before, after = textured(plain).punch_db, textured(np.tanh(plain * np.float32(30))).punch_db
    assert before is not None
    assert after is not None
    assert after < before - 2


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [((1, 0), (1, 0), 0.0), ((1, 0), (0, 1), 0.5), ((1, 1), (1, -1), 0.5), ((1, 0), (-1, 0), 1.0)],
)
def test_width_is_the_share_of_the_side(left: tuple[int, int], right: tuple[int, int], share: float) -> None:
    middle, side = noise(1, seed=1), noise(1, seed=2)
    samples = np.stack([g[0] * middle + g[1] * side for g in (left, right)], axis=1).astype(np.float32)
    assert width(samples, mono(samples)) == pytest.approx(share, abs=0.01)


def test_width_of_a_known_mix_of_middle_and_side() -> None:
    middle, side = noise(1, seed=1), np.float32(0.5) * noise(1, seed=2)
    samples = np.stack([middle + side, middle - side], axis=1)
    assert width(samples, mono(samples)) == pytest.approx(0.25 / 1.25, abs=0.01)


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000, 96_000])
def test_loudness_of_tones_is_pyloudnorms(rate: int) -> None:
    for hertz in (31.7, 50.0, 60.3, 120.0, 997.0, 6_000.0):
        tone = sine(2, hertz, rate)[:, None]
        peer = pyloudnorm.Meter(rate).integrated_loudness(tone.astype(np.float64))
        assert loudness(tone, rate, spectrum_of(mono(tone), rate)) == pytest.approx(peer, abs=0.1)


@pytest.mark.parametrize("stereo", [False, True])
def test_loudness_of_music_is_pyloudnorms(stereo: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    quiet_then_loud = np.concatenate([noise(2, level=0.0001), drum_loop(120, 4)])
    for sound in (drum_loop(97, 16), melody_loop(120, 16, 2), quiet_then_loud, kick(), np.tile(kick(), 3)):
        other = np.float32(0.3) * np.roll(sound, 4_000)
        samples = np.stack([sound, other], axis=1) if stereo else sound[:, None]
        heard = loudness(samples, RATE, spectrum_of(mono(samples), RATE))
        if len(samples) < 0.4 * RATE:
            assert heard is None
        else:
            assert heard == pytest.approx(
                pyloudnorm.Meter(RATE).integrated_loudness(samples.astype(np.float64)), abs=0.1
            )


@pytest.mark.parametrize("frames", [1, 2, 100, 511, 5_000, RATE])
def test_silence_and_scraps_have_defined_values(frames: int) -> None:
    silent = textured(np.zeros((frames, 2), np.float32))
    assert silent == Texture(None, None, None, None, None, None, None)
    constant = textured(np.full((frames, 1), 0.5, np.float32))
    assert constant.width == 0.0
    for value in (constant.sharpness, constant.warmth, constant.roughness):
        assert value is None or 0.0 <= value < 4.0
    assert constant.attack_ms is None or constant.attack_ms <= 1.0


def test_every_value_is_finite_on_extremes() -> None:
    rng = np.random.default_rng(3)
    click = np.zeros((RATE, 2), np.float32)
    click[1_000] = 1.0
    square = np.sign(rng.standard_normal((RATE, 2))).astype(np.float32) * np.float32(8)
    faint = rng.standard_normal((RATE, 2)).astype(np.float32) * np.float32(1e-7)
    for samples in (click, square, faint):
        for value in vars_of(textured(samples)):
            assert value is None or np.isfinite(value)


def vars_of(measured: Texture) -> list[float | None]:
    return [getattr(measured, name) for name in Texture.__slots__]
