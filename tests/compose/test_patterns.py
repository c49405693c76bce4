"""Patterns for one-shots: on the grid, different by feel and seed, and what the song model can repeat."""

import random

import pytest

from loopmind_chat.compose.genres import Feel
from loopmind_chat.compose.patterns import beats_of_steps, fill_for, patterns_for
from loopmind_chat.compose.pieces import Piece, is_whole_beat, piece_of, pieces_named
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role
from tests.compose.factories import loop, shot


@pytest.mark.parametrize("feel", list(Feel))
@pytest.mark.parametrize("piece", list(Piece))
def test_every_piece_has_a_pattern_on_the_grid_in_every_feel(feel: Feel, piece: Piece) -> None:
    for seed in range(8):
        for pattern in patterns_for(piece, feel, random.Random(seed)):  # noqa: S311 - test data
            assert pattern
            assert list(pattern) == sorted(set(pattern))
            assert all(beat * 4 == int(beat * 4) for beat in pattern)
            assert pattern[0] >= 0
            assert pattern[-1] < 8


def test_kicks_stand_where_the_feel_has_them() -> None:
    chance = random.Random(1)  # noqa: S311 - test data
    house, _ = patterns_for(Piece.KICK, Feel.FOUR, chance)
    clap, _ = patterns_for(Piece.CLAP, Feel.HALF_TIME, chance)
    assert house[:4] == (0.0, 1.0, 2.0, 3.0)
    assert clap == (2.0,)


def test_busy_is_busier_than_plain_for_kick_and_hats() -> None:
    for feel in (Feel.HALF_TIME, Feel.BACKBEAT, Feel.BREAK):
        plain, busy = patterns_for(Piece.HATS, feel, random.Random(3))  # noqa: S311 - test data
        assert len(busy) / (busy[-1] // 4 + 1) >= len(plain) / (plain[-1] // 4 + 1)


def test_fills_last_a_bar_and_only_pieces_that_fill_have_one() -> None:
    fill = fill_for(Piece.SNARE, random.Random(1))  # noqa: S311 - test data
    assert fill is not None
    assert fill[-1] < 4
    assert fill_for(Piece.CRASH, random.Random(1)) is None  # noqa: S311 - test data


def test_steps_read_as_sixteenths() -> None:
    assert beats_of_steps("x...x.......x..x") == (0.0, 1.0, 3.0, 3.75)


@pytest.mark.parametrize(
    ("name", "role", "piece"),
    [
        ("Kick Deep 01", Role.DRUMS, Piece.KICK),
        ("bd_808", Role.DRUMS, Piece.KICK),
        ("SNR_tight", Role.DRUMS, Piece.SNARE),
        ("Hat Open", Role.DRUMS, Piece.OPEN_HATS),
        ("HiHat_Closed", Role.DRUMS, Piece.HATS),
        ("808 Long A", Role.BASS, Piece.BASS),
        ("Reverse Crash", Role.FX, Piece.RISER),
        ("Riser 8", Role.FX, Piece.RISER),
        ("misc_cineboom", Role.FX, Piece.IMPACT),
        ("Clap Wide", Role.DRUMS, Piece.CLAP),
        ("Conga 3", Role.PERCUSSION, Piece.PERC),
        ("Vox Hey", Role.VOCAL, Piece.VOICE),
        ("Rhodes Stab Dm9", Role.CHORDS, Piece.STAB),
        ("fx_3", Role.FX, Piece.NOISE),
        ("bass_hit_c", Role.BASS, Piece.BASS),
        ("Darbuka_hit", Role.PERCUSSION, Piece.PERC),
    ],
)
def test_one_shots_are_told_apart_by_their_names(name: str, role: Role, piece: Piece) -> None:
    assert piece_of(shot(name, role, brightness_hz=3000.0)) is piece


def test_tags_speak_where_the_name_does_not() -> None:
    assert piece_of(shot("0432", Role.DRUMS, tags={"hats": 0.9, "open": 0.9})) is Piece.OPEN_HATS
    assert piece_of(shot("0433", Role.DRUMS, brightness_hz=120.0)) is Piece.KICK


@pytest.mark.parametrize(
    ("facts", "whole"),
    [
        (loop("Trap_140_FullBeat", Role.DRUMS), True),
        (loop("loop_amen", Role.DRUMS), True),
        (loop("Drums_67BPM", Role.DRUMS), True),
        (loop("HatRolls_Only", Role.DRUMS), False),
        (loop("KickClap_Only", Role.DRUMS), False),
        (loop("SnareBuild_Fill", Role.DRUMS), False),
    ],
)
def test_whole_beats_are_told_from_parts(facts: LoopFacts, *, whole: bool) -> None:
    assert is_whole_beat(facts) is whole


def test_a_loop_of_two_pieces_names_both() -> None:
    assert set(pieces_named(loop("KickClap_Only", Role.DRUMS))) == {Piece.KICK, Piece.CLAP}
