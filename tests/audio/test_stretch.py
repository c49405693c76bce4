import numpy as np
import pytest

from loopmind_chat.audio.stretch import Stretcher, choose_stretcher, pedalboard_stretch, rubberband_program
from loopmind_chat.errors import StretchFailed
from tests.audio.factories import RATE, clicks, sine
from tests.audio.measures import onsets, pitch

both = pytest.mark.parametrize("stretcher", [pedalboard_stretch, rubberband_program])


@both
@pytest.mark.parametrize(("ratio", "semitones"), [(0.83, 0.0), (1.21, 0.0), (1.0, 12.0), (1.1, -3.0)])
def test_length_is_exact_and_pitch_as_asked(stretcher: Stretcher, ratio: float, semitones: float) -> None:
    made = stretcher(sine(220.0, RATE * 3), RATE, ratio, semitones)
    assert made.shape == (round(RATE * 3 * ratio), 2)
    assert made.dtype == np.float32
    middle = made[RATE // 2 : -RATE // 2]
    assert pitch(middle) == pytest.approx(220.0 * 2 ** (semitones / 12), abs=0.1)


@both
def test_crisp_drums_stay_on_the_grid(stretcher: Stretcher) -> None:
    made = stretcher(clicks(8, 24_000), RATE, 1.1, 0.0, crisp=True)
    late = onsets(made, [round(beat * 24_000 * 1.1) for beat in range(1, 8)])
    assert np.abs(late).max() / 48 < 5.0
    assert np.abs(made).max() > 0.6 * np.abs(clicks(8, 24_000)).max()


@both
def test_peaks_above_full_scale_are_not_clipped(stretcher: Stretcher) -> None:
    made = stretcher(sine(220.0, RATE, level=4.0), RATE, 1.05, 0.0)
    middle = np.abs(made[RATE // 4 : -RATE // 4])
    assert middle.max() == pytest.approx(4.0, rel=0.1)


@both
def test_what_cannot_be_stretched_is_left_or_refused(stretcher: Stretcher) -> None:
    short = sine(220.0, 2_000)
    assert np.array_equal(stretcher(short, RATE, 1.5, 3.0)[:2_000], short)
    assert len(stretcher(short[:1], RATE, 2.0, 0.0)) == 2
    same = sine(220.0, RATE)
    assert np.array_equal(stretcher(same, RATE, 1.0, 0.0), same)
    assert not stretcher(np.zeros((RATE, 2), np.float32), RATE, 1.1, 2.0).any()
    broken = same.copy()
    broken[5, 0] = np.nan
    with pytest.raises(StretchFailed):
        stretcher(broken, RATE, 1.1, 0.0)
    for ratio in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(StretchFailed):
            stretcher(same, RATE, ratio, 0.0)
    with pytest.raises(StretchFailed):
        stretcher(same, 200, 1.1, 0.0)


def test_the_program_is_only_chosen_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_stretcher() is pedalboard_stretch
    assert choose_stretcher("rubberband") is rubberband_program
    monkeypatch.setenv("PATH", "")
    assert choose_stretcher("rubberband") is pedalboard_stretch
    with pytest.raises(StretchFailed):
        rubberband_program(sine(220.0, RATE), RATE, 1.1, 0.0)
