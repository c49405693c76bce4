from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyloudnorm
import pytest
from pedalboard._pedalboard import Pedalboard
from scipy.signal import resample_poly

from loopmind_chat.audio.master import Levels, Master, _limited, _limiter, finish, measure_levels
from loopmind_chat.audio.mixer import Mixer
from loopmind_chat.audio.saturation import LATENCY, Saturation
from loopmind_chat.song.vocabulary import MixMode
from tests.audio.factories import RATE, clicks, prepared, rich_song, sine
from tests.audio.measures import decibels

Samples = npt.NDArray[np.float32]
LOUD = [MixMode.POLISHED, MixMode.TAPE]


@pytest.fixture(scope="module")
def mixes(tmp_path_factory: pytest.TempPathFactory, rich_cache: Path) -> dict[MixMode, Samples]:
    folder: Path = tmp_path_factory.mktemp("mix")
    made = {}
    for mode in MixMode:
        plan, preparer = prepared(rich_song(folder, bars=4, mix=mode), rich_cache)
        made[mode] = Mixer(plan, preparer.load).render(0, plan.frames)
    return made


@pytest.mark.parametrize("mode", LOUD)
@pytest.mark.parametrize("gain", [0.02, 1.0, 6.0])
def test_loudness_and_true_peak_reach_the_target(mixes: dict[MixMode, Samples], mode: MixMode, gain: float) -> None:
    mix = mixes[mode] * np.float32(gain)
    done = finish(mix, mode)
    assert done.samples.shape == mix.shape
    assert np.isfinite(done.samples).all()
    assert pyloudnorm.Meter(RATE).integrated_loudness(done.samples) == pytest.approx(-14.0, abs=0.5)
    assert decibels(float(np.abs(resample_poly(done.samples, 8, 1, axis=0)).max())) <= -1.0 + 0.05
    assert done.true_peak_db <= -1.0


def test_raw_leaves_headroom_and_changes_nothing_else(mixes: dict[MixMode, Samples]) -> None:
    done = finish(mixes[MixMode.RAW], MixMode.RAW)
    assert decibels(float(np.abs(done.samples).max())) == pytest.approx(-6.0, abs=0.01)
    gain = 10 ** (done.levels.gain_db / 20)
    assert np.allclose(done.samples, mixes[MixMode.RAW] * gain, atol=1e-6)


def test_the_three_modes_differ_in_crest_loudness_and_spectrum(mixes: dict[MixMode, Samples]) -> None:
    def facts(mode: MixMode) -> tuple[float, float, float]:
        done = finish(mixes[mode], mode)
        power = np.square(np.abs(np.fft.rfft(done.samples[:, 0])))
        hertz = np.fft.rfftfreq(len(done.samples), 1 / RATE)
        crest = decibels(float(np.abs(done.samples).max())) - decibels(float(np.sqrt(np.mean(done.samples**2))))
        assert done.lufs is not None
        return done.lufs, crest, float(10 * np.log10(power[hertz > 10_000].sum() / power.sum()))

    raw, polished, tape = (facts(mode) for mode in (MixMode.RAW, MixMode.POLISHED, MixMode.TAPE))
    assert polished[0] - raw[0] > 2
    assert abs(raw[1] - polished[1]) > 0.3
    assert polished[2] - raw[2] > 2
    assert polished[2] - tape[2] > 2


@pytest.mark.parametrize("mode", list(MixMode))
def test_silent_and_short_songs(mode: MixMode) -> None:
    silent = finish(np.zeros((RATE, 2), np.float32), mode)
    assert not silent.samples.any()
    assert silent.lufs is None
    assert silent.levels == Levels()
    short = finish(sine(440.0, RATE * 3 // 10, level=0.1), mode)
    assert short.samples.shape == (RATE * 3 // 10, 2)
    assert -7.0 < decibels(float(np.abs(short.samples).max())) < -1.0
    assert finish(np.zeros((0, 2), np.float32), mode).samples.shape == (0, 2)


@pytest.mark.parametrize("mode", LOUD)
def test_the_finished_mix_is_in_time_with_the_mix(mode: MixMode) -> None:
    mix = clicks(8, 12_000)
    done = finish(mix, mode).samples
    power = np.fft.irfft(np.fft.rfft(done[:, 0], 1 << 18) * np.conj(np.fft.rfft(mix[:, 0], 1 << 18)))
    lag = int(np.argmax(power))
    assert min(lag, (1 << 18) - lag) <= 2


@pytest.mark.parametrize("mode", list(MixMode))
def test_live_is_the_same_for_any_block_and_as_loud_as_the_file(mixes: dict[MixMode, Samples], mode: MixMode) -> None:
    mix = mixes[mode]
    levels = measure_levels(mix, mode)
    live = Master(mode, levels)
    blocks = np.concatenate([live.process(mix[at : at + 1_024]) for at in range(0, len(mix), 1_024)])
    other = Master(mode, levels)
    large = np.concatenate([other.process(mix[at : at + 9_000]) for at in range(0, len(mix), 9_000)])
    assert np.abs(blocks - large).max() < 1e-5
    done = finish(mix, mode)
    loud = pyloudnorm.Meter(RATE).integrated_loudness(blocks)
    assert loud == pytest.approx(done.lufs, abs=0.7)
    assert np.abs(blocks).max() <= 1.0


@pytest.mark.parametrize("mode", list(MixMode))
def test_a_nan_costs_one_block(mixes: dict[MixMode, Samples], mode: MixMode) -> None:
    master = Master(mode)
    broken = mixes[mode][:102_400].copy()
    broken[50_000, 1] = np.nan
    out = np.concatenate([master.process(broken[at : at + 1_024]) for at in range(0, 102_400, 1_024)])
    assert np.isfinite(out).all()
    assert np.abs(out).max() <= 1.0
    assert master.repairs == 1
    assert np.abs(out[52_000:]).max() > 0.05
    assert abs(float(out[60_000:].mean())) < 0.01


def test_limiting_in_pieces_is_limiting_at_once() -> None:
    mix = clicks(40, 24_000) + sine(70.0, 960_000, level=0.5)
    once = Pedalboard([_limiter(-1.2, true_peak=True)])(mix * np.float32(2.0), RATE)
    pieces = _limited(mix, decibels(2.0), true_peak=True)
    assert decibels(float(np.abs(pieces - once).max())) < -90


def test_levels_change_without_a_step() -> None:
    master = Master(MixMode.RAW, Levels())
    block = np.full((1_024, 2), 0.5, np.float32)
    master.process(block)
    master.set_levels(Levels(gain_db=-12.0))
    out = np.concatenate([master.process(block), master.process(block)])
    assert np.abs(np.diff(out, axis=0)).max() < 0.001
    assert out[-1, 0] == pytest.approx(0.5 * 10 ** (-12 / 20), rel=1e-4)


def test_saturation_keeps_quiet_sound_and_bends_loud() -> None:
    quiet = sine(1_000.0, 9_600, level=0.001)
    saturation = Saturation()
    out = np.concatenate([saturation(quiet[at : at + 700]) for at in range(0, 9_600, 700)])
    assert out.shape == quiet.shape
    assert np.abs(out[LATENCY + 100 :] - quiet[100:-LATENCY]).max() < 2e-5
    whole = Saturation()(quiet)
    assert np.abs(out - whole).max() < 1e-7
    loud = Saturation()(sine(1_000.0, 48_000, level=1.0))[1_000:, 0]
    spectrum = np.abs(np.fft.rfft(loud * np.hanning(len(loud))))
    tone = spectrum[np.round(np.array([1_000, 2_000, 3_000]) * len(loud) / RATE).astype(int)]
    assert decibels(tone[1] / tone[0]) > -50
    assert decibels(tone[2] / tone[0]) > -35
