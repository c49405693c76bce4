"""Slash commands and the loops they leave."""

from dataclasses import replace
from pathlib import Path

import pytest

from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import EffectKind, SectionKind
from tests.fakes.library import FakeLibrary, kit
from tests.fakes.studio import Desk, make_desk, trap_song

BY_NAME = {facts.name: facts for facts in kit()}
NAMES = {facts.id: facts.name for facts in kit()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def playing(song: Song, track: str) -> dict[str, str]:
    ids = {t.id for t in song.tracks if t.name.lower() == track}
    return {s.name: NAMES[x.loop] for s, x in song.layers() if x.track in ids}


def test_swap_takes_one_darker_loop_wherever_the_old_one_played(desk: Desk) -> None:
    record = desk.say("/swap_loop role=melody query=darker")
    before, after = playing(trap_song(), "melody"), playing(record.song, "melody")
    assert set(before) == set(after)
    (new,) = set(after.values())
    brightness = BY_NAME[new].brightness_hz or 0.0
    old_brightness = BY_NAME["Plain_Melody_140_Am"].brightness_hz or 0.0
    assert brightness < old_brightness
    darker = round((1 - brightness / old_brightness) * 100)
    assert record.calls[0].summary == (
        f"Swapped melody 'Plain_Melody_140_Am' for '{new}': {darker} % darker, same key; verses 1-2, hooks 1-3, "
        "breakdown, outro"
    )
    others = [(s.id, x) for s, x in record.song.layers() if x.role != "melody"]
    assert others == [(s.id, x) for s, x in trap_song().layers() if x.role != "melody"]


def test_swap_in_one_section_only(desk: Desk) -> None:
    song = desk.say('/swap_loop role=melody query=brighter section="hook 2"').song
    changed = {name for name, loop in playing(song, "melody").items() if loop != "Plain_Melody_140_Am"}
    assert changed == {"hook 2"}
    assert playing(song, "melody")["hook 2"] == "Bright_Melody_140_Am"


def test_swap_for_a_named_loop(desk: Desk) -> None:
    song = desk.say("/swap_loop role=bass loop=warm_bass").song
    assert set(playing(song, "bass").values()) == {"Warm_Bass_140_Am"}
    outcome = desk.only("/swap_loop role=bass loop=Bright")
    assert not outcome.ok
    assert "could be" in outcome.summary
    outcome = desk.only("/swap_loop role=bass loop=kazoo")
    assert 'no loop is called "kazoo"; the nearest:' in outcome.summary


def test_swap_leaves_what_is_locked_and_says_so(tmp_path: Path) -> None:
    song = trap_song()
    hook = replace(song.sections[2], locked=True)
    desk = make_desk(
        tmp_path, apply(Song(), ReplaceSong(replace(song, sections=(*song.sections[:2], hook, *song.sections[3:]))))
    )
    record = desk.say("/swap_loop role=melody query=darker")
    assert record.calls[0].summary.endswith("hooks 2-3, breakdown, outro; left hook 1, locked")
    assert playing(record.song, "melody")["hook 1"] == "Plain_Melody_140_Am"
    desk.say("/lock melody")
    refused = desk.only("/swap_loop melody")
    assert not refused.ok
    assert "locked" in refused.summary
    assert desk.say("/lock track=melody on=no").calls[0].ok
    assert desk.only('/swap_loop role=melody section="hook 2"').ok


def test_nothing_that_fits_is_said(desk: Desk) -> None:
    desk.say("/swap_loop role=melody loop=Bright_Melody")
    outcome = desk.only("/swap_loop role=melody query=brighter")
    assert not outcome.ok
    assert outcome.summary == "nothing brighter fits in place of melody 'Bright_Melody_140_Am'"


def test_two_loops_of_one_role_get_two_replacements(desk: Desk) -> None:
    desk.say('/swap_loop role=melody section="hook 2" loop=Bright_Melody')
    song = desk.say("/swap_loop role=melody").song
    loops = set(playing(song, "melody").values())
    assert loops == {"Dark_Melody_140_Am", "Warm_Melody_140_Am"}


def test_disliked_loops_come_last(tmp_path: Path) -> None:
    library = FakeLibrary()
    desk = make_desk(tmp_path, library=library)
    first = desk.say("/swap_loop role=pad").song
    (chosen,) = set(playing(first, "pad").values())
    desk.say("/undo")
    assert desk.only(f"/rate_loop loop={chosen} rating=dislike").summary == f"Disliked {chosen}: it will come up last"
    assert library.liked == {BY_NAME[chosen].id: -1}
    assert set(playing(desk.say("/swap_loop role=pad").song, "pad").values()) != {chosen}


def test_suggestions_change_nothing(desk: Desk) -> None:
    record = desk.say("/suggest_loops role=pad query=darker limit=2")
    assert record.calls[0].summary.startswith("In place of pad 'Plain_Pad_140_Am': 1 ")
    assert record.calls[0].summary.count("% darker, same key") == 2
    assert record.song == trap_song()


def test_search_says_what_it_found(desk: Desk) -> None:
    record = desk.say("/search_loops query=dark role=bass limit=1")
    assert record.calls[0].summary == "Found Dark_Bass_140_Am (bass, 140 BPM, A minor)"
    assert (record.revision, record.song) == (1, trap_song())
    assert desk.only("/search_loops query=dark bpm=99").summary == 'Nothing in the library fits "dark"'


def test_corrections_go_to_the_library(desk: Desk) -> None:
    outcome = desk.only("/fix_loop loop=Dark_Pad_140_Am.wav bpm=70 key=Fm role=chords")
    assert outcome.summary == "Corrected Dark_Pad_140_Am: tempo 140 to 70, key A minor to F minor, role pad to chords"
    assert desk.library.fixed == [(BY_NAME["Dark_Pad_140_Am"].id, {"bpm": 70.0, "key": "F minor", "role": "chords"})]
    assert "the song keeps it" in desk.only("/fix_loop loop=bass key=Fm").summary
    assert "say what is right" in desk.only("/fix_loop loop=bass").summary


def test_a_layer_is_added_where_it_was_not(desk: Desk) -> None:
    record = desk.say("/add_layer role=vocal query=bright section=hooks")
    assert record.calls[0].summary == "Added vocal 'Bright_Vocal_140_Am': hooks 1-3"
    added = [(s.name, NAMES[x.loop]) for s, x in record.song.layers() if x.role == "vocal"]
    assert added == [(f"hook {n}", "Bright_Vocal_140_Am") for n in (1, 2, 3)]
    again = desk.say("/add_layer loop=Bright_Vocal section=intro").song
    assert len(again.tracks) == len(record.song.tracks)
    assert "say what to add" in desk.only("/add_layer").summary
    assert "no other loop" in desk.only("/add_layer query=bagpipes").summary


def test_a_layer_is_taken_out_with_its_track(desk: Desk) -> None:
    song = desk.say('/remove_layer track=hats section="hook 1"').song
    assert "hook 1" not in playing(song, "hats")
    assert len(song.tracks) == 5
    assert desk.only("/remove_layer hats").summary == "Took hats out"
    assert [t.name for t in desk.song.tracks] == ["drums", "bass", "melody", "pad"]


def test_variations_come_and_go(desk: Desk) -> None:
    song = desk.say('/vary_loop role=drums change=half-time section="hook 2"').song
    varied = [(s.name, e.kind) for s, x in song.layers() for e in x.fx]
    assert varied == [("hook 2", EffectKind.HALF_TIME)]
    assert desk.only("/vary_loop role=drums change=plain").summary == "drums plain in hook 2"
    assert desk.song == trap_song()
    assert desk.only("/vary_loop role=drums change=plain").summary == "drums: plain already"


COMPOSED = (
    '/compose_song genre=trap mood=dark bpm=140 key="A minor" seconds=120 seed=7 '
    'form="intro 8, verse 16, hook 8, verse 16, hook 8, breakdown 8, hook 8, outro 8"'
)


def test_a_song_is_composed_as_asked_and_the_same_twice(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, Song())
    record = desk.say(COMPOSED)
    song = record.song
    assert (song.genre, song.mood, song.tempo, str(song.key), song.seed) == ("trap", "dark", 140.0, "A minor", 7)
    assert song.form == "intro 8, verse 16, hook 8, verse 16, hook 8, breakdown 8, hook 8, outro 8"
    assert all(s.layers for s in song.sections)
    assert record.calls[0].summary.startswith("Made ")
    assert f"{len(song.loops())} loops" in record.calls[0].summary
    assert desk.player.told[-2:] == [("song", 1), ("play", 0)]
    assert desk.say(COMPOSED).revision == 1


def test_music_that_plays_is_not_started_over(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, Song())
    desk.player.playing = True
    desk.say("/compose_song genre=trap")
    assert ("play", 0) not in desk.player.told
    quiet = make_desk(tmp_path, Song())
    quiet.studio._autoplay = False
    quiet.say("/compose_song genre=house")
    assert not quiet.player.playing


def test_a_song_without_a_device_is_a_song(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, Song())
    desk.player.device = False
    record = desk.say("/compose_song genre=trap")
    assert record.calls[0].ok
    assert record.reply.endswith("; no sound: there is no device.")
    assert record.song.sections


def test_asking_again_gives_another_song(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, Song())
    first = desk.say("/compose_song genre=trap").song
    second = desk.say("/compose_song genre=trap").song
    assert (first.seed, second.seed) == (1, 2)
    assert first != second


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("/compose_song bpm=400", "tempo is 40 to 250 BPM"),
        ('/compose_song form="intro 8, kazoo 4"', "kazoo"),
        ("/compose_song roles=kazoo", '"kazoo" is no role'),
        ("/compose_song anchor=kazoo", 'no loop is called "kazoo"'),
        ("/compose_song seconds=1", "length in seconds is 5 to 3600"),
    ],
)
def test_impossible_briefs_are_refused(tmp_path: Path, text: str, message: str) -> None:
    desk = make_desk(tmp_path, Song())
    outcome = desk.only(text)
    assert not outcome.ok
    assert message in outcome.summary
    assert desk.song == Song()


def test_a_section_is_made_anew(desk: Desk) -> None:
    record = desk.say('/regenerate_section section="hook 1"')
    assert record.calls[0].ok
    assert [s.id for s in record.song.sections] == [s.id for s in trap_song().sections]
    changed = [a.name for a, b in zip(record.song.sections, trap_song().sections, strict=True) if a != b]
    assert changed == ["hook 1"]


def test_a_remix_keeps_tempo_key_form_and_what_is_locked(desk: Desk) -> None:
    desk.say("/lock section=intro")
    record = desk.say("/remix_song seed=3")
    song = record.song
    assert (song.tempo, song.key, song.form) == (140.0, trap_song().key, trap_song().form)
    assert [x.loop for x in song.sections[0].layers] == [x.loop for x in trap_song().sections[0].layers]
    assert song.loops() != trap_song().loops()
    assert "kept what is locked" in record.calls[0].summary


def test_a_genre_is_carried_over(desk: Desk) -> None:
    record = desk.say("/transfer_genre house")
    assert record.song.genre == "house"
    assert record.calls[0].summary.startswith("Carried over: Night: dark house, ")
    assert any(s.kind is not SectionKind.OUTRO for s in record.song.sections)
