"""Suggestions: the list that was shown is the list that is picked from, whatever happened since."""

from pathlib import Path

import pytest

from loopmind_chat.session.session import Session
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.studio import Studio
from loopmind_chat.tools.turn import run_turn
from tests.fakes.library import kit
from tests.fakes.studio import Desk, make_desk, trap_song

NAMES = {facts.id: facts.name for facts in kit()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def heard(desk: Desk, track: str) -> set[str]:
    """The names of the loops that a track plays."""
    ids = {t.id for t in desk.song.tracks if t.name == track}
    return {NAMES[layer.loop] for _, layer in desk.song.layers() if layer.track in ids}


def listed(desk: Desk, text: str) -> list[str]:
    """Ask for suggestions; the names of the loops, in order."""
    run = desk.say(text)
    assert run.calls[0].ok, run.reply
    offer = run.calls[0].offer
    assert offer is not None
    return [NAMES[loop] for loop in offer.loops]


def test_each_number_is_the_loop_that_was_named(desk: Desk) -> None:
    names = listed(desk, "/suggest_loops role=pad")
    assert len(names) == 3
    for number in (2, 1, 3, 3):
        outcome = desk.only(f"/swap_loop role=pad pick={number}")
        assert outcome.ok
        assert heard(desk, "pad") == {names[number - 1]}
    assert outcome.summary == f"pad '{names[2]}' plays already"


def test_a_pick_is_one_undo_step_and_says_which_it_was(desk: Desk) -> None:
    names = listed(desk, "/suggest_loops role=pad limit=2")
    outcome = desk.only("/swap_loop role=pad pick=2")
    assert outcome.summary.startswith(f"Swapped pad 'Plain_Pad_140_Am' for '{names[1]}' (2 of 2): ")
    assert outcome.summary.endswith("same key; every section")
    assert desk.say("/undo").song == trap_song()
    desk.say("/swap_loop role=pad pick=1")
    assert heard(desk, "pad") == {names[0]}


def test_naming_options_changes_nothing_and_keeps_the_revision(desk: Desk) -> None:
    record = desk.say("/suggest_loops role=melody")
    assert (record.song, record.revision) == (trap_song(), 1)
    assert 'say "the third one" to hear it in the song' in record.reply


def test_the_list_is_found_by_another_process(desk: Desk, tmp_path: Path) -> None:
    names = listed(desk, "/suggest_loops role=melody")
    desk.say("/swap_loop role=melody pick=1")
    desk.studio.close()
    reopened = Studio(Session.open(tmp_path / "night.loopmind"), desk.library, desk.player, desk.exporter)
    record = run_turn(reopened, [Call("swap_loop", {"role": "lead", "pick": 3})], say="now the third")
    assert record.calls[0].ok
    assert {NAMES[x.loop] for _, x in record.song.layers() if x.role == "melody"} == {names[2]}


def test_options_and_a_pick_in_one_turn(desk: Desk) -> None:
    record = desk.call(("suggest_loops", {"role": "bass"}), ("swap_loop", {"role": "bass", "pick": 2}))
    assert [call.ok for call in record.calls] == [True, True]
    assert record.calls[0].offer is not None
    assert heard(desk, "bass") == {NAMES[record.calls[0].offer.loops[1]]}


def test_each_track_has_its_own_last_list(desk: Desk) -> None:
    pads, basses = listed(desk, "/suggest_loops role=pad"), listed(desk, "/suggest_loops role=bass")
    desk.say("/swap_loop role=pad pick=2")
    desk.say("/swap_loop role=bass pick=1")
    assert (heard(desk, "pad"), heard(desk, "bass")) == ({pads[1]}, {basses[0]})
    newer = listed(desk, "/suggest_loops role=pad query=brighter limit=1")
    desk.say("/swap_loop role=pad pick=1")
    assert heard(desk, "pad") == set(newer)


def test_a_list_for_one_section_is_picked_for_that_section(desk: Desk) -> None:
    names = listed(desk, '/suggest_loops role=pad section="hook 2"')
    desk.say("/swap_loop role=pad pick=1")
    assert {s.name: NAMES[x.loop] for s, x in desk.song.layers() if x.role == "pad"} == {
        s.name: names[0] if s.name == "hook 2" else "Plain_Pad_140_Am" for s in desk.song.sections
    }
    desk.say("/swap_loop role=pad pick=2 section=intro")
    assert {NAMES[x.loop] for s, x in desk.song.layers() if x.role == "pad" and s.name == "intro 1"} == {names[1]}


def test_the_other_loop_of_a_track_stays(desk: Desk) -> None:
    desk.say('/swap_loop role=pad loop=Bright_Pad section="hook 3"')
    outcome = desk.only("/suggest_loops role=pad")
    assert "intro, verses 1-2, hooks 1-2, breakdown, outro: 1 '" in outcome.summary
    desk.say("/swap_loop role=pad pick=1")
    assert "Bright_Pad_140_Am" in heard(desk, "pad")
    assert "Plain_Pad_140_Am" not in heard(desk, "pad")


@pytest.mark.parametrize(
    ("before", "pick", "says"),
    [
        ((), "role=pad pick=1", 'nothing was suggested for pad yet: ask for "three options for the pad"'),
        (("/suggest_loops role=bass",), "role=pad pick=1", "the last suggestions are for bass"),
        (("/suggest_loops role=pad limit=2",), "role=pad pick=3", "there is no suggestion 3; the last were 1 '"),
        (("/suggest_loops role=pad limit=1",), "role=pad pick=2", "there is only 1 '"),
        (("/suggest_loops role=bass", "/remix_song"), "role=bass pick=1", "nothing was suggested for bass yet"),
        (("/suggest_loops role=pad", "/lock track=pad"), "role=pad pick=1", "locked"),
        (("/suggest_loops role=pad",), "role=kazoo pick=1", "there is no kazoo"),
        (("/suggest_loops role=pad",), "role=pad pick=0", "pick is 1 to 10"),
    ],
)
def test_what_cannot_be_picked_is_said(desk: Desk, before: tuple[str, ...], pick: str, says: str) -> None:
    for text in before:
        assert desk.only(text).ok
    song = desk.song
    outcome = desk.only(f"/swap_loop {pick}")
    assert not outcome.ok
    assert says in outcome.summary
    assert desk.song == song


def test_the_song_that_the_list_was_for_has_it_again_after_an_undo(desk: Desk) -> None:
    names = listed(desk, "/suggest_loops role=pad")
    desk.say("/remix_song")
    desk.say("/undo")
    assert desk.only("/swap_loop role=pad pick=1").ok
    assert heard(desk, "pad") == {names[0]}


def test_a_loop_that_is_in_use_no_longer(desk: Desk) -> None:
    listed(desk, "/suggest_loops role=pad")
    desk.library.known = {folder: loops[:18] for folder, loops in desk.library.known.items()}
    assert "not among the loops in use any more" in desk.only("/swap_loop role=pad pick=1").summary


def test_a_loop_that_sounds_on_another_track_is_not_suggested(desk: Desk) -> None:
    desk.say("/swap_loop role=melody loop=Bright_Pad")
    assert "Bright_Pad_140_Am" not in listed(desk, "/suggest_loops role=pad limit=10")


def test_sessions_of_before_there_were_offers_are_read(desk: Desk) -> None:
    desk.say("/suggest_loops role=pad")
    old = '[{"tool": "x", "args": {}, "ok": true, "summary": "s"}]'
    desk.studio.session._db.execute("UPDATE turns SET calls = ?", (old,))
    assert desk.studio.session.turns(1)[0].calls[0].offer is None
    assert list(desk.studio.session.offers()) == []
