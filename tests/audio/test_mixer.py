import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from loopmind_chat.audio.channel import pan_gains
from loopmind_chat.audio.mixer import Mixer
from loopmind_chat.audio.plan import LEAD, MixPlan
from loopmind_chat.song.model import Effect, Transition
from loopmind_chat.song.vocabulary import EffectKind, MixMode, Role, TransitionKind
from tests.audio.factories import clicks, loop_layer, prepared, rich_song, section, shot_layer, sine, song, write
from tests.audio.measures import click_z, decibels, pitch

Samples = npt.NDArray[np.float32]

EFFECTS = [
    EffectKind.REVERB,
    EffectKind.DELAY,
    EffectKind.LOWPASS,
    EffectKind.HIGHPASS,
    EffectKind.DISTORTION,
    EffectKind.CHORUS,
    EffectKind.PHASER,
    EffectKind.COMPRESSOR,
    EffectKind.BITCRUSH,
]


def mix_of(made: object, folder: Path, *, tail: int = 0) -> Samples:
    plan, preparer = prepared(made, folder / "cache")  # type: ignore[arg-type]  # a song
    return Mixer(plan, preparer.load).render(0, plan.frames + tail)


@pytest.mark.parametrize("mode", list(MixMode))
def test_any_size_of_block_gives_the_same(tmp_path: Path, rich_cache: Path, mode: MixMode) -> None:
    made = rich_song(tmp_path, bars=4, mix=mode)
    fx = (Effect(EffectKind.CHORUS), Effect(EffectKind.REVERB, 0.3))
    made = replace(made, tracks=tuple(replace(t, fx=fx if t.id == "t-pad" else ()) for t in made.tracks))
    sweep = replace(made.sections[1], transition=Transition(TransitionKind.SWEEP_DOWN, 4.0))
    made = replace(made, sections=(made.sections[0], sweep))
    plan, preparer = prepared(made, rich_cache)
    whole = Mixer(plan, preparer.load).render(0, plan.frames)
    random = np.random.default_rng(3)
    mixer = Mixer(plan, preparer.load)
    parts = []
    while mixer.position < plan.frames:
        parts.append(mixer.render(mixer.position, min(int(random.integers(1, 9_000)), plan.frames - mixer.position)))
    assert decibels(float(np.abs(np.concatenate(parts) - whole).max())) < -120
    live = Mixer(plan, preparer.load)
    blocks = [live.render(at, 1_024) for at in range(0, plan.frames - 1_024, 1_024)]
    assert decibels(float(np.abs(np.concatenate(blocks) - whole[: len(blocks) * 1_024]).max())) < -120


def test_loops_lie_on_the_grid_to_the_sample(tmp_path: Path) -> None:
    source = clicks(4, 24_000)
    mix = mix_of(song(section(1, loop_layer("a", write(tmp_path, "a", source)))), tmp_path)
    for turn in range(4):
        here = mix[turn * 96_000 + 8 : (turn + 1) * 96_000 - LEAD]
        assert np.allclose(here, source[8:-LEAD], atol=1e-6)


@pytest.mark.parametrize("tempo", [120.0, 133.7])
def test_a_loop_goes_on_over_a_border_as_if_there_were_none(tmp_path: Path, tempo: float) -> None:
    path = write(tmp_path, "a", sine(220.0, 192_000))
    common = {"role": Role.PAD, "loop_beats": 8.0, "stretch": 120.0 / tempo}
    whole = mix_of(song(section(1, loop_layer("a", path, beats=24.0, **common), bars=6), tempo=tempo), tmp_path)
    parted = mix_of(
        song(
            section(1, loop_layer("a", path, id="x", beats=12.0, **common), bars=3),
            section(2, loop_layer("a", path, id="y", beats=12.0, offset_beats=4.0, **common), bars=3),
            tempo=tempo,
        ),
        tmp_path,
    )
    assert decibels(float(np.abs(whole - parted).max())) < -100
    for beat in (8, 12, 16):
        border = round(beat * 60 / tempo * 48_000)
        assert click_z(parted, border) < 12
        near = np.abs(parted[border - 1_000 : border + 1_000]).max()
        assert near == pytest.approx(0.3, rel=0.1)
    assert pitch(parted[2_000:]) == pytest.approx(220.0, abs=0.1)


def test_a_loop_cut_in_its_middle_does_not_click(tmp_path: Path) -> None:
    path = write(tmp_path, "a", sine(220.0, 192_000))
    cut = mix_of(song(section(1, loop_layer("a", path, role=Role.PAD, loop_beats=8.0, beats=5.3), bars=2)), tmp_path)
    border = round(5.3 * 24_000)
    assert not cut[border:].any()
    step = np.abs(np.diff(cut[border - 400 : border + 10], axis=0)).max()
    assert step < 0.3 * 2 * math.pi * 220 / 48_000 * 1.2


def test_stems_sum_to_the_mix_and_mutes_are_silent(tmp_path: Path, rich_cache: Path) -> None:
    for mode in MixMode:
        plan, preparer = prepared(rich_song(tmp_path, bars=2, mix=mode), rich_cache)
        mix = Mixer(plan, preparer.load).render(0, plan.frames)
        stems = Mixer(plan, preparer.load).render_stems(0, plan.frames)
        assert list(stems) == [strip.id for strip in plan.strips]
        assert decibels(float(np.abs(np.sum(list(stems.values()), axis=0) - mix).max())) < -110
    alone = replace(plan, strips=tuple(replace(s, audible=s.id == "t-pad") for s in plan.strips))
    assert not Mixer(alone, preparer.load).render_stems(0, 48_000)["t-drums"].any()


def test_a_missing_clip_is_silent_until_it_is_there(tmp_path: Path, rich_cache: Path) -> None:
    plan, preparer = prepared(rich_song(tmp_path, bars=2, mix=MixMode.RAW), rich_cache)
    there: set[str] = set()
    mixer = Mixer(plan, lambda key: preparer.load(key) if key in there else None)
    assert not mixer.render(0, 48_000).any()
    there.update(clip.key for clip in plan.clips)
    expected = Mixer(plan, preparer.load).render(0, 96_000)[48_000:]
    assert np.abs(mixer.render(48_000, 48_000)[300:] - expected[300:]).max() < 1e-6


def test_seeking_lands_on_the_frame(tmp_path: Path, rich_cache: Path) -> None:
    plan, preparer = prepared(rich_song(tmp_path, bars=2, mix=MixMode.RAW), rich_cache)
    whole = Mixer(plan, preparer.load).render(0, plan.frames)
    mixer = Mixer(plan, preparer.load)
    for start in (77_777, 12_345, 0, 100_001):
        assert np.abs(mixer.render(start, 5_000) - whole[start : start + 5_000]).max() < 1e-6
    beyond = mixer.render(plan.last_frame + 5_000, 1_000)
    assert not beyond.any()


def test_pan_keeps_power_and_the_middle_is_untouched() -> None:
    assert pan_gains(0.0) == pytest.approx((1.0, 1.0))
    for pan in (-1.0, -0.3, 0.5, 1.0):
        left, right = pan_gains(pan)
        assert left**2 + right**2 == pytest.approx(2.0)
    assert pan_gains(1.0)[0] == pytest.approx(0.0, abs=1e-9)


def test_faders_and_pan_are_heard(tmp_path: Path) -> None:
    layer = loop_layer("a", write(tmp_path, "a", sine(220.0, 96_000)), gain_db=-6.0)
    plain = mix_of(song(section(1, layer, bars=1), gains={"t-a": -6.0}), tmp_path)
    assert np.abs(plain[1_000:]).max() == pytest.approx(0.3 * 10 ** (-12 / 20), rel=1e-3)
    left = mix_of(song(section(1, layer, bars=1), pans={"t-a": -1.0}), tmp_path)
    assert np.abs(left[:, 1]).max() < 1e-6 < np.abs(left[:, 0]).max()


def changed(dry: Samples, wet: Samples) -> float:
    """What of the wet sound is not the dry one at another level: 0 to 1."""
    one, other = wet.astype(np.float64), dry.astype(np.float64)
    alike = float(np.vdot(one, other) / np.sqrt(np.vdot(one, one) * np.vdot(other, other)))
    return 1.0 - alike


@pytest.mark.parametrize("kind", EFFECTS)
def test_every_effect_of_a_track_is_heard(tmp_path: Path, kind: EffectKind) -> None:
    path = write(tmp_path, "a", clicks(4, 24_000) + sine(220.0, 96_000))

    def made(*fx: Effect) -> Samples:
        return mix_of(song(section(1, loop_layer("a", path), bars=2), fx={"t-a": fx}), tmp_path)

    dry, little, much = made(), made(Effect(kind, 0.2)), made(Effect(kind, 0.9))
    assert np.isfinite(much).all()
    assert 1e-6 < changed(dry, little) < changed(dry, much)


def test_widening_scales_the_sides(tmp_path: Path) -> None:
    both = sine(220.0, 96_000)
    both[:, 1] *= 0.5
    path = write(tmp_path, "a", both)
    dry = mix_of(song(section(1, loop_layer("a", path), bars=1)), tmp_path)
    wide = mix_of(
        song(section(1, loop_layer("a", path), bars=1), fx={"t-a": (Effect(EffectKind.WIDEN, 0.5),)}), tmp_path
    )
    assert np.allclose(wide[:, 0] - wide[:, 1], 1.6 * (dry[:, 0] - dry[:, 1]), atol=1e-5)
    assert np.allclose(wide.sum(axis=1), dry.sum(axis=1), atol=1e-5)


@pytest.mark.parametrize("mode", [MixMode.RAW, MixMode.POLISHED])
def test_a_nan_costs_one_block_and_nothing_else(tmp_path: Path, rich_cache: Path, mode: MixMode) -> None:
    plan, preparer = prepared(rich_song(tmp_path, bars=2, mix=mode), rich_cache)
    pad = next(clip.key for clip in plan.clips if clip.role is Role.PAD)

    def load(key: str) -> Samples | None:
        audio = preparer.load(key)
        if key != pad or audio is None:
            return audio
        broken = np.array(audio)
        broken[LEAD + 20_000] = np.nan
        return broken

    mixer = Mixer(plan, load)
    out = np.concatenate([mixer.render(at, 1_024) for at in range(0, 102_400, 1_024)])
    assert np.isfinite(out).all()
    assert mixer.repairs == 1
    clean = Mixer(plan, preparer.load).render(0, 102_400)
    assert np.abs(out[48_000:] - clean[48_000:]).max() < 0.05
    assert np.abs(clean[21_600:]).max() > 0.1


def test_the_bass_ducks_under_the_kick_only_when_polished(tmp_path: Path) -> None:
    kick = sine(55.0, 96_000, level=0.8) * (np.arange(96_000) < 12_000)[:, None]
    files = write(tmp_path, "kick", kick.astype(np.float32)), write(tmp_path, "bass", sine(90.0, 96_000))
    layers = (loop_layer("kick", files[0], beats=4.0), loop_layer("bass", files[1], beats=4.0, role=Role.BASS))

    def bass(mode: MixMode) -> tuple[float, float]:
        plan, preparer = prepared(song(section(1, *layers, bars=1), mix=mode), tmp_path / "cache")
        stem = Mixer(plan, preparer.load).render_stems(0, plan.frames)["t-bass"]
        return float(np.abs(stem[6_000:12_000]).max()), float(np.abs(stem[80_000:]).max())

    under, after = bass(MixMode.POLISHED)
    assert -7.0 < decibels(under / after) < -4.0
    under, after = bass(MixMode.RAW)
    assert decibels(under / after) == pytest.approx(0.0, abs=0.1)


def transition_mix(folder: Path, kind: TransitionKind | None) -> Samples:
    path = write(folder, "a", clicks(4, 24_000) + sine(220.0, 96_000) + sine(6_000.0, 96_000, level=0.1))
    entered = Transition(kind, 4.0) if kind else None
    return mix_of(
        song(
            section(1, loop_layer("a", path, id="x"), bars=4),
            section(2, shot_layer("b", path, (), id="y"), loop_layer("c", path, id="z", beats=1.0), transition=entered),
        ),
        folder,
    )


@pytest.mark.parametrize("kind", [kind for kind in TransitionKind if kind is not TransitionKind.CROSSFADE])
def test_transitions_are_heard_around_the_border_and_nowhere_else(tmp_path: Path, kind: TransitionKind) -> None:
    plain, entered = transition_mix(tmp_path, None), transition_mix(tmp_path, kind)
    start, border = 288_000, 384_000
    change = np.abs(entered - plain).max(axis=1)
    assert np.isfinite(entered).all()
    assert np.abs(entered).max() < 2.5
    assert change[: start - LEAD].max() < 1e-6
    before, after = change[start:border].max(), change[border : border + 24_000].max()
    assert (after if kind is TransitionKind.IMPACT else before) > 0.02
    if kind not in {TransitionKind.IMPACT, TransitionKind.REVERB_TAIL}:
        assert after < 1e-5
    if kind is TransitionKind.DROP_OUT:
        assert not entered[start : border - LEAD].any()
    if kind is TransitionKind.TAPE_STOP:
        end = entered[border - 24_000 : border - 2_000]
        assert (
            np.square(np.diff(end, axis=0)).sum()
            < 0.05 * np.square(np.diff(plain[border - 24_000 : border], axis=0)).sum()
        )


def test_meters_show_each_strip(tmp_path: Path, rich_cache: Path) -> None:
    plan: MixPlan
    plan, preparer = prepared(rich_song(tmp_path, bars=2), rich_cache)
    mixer = Mixer(plan, preparer.load)
    mixer.metering = True
    mixer.render(0, 1_024)
    assert set(mixer.peaks) == {strip.id for strip in plan.strips}
    assert mixer.peaks["t-drums"] > 0.1
