"""A turn of several rounds: one commit, one undo step, told what came, and ended where it goes in circles."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from loopmind_chat.errors import ModelCrashed, TurnCancelled
from loopmind_chat.session.session import Session
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.turn import CALLS_MAX, run_turn
from loopmind_chat.tools.turn_rounds import ROUNDS_MAX, Came, Next
from tests.fakes.studio import Desk, make_desk, trap_song

FASTER = Call("set_tempo", {"change": "up"})


class Rounds:
    """Gives the rounds of a list; remembers what it was told."""

    def __init__(self, *rounds: Next | Sequence[Call] | Exception) -> None:
        self._rounds = list(rounds)
        self.told: list[tuple[Came, ...]] = []
        self.songs: list[Song] = []

    def __call__(self, came: Sequence[Came], song: Song) -> Next:
        self.told.append(tuple(came))
        self.songs.append(song)
        then = self._rounds.pop(0) if self._rounds else Next()
        if isinstance(then, Exception):
            raise then
        return then if isinstance(then, Next) else Next(then)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def taken(desk: Desk, further: Callable[[Sequence[Came], Song], Next], *calls: Call) -> TurnRecord:
    return run_turn(desk.studio, calls, say="test", further=further)


def test_all_rounds_are_one_commit_and_one_undo_step(desk: Desk) -> None:
    rounds = Rounds([Call("mute_track", {"track": "hats"})], [Call("set_mix_mode", {"mode": "tape"})])
    record = taken(desk, rounds, Call("set_tempo", {"bpm": 100}))
    assert (record.revision, [call.tool for call in record.calls]) == (2, ["set_tempo", "mute_track", "set_mix_mode"])
    assert record.reply == "140 to 100 BPM. Muted hats. Tape mix instead of polished."
    assert [told for told in desk.player.told if told[0] == "song"][1:] == [("song", 2)]
    assert desk.say("/undo").song == trap_song()


def test_each_round_is_told_what_the_last_came_to(desk: Desk) -> None:
    rounds = Rounds([Call("mute_track", {"track": "kazoo"}), Call("describe_song", {"about": "tempo"})], [])
    taken(desk, rounds, Call("set_tempo", {"bpm": 100}))
    ((first,), (refused, told)) = rounds.told
    assert (first.outcome.summary, first.told_only, first.call.args) == ("140 to 100 BPM", False, {"bpm": 100})
    assert (refused.outcome.ok, refused.told_only) == (False, False)
    assert (told.outcome.ok, told.told_only) == (True, True)
    assert [song.tempo for song in rounds.songs] == [100.0, 100.0]


def test_an_effect_waits_for_the_commit_whichever_round_wants_it(desk: Desk) -> None:
    record = taken(desk, Rounds([Call("set_tempo", {"bpm": 100})]), Call("play", {"bar": 9}))
    assert desk.player.told[-2:] == [("song", 2), ("play", 8)]
    assert [call.ok for call in record.calls] == [True, True]


def test_eight_rounds_and_no_more(desk: Desk) -> None:
    rounds = Rounds(*([Call("set_tempo", {"bpm": 100 + number})] for number in range(20)))
    record = taken(desk, rounds, Call("set_tempo", {"bpm": 99}))
    assert len(rounds.told) == ROUNDS_MAX - 1
    assert (len(record.calls), record.revision, record.song.tempo) == (ROUNDS_MAX, 2, 106.0)
    assert record.reply.endswith("That was 8 rounds of calls: stopped there.")


def test_24_calls_over_all_rounds(desk: Desk) -> None:
    few = [[Call("set_level", {"track": "bass", "db": -(n + m / 10)}) for m in range(5)] for n in range(8)]
    rounds = Rounds(*few[1:])
    record = taken(desk, rounds, *few[0])
    assert [call.ok for call in record.calls] == [True] * CALLS_MAX + [False]
    assert "more than 24 calls" in record.reply
    assert record.revision == 2


def test_the_third_identical_call_ends_the_turn_in_whichever_round(desk: Desk) -> None:
    rounds = Rounds([FASTER], [FASTER, Call("mute_track", {"track": "hats"})], [Call("play")])
    record = taken(desk, rounds, FASTER)
    assert [(call.tool, call.ok) for call in record.calls] == [("set_tempo", True)] * 2 + [("set_tempo", False)]
    assert len(rounds.told) == 2
    assert "three times: stopped there" in record.reply


@pytest.mark.parametrize("fault", [TurnCancelled("stopped"), ModelCrashed("it died")])
def test_what_is_raised_between_rounds_leaves_the_song(desk: Desk, fault: Exception) -> None:
    with pytest.raises(type(fault)):
        taken(desk, Rounds(fault), Call("set_tempo", {"bpm": 100}))
    assert (desk.song, desk.studio.session.revision) == (trap_song(), 1)


def test_what_is_to_be_said_at_the_end_follows_the_tools(desk: Desk) -> None:
    record = taken(desk, Rounds(Next(closing="which track do you mean?")), Call("set_tempo", {"bpm": 100}))
    assert record.reply == "140 to 100 BPM. Which track do you mean?"


def test_undo_comes_first_and_what_came_with_it_is_left_out_and_said(desk: Desk) -> None:
    desk.call(("set_tempo", {"bpm": 100}))
    rounds = Rounds()
    record = taken(desk, rounds, Call("undo"), FASTER, Call("mute_track", {"track": "hats"}))
    assert [call.ok for call in record.calls] == [True, False, False]
    assert (record.song, record.revision) == (trap_song(), 3)
    assert record.reply == (
        'Took back: "test". Set tempo was left out: undo stands alone in a turn; ask for it now. '
        "Mute track was left out: undo stands alone in a turn; ask for it now."
    )
    assert desk.studio.session.turns(1) == (record,)
    assert rounds.told == []


@pytest.mark.parametrize(
    ("tool", "said"), [("undo", "nothing to take back"), ("redo", "nothing to bring back"), ("open_session", "needs")]
)
def test_what_came_with_an_undo_that_cannot_be_is_left_out_too(tmp_path: Path, tool: str, said: str) -> None:
    desk = make_desk(tmp_path, Song())
    record = desk.call((tool, {}), ("set_tempo", {"bpm": 100}))
    assert [call.ok for call in record.calls] == [False, False]
    assert said in record.calls[0].summary
    assert "stands alone in a turn" in record.calls[1].summary
    assert record.song == Song()


def test_undo_after_another_call_says_what_undo_would_mean_now(desk: Desk) -> None:
    record = desk.call(("set_tempo", {"bpm": 100}), ("undo", {}))
    assert record.reply.endswith("Undo was left out: it stands alone in a turn; said now, it takes back this turn.")
    assert record.song.tempo == 100


def test_what_came_with_open_is_left_out(desk: Desk, tmp_path: Path) -> None:
    other = Session.open(tmp_path / "other.loopmind")
    other.commit("x", "", [], Song(tempo=99.0))
    other.close()
    opening = Call("open_session", {"path": "@1"})
    refs = {"@1": tmp_path / "other.loopmind"}
    record = run_turn(desk.studio, [opening, FASTER], say="open it and go faster", refs=refs)
    assert [call.ok for call in record.calls] == [True, False]
    assert desk.song.tempo == 99.0
    assert record.reply.endswith("Set tempo was left out: open stands alone in a turn; ask for it now.")
