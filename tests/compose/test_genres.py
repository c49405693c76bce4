"""Genres and moods: found by every usual name, with figures that hang together."""

import pytest

from loopmind_chat.compose.genres import GENRES, LETTERS, Genre, genre_named
from loopmind_chat.compose.moods import MOODS, mood_of, moods_named
from loopmind_chat.song.vocabulary import Role, SectionKind


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("trap", "trap"), ("UK drill", "drill"), ("boom-bap", "boom bap"), ("Hip-Hop", "hip hop"), ("lofi", "lo-fi"),
        ("lo fi", "lo-fi"), ("lo-fi hip hop", "lo-fi"), ("deep house", "house"), ("techno", "techno"),
        ("dnb", "drum and bass"), ("drum & bass", "drum and bass"), ("D&B", "drum and bass"), ("R&B", "r&b"),
        ("r and b", "r&b"), ("drift phonk", "phonk"), ("Afrobeat", "afrobeats"), ("amapiano", "amapiano"),
        ("EDM", "electronic"), ("film score", "cinematic"), ("something dark and trap", "trap"),
    ],
)  # fmt: skip
def test_genres_are_found_by_the_words_people_use(words: str, name: str) -> None:
    genre = genre_named(words)
    assert genre is not None
    assert genre.name == name


@pytest.mark.parametrize("words", ["polka", "", "xyz", "dark"])
def test_words_that_are_no_genre_find_none(words: str) -> None:
    assert genre_named(words) is None


@pytest.mark.parametrize("genre", GENRES, ids=lambda genre: genre.name)
def test_the_figures_of_a_genre_hang_together(genre: Genre) -> None:
    low, high = genre.tempo
    shortest, longest, usual = genre.bars
    assert 40 <= low <= genre.usual_tempo <= high <= 250
    assert 16 <= shortest <= usual <= longest
    assert genre_named(genre.name) is genre
    for row in genre.forms:
        assert set(row) <= set(LETTERS)
        assert "H" in row or "D" in row
    assert set(genre.presence) == set(SectionKind)
    for likings in genre.presence.values():
        assert set(likings) == set(Role)
    for lengths in genre.lengths.values():
        assert all(bars % 4 == 0 for bars in lengths)


def test_dark_is_low_and_minor_and_bright_the_opposite() -> None:
    assert mood_of("dark").brightness < 0 < mood_of("bright").brightness
    assert mood_of("make it gloomy").mode == "minor"
    assert mood_of("happy").mode == "major"
    assert "dark" in mood_of("happy").against


def test_moods_blend_and_unknown_words_stay_as_words() -> None:
    both = mood_of("dark but dreamy")
    assert [mood.name for mood in moods_named("dark but dreamy")] == ["dark", "dreamy"]
    assert -1.0 < both.brightness < 0.0
    plain = mood_of("velvet")
    assert (plain.brightness, plain.mode, plain.words) == (0.0, None, frozenset({"velvet"}))


def test_no_word_belongs_to_a_mood_and_to_what_contradicts_it() -> None:
    assert all(not mood.words & mood.against for mood in MOODS)
