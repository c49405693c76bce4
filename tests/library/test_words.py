"""Words of names, and how they match."""

import random

import numpy as np
import pytest

from loopmind_chat.library.misspelling import Spellings
from loopmind_chat.library.name_words import name_words, query_words
from loopmind_chat.library.words import LENGTH_SHARE, SATURATION, WordIndex
from loopmind_chat.song.loops import LoopFacts
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
    pairs = [word for word in name_words(name) if word not in words]
    assert [word for word in name_words(name) if word in words] == words
    assert all(any(pair.startswith(word) for word in words) for pair in pairs)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("find me some Dark, dark pads with a piano!", ["dark", "pad", "piano"]),
        ("Dark808", ["dark", "808"]),
        ("DARK KICKS", ["dark", "kick"]),
        ("140bpm", ["140"]),
        ("something like that", []),
    ],
)
def test_query_words_drop_what_says_nothing(text: str, words: list[str]) -> None:
    assert query_words(text) == words


LOOPS = (
    made_facts("/x/Kickdrum.wav", "drums"),
    made_facts("/x/hi hat.wav", "drums"),
    made_facts("/Guitars/01.wav", "melody", tags={"dark": 0.5}),
    made_facts("/x/Dark Guitar.wav", "melody"),
    made_facts("/x/Rhodes Chords.wav", "chords"),
    made_facts("/x/KICK 07.wav", "drums"),
)


def _found(text: str, loops: tuple[LoopFacts, ...] = LOOPS) -> list[str]:
    """Names in order of score, those that match at all."""
    scores = WordIndex(loops).scores(text)
    return [loops[row].name for row in np.argsort(-scores, kind="stable") if scores[row] > 0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("kick", ["KICK 07", "Kickdrum"]),  # the word before the beginning of one
        ("hihats", ["hi hat"]),
        ("guitar", ["Dark Guitar", "01"]),  # the name before the folder
        ("dark guitar", ["Dark Guitar", "01"]),
        ("lead", ["01", "Dark Guitar"]),  # another word for the role
        ("rhod", ["Rhodes Chords"]),  # half typed
        ("rh", ["Rhodes Chords"]),
        ("rh ", []),  # typed to the end
        ("rhodse", ["Rhodes Chords"]),  # two letters swapped
        ("giutar", ["Dark Guitar", "01"]),
        ("gutar", ["Dark Guitar", "01"]),
        ("guitarr", ["Dark Guitar", "01"]),
        ("drak", ["Dark Guitar", "01"]),
        ("zither", []),
        ("", []),
    ],
)
def test_matches(text: str, names: list[str]) -> None:
    assert _found(text) == names


def test_a_score_is_bm25_over_its_ceiling() -> None:
    loops = (made_facts("/x/kick.wav", role_confidence=0.0), made_facts("/x/snare snare.wav", role_confidence=0.0))
    # The folder x, the role fx at half, and the name; the second name has snare twice, and "snaresnare".
    lengths = np.array([0.6 + 0.5 + 1.0, 0.6 + 0.5 + 3.0])
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / lengths.mean())
    index = WordIndex(loops)
    assert index.scores("kick ") == pytest.approx([1.0 / (1.0 + damping[0]), 0.0])
    assert index.scores("snare ") == pytest.approx([0.0, 2.0 / (2.0 + damping[1])])


def test_a_rare_word_outweighs_a_common_one() -> None:
    loops = tuple(made_facts(f"/x/{name}.wav") for name in (*(f"loop{n} dark" for n in range(30)), "zurna"))
    assert _found("dark zurna", loops)[0] == "zurna"


def test_every_word_that_matches_counts() -> None:
    loops = (made_facts("/x/dark.wav"), made_facts("/x/dark piano.wav"), made_facts("/x/piano.wav"))
    assert _found("dark piano", loops)[0] == "dark piano"


def test_scores_do_not_depend_on_the_order_of_loops() -> None:
    chance = random.Random(4)  # noqa: S311 - no secret
    words = ["dark", "kick", "bass", "piano", "night", "rain", "pad", "deep"]
    loops = [
        made_facts(
            f"/p/{chance.choice(words)}/{chance.choice(words)} {chance.choice(words)} {n}.wav", tags={"dark": 0.3}
        )
        for n in range(300)
    ]
    straight = dict(zip((loop.id for loop in loops), WordIndex(loops).scores("dark pian rian"), strict=True))
    chance.shuffle(loops)
    assert dict(zip((loop.id for loop in loops), WordIndex(loops).scores("dark pian rian"), strict=True)) == straight


def test_nothing_to_find() -> None:
    assert WordIndex([]).scores("dark").shape == (0,)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("snar", ["snare"]),
        ("sanre", ["snare"]),
        ("xnare", ["snare"]),
        ("euphroicc", ["euphoric"]),  # two slips in a long word
        ("snrae", ["snare"]),
        ("srnea", []),  # two slips in a short one
        ("kik", []),  # too short to tell
        ("808", []),
    ],
)
def test_spellings(typed: str, meant: list[str]) -> None:
    assert Spellings(["bass", "euphoric", "kick", "snare", "strings"]).near(typed) == meant


def test_the_first_letter_is_seldom_wrong() -> None:
    assert Spellings(["bark", "dark", "park"]).near("dakr") == ["dark"]
    assert Spellings(["bell", "cell", "tell", "well"]).near("wello") == ["well"]
    assert Spellings(["bells", "cells", "wells"]).near("wellz")[0] == "wells"
