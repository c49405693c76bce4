"""The call language: written, read, and read again the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmind_chat.agent.language import parse, write, write_call
from loopmind_chat.errors import BadArgument
from loopmind_chat.tools.calls import Call

NAMES = st.from_regex(r"[a-z][a-z_0-9]{0,10}", fullmatch=True)


def test_calls_stand_one_a_line_or_between_semicolons() -> None:
    assert parse('swap_loop role=melody query="darker; \\"wet\\" strings"; set_tempo bpm=140\nplay\n') == [
        Call("swap_loop", {"role": "melody", "query": 'darker; "wet" strings'}),
        Call("set_tempo", {"bpm": "140"}),
        Call("play", {}),
    ]


def test_values_are_quoted_only_where_they_need_to_be() -> None:
    written = write_call("set_level", {"track": "808", "db": -3.0, "change": "a bit up", "on": True})
    assert written == 'set_level track=808 db=-3 change="a bit up" on=true'


@given(st.lists(st.builds(Call, NAMES, st.dictionaries(NAMES, st.text(max_size=20), max_size=4)), max_size=4))
def test_what_is_written_is_read_back(calls: list[Call]) -> None:
    assert parse(write(calls)) == calls


@pytest.mark.parametrize(
    "text",
    [
        "set_tempo bpm=140 bpm=150",
        'play a="x" a="x"',
        "role=melody",
        "play now",
        '"x"',
        "swap_loop role=melody )(",
        "/play",
        'play a="\\x"',
    ],
)
def test_what_is_not_calls_is_refused(text: str) -> None:
    with pytest.raises(BadArgument, match=r"not a |given twice"):
        parse(text)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        calls = parse(text)
    except BadArgument:
        return
    assert parse(write(calls)) == calls
