"""The analysis held against files whose truth is known: every sixth of the starter pack, with and without its name."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from loopmind_chat.library.analysis import analyze_file
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.starter.catalogue import recipes
from loopmind_chat.starter.pack import render_file
from loopmind_chat.starter.recipe import Label

Measured = list[tuple[Label, LoopFacts]]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sequence[Label]]:
    folder = tmp_path_factory.mktemp("pack")
    labels = [recipe.label for recipe in recipes().values()][::6]
    for label in labels:
        (folder / label.file).parent.mkdir(parents=True, exist_ok=True)
        render_file(str(folder), label.file)
    return folder, labels


@pytest.fixture(scope="module")
def named(pack: tuple[Path, Sequence[Label]]) -> Measured:
    folder, labels = pack
    return [(label, analyze_file(str(folder / label.file))) for label in labels]


@pytest.fixture(scope="module")
def nameless(pack: tuple[Path, Sequence[Label]], tmp_path_factory: pytest.TempPathFactory) -> Measured:
    folder, labels = pack
    bare = tmp_path_factory.mktemp("q")
    found = []
    for number, label in enumerate(labels):
        copy = bare / f"q{chr(97 + number)}.wav"
        shutil.copyfile(folder / label.file, copy)
        found.append((label, analyze_file(str(copy))))
    return found


def share(hits: Sequence[bool]) -> float:
    assert len(hits) >= 6
    return sum(hits) / len(hits)


def test_with_names_nearly_everything_is_right(named: Measured) -> None:
    loops = [(label, facts) for label, facts in named if label.is_loop]
    assert share([facts.is_loop == label.is_loop for label, facts in named]) == 1
    assert share([facts.bpm == label.bpm and facts.bars == label.bars for label, facts in loops]) == 1
    assert share([str(facts.key) == label.key for label, facts in loops if label.key]) == 1
    assert all(facts.key is None for label, facts in named if label.key is None)
    assert share([facts.role == label.role for label, facts in named]) >= 0.95


def test_without_names_the_audio_still_tells_much(nameless: Measured) -> None:
    loops = [(label, facts) for label, facts in nameless if label.is_loop]
    tempos = [label.bpm in (facts.bpm, *facts.bpm_alternates) for label, facts in loops]
    keys = [str(facts.key) == label.key for label, facts in loops if facts.key and label.key]
    assert share([facts.is_loop == label.is_loop for label, facts in nameless]) >= 0.9
    assert share(tempos) >= 0.9
    assert share(keys) >= 0.7
    assert all(facts.role_source == "audio" for _, facts in nameless)


def test_every_file_is_whole_and_loud_enough(named: Measured) -> None:
    for label, facts in named:
        assert facts.error is None, label.file
        assert facts.peak_db is not None
        assert -30 < facts.peak_db <= 0
        assert facts.loudness_lufs is None or -40 < facts.loudness_lufs < -5
