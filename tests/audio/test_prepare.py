import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.audio.plan import LEAD, Clip, build_plan, clip_with_key
from loopmind_chat.audio.prepare import Preparer
from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.song.vocabulary import Role
from tests.audio.factories import loop_layer, section, sine, song, write


def clip_of(path: Path) -> Clip:
    return build_plan(song(section(1, loop_layer("a", path, stretch=1.1, role=Role.PAD), bars=1), tempo=109.09)).clips[
        0
    ]


def test_what_is_prepared_once_is_found_again(tmp_path: Path) -> None:
    calls = 0

    def counting(
        samples: np.ndarray, _rate: int, ratio: float, _semitones: float, *, crisp: bool = False
    ) -> np.ndarray:
        nonlocal calls
        calls += 1
        assert not crisp
        return np.zeros((round(len(samples) * ratio), 2), np.float32)

    clip = clip_of(write(tmp_path, "pad", sine(220.0, 96_000)))
    preparer = Preparer(tmp_path / "cache", counting)
    assert not preparer.is_ready(clip)
    assert preparer.load(clip.key) is None
    path = preparer.prepare(clip)
    assert path == preparer.path_of(clip)
    assert path.read_bytes() == preparer.prepare(clip).read_bytes()
    assert calls == 1
    audio = preparer.load(clip.key)
    assert isinstance(audio, np.memmap)
    assert not audio.flags.writeable
    assert audio.dtype == np.float32
    assert [file.suffix for file in path.parent.iterdir()] == [".npy"]


def test_damaged_cache_files_are_made_again(tmp_path: Path) -> None:
    clip = clip_of(write(tmp_path, "pad", sine(220.0, 96_000)))
    preparer = Preparer(tmp_path / "cache")
    path = preparer.prepare(clip)
    whole = path.read_bytes()
    for rubbish in (b"", b"rubbish", whole[:1_000]):
        path.write_bytes(rubbish)
        assert preparer.load(clip.key) is None
        preparer.prepare(clip)
        assert path.read_bytes() == whole


def test_a_missing_loop_leaves_nothing_behind(tmp_path: Path) -> None:
    preparer = Preparer(tmp_path / "cache")
    with pytest.raises(UnreadableAudio):
        preparer.prepare(clip_of(tmp_path / "gone.wav"))
    assert not list(tmp_path.glob("cache/**/*.*"))


def test_two_processes_make_the_same_clip_at_once(tmp_path: Path) -> None:
    source = write(tmp_path, "pad", sine(220.0, 96_000))
    script = (
        "import sys; from pathlib import Path\n"
        "from loopmind_chat.audio.plan import Clip, clip_with_key\n"
        "from loopmind_chat.audio.prepare import Preparer\n"
        "from loopmind_chat.song.vocabulary import Role\n"
        "for number in range(6):\n"
        "    clip = clip_with_key(Clip(loop='x', path=sys.argv[1], role=Role.DRUMS, stretch=1.1,\n"
        "                              frames=105_600.0 + number % 2, beats=4.0))\n"
        "    Preparer(Path(sys.argv[2])).prepare(clip)\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script, str(source), str(tmp_path / "cache")]) for _ in range(2)]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    clip = clip_with_key(Clip(loop="x", path=str(source), role=Role.DRUMS, stretch=1.1, frames=105_600.0, beats=4.0))
    audio = Preparer(tmp_path / "cache").load(clip.key)
    assert audio is not None
    assert audio.shape == (105_840, 2)
    assert len(list(tmp_path.glob("cache/**/*.*"))) == 2


def test_what_was_used_longest_ago_is_thrown_out(tmp_path: Path) -> None:
    preparer = Preparer(tmp_path / "cache", limit_bytes=1_500_000)
    clips = [
        clip_with_key(Clip(loop=str(n), path=str(write(tmp_path, f"p{n}", sine(220.0, 96_000))), role=Role.FX))
        for n in range(3)
    ]
    for age, clip in zip((300, 100, 200), clips, strict=True):
        path = preparer.prepare(clip)
        os.utime(path, (10_000 - age, 10_000 - age))
    assert preparer.evict(now=10_050.0) == 0
    assert preparer.evict(now=20_000.0) > 0
    assert [preparer.is_ready(clip) for clip in clips] == [False, True, False]


def test_a_toned_loop_is_made_of_the_dry_one_and_still_comes_round(tmp_path: Path) -> None:
    calls = 0

    def counting(
        samples: np.ndarray, _rate: int, _ratio: float, _semitones: float, *, crisp: bool = False
    ) -> np.ndarray:
        nonlocal calls
        calls += 1
        assert not crisp
        return samples

    path = write(tmp_path, "pad", sine(60.0, 96_000) + sine(2_000.0, 96_000))
    clip = clip_with_key(
        Clip(loop="pad", path=str(path), role=Role.PAD, frames=96_000.0, beats=4.0, semitones=1, toned=True)
    )
    preparer = Preparer(tmp_path / "cache", counting)
    preparer.prepare(clip)
    preparer.prepare(clip_with_key(replace(clip, toned=False)))
    assert calls == 1
    toned, dry = preparer.load(clip.key), preparer.load(clip_with_key(replace(clip, toned=False)).key)
    assert toned is not None
    assert dry is not None
    low, high = (np.abs(np.fft.rfft(x[LEAD:, 0]))[[120, 4_000]] for x in (toned, dry))
    assert low[0] < 0.5 * high[0]
    assert low[1] == pytest.approx(high[1], rel=0.1)
    assert np.abs(toned[:LEAD] - toned[-LEAD:]).max() < 1e-3
