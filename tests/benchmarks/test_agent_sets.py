from collections import Counter

import pytest
from agent_sets import agents, tables
from agent_sets.cases import Case, read_cases
from agent_sets.desk import Place, Verdict, run_case
from agent_sets.songs import SONGS, song_called

from loopmind_chat.tools.registry import all_tools

CASES = read_cases()


def some(line: str, count: int) -> list[Case]:
    """Cases of a line, from all over its families."""
    found = [case for case in CASES if case.line == line]
    return found[:: max(1, len(found) // count)]


def run(model: agents.Primed, cases: list[Case]) -> list[Verdict]:
    return [run_case(case, model, Place()) for case in cases]


def test_the_set_is_large_and_varied() -> None:
    lines = Counter(case.line for case in CASES)
    assert len(CASES) >= 420
    assert len({case.family for case in CASES}) >= 14
    assert lines["several"] >= 60
    assert lines["follow-ups"] >= 70
    assert lines["typos and slang"] >= 70
    assert lines["nothing"] >= 90


def test_no_sentence_comes_twice_on_the_same_song_after_the_same_talk() -> None:
    said = Counter((case.say.lower(), case.song, case.earlier) for case in CASES)
    assert [key for key, count in said.items() if count > 1] == []


def test_every_tool_is_wanted_somewhere() -> None:
    wanted = {name for case in CASES for name in tables.wanted_tools(case)}
    assert set(all_tools()) - wanted == set()


def test_every_song_is_the_start_of_something() -> None:
    assert {case.song for case in CASES} == set(SONGS)
    assert all(song_called(name) == song_called(name) for name in SONGS)


def test_every_family_has_both_halves() -> None:
    halves = {(case.family, case.half) for case in CASES}
    assert len(halves) == 2 * len({case.family for case in CASES})


@pytest.mark.parametrize("line", ["single", "several", "follow-ups", "nothing", "typos and slang"])
def test_the_calls_of_the_set_leave_what_it_wants(line: str) -> None:
    wrong = [(v.case.say, v.problems) for v in run(agents.oracle(), some(line, 14)) if v.problems or not v.right]
    assert wrong == []


@pytest.mark.parametrize("line", ["single", "several", "follow-ups", "typos and slang"])
def test_doing_nothing_is_never_right_where_something_was_asked(line: str) -> None:
    assert [v.case.say for v in run(agents.do_nothing(), some(line, 14)) if v.right] == []


def test_doing_nothing_is_right_where_nothing_was_asked() -> None:
    assert all(v.right for v in run(agents.do_nothing(), some("nothing", 14)))


def test_swapping_everything_is_hardly_ever_right() -> None:
    cases = [*some("single", 8), *some("nothing", 8), *some("several", 4)]
    assert sum(v.right for v in run(agents.swap_everything(), cases)) <= 3


def test_an_act_beside_the_one_asked_for_is_wrong() -> None:
    for case in some("single", 12):
        spare = agents.Primed("too much", answerer=lambda c: "; ".join([*c.do, "set_mix_mode mode=raw"]))
        if case.do[0].split()[0] not in {"undo", "redo", "open_session", "set_mix_mode", "ask"}:
            assert not run_case(case, spare, Place()).right, case.say


def test_sound_that_starts_unasked_is_wrong() -> None:
    cases = [case for case in some("nothing", 12) if case.song != "empty"]
    started = agents.Primed("plays", answerer=lambda _: "play")
    assert not any(v.right for v in run(started, cases))
