"""The sentences that the agent is trained on."""

import itertools
import random

from loopmind_chat.agent import mentions
from loopmind_chat.agent.grammar import Ground
from loopmind_chat.agent.language import parse
from loopmind_chat.agent.numbers import measures_of
from loopmind_chat.song.model import Song
from loopmind_chat.tools.registry import all_tools
from tests.agent.songs import full_song
from training.agent.check import admits
from training.agent.generate import samples
from training.agent.phrases import one_way, read_phrases
from training.agent.slots import FILLERS, NothingToSay, fill, spelt
from training.agent.songs import random_song


def test_every_phrase_can_be_read_and_calls_only_tools_that_exist() -> None:
    tools = {*all_tools(), "none", "ask"}
    for phrase in read_phrases():
        calls = [part.split()[0] for part in phrase.calls.split(";")]
        assert tools.issuperset(calls), f"{phrase.family}.txt, line {phrase.line}"
        assert "(" not in one_way(random.Random(1), phrase.say)  # noqa: S311 - test data


def test_the_same_seed_gives_the_same_samples_and_another_gives_others() -> None:
    phrases = read_phrases()
    one, same, other = ([*itertools.islice(samples(phrases, seed), 40)] for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_samples_are_what_a_tuned_model_is_asked_and_answers_are_calls() -> None:
    for sample in itertools.islice(samples(read_phrases(), 3), 60):
        assert sample.prompt.startswith("song: ")
        assert sample.prompt.endswith("\ndo:")
        assert parse(sample.answer)


def test_an_answer_that_the_sentence_does_not_bear_out_is_not_admitted() -> None:
    ground = Ground(full_song(), "swap the melody for something darker")
    assert admits(ground, 'swap_loop role=melody query="darker"')
    assert not admits(ground, 'swap_loop role=melody query="brighter"')
    assert not admits(ground, 'swap_loop role=bass query="darker"')
    assert not admits(Ground(Song(), "add a hook"), "mute_track track=drums")
    both = Ground(full_song(), "mute the pad and make the drums louder")
    assert admits(both, "mute_track track=pad; set_level track=drums change=up")


def test_every_slot_is_heard_as_what_it_means() -> None:
    dice = random.Random(5)  # noqa: S311 - test data
    for _ in range(30):
        song = random_song(dice)
        for slot in FILLERS:
            try:
                filling = fill(dice, song, slot)
            except NothingToSay:
                continue
            match slot:
                case "track":
                    assert mentions.tracks_of(song, filling.said) == (filling.means,)
                case "section" | "sections" | "place":
                    assert mentions.sections_of(song, filling.said) == (filling.means,)
                case "bpm" | "bars":
                    assert float(filling.means) in {measure.value for measure in measures_of(filling.said)}
                case _:
                    assert filling.said


def test_numbers_are_spelt_as_producers_say_them() -> None:
    assert [spelt(number) for number in (7, 90, 92, 100, 105, 140)] == [
        "seven", "ninety", "ninety two", "a hundred", "a hundred and five", "one forty",
    ]  # fmt: skip
