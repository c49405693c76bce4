"""What tools say is true of the song that they leave, and refusals say what can be done."""

from pathlib import Path

import pytest

from loopmind_chat.song.vocabulary import EffectKind
from tests.fakes.studio import Desk, make_desk, trap_song


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


STEPS = [
    (("/set_level track=bass change=up",), "bass: 0 to +3 dB"),
    (("/set_level track=bass by=-2",), "bass: 0 to -2 dB"),
    (("/set_level track=bass db=-6", '/set_level track=all change="a bit down"'), "every track: 1.5 dB down"),
    (("/set_level track=bass change=up section=hooks",), "bass in hooks 1-3: 0 to +3 dB"),
    (("/set_level track=bass db=12", "/set_level track=bass change=up"), "bass is at +12 dB already"),
    (("/set_effect effect=reverb track=melody",), "Reverb on melody, 50%"),
    (("/set_effect effect=reverb track=melody", "/set_effect effect=reverb track=melody change=up"),
     "Reverb on melody, 50% to 70%"),
    (("/set_effect effect=lowpass section=intro",), "Low-pass on pad in intro, 50%"),
    (("/set_effect effect=delay",), "Delay on every track, 50%"),
    (("/set_effect effect=delay on=no",), "The delay is off already"),
    (("/set_groove change=up",),
     "Swing 0% to 20% (not heard yet: it moves single hits, and all of this song is loops)"),
    (("/set_tempo by=-10",), "140 to 130 BPM"),
    (("/mute_track all",), "Muted every track"),
    (("/vary_loop role=melody change=reverse",), "melody reversed in verses 1-2, hooks 1-3, breakdown, outro"),
    (("/vary_loop role=drums change=chop section=hooks",), "drums chopped in hooks 1-3"),
    (("/vary_loop role=drums change=half_time", "/vary_loop role=drums change=half_time"),
     "drums: in half time already"),
    (("/vary_loop role=pad change=filtered section=intro",), "pad filtered in intro"),
    (('/resize_section section="hook 1" bars=4', "/resize_section section=hooks change=double"),
     "hook 1: 4 to 8 bars; hooks 2-3: 8 to 16 bars"),
    (("/add_layer role=fx query=bagpipes section=intro",),
     "Added fx 'Dark_Fx_140' (nothing is \"bagpipes\"; this is the nearest): intro"),
    (("/fix_loop loop=Dark_Pad key=Am bpm=70",),
     "Corrected Dark_Pad_140_Am: tempo 140 to 70, key stays A minor"),
    (("/lock melody",), "Locked melody: swaps and remixes leave it; levels and effects can change"),
    (("/lock melody", "/lock melody"), "melody: locked already"),
    (("/lock melody", "/lock melody on=no"), "Unlocked melody"),
    (("/lock section=hooks",), "Locked hooks 1-3: length and loops stay; levels and effects can change"),
    (('/lock track=bass section="hook 1"',),
     "Locked bass in hook 1: swaps and remixes leave it; levels and effects can change"),
    (("/lock section=intro", "/lock track=pad", "/lock track=pad on=no"),
     "Unlocked pad; intro is locked as a whole"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "said"), STEPS, ids=[row[0][-1] for row in STEPS])
def test_before_and_after_are_said(desk: Desk, texts: tuple[str, ...], said: str) -> None:
    for text in texts:
        outcome = desk.only(text)
    assert (outcome.ok, outcome.summary) == (True, said)


def test_half_time_takes_the_place_of_double_time(desk: Desk) -> None:
    desk.say("/vary_loop role=drums change=double_time")
    desk.say("/vary_loop role=drums change=half_time")
    kinds = {tuple(e.kind for e in x.fx) for _, x in desk.song.layers() if x.role == "drums"}
    assert kinds == {(EffectKind.HALF_TIME,)}


def test_everything_is_locked_and_unlocked_at_once(desk: Desk) -> None:
    desk.say("/lock track=all")
    desk.say("/lock section=intro")
    assert "locked" in desk.only("/swap_loop role=melody").summary
    assert desk.only("/lock track=all on=no").summary == "Unlocked every section"
    assert desk.song == trap_song()


def test_a_lock_holds_in_the_sections_where_it_is(desk: Desk) -> None:
    desk.say('/lock track=melody section="hook 1"')
    outcome = desk.only("/swap_loop role=melody query=brighter")
    assert outcome.summary.endswith("; left hook 1, locked")
    assert [x.loop for s, x in desk.song.layers() if x.role == "melody" and s.name == "hook 1"] == [
        x.loop for s, x in trap_song().layers() if x.role == "melody" and s.name == "hook 1"
    ]
    desk.say("/lock track=melody")
    assert desk.only("/swap_loop role=melody").summary == (
        "melody is locked in verses 1-2, hooks 1-3, breakdown, outro; unlock first"
    )


def test_of_two_loops_the_one_that_cannot_go_is_named(desk: Desk) -> None:
    desk.say("/swap_loop role=melody loop=Bright_Melody section=hooks")
    outcome = desk.only("/swap_loop role=melody query=brighter")
    assert outcome.ok
    assert outcome.summary.startswith("Swapped melody 'Plain_Melody_140_Am' for 'Bright_Melody_140_Am': 70 % brighter")
    assert outcome.summary.endswith("; nothing brighter fits in place of melody 'Bright_Melody_140_Am'")


def test_many_swaps_are_told_in_short_and_no_loop_plays_twice(desk: Desk) -> None:
    outcome = desk.only("/swap_loop role=all query=darker")
    assert outcome.summary.startswith("Swapped 5 loops: pad 'Plain_Pad_140_Am' for 'Dark_Pad_140_Am' (darker), ")
    tracks = {loop: {x.track for _, x in desk.song.layers() if x.loop == loop} for loop in desk.song.loops()}
    assert all(len(found) == 1 for found in tracks.values())


def test_a_section_made_anew_names_its_new_loops(desk: Desk) -> None:
    outcome = desk.only('/regenerate_section section="hook 1"')
    new = {x.loop for s, x in desk.song.layers() if s.name == "hook 1"} - set(trap_song().loops())
    assert new
    for facts in desk.library.view().loops():
        assert (f"'{facts.name}'" in outcome.summary) is (facts.id in new)


def test_this_loop_is_the_one_that_came_in_last(desk: Desk) -> None:
    desk.say("/swap_loop role=pad loop=Bright_Pad")
    assert (
        desk.only('/rate_loop loop="this loop" rating=like').summary == "Liked Bright_Pad_140_Am: it will come up more"
    )
    assert desk.only("/rate_loop loop=it rating=dislike").summary == (
        "Disliked Bright_Pad_140_Am: it will come up last; it stays in this song until you swap it"
    )
    assert desk.only('/fix_loop loop="the bass loop" key=Fm').summary.startswith("Corrected Plain_Bass_140_Am: ")
    desk.say("/swap_loop role=all")
    refused = desk.only('/rate_loop loop="that one" rating=like')
    assert (refused.ok, refused.summary) == (
        False, "say which loop: its name, or its track (drums, hats, bass, melody and pad)"
    )  # fmt: skip


# --- before and after ----------------------------------------------------------------------------------------------


def test_ab_says_which_is_heard(desk: Desk) -> None:
    assert "nothing to take back" in make_empty(desk)
    desk.say("/set_tempo 100")
    assert desk.say("/ab").reply == 'Hearing: before "/set_tempo 100".'
    desk.player.playing = True
    record = desk.say("/ab")
    assert record.reply == 'Hearing: after "/set_tempo 100", from the next bar line.'
    assert record.song.tempo == 100.0
    assert desk.studio.session.turns(1)[0].reply == record.reply
    assert desk.player.song == record.song


def make_empty(desk: Desk) -> str:
    """What /ab says where nothing was ever changed; the song is brought back."""
    desk.say("/undo")
    said = desk.only("/undo").summary
    desk.say("/redo")
    return said


def test_undo_and_redo_replay_no_effect(desk: Desk) -> None:
    desk.call(("set_tempo", {"bpm": 100}), ("export_song", {}), ("rate_loop", {"loop": "bass", "rating": "like"}),
              ("fix_loop", {"loop": "bass", "key": "C minor"}), ("play", {}))  # fmt: skip
    told = [entry for entry in desk.player.told if entry[0] != "song"]
    for text in ("/undo", "/redo", "/ab", "/ab"):
        assert desk.say(text).calls[0].ok
    assert len(desk.exporter.written) == 1
    assert len(desk.library.fixed) == 1
    assert [entry for entry in desk.player.told if entry[0] != "song"] == told
