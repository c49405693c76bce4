from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from loopmind_chat.library.analysis import analyze_file
from loopmind_chat.library.analysis.beats import LONG_S, follow_beats
from tests.fakes.sounds import RATE, drum_loop

STEP_S = 512 / RATE


def flux_of(times: npt.NDArray[np.float64], seed: int = 0) -> npt.NDArray[np.float32]:
    """A minute of onset strength with hits at ``times`` in a little noise."""
    flux = 0.02 * np.random.default_rng(seed).random(round(60 / STEP_S))
    flux[(times[times < 60 - STEP_S] / STEP_S).astype(int)] += 1
    return flux.astype(np.float32)


@pytest.mark.parametrize("bpm", [82.3, 95.0, 113.5, 128.0, 141.7, 174.0])
def test_an_even_pulse_is_found_though_it_is_played_loosely(bpm: float) -> None:
    times = np.arange(0.2, 60, 60 / bpm)
    tempo = follow_beats(flux_of(times + np.random.default_rng(1).normal(0, 0.008, len(times))), STEP_S, 150)
    assert tempo is not None
    assert min(abs(tempo.bpm * octave - bpm) for octave in (0.5, 1, 2)) < 0.3
    assert tempo.source == "beats"
    assert tempo.beats == pytest.approx(150 * tempo.bpm / 60, abs=0.01)
    assert tempo.confidence <= 0.5


@pytest.mark.parametrize("seed", range(8))
def test_what_has_no_pulse_has_no_tempo(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert follow_beats(flux_of(np.cumsum(rng.exponential(0.4, 300)), seed), STEP_S, 150) is None
    assert follow_beats(rng.random(5_168).astype(np.float32), STEP_S, 150) is None


def test_a_pulse_that_gets_faster_has_no_tempo() -> None:
    times = np.cumsum(np.geomspace(0.6, 0.4, 120))
    assert follow_beats(flux_of(times), STEP_S, 150) is None


def test_silence_and_scraps_have_no_tempo() -> None:
    assert follow_beats(np.zeros(5_168, np.float32), STEP_S, 150) is None
    assert follow_beats(np.ones(100, np.float32), STEP_S, 150) is None
    assert follow_beats(np.zeros(0, np.float32), STEP_S, 150) is None


def test_a_long_recording_has_the_tempo_of_its_beat(tmp_path: Path) -> None:
    loop = drum_loop(113.5, 16)
    sound = np.tile(loop, 1 + int(150 * RATE / len(loop)))[: 150 * RATE]
    soundfile.write(tmp_path / "take.wav", sound, RATE)
    facts = analyze_file(str(tmp_path / "take.wav"))
    assert facts.duration_s > LONG_S
    assert facts.is_loop
    assert facts.bpm is not None
    assert min(abs(facts.bpm * octave - 113.5) for octave in (0.5, 1, 2)) < 0.3
