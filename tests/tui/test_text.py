import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from loopmind_chat.tui.text import hanging, plain


def test_a_line_of_columns_goes_on_under_its_last_column() -> None:
    assert hanging("mix        mute_track, solo_track, set_level, set_pan", 34).split("\n") == [
        "mix        mute_track, solo_track,",
        "           set_level, set_pan",
    ]


def test_an_indented_line_keeps_its_indent() -> None:
    assert hanging("  role  a track's name or role", 12).split("\n")[0].startswith("  role")
    assert hanging("    one two three", 11).split("\n") == ["    one two", "    three"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert hanging("/a/very/long/path", 6).split("\n") == ["/a/ver", "y/long", "/path"]


@given(st.text(alphabet="ab 漢\n ", max_size=120), st.integers(4, 40))
def test_nothing_is_wider_than_the_screen_and_nothing_is_lost(text: str, width: int) -> None:
    rows = hanging(text, width)
    assert max(map(cell_len, rows.split("\n"))) <= width
    assert "".join(rows.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [("a\x1b[31mb", "a\\x1b[31mb"), ("\u202egnp.exe", "\\x202egnp.exe"), ("a\ud800", "a\\xd800"), ("é漢", "é漢")],
)
def test_what_a_terminal_would_act_on_is_shown(given_text: str, shown: str) -> None:
    assert plain(given_text) == shown
