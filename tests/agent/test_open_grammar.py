"""What a trained model may write: every call that the song and the sentence allow, and nothing else."""

from pathlib import Path

import pytest

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.spans import spans_of
from loopmind_chat.song.model import Song
from tests.agent.songs import full_song
from training.agent.check import admits


def ground(sentence: str, before: str = "", song: Song | None = None) -> Ground:
    refs = {"@1": Path("/somewhere")} if "@1" in sentence else {}
    return Ground(full_song() if song is None else song, sentence, refs, before)


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("make verse 2 four bars longer", 'resize_section section="verse 2" by=4'),
        ("cut two bars off the intro", 'resize_section section="intro 1" by=-2'),
        ("10 bpm slower", "set_tempo by=-10"),
        ("half the tempo", "set_tempo change=half"),
        ("bass down 3 db", "set_level track=808 by=-3"),
        ("the bass at minus six dB", "set_level track=808 db=-6"),
        ("pan the hats 30% to the left", "set_pan track=hats pan=-0.3"),
        ("pan the hats hard left", 'set_pan track=hats side="hard left"'),
        ("down an octave", "set_key semitones=-12"),
        ("something less busy for the melody", 'swap_loop role=melody query="less busy"'),
        ("the melody like a music box", 'swap_loop role=melody query="like a music box"'),
        ("a dark, moody beat", 'compose_song mood="dark, moody"'),
        ("make it sound underwater", "set_effect effect=lowpass"),
        ("how fast is it?", "describe_song about=tempo"),
        ("mute the hats and the bass", "mute_track track=hats; mute_track track=808"),
        ("a two bar riser into hook 2", 'set_transition section="hook 2" kind=riser beats=8'),
        ("use @1", "scan_folder folder=@1"),
        ("thanks!", "none why=thanks"),
    ],
)
def test_what_is_said_can_be_written(sentence: str, answer: str) -> None:
    assert admits(ground(sentence), answer)


@pytest.mark.parametrize(
    ("sentence", "before", "answer"),
    [
        ("a bit more", "set_level track=bass change=up", 'set_level track=bass change="a bit up"'),
        ("the same in the outro", 'swap_loop role=melody query="darker"', 'swap_loop role=melody section="outro 1"'),
        ("pan it left", 'swap_loop role=melody query="darker"', "set_pan track=melody side=left"),
        ("the second one", "suggest_loops role=melody", "swap_loop role=melody pick=2"),
        ("make it 8 bars", 'add_section kind=bridge after="hook 1"', "resize_section section=bridge bars=8"),
        ("now i love it", "swap_loop role=melody", "rate_loop loop=melody rating=like"),
    ],
)
def test_the_last_turn_can_be_gone_on_from(sentence: str, before: str, answer: str) -> None:
    assert admits(ground(sentence, before), answer)


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("make the tuba louder", "set_level track=tuba change=up"),
        ("take out the breakdown", "remove_section section=breakdown"),
        ("reverb on the tuba", "set_effect effect=reverb track=tuba"),
        ("mute the fifth hook", 'mute_track track=all section="hook 5"'),
    ],
)
def test_what_the_song_lacks_can_be_named(sentence: str, answer: str) -> None:
    assert admits(ground(sentence), answer)


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("make it faster", "set_tempo bpm=150"),
        ("mute the hats", "mute_track track=bass"),
        ("mute the hats", "delete_file path=@1"),
        ("make it faster", "scan_folder folder=@1"),
        ("make it faster", "set_tempo"),
        ("make it faster", "set_tempo change=up by=2"),
        ("make something dark", 'compose_song mood="evil"'),
        ("remove hook 1", "remove_section section=hook 1"),
        ("hello", "none"),
        ("mute the hats", "; ".join(["mute_track track=hats"] * 5)),
    ],
)
def test_what_nobody_said_cannot_be_written(sentence: str, answer: str) -> None:
    assert not admits(ground(sentence), answer)


def test_runs_of_words_stop_at_sentence_ends_and_paths() -> None:
    found = spans_of("warm strings. use @1 now, slow and lo-fi")
    assert {"warm strings", "slow and lo-fi", "now, slow"} <= set(found)
    assert not any("@" in run or "." in run for run in found)
    assert "strings use" not in found
