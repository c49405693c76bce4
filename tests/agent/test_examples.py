"""The bank of examples, the prompt made of them, and the replies."""

from pathlib import Path

import pytest

from loopmind_chat.agent.examples import Bank, Line, read_lines, shipped_bank, ways_of
from loopmind_chat.agent.grammar import ASK_ABOUT, NO_CALL_REASONS, Ground
from loopmind_chat.agent.language import ASK, NO_CALL, parse
from loopmind_chat.agent.prompt import calls_before, opening, question, song_line
from loopmind_chat.agent.replies import reply_without_call, trouble
from loopmind_chat.errors import AgentError
from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tools.binding import bind
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.registry import all_tools
from tests.agent.evaluate import HERE, sentences
from tests.agent.songs import full_song

REFS = {"@1": Path("/loops")}


def test_every_example_calls_tools_as_they_are() -> None:
    tools = all_tools()
    used: set[str] = set()
    for line in shipped_bank().lines:
        for call in [*parse(line.calls), *parse(line.before)]:
            if call.tool in {NO_CALL, ASK}:
                assert set(call.args.values()) <= {*NO_CALL_REASONS, *ASK_ABOUT}
                continue
            order = [argument.name for argument in tools[call.tool].arguments]
            assert sorted(call.args, key=order.index) == list(call.args), line.calls
            bind(tools[call.tool], call.args, REFS)
            used.add(call.tool)
    assert used == set(tools)


def test_no_sentence_of_the_evaluation_is_an_example() -> None:
    ways = {way.lower() for line in shipped_bank().lines for way in line.ways}
    assert not [item["say"] for item in sentences(HERE / "evaluation.toml") if item["say"].lower() in ways]


def test_alternatives_stand_for_each_of_their_ways() -> None:
    assert list(ways_of("(mute|kill (all|)) the drums( please|)")) == [
        "mute the drums please", "mute the drums", "kill all the drums please", "kill all the drums",
        "kill the drums please", "kill the drums",
    ] or set(ways_of("(mute|kill) x")) == {"mute x", "kill x"}  # fmt: skip


def test_a_line_that_is_no_example_is_named(tmp_path: Path) -> None:
    path = tmp_path / "examples.txt"
    path.write_text("# fine\nplay => play\nno arrow\n")
    with pytest.raises(AgentError, match=r"examples\.txt, line 3"):
        read_lines(path)


def test_the_nearest_come_first_and_each_line_once() -> None:
    bank = Bank([Line(("mute the drums", "silence the drums"), "mute_track track=drums"), Line(("play",), "play")])
    near = bank.nearest("silence the hats", 2)
    assert [example.say for _, example in near] == ["silence the drums"]
    assert bank.nearest("zzz", 3) == []


def test_a_sentence_near_nothing_still_makes_a_question() -> None:
    asked = question(Ground(Song(), "ⴰⵣⵓⵍ"), shipped_bank())
    assert "nocall | ask" in asked.grammar


def test_what_changes_least_stands_first() -> None:
    song = full_song()
    first = question(Ground(song, "mute the hats"), shipped_bank()).prompt
    second = question(Ground(song, "what key is it in"), shipped_bank()).prompt
    assert first[:-1] == second[:-1] == opening(song)
    assert not any(piece.template for piece in first)


def test_a_large_song_is_told_in_short() -> None:
    large = full_song(
        tuple(("verse", 8) for _ in range(150)), tuple((f"track {n} " + "x" * 99, "pad") for n in range(60))
    )
    assert len(song_line(large)) < 2000
    assert "and 126 more" in song_line(large)


def test_only_calls_that_went_well_are_told_and_no_path() -> None:
    outcomes = (
        CallOutcome("set_level", {"track": "808", "change": "a bit up"}, ok=True, summary=""),
        CallOutcome("set_tempo", {"bpm": 900}, ok=False, summary=""),
        CallOutcome("scan_folder", {"folder": "/home/me"}, ok=True, summary=""),
    )
    assert calls_before(TurnRecord("", "", outcomes, 1, 0.0, Song())) == (
        'set_level track=808 change="a bit up"; scan_folder'
    )
    assert calls_before(None) == ""


def test_there_is_a_reply_for_each_reason() -> None:
    for turn in range(3):
        for tool, key, reasons in ((NO_CALL, "why", NO_CALL_REASONS), (ASK, "about", ASK_ABOUT)):
            for reason in reasons:
                assert reply_without_call(Call(tool, {key: reason}), turn, Song()) != trouble("not_understood")


def test_hello_is_offered_only_near_a_greeting() -> None:
    near = shipped_bank().near
    assert "hello" in near("hello there", follows=False).reasons
    assert "hello" not in near("mute the hats", follows=False).reasons
