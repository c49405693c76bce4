"""Sentences are roughened as people type, and what they ask stays."""

import random

import pytest

from loopmind_chat.song.model import Song
from training.agent.agreement import agreeing
from training.agent.missing import absent, any_track, bare, missing
from training.agent.noise import as_typed
from training.agent.phrases import read_phrases
from training.agent.songs import random_song

_ASKED = "put a hook after the second verse"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("find a darker drums", "find some darker drums"),
        ("find a darker drums loop", "find a darker drums loop"),
        ("the drums is too loud", "the drums are too loud"),
        ("is the vocals muted", "are the vocals muted"),
        ("that hats is thin", "those hats are thin"),
        ("add an piano and a organ", "add a piano and an organ"),
        ("an uk drill beat with a 808", "a uk drill beat with an 808"),
        ("add a riser into the drums", "add a riser into the drums"),
    ],
)
def test_articles_and_verbs_agree_with_their_nouns(said: str, meant: str) -> None:
    assert agreeing(said) == meant


def test_about_half_of_the_sentences_are_typed_with_care() -> None:
    dice = random.Random(4)  # noqa: S311 - test data
    typed = [as_typed(dice, _ASKED, {"hook", "second", "verse"}) for _ in range(400)]
    careful = sum(said.lower().rstrip(".") == _ASKED for said in typed)
    assert 170 < careful < 280
    assert len(set(typed)) > 100


def test_the_article_that_tells_adding_from_moving_stays() -> None:
    dice = random.Random(6)  # noqa: S311 - test data
    for said in (as_typed(dice, _ASKED, {"hook", "second", "verse"}).lower() for _ in range(300)):
        assert "the hook" not in said
    assert all("skip" not in said or "to" in said for said in (as_typed(dice, "skip to it", ()) for _ in range(200)))


def test_what_a_song_lacks_is_not_among_what_it_has() -> None:
    dice = random.Random(7)  # noqa: S311 - test data
    for song in (*(random_song(dice) for _ in range(60)), Song()):
        sections, tracks = {s.name for s in song.sections}, {t.name.lower() for t in song.tracks}
        if (lacked := missing(dice, song, "")) is not None:
            assert lacked[1] not in sections
        if (track := absent(dice, song, "")) is not None:
            assert track[0] == track[1] not in tracks
        for either in (bare(dice, song, ""), any_track(dice, song, "")):
            assert either is None or all(either)


def test_what_asks_for_nothing_changes_nothing() -> None:
    harmless = ("none ", "ask ", "describe_song")
    for phrase in read_phrases():
        if (
            phrase.family in {"questions", "help", "cannot", "hostile", "smalltalk", "asks"}
            or phrase.family.startswith("nothing")  # near_nothing holds twins that want something
        ):
            assert phrase.calls.startswith(harmless), f"{phrase.family}.txt, line {phrase.line}"
