import numpy as np
import pytest

from loopmind_chat.audio.engine.marks import Marks
from loopmind_chat.audio.engine.ring import Block
from loopmind_chat.audio.engine.transport import CROSSFADE, DUCK, Transport
from tests.fakes.player_ramps import frames_heard, ramp_deck, revisions_heard

BAR = 96_000


def transport(*sections: tuple[str, int]) -> Transport:
    made = Transport(Marks())
    made.put(ramp_deck(1, *sections))
    return made


def heard(made: Transport, frames: int, block: int = 1_024) -> Block:
    parts = [made.next_block(min(block, frames - start)) for start in range(0, frames, block)]
    return np.concatenate(parts)


def test_a_song_plays_from_its_first_frame_to_its_last_and_stops() -> None:
    made = transport(("a", 2))
    made.play()
    out = heard(made, 2 * BAR + 5_000)
    np.testing.assert_array_equal(frames_heard(out)[: 2 * BAR], np.arange(2 * BAR))
    assert not out[2 * BAR :].any()
    assert not made.playing
    assert made.position == 0
    assert made.ended == 2 * BAR


def test_play_before_the_first_song_is_prepared_starts_it_when_it_comes() -> None:
    made = transport()  # the plan of an empty song, which is what a new session begins with
    made.play(0)
    heard(made, 5_000)
    made.put(ramp_deck(2, ("a", 2)))
    out = heard(made, BAR)
    assert made.playing
    np.testing.assert_array_equal(frames_heard(out), np.arange(BAR))


@pytest.mark.parametrize("block", [1_024, 333, 4_800])
def test_an_edit_lands_on_the_next_bar_line_with_a_fade_before_it(block: int) -> None:
    made = transport(("a", 8))
    made.play()
    before = heard(made, BAR // 2, block)
    made.put(ramp_deck(2, ("a", 8)))
    out = np.concatenate([before, heard(made, BAR, block)])
    np.testing.assert_array_equal(frames_heard(out), np.arange(len(out)))
    revisions = revisions_heard(out)
    np.testing.assert_array_equal(revisions[: BAR - CROSSFADE], 1.0)
    np.testing.assert_array_equal(revisions[BAR:], 2.0)
    assert np.all(np.diff(revisions[BAR - CROSSFADE : BAR]) >= 0)


def test_an_edit_within_the_fade_before_a_line_waits_for_the_next_line() -> None:
    made = transport(("a", 8))
    made.play()
    heard(made, BAR - CROSSFADE + 1, 1_024)
    made.put(ramp_deck(2, ("a", 8)))
    revisions = revisions_heard(heard(made, 2 * BAR))
    assert revisions[BAR - 2] < 2.0
    assert revisions[BAR + CROSSFADE - 1] == 2.0


def test_the_newest_of_several_edits_wins_also_within_a_fade() -> None:
    made = transport(("a", 8))
    made.play()
    made.put(ramp_deck(2, ("a", 8)))
    made.put(ramp_deck(3, ("a", 8)))
    made.put(ramp_deck(4, ("a", 8)))
    heard(made, BAR - 100)
    made.put(ramp_deck(5, ("a", 8)))
    revisions = revisions_heard(heard(made, 2 * BAR))
    assert revisions[100] == 4.0
    assert revisions[BAR + 100] == 5.0


def test_a_tempo_change_keeps_bar_and_beat() -> None:
    made = transport(("a", 8))
    made.play()
    made.put(ramp_deck(2, ("a", 8), tempo=150.0))
    out = frames_heard(heard(made, BAR + 10))
    assert out[BAR] == 76_800
    mark = made.marks.at(BAR + 5)
    assert mark is not None
    assert mark.grid.tempo == 150.0
    assert mark.grid.beat_at(mark.frame) == pytest.approx(4.0, abs=1e-3)


def test_a_section_put_before_the_one_that_plays_moves_the_place_along() -> None:
    made = transport(("a", 1), ("b", 4))
    made.play(bar=2)
    made.put(ramp_deck(2, ("a", 1), ("new", 2), ("b", 4)))
    out = frames_heard(heard(made, BAR + 10))
    assert out[BAR] == 5 * BAR


def test_a_looped_section_goes_round_until_it_is_let_go() -> None:
    made = transport(("a", 1), ("b", 1), ("c", 1))
    made.loop_section("b")
    made.play()
    out = frames_heard(heard(made, 3 * BAR))
    np.testing.assert_array_equal(out[96 : BAR - CROSSFADE], np.arange(BAR + 96, 2 * BAR - CROSSFADE))
    np.testing.assert_array_equal(out[BAR : 2 * BAR - CROSSFADE], np.arange(BAR, 2 * BAR - CROSSFADE))
    made.loop_section(None)
    out = frames_heard(heard(made, 2 * BAR))
    np.testing.assert_array_equal(out, np.arange(BAR, 3 * BAR))


def test_looping_another_section_leaps_at_the_next_bar_line() -> None:
    made = transport(("a", 4), ("b", 2))
    made.play()
    heard(made, 1_000)
    made.loop_section("b")
    out = frames_heard(heard(made, BAR))
    assert out[BAR - 1_000] == 4 * BAR
    assert made.loop == "b"


def test_a_section_that_comes_with_a_pending_edit_can_be_looped() -> None:
    made = transport(("a", 4))
    made.play()
    made.put(ramp_deck(2, ("a", 4), ("new", 2)))
    made.loop_section("new")
    out = frames_heard(heard(made, BAR + 10))
    assert out[BAR] == 4 * BAR


def test_a_looped_section_that_an_edit_removes_lets_go() -> None:
    made = transport(("a", 2), ("b", 2))
    made.loop_section("a")
    made.play()
    made.put(ramp_deck(2, ("b", 4)))
    heard(made, BAR + 10)
    assert made.loop is None


def test_pause_and_play_go_on_where_it_stood() -> None:
    made = transport(("a", 8))
    made.play()
    heard(made, 50_000)
    made.pause(made.marks.at(30_000))
    assert not made.active
    made.play()
    assert frames_heard(heard(made, 1_000))[500] == 30_500


def test_an_edit_at_rest_is_taken_at_once_and_keeps_the_place() -> None:
    made = transport(("a", 8))
    made.play(bar=3)
    heard(made, 100)
    made.pause()
    made.put(ramp_deck(2, ("a", 8), tempo=150.0))
    assert made.position == 3 * 76_800 + 80


def test_at_rest_at_the_start_an_edit_stays_at_the_start() -> None:
    made = transport(("a", 4), ("b", 4))
    made.put(ramp_deck(2, ("new", 4), ("a", 4), ("b", 4)))
    assert made.position == 0


def test_a_song_of_another_session_counts_its_revisions_anew() -> None:
    made = transport(("a", 4))
    made.put(ramp_deck(9, ("a", 4)))
    made.put(ramp_deck(1, ("a", 4)))
    assert made.deck is not None
    assert made.deck.revision == 1


def test_stop_goes_to_the_start_and_play_to_a_bar() -> None:
    made = transport(("a", 8))
    made.play(bar=5)
    heard(made, 100)
    made.stop()
    assert made.position == 0
    made.play(bar=99)
    assert made.position == 7 * BAR


def test_play_before_there_is_a_plan_starts_when_it_comes() -> None:
    made = Transport(Marks())
    made.play(bar=2)
    assert not made.active
    made.put(ramp_deck(1, ("a", 8)))
    assert made.active
    assert frames_heard(heard(made, 200))[150] == 2 * BAR + 150


def test_an_edit_in_the_last_bar_that_makes_the_song_longer_is_heard() -> None:
    made = transport(("a", 2))
    made.play(bar=1)
    made.put(ramp_deck(2, ("a", 2), ("b", 1)))
    out = heard(made, 2 * BAR)
    assert frames_heard(out)[BAR + 10] == 2 * BAR + 10
    assert made.playing


def test_an_audition_ducks_the_song_and_ends() -> None:
    made = transport(("a", 8))
    made.play()
    heard(made, 48_000)
    clip = np.full((20_000, 2), 0.25, np.float32)
    made.audition(clip)
    out = heard(made, 30_000)
    under = (frames_heard(out - np.float32(0.25))[10_000]) / (48_000 + 10_000)
    assert under == pytest.approx(DUCK, abs=1e-3)
    assert frames_heard(out)[-1] == 48_000 + 30_000 - 1


def test_an_audition_sounds_while_the_song_stands_still() -> None:
    made = transport(("a", 8))
    made.audition(np.full((2_000, 2), 0.25, np.float32))
    assert made.active
    out = heard(made, 4_096)
    np.testing.assert_array_equal(out[:2_000], 0.25)
    assert not made.active
    assert made.position == 0
