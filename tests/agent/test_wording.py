"""Words that say how something should sound, told from those that ask for it."""

import pytest

from loopmind_chat.agent import wording
from tests.agent.songs import full_song


@pytest.mark.parametrize(
    ("sentence", "genres", "moods"),
    [
        ("make something dark at 140", (), ("dark",)),
        ("dark techno, 132 bpm, four minutes", ("techno",), ("dark",)),
        ("let's cook up some drum and bass at 174", ("drum and bass",), ()),
        ("build me a lofi track in c minor", ("lofi",), ()),
        ("something crepuscular please", (), ("crepuscular",)),
    ],
)
def test_genres_and_moods(sentence: str, genres: tuple[str, ...], moods: tuple[str, ...]) -> None:
    assert wording.genres_in(sentence) == genres
    assert wording.moods_in(sentence) == moods


@pytest.mark.parametrize(
    ("sentence", "wishes"),
    [
        ("swap the melody for something darker", ("darker",)),
        ("replace the pad with warm analog strings", ("warm analog strings",)),
        ("I don't like these drums, try others", ()),
        ("another 808 please", ()),
    ],
)
def test_wishes_are_copied_whole(sentence: str, wishes: tuple[str, ...]) -> None:
    assert wording.wishes_in(full_song(), sentence) == wishes


def test_titles_stand_behind_their_word() -> None:
    assert wording.title_in("save it and call it Night Drive 2") == ("Night Drive 2",)
    assert wording.title_in("save it") == ()


def test_clauses() -> None:
    assert wording.clauses_of("mute the hats, then play; and stop") == ("mute the hats", "play", "stop")
    assert wording.clauses_of("some drum and bass") == ("some drum and bass",)


def test_a_misspelt_verb_is_not_the_wish_where_one_is_known() -> None:
    assert wording.wishes_in(full_song(), "swpa the melody for somthing darker") == ("somthing darker",)
    assert wording.wishes_in(full_song(), "swap the melody for something haunted") == ("haunted",)
