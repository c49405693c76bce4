"""Drums in the intro, drums back in the bridge, nothing taken out that is not there: silence and what ends it."""

from pathlib import Path

import pytest

from loopmind_chat.song.edits import PutLayer, apply
from loopmind_chat.song.model import Layer
from loopmind_chat.song.vocabulary import EffectKind
from tests.fakes.library import kit
from tests.fakes.studio import Desk, make_desk, trap_song

NAMES = {facts.id: facts.name for facts in kit()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def layers(desk: Desk, track: str, section: str) -> list[Layer]:
    (track_id,) = [t.id for t in desk.song.tracks if t.name == track]
    return [x for s, x in desk.song.layers() if s.name == section and x.track == track_id]


def sounding(desk: Desk, track: str) -> list[str]:
    """The sections where a track is heard."""
    (own,) = [t for t in desk.song.tracks if t.name == track]
    return [s.name for s, x in desk.song.layers() if x.track == own.id and not x.muted and not own.muted]


ELSEWHERE = ["verse 1", "hook 1", "verse 2", "hook 2", "hook 3", "outro 1"]


def test_drums_in_the_intro_are_the_songs_own(desk: Desk) -> None:
    outcome = desk.only("/add_layer role=drums section=intro")
    assert outcome.summary == "Brought in drums: intro"
    (layer,) = layers(desk, "drums", "intro 1")
    assert (NAMES[layer.loop], layer.beats, layer.start_beat) == ("Plain_Drums_140", 32.0, 0.0)
    assert len(desk.song.tracks) == len(trap_song().tracks)
    assert desk.song.loops() == tuple(dict.fromkeys([*desk.song.loops()]))


@pytest.mark.parametrize("words", ["query=drums", 'query="the drums"', "query=drum"])
def test_the_role_may_be_said_in_words(desk: Desk, words: str) -> None:
    assert desk.only(f"/add_layer {words} section=intro").summary == "Brought in drums: intro"


def test_a_track_is_brought_in_by_its_name(desk: Desk) -> None:
    assert desk.only("/add_layer query=hats section=intro").summary == "Brought in hats: intro"
    assert "hats" in {desk.song.track(x.track).name for x in desk.song.sections[0].layers}  # type: ignore[union-attr]  # a track of the song


def test_where_it_plays_already_another_loop_comes(desk: Desk) -> None:
    outcome = desk.only('/add_layer role=melody section="hook 1"')
    assert outcome.summary.startswith("Added melody '")
    assert len({x.loop for x in desk.song.sections[2].layers if x.role == "melody"}) == 2


def test_another_one_is_another_loop_even_where_it_is_silent(desk: Desk) -> None:
    outcome = desk.only('/add_layer role=drums query="another" section=intro')
    assert outcome.summary.startswith("Added drums '")
    assert "Plain_Drums" not in outcome.summary


def test_everywhere_means_a_new_loop(desk: Desk) -> None:
    assert desk.only("/add_layer role=melody").summary.startswith("Added melody '")


def test_a_section_of_its_kind_comes_before_a_nearer_one(desk: Desk) -> None:
    desk.say("/swap_loop role=drums loop=Bright_Drums section=verses")
    desk.say('/remove_layer track=drums section="verse 2"')
    desk.say('/add_layer role=drums section="verse 2"')
    assert {NAMES[x.loop] for x in layers(desk, "drums", "verse 2")} == {"Bright_Drums_140"}


def test_a_layer_that_was_varied_for_one_section_comes_in_plain(desk: Desk) -> None:
    desk.say('/vary_loop role=drums change=reverse section="verse 1"')
    desk.say("/lock track=drums")
    desk.say("/add_layer role=drums section=intro")
    (layer,) = layers(desk, "drums", "intro 1")
    assert (layer.fx, layer.locked) == ((), False)
    desk.say("/undo")
    desk.say("/vary_loop role=drums change=half_time")
    desk.say("/lock track=drums on=no")
    desk.say("/vary_loop role=drums change=half_time")
    desk.say("/add_layer role=drums section=intro")
    assert [e.kind for e in layers(desk, "drums", "intro 1")[0].fx] == [EffectKind.HALF_TIME]


def test_a_locked_section_gets_nothing(desk: Desk) -> None:
    desk.say("/lock section=intro")
    for text in ("/add_layer role=drums section=intro", "/mute_track track=drums section=intro on=no"):
        outcome = desk.only(text)
        assert not outcome.ok
        assert "locked" in outcome.summary


def test_what_is_muted_there_is_unmuted_instead_of_added(desk: Desk) -> None:
    desk.say('/mute_track track=drums section="hook 2"')
    assert desk.only('/add_layer role=drums section="hook 2"').summary == "Unmuted drums: hook 2"
    assert desk.song == trap_song()


def test_drums_back_in_the_breakdown_where_they_never_were(desk: Desk) -> None:
    outcome = desk.only("/mute_track track=drums section=breakdown on=no")
    assert (outcome.ok, outcome.summary) == (True, "Brought in drums: breakdown")
    assert {NAMES[x.loop] for x in layers(desk, "drums", "breakdown 1")} == {"Plain_Drums_140"}
    again = desk.only("/mute_track track=drums section=breakdown on=no")
    assert again.summary == "drums in breakdown sounds already"


def test_back_after_they_were_taken_out(desk: Desk) -> None:
    desk.say("/remove_layer track=drums section=hooks")
    desk.say('/mute_track track=drums section="hook 2" on=no')
    assert sounding(desk, "drums") == ["verse 1", "verse 2", "hook 2", "outro 1"]


def test_a_track_that_is_muted_comes_back_in_one_section_alone(desk: Desk) -> None:
    desk.say("/mute_track drums")
    outcome = desk.only('/mute_track track=drums section="hook 3" on=no')
    assert outcome.summary == "Unmuted drums: hook 3; still muted elsewhere"
    assert sounding(desk, "drums") == ["hook 3"]
    assert desk.only("/mute_track track=drums on=no").summary == "Unmuted drums in verses 1-2, hooks 1-2, outro"
    assert sounding(desk, "drums") == ELSEWHERE


def test_unmuting_reaches_layers_that_were_muted_one_by_one(desk: Desk) -> None:
    desk.say("/mute_track track=drums section=hooks")
    assert desk.only("/mute_track track=drums on=no").summary == "Unmuted drums in hooks 1-3"
    assert desk.song == trap_song()


def test_a_section_that_is_not_muted_gets_nothing_new_beside_one_that_is(desk: Desk) -> None:
    desk.say('/mute_track track=drums section="verse 1"')
    before = apply(desk.song, PutLayer("s2", trap_song().sections[1].layers[0]))
    desk.say("/mute_track track=drums section=all on=no")
    assert desk.song == before == trap_song()


def test_mute_of_what_is_silent_already(desk: Desk) -> None:
    desk.say("/mute_track drums")
    assert desk.only("/mute_track drums").summary == "drums is muted already"
    song = desk.song
    assert desk.only('/mute_track track=drums section="hook 1"').summary == (
        "drums in hook 1 is silent already (muted everywhere)"
    )
    assert desk.song == song
    desk.say("/undo")
    desk.say("/mute_track track=drums section=hooks")
    assert desk.only('/mute_track track=drums section="hook 1"').summary == "drums in hook 1 is silent already"


def test_solo_is_named_as_the_reason_for_silence(desk: Desk) -> None:
    desk.say("/solo_track bass")
    desk.say("/mute_track drums")
    assert desk.only("/mute_track track=drums on=no").summary == "Unmuted drums; not heard while bass is on solo"
    assert "not heard while bass is on solo" in desk.only("/mute_track track=drums on=no").summary


def test_taking_out_what_does_not_play_there_changes_nothing(desk: Desk) -> None:
    outcome = desk.only("/remove_layer track=drums section=intro")
    assert (outcome.ok, outcome.summary) == (True, "drums is not in intro as it is")
    assert desk.song == trap_song()
    assert desk.only("/remove_layer track=drums section=all").ok
    assert not desk.only("/remove_layer track=tuba section=intro").ok
