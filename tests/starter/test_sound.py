"""The synthesis by itself: circles without a seam, filters with the right response, notes at the right pitch."""

import numpy as np
import pytest

from loopmind_chat.starter.kits.playing import plain
from loopmind_chat.starter.sound.canvas import Canvas, Groove
from loopmind_chat.starter.sound.circle import chorused, echoed, pumped, roomed, shaped, toned, wobbled
from loopmind_chat.starter.sound.filters import biquad, filtered
from loopmind_chat.starter.sound.score import hz_of, line
from loopmind_chat.starter.sound.signals import RATE, Signal, phase_of, wave
from loopmind_chat.starter.voices import basses, keys, singers, strings, synths


def noise(count: int = RATE) -> Signal:
    return np.random.default_rng(4).standard_normal((count, 2))


@pytest.mark.parametrize(
    "effect",
    [
        lambda x: shaped(x, biquad("low", 800.0), biquad("peak", 300.0, 4.0, 9.0)),
        lambda x: toned(x, 60.0, 900.0, 4),
        lambda x: echoed(x, 0.2, 0.5, 0.5),
        lambda x: roomed(x, 2.5, 0.5),
    ],
    ids=["shaped", "toned", "echoed", "roomed"],
)
def test_an_effect_that_does_not_move_knows_no_start(effect: object) -> None:
    assert callable(effect)
    turned = np.roll(effect(noise()), 12_345, axis=0)
    assert np.allclose(effect(np.roll(noise(), 12_345, axis=0)), turned, atol=1e-6)


@pytest.mark.parametrize(
    "effect",
    [lambda x: wobbled(x, 0.001, 3), lambda x: chorused(x, 2), lambda x: pumped(x, 4.0, 0.9)],
    ids=["wobbled", "chorused", "pumped"],
)
def test_an_effect_that_moves_comes_round_without_a_step(effect: object) -> None:
    assert callable(effect)
    t = np.arange(RATE) / RATE
    tone = np.repeat(np.sin(2 * np.pi * 220 * t)[:, None], 2, axis=1)
    out = effect(tone)
    steps = np.abs(np.diff(np.concatenate([out, out[:1]]), axis=0)).max(axis=1)
    assert steps[-1] <= steps[:-1].max()


def test_a_peak_filter_does_what_it_says() -> None:
    impulse = np.zeros(RATE)
    impulse[0] = 1.0
    gain_db = 20 * np.log10(np.abs(np.fft.rfft(filtered(impulse, biquad("peak", 1000.0, 2.0, 6.0)))))
    assert gain_db[1000] == pytest.approx(6.0, abs=0.01)
    assert gain_db[50] == pytest.approx(0.0, abs=0.1)
    shelf_db = 20 * np.log10(np.abs(np.fft.rfft(filtered(impulse, biquad("highshelf", 2000.0, gain_db=-9.0)))))
    assert shelf_db[15_000] == pytest.approx(-9.0, abs=0.2)


def test_a_saw_does_not_alias() -> None:
    hz = 1234.0
    saw = wave("saw", phase_of(np.full(RATE, hz)), hz)
    power = np.abs(np.fft.rfft(saw * np.hanning(RATE))) ** 2
    harmonics = np.zeros(len(power), dtype=bool)
    for n in range(1, int(RATE / 2 / hz) + 1):
        harmonics[round(n * hz) - 4 : round(n * hz) + 5] = True
    assert power[~harmonics].sum() / power.sum() < 1e-6


@pytest.mark.parametrize(
    "voice",
    [
        keys.rhodes, keys.piano, keys.music_box, keys.kalimba, keys.marimba, keys.organ, strings.pluck, strings.flute,
        strings.bowed, synths.supersaw, synths.soft_pluck, singers.sing, basses.organ_bass, basses.upright,
    ],
)  # fmt: skip
def test_a_voice_is_in_tune_finite_and_ends_in_silence(voice: object) -> None:
    assert callable(voice)
    hz = hz_of(57)
    sound = voice(hz, 1.0, 0.8, np.random.default_rng(2))
    middle = sound if sound.ndim == 1 else sound.mean(axis=1)
    assert np.isfinite(middle).all()
    assert abs(middle[-1]) < 0.01 * np.abs(middle).max()
    # with unit-period lag, a tone at hz repeats itself: the best lag within a semitone is its period
    held = middle[RATE // 4 : RATE]
    lags = np.arange(round(RATE / hz / 1.06), round(RATE / hz * 1.06) + 1)
    alike = [np.dot(held[:-lag], held[lag:]) / np.dot(held[:-lag], held[:-lag]) for lag in lags]
    cents = 1200 * np.log2(RATE / lags[int(np.argmax(alike))] / hz)
    assert abs(cents) < 15


def test_a_line_is_read_as_it_is_written() -> None:
    notes = line("A4/1.5*.9 -/.5 C5+E5/2 |")
    assert [(n.beat, n.beats, n.midi, n.velocity) for n in notes] == [
        (0.0, 1.5, 69, 0.9), (2.0, 2.0, 72, 0.9), (2.0, 2.0, 76, 0.9),
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", ["H4/4", "A4/3 | A4/5", "A/4"])
def test_a_line_that_is_wrong_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"not a note|bar line"):
        line(wrong)


def test_what_runs_over_the_end_sounds_at_the_start() -> None:
    canvas = Canvas(120.0, 1)
    canvas.put(np.ones(RATE), 3.0)
    count = len(canvas.samples)
    assert count == 2 * RATE
    assert (canvas.samples[: RATE // 2] > 0).all()
    assert (canvas.samples[RATE // 2 : round(1.5 * RATE)] == 0).all()
    assert plain(canvas.samples, canvas) is canvas.samples


def test_swing_moves_the_second_sixteenth() -> None:
    canvas = Canvas(120.0, 1)
    tick = np.array([1.0])
    canvas.beat(tick, "99..............", np.random.default_rng(1), Groove(swing=0.6, uneven=0.0))
    hits = np.flatnonzero(canvas.samples[:, 0])
    assert list(hits) == [0, round(1.2 * 0.125 * RATE)]
