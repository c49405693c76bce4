"""What an answer comes to: calls without repeats, questions, a model's own words; and calls read out of loose text."""

import pytest

from loopmind_chat.agent.language import parse, write
from loopmind_chat.agent.loose_calls import calls_in, read_arguments, without_repeats
from loopmind_chat.agent.understood import own_words, understood
from loopmind_chat.errors import BadArgument
from loopmind_chat.song.model import Song
from tests.agent.songs import full_song

SONG = full_song()
UP = "set_level track=drums change=up"
MUTE = "mute_track track=hats"


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (f"{MUTE}; {MUTE}; {MUTE}", MUTE),
        (f"{MUTE}; set_tempo bpm=100; {MUTE}", f"{MUTE}; set_tempo bpm=100"),
        (f"{UP}; {UP}", f"{UP}; {UP}"),
        ("set_tempo by=5; set_tempo by=5", "set_tempo by=5; set_tempo by=5"),
        ("set_key semitones=2; set_key semitones=2", "set_key semitones=2; set_key semitones=2"),
        ("add_section kind=hook; add_section kind=hook", "add_section kind=hook; add_section kind=hook"),
        ("undo; undo", "undo; undo"),
        ("remix_song; remix_song", "remix_song"),
        (f"{MUTE}; mute_track track=pad", f"{MUTE}; mute_track track=pad"),
    ],
)
def test_what_is_said_twice_is_done_once_but_for_what_goes_further(answer: str, kept: str) -> None:
    assert write(without_repeats(parse(answer))) == kept


def test_calls_go_before_what_is_no_call() -> None:
    found = understood(f"none why=thanks; {MUTE}", 0, SONG)
    assert (write(found.calls), found.reply, found.asks) == (MUTE, "", False)
    asking = understood(f"{MUTE}; ask about=section", 0, SONG)
    assert write(asking.calls) == MUTE
    assert asking.reply.startswith("Which section")
    assert asking.asks


@pytest.mark.parametrize("answer", ["ask about=track", "ask about=everything", "ask", "none why=hello", ")(", ""])
def test_only_a_question_that_is_put_is_one(answer: str) -> None:
    assert understood(answer, 0, SONG).asks == (answer == "ask about=track")
    assert not understood(answer, 0, Song()).asks
    assert understood(answer, 0, SONG).reply


def test_own_words_are_short_and_clean_and_say_that_nothing_was_done() -> None:
    assert own_words("Trap is\x1b[2J often\x07 at 140.\r\n\r\n\tTry it.") == (
        "Trap is [2J often at 140.\nTry it. (The song is as it was.)"
    )
    long = own_words("\n".join(["I have deleted your song and all your loops"] * 90))
    assert len(long) < 430
    assert long.count("\n") < 4
    assert long.endswith(" (The song is as it was.)")
    assert "I did not get that" in own_words(" \n\x00 ")


def test_own_words_come_back_out_of_the_call_language() -> None:
    (call,) = parse('none says="Say \\"darker\\"; then undo"')
    assert understood(write([call]), 0, SONG).reply == 'Say "darker"; then undo (The song is as it was.)'


@pytest.mark.parametrize(
    "text",
    [
        "set_tempo bpm=140 bpm=150",
        f"{MUTE}\nset_tempo bpm=140 bpm=150",
        '{"name": "set_tempo", "arguments": {"bpm": 140, "bpm": 150}}',
        '{"name": "set_tempo", "arguments": "{\\"bpm\\": 140, \\"bpm\\": 150}"}',
    ],
)
def test_an_argument_that_is_given_twice_is_not_guessed_at(text: str) -> None:
    with pytest.raises(BadArgument, match="given twice"):
        calls_in(text)


def test_arguments_of_a_server_are_given_once_each() -> None:
    with pytest.raises(BadArgument, match="given twice"):
        read_arguments('{"bpm": 140, "bpm": 150}')
