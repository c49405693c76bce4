import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmind_chat.audio.engine.grid import landing
from tests.fakes.player_ramps import grid

TEMPI = st.floats(40.0, 250.0)


@given(TEMPI, st.integers(0, 400))
def test_a_bar_line_belongs_to_the_bar_that_it_opens(tempo: float, bar: int) -> None:
    time = grid(("a", 401), tempo=tempo)
    line = time.bar_frame(bar)
    assert time.bar_at(line) == bar
    assert time.bar_at(line + 1) == bar
    if line:
        assert time.bar_at(line - 1) == bar - 1


@given(TEMPI, st.integers(0, 2_000_000))
def test_the_next_line_is_a_bar_line_within_a_bar(tempo: float, frame: int) -> None:
    time = grid(("a", 400), tempo=tempo)
    line = time.next_line(frame)
    assert line == time.bar_frame(time.bar_at(line))
    assert frame <= line <= frame + time.bar_frame(1) + 1


def test_a_section_that_moved_is_followed_to_the_beat() -> None:
    old = grid(("intro", 4), ("hook", 8))
    new = grid(("intro", 4), ("bridge", 8), ("hook", 8), tempo=150.0)
    frame = old.bar_frame(6) + 36_000
    assert landing(old, new, frame) == new.bar_frame(14) + 28_800


@pytest.mark.parametrize(
    ("sections", "bar"),
    [
        ([("intro", 4), ("hook", 2), ("outro", 4)], 6),  # the hook got shorter: on to what follows it
        ([("verse", 4), ("outro", 4)], 7),  # the hook is gone: the same bar
        ([("verse", 4)], 3),  # the song ends before: its last bar
    ],
)
def test_a_place_that_is_gone_becomes_the_nearest(sections: list[tuple[str, int]], bar: int) -> None:
    old = grid(("intro", 4), ("hook", 8))
    new = grid(*sections)
    assert landing(old, new, old.bar_frame(7)) == new.bar_frame(bar)


def test_the_end_stays_the_end_unless_the_song_has_grown() -> None:
    old = grid(("intro", 4), tail=9_000)
    assert landing(old, grid(("intro", 2)), old.bar_frame(4)) == old.bar_frame(2)
    assert landing(old, grid(("intro", 4), ("outro", 2)), old.bar_frame(4)) == old.bar_frame(4)
