"""Fit: the shortest way to the song's tempo and key, and its limits."""

import math

import pytest

from loopmind_chat.compose.fit import DRUM_STRETCH_MAX, STRETCH_MAX, fit_loop
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.vocabulary import Role
from tests.compose.factories import loop, shot

A_MINOR = parse_key("A minor")


def test_a_loop_at_the_songs_tempo_and_key_is_left_as_it_is() -> None:
    fit = fit_loop(loop("a", Role.MELODY, bpm=140, key="A minor"), tempo=140, key=A_MINOR)
    assert fit is not None
    assert (fit.stretch, fit.semitones, fit.loop_beats, fit.note) == (1.0, 0, 16.0, "")
    assert fit.cost < 0.15


def test_stretch_is_length_out_over_length_in() -> None:
    fit = fit_loop(loop("a", Role.MELODY, bpm=120), tempo=100, key=None)
    assert fit is not None
    assert fit.stretch == pytest.approx(1.2)
    assert fit.note == "17 % slower"


def test_half_and_double_time_count_as_the_same_tempo() -> None:
    half = fit_loop(loop("a", Role.DRUMS, bpm=70, beats=8), tempo=140, key=None)
    double = fit_loop(loop("b", Role.DRUMS, bpm=174, beats=32), tempo=87, key=None)
    assert half is not None
    assert double is not None
    assert (half.stretch, half.loop_beats) == (1.0, 16.0)
    assert (double.stretch, double.loop_beats) == (1.0, 16.0)


def test_the_length_in_seconds_agrees_with_stretch_and_beats() -> None:
    facts = loop("a", Role.CHORDS, bpm=93, beats=32)
    fit = fit_loop(facts, tempo=80, key=None)
    assert fit is not None
    assert facts.duration_s * fit.stretch == pytest.approx(fit.loop_beats * 60 / 80)


@pytest.mark.parametrize(("role", "limit"), [(Role.DRUMS, DRUM_STRETCH_MAX), (Role.MELODY, STRETCH_MAX)])
def test_what_must_be_stretched_too_far_does_not_fit(role: Role, limit: float) -> None:
    for tempo in range(40, 251):
        fit = fit_loop(loop("a", role, bpm=120), tempo=tempo, key=None)
        if fit is None:
            assert all(abs(math.log2(120 * times / tempo)) > math.log2(limit) for times in (0.5, 1, 2))
        else:
            assert abs(math.log2(fit.stretch)) <= math.log2(limit) + 1e-6


def test_sixty_bpm_with_loops_of_174_is_refused() -> None:
    assert fit_loop(loop("a", Role.DRUMS, bpm=174), tempo=60, key=None) is None


def test_other_readings_of_the_tempo_are_tried() -> None:
    facts = loop("a", Role.MELODY, bpm=100, beats=16, bpm_alternates=(150.0,))
    fit = fit_loop(facts, tempo=150, key=None)
    assert fit is not None
    assert (fit.stretch, fit.loop_beats) == (1.0, 24.0)


@pytest.mark.parametrize(
    ("key", "semitones"),
    [("A minor", 0), ("C major", 0), ("G minor", 2), ("C minor", -3), ("E minor", 5), ("D minor", -5)],
)
def test_the_way_to_the_key_is_the_shortest(key: str, semitones: int) -> None:
    fit = fit_loop(loop("a", Role.MELODY, key=key), tempo=140, key=A_MINOR)
    assert fit is not None
    assert fit.semitones == semitones


def test_a_tritone_does_not_fit_and_far_costs_more_than_near() -> None:
    assert fit_loop(loop("a", Role.MELODY, key="D# minor"), tempo=140, key=A_MINOR) is None
    near = fit_loop(loop("a", Role.MELODY, key="B minor"), tempo=140, key=A_MINOR)
    far = fit_loop(loop("a", Role.MELODY, key="E minor"), tempo=140, key=A_MINOR)
    assert near is not None
    assert far is not None
    assert near.cost < far.cost


@pytest.mark.parametrize("role", [Role.DRUMS, Role.PERCUSSION, Role.FX])
def test_unpitched_loops_are_never_moved(role: Role) -> None:
    fit = fit_loop(loop("a", role, key="D minor"), tempo=140, key=A_MINOR)
    assert fit is not None
    assert fit.semitones == 0


def test_an_unknown_key_is_used_at_a_cost() -> None:
    known = fit_loop(loop("a", Role.MELODY, key="A minor"), tempo=140, key=A_MINOR)
    unknown = fit_loop(loop("a", Role.MELODY), tempo=140, key=A_MINOR)
    assert known is not None
    assert unknown is not None
    assert unknown.semitones == 0
    assert unknown.cost > known.cost


def test_a_bass_note_follows_the_root_and_may_go_either_way() -> None:
    note = fit_loop(shot("808 C", Role.BASS, key="C minor"), tempo=140, key=A_MINOR)
    assert note is not None
    assert (note.semitones, note.stretch, note.loop_beats) == (-3, 1.0, 0.0)
    tritone = fit_loop(shot("808 Eb", Role.BASS, key="Eb minor"), tempo=140, key=A_MINOR)
    assert tritone is not None
    assert tritone.semitones == 6


def test_without_a_tempo_a_loop_is_a_texture_or_nothing() -> None:
    drift = loop("rain", Role.FX, bpm=None, beats=None, duration_s=6.3)
    fit = fit_loop(drift, tempo=120, key=None)
    assert fit is not None
    assert (fit.stretch, fit.loop_beats) == (1.0, 16.0)
    assert fit_loop(loop("x", Role.DRUMS, bpm=None, beats=None), tempo=120, key=None) is None


@pytest.mark.parametrize("beats", [15.0, 20.0, 148.0, 10.3, 12.0])
def test_odd_lengths_are_kept_and_cost_more(beats: float) -> None:
    odd = fit_loop(loop("odd", Role.DRUMS, bpm=140, beats=beats), tempo=140, key=None)
    even = fit_loop(loop("even", Role.DRUMS, bpm=140, beats=16), tempo=140, key=None)
    assert odd is not None
    assert even is not None
    assert odd.loop_beats == pytest.approx(beats)
    assert odd.cost > even.cost
