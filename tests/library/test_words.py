"""Words of names, and how they match."""

import pytest

from loopmind_chat.library.words import WordIndex, name_words, query_words
from tests.fakes.loop_rows import made_facts


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Dark808_Loop", ["dark", "808", "loop", "dark808", "808loop"]),
        ("hi-hat 02", ["hi", "hat", "02", "hihat", "hat02"]),
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
    index = WordIndex(
        [
            made_facts("/x/Kickdrum.wav", "drums"),
            made_facts("/x/hi hat.wav", "drums"),
            made_facts("/Guitars/01.wav", "melody", tags={"dark": 0.5}),
        ]
    )
    assert index.scores("kick") == {0: pytest.approx(0.8)}  # the beginning of a word
    assert index.scores("hihats") == {1: 1.0}
    assert index.scores("guitar") == {2: pytest.approx(0.6)}  # the folder
    assert index.scores("dark guitar") == {2: pytest.approx((0.75 + 0.6) / 2)}
    assert index.scores("lead")[2] == pytest.approx(0.9)  # another word for the role
    assert index.scores("") == {}
