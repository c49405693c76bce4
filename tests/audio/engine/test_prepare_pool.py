import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.audio.engine.preparation import Preparation
from loopmind_chat.audio.engine.prepare_pool import PreparePool
from loopmind_chat.audio.plan import LEAD, Clip, clip_with_key
from loopmind_chat.errors import AudioError
from loopmind_chat.song.vocabulary import Role
from tests.audio.factories import sine, write


def clip(path: Path) -> Clip:
    return clip_with_key(Clip(loop=path.stem, path=str(path), role=Role.PAD, frames=24_000.0, beats=1.0))


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[PreparePool]:
    made = PreparePool(tmp_path / "cache", tmp_path / "prepare.log", 1)
    yield made
    made.close()


def test_a_clip_is_prepared_in_a_niced_process(pool: PreparePool, tmp_path: Path) -> None:
    path = pool(clip(write(tmp_path, "tone", sine(220, 24_000))))
    assert np.load(path).shape == (24_000 + LEAD, 2)
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, pool._all[0].pid) == min(own + 10, 19)


def test_what_cannot_be_read_is_said_and_the_process_goes_on(pool: PreparePool, tmp_path: Path) -> None:
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"RIFF")
    with pytest.raises(AudioError, match=r"bad|read|audio"):
        pool(clip(bad))
    assert pool(clip(write(tmp_path, "tone", sine(220, 24_000)))).exists()


def test_a_process_that_dies_costs_one_clip(pool: PreparePool, tmp_path: Path) -> None:
    good = clip(write(tmp_path, "tone", sine(220, 24_000)))
    os.kill(pool._all[0].pid, signal.SIGKILL)
    with pytest.raises(AudioError, match="crashed or hung"):
        pool(good)
    assert pool(good).exists()


def test_a_process_that_hangs_is_ended(tmp_path: Path) -> None:
    pool = PreparePool(tmp_path / "cache", tmp_path / "prepare.log", 1, limit_s=0.5)
    try:
        pid = pool._all[0].pid
        os.kill(pid, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(AudioError, match="crashed or hung"):
            pool(clip(write(tmp_path, "tone", sine(220, 24_000))))
        assert time.monotonic() - began < 5
        assert pool._all[0].pid != pid
    finally:
        pool.close()


def test_a_new_list_takes_the_place_of_the_old(tmp_path: Path) -> None:
    first = threading.Event()
    go = threading.Event()
    done: list[str] = []
    enough = threading.Event()

    def prepare(wanted: Clip) -> Path:
        first.set()
        assert go.wait(5)
        return tmp_path / wanted.loop

    def note(wanted: Clip, result: Path | str) -> None:
        assert result == tmp_path / wanted.loop
        done.append(wanted.loop)
        if len(done) == 3:
            enough.set()

    clips = {name: clip(tmp_path / f"{name}.wav") for name in "abcde"}
    preparation = Preparation(prepare, note, 1)
    preparation.want([clips["a"], clips["b"], clips["c"]])
    assert first.wait(5)
    preparation.want([clips["e"], clips["a"], clips["d"]])
    go.set()
    assert enough.wait(5)
    preparation.close()
    assert done == ["a", "e", "d"]
