"""How phrases are written down, and how things are named in them."""

import random
from pathlib import Path

from training.agent import things, words
from training.agent.phrases import one_way, read_phrases


def test_a_named_pattern_stands_for_itself_in_later_lines_and_in_the_calls_before(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(
        '<it> = (it|that)\n<did> = (play|stop)\n[<did>] mute <it> => mute_track track="{track}"\n', "utf-8"
    )
    (phrase,) = read_phrases(tmp_path)
    assert phrase.before == "(play|stop)"
    assert phrase.say == "mute (it|that)"
    dice = random.Random(2)  # noqa: S311 - test data
    assert {one_way(dice, phrase.before) for _ in range(20)} == {"play", "stop"}


def test_things_take_the_article_that_people_give_them() -> None:
    dice = random.Random(3)  # noqa: S311 - test data
    assert things.with_article(dice, "flute") == "a flute"
    assert things.with_article(dice, "808") == "an 808"
    assert things.with_article(dice, "organ") == "an organ"
    assert things.with_article(dice, "slap bass") == "a slap bass"
    assert {things.with_article(dice, "bells") for _ in range(20)} == {"bells", "some bells"}
    assert {things.with_article(dice, "percussion") for _ in range(20)} == {"percussion", "some percussion"}


def test_a_likeness_means_itself_without_its_article() -> None:
    dice = random.Random(4)  # noqa: S311 - test data
    for _ in range(20):
        said, means = things.likeness(dice, "")
        assert said in words.LIKENESSES
        assert said in {f"a {means}", f"an {means}"}


def test_the_last_of_three_suggestions_is_the_third() -> None:
    dice = random.Random(5)  # noqa: S311 - test data
    picks = dict(things.pick(dice, "") for _ in range(300))
    assert picks["the second one"] == "2"
    assert picks["the last one"] == "3"
    assert picks["the middle one"] == "2"
    assert dict(things.pick(dice, "4") for _ in range(300))["the last one"] == "4"
