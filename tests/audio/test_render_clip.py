import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from loopmind_chat.audio.plan import LEAD, Clip, clip_with_key
from loopmind_chat.audio.render_clip import closed, render_clip, seam_z
from loopmind_chat.audio.stretch import pedalboard_stretch
from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.song.model import Effect
from loopmind_chat.song.vocabulary import EffectKind, Role, TransitionKind
from tests.audio.factories import RATE, clicks, sine, write
from tests.audio.measures import click_z, onsets, pitch

Samples = npt.NDArray[np.float32]


def rendered(path: Path, *, tempo: float = 120.0, beats: float = 4.0, **more: Any) -> Samples:  # noqa: ANN401 - any field
    values: dict[str, Any] = {"role": Role.PAD, "beats": beats, "frames": beats * 60 / tempo * RATE, **more}
    return render_clip(clip_with_key(Clip(loop=path.stem, path=str(path), **values)), pedalboard_stretch)


def turned(audio: Samples, times: int = 3) -> Samples:
    """The clip as the mixer plays it, turn after turn, joined in the lead."""
    turn = len(audio) - LEAD
    out = np.zeros((turn * times, 2), np.float32)
    rise = (np.arange(1, LEAD + 1) / (LEAD + 1))[:, None]
    for number in range(times):
        out[number * turn : (number + 1) * turn] += audio[LEAD:]
        if number:
            border = number * turn
            out[border - LEAD : border] = out[border - LEAD : border] * (1 - rise) + audio[:LEAD] * rise
    return out


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_a_loop_of_any_rate_keeps_its_pitch_and_its_length(tmp_path: Path, rate: int) -> None:
    path = write(tmp_path, "loop", sine(220.0, 2 * rate, rate), rate)
    made = rendered(path)
    assert made.shape == (LEAD + 96_000, 2)
    assert pitch(made) == pytest.approx(220.0, abs=0.1)
    assert click_z(turned(made), 96_000) < 12


@pytest.mark.parametrize("tempo", [97.3, 140.0])
def test_a_stretched_loop_comes_round_without_a_click_at_its_own_pitch(tmp_path: Path, tempo: float) -> None:
    path = write(tmp_path, "loop", sine(220.0, 96_000) + sine(331.0, 96_000, level=0.1))
    made = rendered(path, tempo=tempo, stretch=120.0 / tempo)
    assert len(made) == LEAD + math.ceil(4 * 60 / tempo * RATE)
    assert pitch(made) == pytest.approx(220.0, abs=0.1)
    assert click_z(turned(made), len(made) - LEAD) < 12


@pytest.mark.parametrize("tempo", [104.0, 131.0])
def test_drum_hits_stay_on_the_grid(tmp_path: Path, tempo: float) -> None:
    path = write(tmp_path, "drums", clicks(8, 24_000))
    made = rendered(path, tempo=tempo, beats=8.0, stretch=120.0 / tempo, role=Role.DRUMS)
    late = onsets(turned(made, 2), [round(beat * 60 / tempo * RATE) for beat in range(1, 15)])
    assert np.abs(late).max() / 48 < 5.0


def test_unstretched_hits_are_on_the_grid_to_the_sample(tmp_path: Path) -> None:
    source = clicks(4, 24_000)
    made = rendered(write(tmp_path, "drums", source), role=Role.DRUMS)
    assert np.array_equal(made[LEAD:], source)
    assert np.array_equal(made[:LEAD], source[-LEAD:])


def test_a_hair_off_is_bent_to_its_period_and_tails_are_cut(tmp_path: Path) -> None:
    near = rendered(write(tmp_path, "near", sine(220.0, 96_020)))
    assert len(near) == LEAD + 96_000
    assert pitch(near) == pytest.approx(220.0, abs=0.1)
    with_tail = rendered(write(tmp_path, "tail", sine(220.0, 120_000)))
    assert np.allclose(with_tail[LEAD:-LEAD], sine(220.0, 96_000)[:-LEAD], atol=1e-6)
    short = rendered(write(tmp_path, "short", sine(220.0, 60_000)))
    assert len(short) == LEAD + 96_000
    assert not short[LEAD + 60_100 :].any()


def test_ends_that_do_not_meet_are_bent_together() -> None:
    open_loop = sine(221.3, 96_000)
    assert seam_z(open_loop) > 12
    bent = closed(open_loop, 240)
    assert seam_z(bent) < 6
    assert np.array_equal(bent[:-240], open_loop[:-240])
    whole = sine(220.0, 96_000)
    assert closed(whole, 240) is whole


def test_semitones_move_the_pitch_and_not_the_length(tmp_path: Path) -> None:
    path = write(tmp_path, "loop", sine(220.0, 96_000))
    made = rendered(path, semitones=3)
    assert len(made) == LEAD + 96_000
    assert pitch(made) == pytest.approx(220.0 * 2 ** (3 / 12), abs=0.15)


def test_one_shots_are_transposed_by_speed_behind_a_silent_lead(tmp_path: Path) -> None:
    path = write(tmp_path, "hit", sine(220.0, 44_100, 44_100), 44_100)
    made = rendered(path, frames=0.0, beats=0.0, semitones=-12)
    assert len(made) == pytest.approx(LEAD + 96_000, abs=2)
    assert not made[:LEAD].any()
    assert pitch(made[LEAD:]) == pytest.approx(110.0, abs=0.1)
    for frames in (1, 100):
        tiny = rendered(write(tmp_path, f"tiny{frames}", sine(220.0, frames)), frames=0.0, beats=0.0)
        assert len(tiny) == LEAD + frames


def test_damaged_and_silent_files(tmp_path: Path) -> None:
    broken = sine(220.0, 96_000, level=4.0)
    broken[7, 1] = np.nan
    made = rendered(write(tmp_path, "nan", broken), tempo=125.0, stretch=120 / 125)
    assert np.isfinite(made).all()
    assert np.abs(made).max() > 3.0
    assert not rendered(write(tmp_path, "silent", np.zeros((96_000, 2), np.float32)), tempo=125.0).any()
    with pytest.raises(UnreadableAudio):
        rendered(tmp_path / "missing.wav")


def test_variations_are_part_of_the_audio(tmp_path: Path) -> None:
    source = clicks(8, 12_000) * np.linspace(0.2, 1.0, 96_000, dtype=np.float32)[:, None]
    path = write(tmp_path, "drums", source)
    plain = rendered(path, role=Role.DRUMS)
    reverse = rendered(path, role=Role.DRUMS, fx=(Effect(EffectKind.REVERSE),))
    assert np.allclose(reverse[LEAD:-64], source[::-1][:-64], atol=1e-6)
    chopped = rendered(path, role=Role.DRUMS, fx=(Effect(EffectKind.CHOP),))
    assert chopped.shape == plain.shape
    assert np.abs(chopped[LEAD + 24_100 : LEAD + 24_400] - source[100:400]).max() < 1e-3
    dark = rendered(path, role=Role.DRUMS, fx=(Effect(EffectKind.LOWPASS, 0.8),))
    assert dark.shape == plain.shape
    assert np.square(np.diff(dark, axis=0)).sum() < 0.1 * np.square(np.diff(plain, axis=0)).sum()
    echo = rendered(path, role=Role.DRUMS, fx=(Effect(EffectKind.REVERB, 0.8),))
    assert np.square(echo[LEAD + 5_000 : LEAD + 11_000]).sum() > 1e-3


@pytest.mark.parametrize("kind", [TransitionKind.RISER, TransitionKind.IMPACT])
def test_made_sounds_are_the_same_each_time(kind: TransitionKind) -> None:
    clip = clip_with_key(Clip(loop="", made=kind, role=Role.FX, frames=96_000.0))
    made = render_clip(clip, pedalboard_stretch)
    assert made.shape == (LEAD + 96_000, 2)
    assert 0.4 < np.abs(made).max() <= 0.7
    assert np.array_equal(made, render_clip(clip, pedalboard_stretch))
    halves = [np.square(half).sum() for half in np.array_split(made, 2)]
    assert bool(halves[1] > 4 * halves[0]) is (kind is TransitionKind.RISER)
