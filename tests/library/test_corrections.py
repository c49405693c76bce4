"""What the user says of a loop, and what follows from it."""

import pytest

from loopmind_chat.errors import LibraryError
from loopmind_chat.library.corrections import checked_changes, corrected
from loopmind_chat.song.keys import Key
from loopmind_chat.song.vocabulary import Role
from tests.fakes.loop_rows import made_facts


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ({"bpm": 90}, {"bpm": 90.0}),
        ({"bpm": None}, {"bpm": None}),
        ({"key": "Am"}, {"key": "A minor"}),
        ({"key": Key(10, "minor")}, {"key": "Bb minor"}),
        ({"key": None}, {"key": None}),
        ({"role": "lead"}, {"role": "melody"}),
        ({"role": Role.BASS, "is_loop": False}, {"role": "bass", "is_loop": False}),
    ],
)
def test_values_are_made_plain(given: dict[str, object], plain: dict[str, object]) -> None:
    assert checked_changes(given) == plain


@pytest.mark.parametrize(
    "given",
    [
        {}, {"bpm": "fast"}, {"bpm": 0}, {"bpm": 39.9}, {"bpm": 251}, {"bpm": True}, {"bpm": float("nan")},
        {"key": "H"}, {"key": 5}, {"role": "tuba"}, {"role": None}, {"is_loop": "yes"}, {"path": "/etc/passwd"},
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(LibraryError):
        checked_changes(given)


def test_half_the_tempo_is_half_the_beats() -> None:
    fixed = corrected(made_facts("/a.wav", bpm=120.0), {"bpm": 60.0})
    assert (fixed.bpm, fixed.bpm_confidence, fixed.beats, fixed.bars) == (60.0, 1.0, 8.0, 2.0)
    assert fixed.bpm_alternates == (120.0,)
    assert (fixed.tempo_source, fixed.tempo_readings) == ("user", ())  # nothing is left to settle


def test_nearly_whole_beats_are_whole() -> None:
    facts = made_facts("/a.wav", bpm=118.5)  # 15.8 beats in 8 seconds
    assert corrected(facts, {"bpm": 120.0}).beats == 16.0
    assert corrected(facts, {"bpm": 100.0}).beats == pytest.approx(13.333, abs=1e-3)


def test_a_tempo_for_what_had_none_counts_the_whole_file() -> None:
    assert corrected(made_facts("/a.wav"), {"bpm": 60.0}).beats == 8.0


def test_a_one_shot_has_no_tempo_and_drums_no_key() -> None:
    fixed = corrected(made_facts("/a.wav", "melody", bpm=120.0, key="Am"), {"is_loop": False, "role": "drums"})
    assert (fixed.is_loop, fixed.bpm, fixed.beats, fixed.bars, fixed.key) == (False, None, None, None, None)
    assert (fixed.role_confidence, fixed.role_source) == (1.0, "user")


def test_a_key_that_is_said_outweighs_the_role() -> None:
    fixed = corrected(made_facts("/a.wav"), {"role": "drums", "key": "A minor"})
    assert str(fixed.key) == "A minor"
