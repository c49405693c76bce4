import pytest

from loopmind_chat.errors import NotInSong
from loopmind_chat.song.edits import InsertSection, PutTrack, apply, apply_all
from loopmind_chat.song.find import find_layers, find_section, find_sections, find_tracks, role_of, section_kind
from loopmind_chat.song.model import Section, Song, Track
from loopmind_chat.song.vocabulary import Role, SectionKind
from tests.fakes.desk import small_song

SONG = apply_all(
    small_song(),
    (
        InsertSection(Section(id="s9", kind=SectionKind.HOOK, bars=8), 4),
        PutTrack(Track(id="t9", name="Hats", role=Role.DRUMS)),
    ),
)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("hook 2", ["s9"]),
        ("second hook", ["s9"]),
        ("the second hook", ["s9"]),
        ("hook2", ["s9"]),
        ("Hook #2", ["s9"]),
        ("last hook", ["s9"]),
        ("the first chorus", ["s2"]),
        ("hooks", ["s2", "s9"]),
        ("every hook", ["s2", "s9"]),
        ("s1", ["s1"]),
        ("verse", ["s1"]),
        ("second drop", ["s9"]),
        ("all", ["s0", "s1", "s2", "s3", "s9"]),
        ("", ["s0", "s1", "s2", "s3", "s9"]),
    ],
)
def test_sections_are_found_by_the_words_people_use(words: str, ids: list[str]) -> None:
    assert sorted(s.id for s in find_sections(SONG, words)) == ids


def test_a_place_after_several_is_after_the_last() -> None:
    assert find_section(SONG, "hook").id == "s9"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("hook 3", "there is no hook 3: there are two hooks; add one"),
        ("bridge", "there is no bridge; there are intro 1, verse 1, hook 1, outro 1, hook 2: add one"),
        ("third verse", "there is only one verse; add one"),
        ("tuba", 'no section is called "tuba"; there are: intro 1'),
    ],
)
def test_what_is_not_there_is_said_helpfully(words: str, says: str) -> None:
    with pytest.raises(NotInSong, match=says):
        find_sections(SONG, words)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("the tuba", "there is no tuba; the tracks are Drums, Bass, Melody, Pad, Hats$"),
        ("vocals", "there is no vocals; the tracks are Drums, Bass, Melody, Pad, Hats: add one"),
    ],
)
def test_tracks_that_are_not_there_are_said_helpfully(words: str, says: str) -> None:
    with pytest.raises(NotInSong, match=says):
        find_tracks(SONG, words)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("hats", ["t9"]),
        ("the hats", ["t9"]),
        ("hat", ["t9"]),
        ("drums", ["t0"]),
        ("beat", ["t0", "t9"]),
        ("lead", ["t2"]),
        ("melody", ["t2"]),
        ("t3", ["t3"]),
        ("all", ["t0", "t1", "t2", "t3", "t9"]),
    ],
)
def test_tracks_are_found_by_name_then_role(words: str, ids: list[str]) -> None:
    assert [t.id for t in find_tracks(SONG, words)] == ids


def test_layers_are_found_by_track_and_section() -> None:
    assert [(s.id, layer.role) for s, layer in find_layers(SONG, "melody", "hook 1")] == [("s2", Role.MELODY)]
    with pytest.raises(NotInSong, match="does not play"):
        find_layers(SONG, "drums", "intro")


def test_an_empty_song_has_no_place() -> None:
    with pytest.raises(NotInSong, match="no sections yet"):
        find_section(Song(), "all")


@pytest.mark.parametrize(("word", "kind"), [("chorus", "hook"), ("pre-chorus", "prechorus"), ("drops", "drop")])
def test_other_words_for_sections(word: str, kind: str) -> None:
    assert section_kind(word) == kind


@pytest.mark.parametrize(("word", "role"), [("lead", "melody"), ("vox", "vocal"), ("keys", "chords"), ("pads", "pad")])
def test_other_words_for_roles(word: str, role: str) -> None:
    assert role_of(word) == role


def test_words_that_are_neither() -> None:
    assert section_kind("tuba") is None
    assert role_of("tuba") is None
    assert apply(SONG, PutTrack(Track(id="t9", name="Tops", role=Role.DRUMS))).track("t9") is not None
