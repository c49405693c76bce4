"""Words of names, and how they match."""

import pytest

from loopmind_chat.library.words import WordIndex, name_words, query_words, weighted_words
from tests.fakes.loop_rows import made_facts


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Dark808_Loop", ["dark", "808", "loop"]),
        ("hi-hat 02", ["hi", "hat", "02", "hihat"]),
        ("UKDrill KICKS", ["uk", "drill", "kick", "ukdrill", "drillkick"]),
        ("Café", ["café"]),
        ("\udcff[/]", []),
    ],
)
def test_names_fall_into_words(name: str, words: list[str]) -> None:
    assert name_words(name) == words


def test_query_words_drop_what_says_nothing() -> None:
    assert query_words("find me some Dark, dark pads with a piano!") == ["dark", "pad", "piano"]


def test_matches() -> None:
    loops = (
        made_facts("/x/Kickdrum.wav", "drums"),
        made_facts("/x/hi hat.wav", "drums"),
        made_facts("/Guitars/01.wav", "melody", tags={"dark": 0.5}),
    )
    index = WordIndex([weighted_words(facts) for facts in loops])
    assert index.scores("kick") == pytest.approx([0.8, 0, 0])  # the beginning of a word
    assert index.scores("hihats") == pytest.approx([0, 1, 0])
    assert index.scores("guitar") == pytest.approx([0, 0, 0.6])  # the folder
    assert index.scores("dark guitar") == pytest.approx([0, 0, (0.75 + 0.6) / 2])
    assert index.scores("lead") == pytest.approx([0, 0, 0.9])  # another word for the role
    assert index.scores("") == pytest.approx([0, 0, 0])
