"""What a sentence names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmind_chat.agent import mentions
from loopmind_chat.agent.numbers import Measure, measures_of
from loopmind_chat.song.model import Song
from tests.agent.songs import full_song

SONG = full_song()


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("make something dark at 140", [Measure(140)]),
        ("one forty bpm", [Measure(140, "bpm")]),
        ("a hundred", [Measure(100)]),
        ("one hundred and twenty five", [Measure(125)]),
        ("eighty eight", [Measure(88)]),
        ("two minutes of drill", [Measure(120, "seconds")]),
        ("bass down -3.5 dB", [Measure(-3.5, "db", signed=True)]),
        ("minus six dB", [Measure(-6, "db", signed=True)]),
        ("up an octave", [Measure(12, "semitones")]),
        ("half step down", [Measure(1, "semitones")]),
        ("two and a half minutes", [Measure(150, "seconds")]),
        ("half a minute", [Measure(30, "seconds")]),
        ("1:30 long", [Measure(90, "seconds")]),
        ("energy 8 out of 10", [Measure(0.8, "share")]),
        ("a couple of bars", [Measure(2, "bars")]),
        ("one oh five", [Measure(105)]),
        ("from bar 41", [Measure(41, "bars")]),
        ("make verse two four bars longer", [Measure(4, "bars")]),
        ("30% reverb", [Measure(0.3, "share")]),
        ("half as loud", [Measure(0.5)]),
        ("seed 7", [Measure(7, "seed")]),
        ("the 808s in @1", []),
        ("16 bars", [Measure(16, "bars")]),
    ],
)
def test_numbers_come_with_their_units(sentence: str, measures: list[Measure]) -> None:
    assert list(measures_of(sentence)) == measures


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("put it in F# minor", ("F# minor",)),
        ("Bb min please", ("Bb minor",)),
        ("c sharp minor", ("C# minor",)),
        ("make it Am", ("A minor",)),
        ("i am a big fan, be nice", ()),
        ("a song as dark as night", ()),
        ("change to D", ("D major",)),
    ],
)
def test_keys_are_told_from_words(sentence: str, keys: tuple[str, ...]) -> None:
    assert mentions.keys_of(sentence) == keys


@pytest.mark.parametrize(
    ("sentence", "sections", "tracks"),
    [
        ("add a bridge after the second hook", ("hook 2",), ()),
        ("louder 808 in the last verse", ("verse 2",), ("808",)),
        ("mute the bass in the hooks", ("hooks",), ("808",)),
        ("take the vox out of the chorus", ("hook",), ("vocal",)),
        ("everything louder", (), ("all",)),
        ("the kazoo in the coda", (), ()),
    ],
)
def test_only_what_is_in_the_song_is_named(sentence: str, sections: tuple[str, ...], tracks: tuple[str, ...]) -> None:
    assert mentions.sections_of(SONG, sentence) == sections
    assert mentions.tracks_of(SONG, sentence) == tracks


def test_kinds_and_roles_need_not_be_in_the_song() -> None:
    assert set(mentions.kinds_of("a bridge after the second hook")) == {"bridge", "hook"}
    assert mentions.roles_of("add chords and a pad") == ("chords", "pad")


def test_a_form_is_read_off_where_it_is_spelt_out() -> None:
    assert mentions.form_of("intro 8, verse 16 and a chorus 8") == "intro 8, verse 16, hook 8"
    assert mentions.form_of("verse 16") == ""


def test_choices_are_known_by_their_stems() -> None:
    assert mentions.choices_of(("half_time", "chop", "reverse"), "chopped half-time drums") == ("half_time", "chop")


@given(st.text(max_size=300))
def test_any_text_has_words_and_no_faults(text: str) -> None:
    assert len(mentions.words_of(text)) <= mentions.WORDS_MAX
    for word in mentions.words_of(text):
        assert not set(word) & set(' "\\\n<>|{}')
    measures_of(text)
    mentions.keys_of(text)
    mentions.form_of(text)
    assert mentions.tracks_of(Song(), text) in {(), ("all",)}
    assert mentions.sections_of(Song(), text) == ()


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("put hook 2 first", ("hook 2",)),
        ("drop the 1st verse", ("verse 1",)),
        ("mute it in every verse", ("verses",)),
        ("make verse 1 and 2 longer", ("verse 1", "verse 2")),
        ("the first and second hook", ("hook 1", "hook 2")),
        ("hook 2 and 8 bars", ("hook 2",)),
    ],
)
def test_sections_are_told_from_what_stands_beside_them(sentence: str, named: tuple[str, ...]) -> None:
    assert mentions.sections_of(full_song(), sentence) == named
