"""Remix and genre transfer: what is locked stays, what should change does."""

from dataclasses import replace

import pytest

from loopmind_chat.compose import Brief, compose_song
from loopmind_chat.compose.genres import genre_named
from loopmind_chat.compose.remake import remix_song, transfer_genre
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.edits import PutSection, ReplaceSong, apply
from loopmind_chat.song.model import Section, Song
from loopmind_chat.song.vocabulary import UNPITCHED, Role
from tests.compose.factories import trap_pack

PACK = trap_pack()
SPARE = [replace(f, id=f.id[::-1], name=f"{f.name} B", path=f"/loops/TrapPack/B {f.name}.wav") for f in trap_pack()]
LIBRARY = [*PACK, *SPARE]
SONG = compose_song(Brief(mood="dark", bpm=140, seed=1), PACK).song


def with_lock(song: Song, index: int, *, layer: int | None = None) -> Song:
    section = song.sections[index]
    if layer is None:
        return apply(song, PutSection(replace(section, locked=True)))
    layers = tuple(replace(x, locked=True) if i == layer else x for i, x in enumerate(section.layers))
    return apply(song, PutSection(replace(section, layers=layers)))


def test_a_remix_keeps_the_idea_and_changes_the_loops() -> None:
    made = remix_song(SONG, LIBRARY, {}, seed=5).song
    assert (made.form, made.tempo, made.key, made.genre, made.mood, made.title) == (
        SONG.form, SONG.tempo, SONG.key, SONG.genre, SONG.mood, SONG.title,
    )  # fmt: skip
    assert made.seed == 5
    kept = set(made.loops()) & set(SONG.loops())
    assert len(kept) <= 0.4 * len(made.loops())
    assert apply(Song(), ReplaceSong(made)) == made
    assert remix_song(SONG, LIBRARY[::-1], {}, seed=5).song == made


def test_a_remix_leaves_what_is_locked() -> None:
    song = with_lock(with_lock(SONG, 2), 1, layer=0)
    made = remix_song(song, LIBRARY, {}, seed=5).song
    assert made.sections[2] == song.sections[2]
    fixed = song.sections[1].layers[0]
    assert fixed in made.sections[1].layers
    assert sum(layer.role is fixed.role for layer in made.sections[1].layers) == 1


def test_tracks_of_a_remix_keep_their_levels() -> None:
    louder = replace(SONG, tracks=tuple(replace(track, gain_db=-4.5) for track in SONG.tracks))
    made = remix_song(louder, LIBRARY, {}, seed=5).song
    same = [track for track in made.tracks if track.id in {t.id for t in SONG.tracks}]
    assert same
    assert all(track.gain_db == -4.5 for track in same)


@pytest.mark.parametrize("name", ["house", "lofi", "drum and bass", "ambient", "polka"])
def test_a_transfer_keeps_the_tunes_and_takes_form_and_tempo_of_the_genre(name: str) -> None:
    made = transfer_genre(SONG, name, LIBRARY, {}, seed=3).song
    genre = genre_named(name)
    assert made.genre == name
    assert made.key == SONG.key
    if genre is not None:
        assert genre.tempo[0] <= made.tempo <= genre.tempo[1]
    tunes = {layer.loop for _, layer in SONG.layers() if layer.role in {Role.MELODY, Role.CHORDS}}
    assert tunes & set(made.loops())
    assert apply(Song(), ReplaceSong(made)) == made


def test_a_transfer_changes_the_drums() -> None:
    made = transfer_genre(SONG, "house", LIBRARY, {}, seed=3).song
    before = {layer.loop for _, layer in SONG.layers() if layer.role is Role.DRUMS}
    after = {layer.loop for _, layer in made.layers() if layer.role is Role.DRUMS}
    assert after
    assert not before & after


def test_a_transfer_leaves_what_is_locked_as_it_sounds() -> None:
    song = with_lock(SONG, 2)
    made = transfer_genre(song, "house", LIBRARY, {}, seed=3).song
    kept = next(section for section in made.sections if section.locked)
    assert _shape(kept) == _shape(song.sections[2])
    ratio = song.tempo / made.tempo
    for old, new in zip(song.sections[2].layers, kept.layers, strict=True):
        if old.pattern is None and old.role not in UNPITCHED:
            assert new.stretch == pytest.approx(old.stretch * ratio)


def test_a_tempo_that_would_tear_what_is_locked_is_not_taken() -> None:
    song = with_lock(SONG, 2)
    made = transfer_genre(song, "lofi", LIBRARY, {}, seed=3)
    assert made.song.tempo == 140
    assert any("140" in note for note in made.notes)


def test_nothing_to_remake_is_said() -> None:
    for remake in (
        lambda: remix_song(Song(), LIBRARY, {}, seed=1),
        lambda: transfer_genre(Song(), "house", LIBRARY, {}, seed=1),
    ):
        with pytest.raises(ComposeError, match="compose one first"):
            remake()


def _shape(section: Section) -> list[tuple[str, float, float]]:
    return [(layer.loop, layer.start_beat, layer.beats) for layer in section.layers]
