"""The whole way: a song in, frames at the (silent) device out, through the real processes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.audio.engine.ring import Block
from loopmind_chat.audio.mixer import Mixer
from loopmind_chat.audio.plan import build_plan
from loopmind_chat.audio.player import Player
from loopmind_chat.audio.prepare import Preparer
from loopmind_chat.home import Home
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import Role
from tests.audio.factories import clicks, loop_layer, section, sine, song, write

BAR = 48_000
"""At 240 BPM."""


def until(true: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)


class Stage:
    """A player on the silent device, whose output is kept."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "home", folder / "models")
        self.capture = folder / "heard.raw"
        self.player = Player(
            self.home, device="silent", engine_arguments=["--capture", str(self.capture), "--unmastered"]
        )

    @property
    def engine_pid(self) -> int:
        until(lambda: self.player._conductor._engine)
        pid: int = self.player._conductor._engine.pid  # type: ignore[union-attr]  # a Link has one
        return pid

    def heard(self) -> Block:
        """What was heard, from its first sound on."""
        whole = np.fromfile(self.capture, np.float32)
        out = whole[: len(whole) // 2 * 2].reshape(-1, 2)
        return out[np.flatnonzero(out.any(axis=1))[0] :]

    def rendered(self, made: Song, start: int, frames: int) -> Block:
        return Mixer(build_plan(made), Preparer(self.home.prepared).load).render(start, frames)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.player.close()


def click_song(folder: Path, *, hertz: float = 220.0, bars: int = 32) -> Song:
    """Clicks on each beat, and a tone."""
    beats = 4.0 * bars
    drums = write(folder, "clicks", clicks(4, 12_000, level=0.15))
    tone = write(folder, f"tone {hertz:g}", sine(hertz, BAR))
    return song(
        section(
            1,
            loop_layer("drums", drums, beats=beats),
            loop_layer("tone", tone, beats=beats, role=Role.PAD),
            bars=bars,
        ),
        tempo=240.0,
    )


def test_the_device_gets_the_render_and_an_edit_at_a_bar_line(stage: Stage, tmp_path: Path) -> None:
    one, two = click_song(tmp_path), click_song(tmp_path, hertz=330.0)
    started = time.perf_counter()
    stage.player.set_song(one, 1)
    stage.player.play()
    assert time.perf_counter() - started < 0.05
    until(lambda: stage.player.status().revision == 1 and stage.player.status().beat > 5.5)
    stage.player.set_song(two, 2)
    until(lambda: stage.player.status().revision == 2)
    landed = stage.player.status().beat
    until(lambda: stage.player.status().beat > landed + 6)
    status = stage.player.status()
    stage.player.close()
    heard = stage.heard()
    line = round(landed / 4) * BAR
    first = np.flatnonzero(stage.rendered(one, 0, 100).any(axis=1))[0]
    heard = np.concatenate([np.zeros((first, 2), np.float32), heard])
    np.testing.assert_array_equal(heard[: line - 480], stage.rendered(one, 0, line - 480))
    np.testing.assert_array_equal(heard[line : line + BAR], stage.rendered(two, line, BAR))
    assert status.silent
    assert status.device == "silent"
    assert status.problem is None
    assert status.preparing == (2, 2)
    assert -15 < status.level_db[0] < 0


def test_pause_seek_loop_and_stop(stage: Stage, tmp_path: Path) -> None:
    player = stage.player
    made = click_song(tmp_path, bars=4)
    player.set_song(song(*made.sections, section(2, *made.sections[0].layers[:0], bars=2), tempo=240.0), 1)
    player.play(2)
    until(lambda: player.status().playing and player.status().beat >= 9)
    player.pause()
    until(lambda: not player.status().playing)
    place = player.status().beat
    assert 9 <= place < 12
    player.seek(1)
    until(lambda: player.status().beat == 4)
    player.loop_section("s2")
    until(lambda: player.status().beat == 16)
    assert player.status().loop_section == "s2"
    player.stop()
    player.loop_section(None)
    player.stop()
    until(lambda: player.status().beat == 0)


def test_an_engine_that_is_killed_comes_back_where_it_was(stage: Stage, tmp_path: Path) -> None:
    player = stage.player
    player.set_song(click_song(tmp_path), 1)
    player.play()
    until(lambda: player.status().beat > 9)
    os.kill(stage.engine_pid, signal.SIGKILL)
    until(lambda: "started again" in (player.status().problem or ""))
    until(lambda: player.status().beat == 8)
    player.play()
    until(lambda: player.status().playing and player.status().beat > 9)
    assert player.status().problem is None


def test_a_loop_that_cannot_be_read_is_silent_and_said(stage: Stage, tmp_path: Path) -> None:
    made = click_song(tmp_path)
    (tmp_path / "tone 220.wav").write_bytes(b"not audio")
    stage.player.set_song(made, 1)
    stage.player.play()
    until(lambda: stage.player.status().playing)
    assert "tone 220.wav is silent" in (stage.player.status().problem or "")
    assert stage.player.status().preparing == (2, 2)


def test_an_audition_is_heard_without_a_song(stage: Stage, tmp_path: Path) -> None:
    path = write(tmp_path, "bell", sine(500, 20_000))
    stage.player.audition(path)
    until(lambda: stage.player.status().level_db[0] > -20)
    until(lambda: stage.player.status().level_db[0] < -100)
    stage.player.close()
    heard = stage.heard()
    np.testing.assert_allclose(heard[:10_000], sine(500, 20_000)[1:10_001], atol=1e-4)


def test_a_fault_of_our_own_is_said_and_what_follows_is_done(stage: Stage, tmp_path: Path) -> None:
    made = click_song(tmp_path)
    stage.player.set_song(replace(made, tracks=()), 1)
    until(lambda: "the player failed (KeyError" in (stage.player.status().problem or ""))
    assert "Traceback" in (stage.home.logs / "engine.log").read_text()
    stage.player.set_song(made, 2)
    stage.player.play()
    until(lambda: stage.player.status().playing and stage.player.status().revision == 2)
    assert stage.player.status().problem is None


def test_devices_end_with_the_silent_one(stage: Stage) -> None:
    assert stage.player.devices()[-1] == "silent"


def test_nothing_outlives_a_killed_parent(tmp_path: Path) -> None:
    program = (
        "import sys, time, json; from pathlib import Path;"
        "from loopmind_chat.audio.player import Player; from loopmind_chat.home import Home;"
        "p = Player(Home(Path(sys.argv[1]), Path(sys.argv[1])), device='silent');"
        "exec('while p._conductor._engine is None: time.sleep(0.01)');"
        "print(json.dumps([p._conductor._engine.pid, *[c.pid for c in p._pool._all]]), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = json.loads(parent.stdout.readline())
        time.sleep(0.5)
        parent.kill()
    until(lambda: not any(alive(pid) for pid in pids), seconds=6)


def test_close_takes_at_most_two_seconds(tmp_path: Path) -> None:
    made = Stage(tmp_path)
    made.player.set_song(click_song(tmp_path), 1)
    made.player.play()
    until(lambda: made.player.status().playing)
    pid = made.engine_pid
    began = time.monotonic()
    made.player.close()
    assert time.monotonic() - began < 2.0
    assert not alive(pid)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
