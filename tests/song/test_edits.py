from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmind_chat.errors import NotInSong, OutOfRange, SongError
from loopmind_chat.song.document import from_document, to_document
from loopmind_chat.song.edits import (
    Edit,
    InsertSection,
    MoveSection,
    PutLayer,
    PutTrack,
    RemoveLayer,
    RemoveSection,
    RemoveTrack,
    ResizeSection,
    SetKey,
    SetMix,
    SetSwing,
    SetTempo,
    apply,
    apply_all,
)
from loopmind_chat.song.keys import Key
from loopmind_chat.song.model import Layer, Section, Song, Track, fresh_id
from loopmind_chat.song.vocabulary import MixMode, Role, SectionKind
from tests.fakes.desk import small_song

SONG = small_song()


def hook() -> Section:
    return Section(id=fresh_id(SONG, "s"), kind=SectionKind.HOOK, bars=8)


def test_sections_are_counted_within_their_kind() -> None:
    song = apply(SONG, InsertSection(hook(), 1))
    assert [s.name for s in song.sections] == ["intro 1", "hook 1", "verse 1", "hook 2", "outro 1"]
    assert song.form == "intro 4, hook 8, verse 16, hook 8, outro 4"


def test_a_removed_section_renumbers_the_rest() -> None:
    song = apply_all(SONG, (InsertSection(hook(), 1), RemoveSection("s2")))
    assert [s.name for s in song.sections] == ["intro 1", "hook 1", "verse 1", "outro 1"]


def test_moving_puts_a_section_where_it_was_asked() -> None:
    song = apply(SONG, MoveSection("s3", 0))
    assert [s.id for s in song.sections] == ["s3", "s0", "s1", "s2"]


def test_a_tempo_stretches_loops_and_not_one_shots() -> None:
    shot = replace(SONG.sections[1].layers[0], id="l99", pattern=(0.0, 1.5), loop_beats=0.0)
    song = apply_all(SONG, (PutLayer("s1", shot), SetTempo(70.0)))
    layers = {layer.id: layer for _, layer in song.layers()}
    assert layers["l99"].stretch == 1.0
    assert layers["l10"].stretch == pytest.approx(2.0)


def test_a_key_moves_pitched_layers_by_the_shortest_way() -> None:
    song = apply(SONG, SetKey(Key(7, "minor")))
    moved = {layer.role: layer.semitones for _, layer in song.layers()}
    assert moved[Role.MELODY] == moved[Role.BASS] == -2
    assert moved[Role.DRUMS] == 0


@given(st.integers(0, 11), st.integers(0, 11))
def test_a_key_and_back_is_where_it_was(first: int, second: int) -> None:
    there = apply_all(SONG, (SetKey(Key(first, "minor")), SetKey(Key(second, "minor")), SetKey(Key(9, "minor"))))
    assert there == SONG


def test_resizing_keeps_layers_that_ran_to_the_end_running() -> None:
    short = replace(SONG.sections[1].layers[0], id="l99", beats=8.0)
    song = apply_all(SONG, (PutLayer("s1", short), ResizeSection("s1", 4)))
    beats = {layer.id: layer.beats for layer in song.sections[1].layers}
    assert beats["l10"] == 16.0
    assert beats["l99"] == 8.0
    longer = apply(song, ResizeSection("s1", 8))
    assert {layer.id: layer.beats for layer in longer.sections[1].layers} == beats | {
        name: 32.0 for name in beats if name != "l99"
    }


def test_resizing_drops_what_starts_past_the_new_end() -> None:
    late = replace(SONG.sections[1].layers[0], id="l99", start_beat=32.0, beats=8.0)
    song = apply_all(SONG, (PutLayer("s1", late), ResizeSection("s1", 4)))
    assert "l99" not in {layer.id for layer in song.sections[1].layers}


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (SetTempo(39.9), OutOfRange),
        (SetTempo(float("nan")), OutOfRange),
        (SetTempo(1e308), OutOfRange),
        (SetSwing(1.5), OutOfRange),
        (RemoveSection("nope"), NotInSong),
        (MoveSection("nope", 0), NotInSong),
        (ResizeSection("s0", 0), OutOfRange),
        (InsertSection(SONG.sections[0], 0), SongError),
        (InsertSection(hook(), 99), OutOfRange),
        (RemoveLayer("s0", "nope"), NotInSong),
        (RemoveTrack("nope"), NotInSong),
        (PutTrack(Track(id="t9", name="x", role=Role.FX, gain_db=99.0)), OutOfRange),
        (PutTrack(Track(id="t9", name="x", role=Role.FX, pan=2.0)), OutOfRange),
        (PutLayer("s0", replace(SONG.sections[0].layers[0], beats=99.0)), SongError),
        (PutLayer("s0", replace(SONG.sections[0].layers[0], track="nope")), SongError),
        (PutLayer("s0", replace(SONG.sections[0].layers[0], loop_beats=0.0)), SongError),
        (PutLayer("s0", replace(SONG.sections[0].layers[0], stretch=0.0)), SongError),
    ],
)
def test_what_makes_no_song_is_refused(edit: Edit, fault: type[SongError]) -> None:
    with pytest.raises(fault):
        apply(SONG, edit)


def test_a_removed_track_takes_its_layers_along() -> None:
    song = apply(SONG, RemoveTrack("t2"))
    assert all(layer.track != "t2" for _, layer in song.layers())
    assert len(song.tracks) == 3


def test_a_song_survives_its_document() -> None:
    song = apply_all(SONG, (SetMix(MixMode.TAPE), SetSwing(0.25), SetTempo(133.7)))
    assert from_document(to_document(song)) == song


def test_a_document_that_is_no_song_is_refused() -> None:
    with pytest.raises(SongError):
        from_document({"title": "x"})
    broken = to_document(SONG)
    broken["sections"][0]["layers"][0]["role"] = "tuba"
    with pytest.raises(SongError):
        from_document(broken)


def test_positions_do_not_depend_on_the_order_of_tracks() -> None:
    layer = Layer(id="l77", track="t9", role=Role.FX, loop="0" * 12, path="/x.wav", beats=4.0, loop_beats=4.0)
    song = apply_all(SONG, (PutTrack(Track(id="t9", name="Riser", role=Role.FX)), PutLayer("s2", layer)))
    assert song.start_bar("s2") == 20
    assert isinstance(song, Song)
