"""What a producer says about a loop is met by the loop that comes, and asking again brings another."""

from dataclasses import replace
from pathlib import Path

import pytest

from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role
from tests.fakes.library import FakeLibrary, kit
from tests.fakes.studio import Desk, make_desk, trap_song

BY_NAME = {facts.name: facts for facts in kit()}
ADDED = (
    ("Bright_Strings_Pad_140_Am", Role.PAD), ("Dark_Choir_Pad_140_Am", Role.PAD), ("NightBass_01_140_Am", Role.BASS),
    ("NightBass_02_140_Am", Role.BASS), ("Dark808_140_Am", Role.BASS), ("Felt_Piano_140_Am", Role.CHORDS),
    ("Guitar_Lick_140_Am", Role.MELODY), ("Tape_Strings_140_Am", Role.PAD),
)  # fmt: skip


def loops() -> tuple[LoopFacts, ...]:
    """The kit, and loops that are called by what they are."""
    models = {role: BY_NAME[f"Warm_{role.title()}_140_Am"] for _, role in ADDED}
    named = [
        replace(models[role], id=f"d{number:011x}", name=name, path=f"/loops/own/{name}.wav", tags={})
        for number, (name, role) in enumerate(ADDED)
    ]
    return (*kit(), *named)


NAMES = {facts.id: facts.name for facts in loops()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, library=FakeLibrary(known={Path("/loops"): loops()}))


def heard(desk: Desk, track: str, section: str = "") -> set[str]:
    ids = {t.id for t in desk.song.tracks if t.name.lower() == track}
    return {NAMES[x.loop] for s, x in desk.song.layers() if x.track in ids and section in s.name}


def offered(desk: Desk, text: str) -> list[str]:
    run = desk.only(text)
    assert run.ok, run.summary
    assert run.offer is not None
    return [NAMES[loop] for loop in run.offer.loops]


@pytest.mark.parametrize(
    ("role", "query", "comes"),
    [
        ("pad", "choir", "Dark_Choir_Pad_140_Am"),
        ("bass", "NightBass_02", "NightBass_02_140_Am"),
        ("bass", "the NightBass_01_140_Am loop", "NightBass_01_140_Am"),
        ("bass", "night bass 02", "NightBass_02_140_Am"),
        ("bass", "NightBass_02_140_Am.wav", "NightBass_02_140_Am"),
        ("bass", "Dark808", "Dark808_140_Am"),
        ("bass", "808", "Dark808_140_Am"),
        ("melody", "guitar", "Guitar_Lick_140_Am"),
        ("melody", "piano", "Felt_Piano_140_Am"),
        ("melody", "GuitarLick", "Guitar_Lick_140_Am"),
        ("pad", "some tape", "Tape_Strings_140_Am"),
    ],
)
def test_the_loop_that_is_meant_comes(desk: Desk, role: str, query: str, comes: str) -> None:
    outcome = desk.call(("swap_loop", {"role": role, "query": query})).calls[0]
    assert heard(desk, role) == {comes}, outcome.summary
    assert "nothing is" not in outcome.summary


def test_what_is_named_and_plays_already_is_said(desk: Desk) -> None:
    desk.say("/swap_loop role=bass query=NightBass_02")
    outcome = desk.only("/swap_loop role=bass query=NightBass_02")
    assert (outcome.ok, outcome.summary) == (True, "bass 'NightBass_02_140_Am' plays already")


def test_strings_again_are_the_other_strings_and_then_it_starts_over(desk: Desk) -> None:
    said = [desk.only("/swap_loop role=pad query=strings").summary]
    first = heard(desk, "pad")
    said.append(desk.only("/swap_loop role=pad query=strings").summary)
    second = heard(desk, "pad")
    assert first | second == {"Bright_Strings_Pad_140_Am", "Tape_Strings_140_Am"}
    said.append(desk.only("/swap_loop role=pad query=strings").summary)
    assert heard(desk, "pad") == first
    assert ["starts over" in text for text in said] == [False, False, True]


def test_what_has_no_other_is_left_as_it_is(desk: Desk) -> None:
    desk.say("/swap_loop role=pad query=choir")
    outcome = desk.only("/swap_loop role=pad query=choir")
    assert not outcome.ok
    assert outcome.summary == (
        "pad 'Dark_Choir_Pad_140_Am': \"choir\" already, and no other loop that fits is"
    )  # fmt: skip


def test_another_one_never_comes_back_until_all_were_there(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    came = []
    for number in range(4):
        outcome = desk.only("/swap_loop role=pad")
        assert ("starts over" in outcome.summary) is (number == 3)
        came += [*heard(desk, "pad")]
    assert set(came[:3]) == {"Dark_Pad_140_Am", "Warm_Pad_140_Am", "Bright_Pad_140_Am"}
    assert came[3] == "Plain_Pad_140_Am" or came[3] in came[:2]


def test_what_was_taken_back_does_not_come_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.say("/swap_loop role=melody")
    first = heard(desk, "melody")
    desk.say("/undo")
    desk.say("/swap_loop role=melody")
    assert heard(desk, "melody").isdisjoint(first)


def test_a_song_made_anew_begins_a_new_round(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for _ in range(3):
        desk.say("/swap_loop role=pad")
    desk.say("/remix_song")
    assert "starts over" not in desk.only("/swap_loop role=pad").summary


def test_more_options_are_the_next_ones(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first, second = offered(desk, "/suggest_loops role=pad limit=2"), offered(desk, "/suggest_loops role=pad limit=2")
    assert (len(first), len(second)) == (2, 1)
    assert set(first).isdisjoint(second)
    assert offered(desk, "/suggest_loops role=pad limit=2") == first
    assert "that was all (3), so it starts over" in desk.studio.session.turns(1)[0].reply
    assert offered(desk, "/suggest_loops role=pad limit=2") == second
    desk.say("/swap_loop role=pad pick=1")
    assert heard(desk, "pad") == set(second)


def test_more_options_after_a_pick_go_on(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first = offered(desk, "/suggest_loops role=pad limit=1")
    desk.say("/swap_loop role=pad pick=1")
    assert offered(desk, "/suggest_loops role=pad limit=1") not in (first, [])


def test_another_place_and_another_wish_have_lists_of_their_own(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first = offered(desk, "/suggest_loops role=pad limit=1")
    assert offered(desk, "/suggest_loops role=pad limit=1 section=intro") == first
    assert offered(desk, "/suggest_loops role=pad limit=1 query=brighter") == ["Bright_Pad_140_Am"]
    assert offered(desk, "/suggest_loops role=pad limit=1 query=darker") == ["Dark_Pad_140_Am"]


def test_options_by_a_word_say_how_many_are_that(desk: Desk) -> None:
    outcome = desk.only("/suggest_loops role=pad query=choir")
    assert outcome.summary.startswith("In place of pad 'Plain_Pad_140_Am': 1 'Dark_Choir_Pad_140_Am' (choir, same key)")
    assert 'only 1 of them is "choir"' in outcome.summary


def test_a_role_with_two_loops_takes_both_and_what_fits_already_stays(desk: Desk) -> None:
    desk.say("/swap_loop role=melody loop=Guitar_Lick section=hooks")
    outcome = desk.only("/swap_loop role=melody query=guitar")
    assert heard(desk, "melody") == {"Guitar_Lick_140_Am"}
    assert outcome.summary == (
        "Swapped melody 'Plain_Melody_140_Am' for 'Guitar_Lick_140_Am': guitar, same key; verses 1-2, breakdown, "
        "outro; melody 'Guitar_Lick_140_Am': \"guitar\" already"
    )


def test_one_of_two_tracks_is_swapped_by_its_name_and_both_by_the_role(tmp_path: Path) -> None:
    song = trap_song()
    song = replace(song, tracks=tuple(replace(t, name=t.name.capitalize()) for t in song.tracks))
    desk = make_desk(tmp_path, song, FakeLibrary(known={Path("/loops"): loops()}))
    desk.say("/add_layer role=melody loop=Guitar_Lick section=hooks")
    assert [t.name for t in desk.song.tracks if t.role == "melody"] == ["Melody", "Melody 2"]
    assert desk.only('/swap_loop role="melody 2" query=darker').summary.startswith("Swapped Melody 2 'Guitar_Lick")
    assert heard(desk, "melody") == {"Plain_Melody_140_Am"}
    second = heard(desk, "melody 2")
    assert second != {"Guitar_Lick_140_Am"}
    outcome = desk.only("/swap_loop role=melody")
    assert "melody 'Plain_Melody_140_Am' for '" in outcome.summary
    assert f"Melody 2 '{min(second)}' for '" in outcome.summary
    assert heard(desk, "melody").isdisjoint(heard(desk, "melody 2"))


def test_a_wish_to_be_without_the_role_points_to_removing_it(desk: Desk) -> None:
    outcome = desk.only('/swap_loop role=pad query="no pads"')
    assert not outcome.ok
    assert outcome.summary.startswith('to take it out, say "remove the pad"; ')


def test_the_words_decide_what_is_added_too(desk: Desk) -> None:
    assert "'Dark_Choir_Pad_140_Am'" in desk.only("/add_layer role=pad query=choir section=hooks").summary
    desk.say("/undo")
    assert "'Felt_Piano_140_Am'" in desk.only("/add_layer role=melody query=piano section=hooks").summary
    desk.say("/undo")
    assert "'NightBass_02_140_Am'" in desk.only("/add_layer query=NightBass_02 section=hooks").summary
    desk.say("/undo")
    refused = desk.only('/add_layer role=bass query="no 808" section=hooks')
    assert "808" not in refused.summary.removesuffix("hooks 1-3")


def test_the_song_is_as_before_where_nothing_comes(desk: Desk) -> None:
    for text in ('/swap_loop role=pad query="no pads"', "/swap_loop role=bass query=kazoo_9000.wav loop=nothing"):
        assert not desk.only(text).ok
    assert desk.song == trap_song()
