"""A real sound server: a private PulseAudio with a null sink, whose monitor is recorded.

Set up in a folder of its own, without root; where PulseAudio is not installed there is nothing to test against.
"""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from scipy.signal import correlate

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
MISSING = [program for program in ("pulseaudio", "parec", "pactl") if shutil.which(program) is None]


def _alsa_speaks_pulse() -> bool:
    return any(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so"))


pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        bool(MISSING) or not _alsa_speaks_pulse(),
        reason="needs PulseAudio: apt install pulseaudio pulseaudio-utils libasound2-plugins",
    ),
    pytest.mark.skipif(find_library("portaudio") is None, reason="needs PortAudio: apt install libportaudio2"),
]


def until(true: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)


@dataclass(frozen=True)
class SoundServer:
    folder: Path
    process: subprocess.Popen[bytes]

    @contextmanager
    def recording(self, path: Path) -> Iterator[None]:
        command = [
            "parec",
            "-d",
            "cap.monitor",
            "--rate=48000",
            "--channels=2",
            "--format=float32le",
            "--raw",
            str(path),
        ]
        with subprocess.Popen(command) as recorder:
            try:
                until(lambda: path.exists() and path.stat().st_size > 0)
                yield
                time.sleep(0.5)
            finally:
                recorder.terminate()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    alsa = tmp_path / "asound.conf"
    alsa.write_text("</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa))
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    sink = "module-null-sink sink_name=cap rate=48000 format=float32le"
    with (tmp_path / "pulse.log").open("wb") as log:
        process = subprocess.Popen(
            [
                "pulseaudio",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "-n",
                "-L",
                sink,
                "-L",
                "module-native-protocol-unix",
            ],
            stdout=log,
            stderr=log,
        )
    until(lambda: subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode == 0)
    yield SoundServer(tmp_path, process)
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.terminate()
    process.wait(10)


@pytest.fixture
def player(server: SoundServer) -> Iterator[Player]:
    made = Player(Home(server.folder / "home", server.folder / "models"), engine_arguments=["--unmastered"])
    yield made
    made.close()


def click_song(folder: Path, hertz: float) -> Song:
    drums = write(folder, "clicks", clicks(4, 12_000, level=0.1))
    tone = write(folder, f"tone {hertz:g}", sine(hertz, BAR, level=0.2))
    layers = (
        loop_layer("drums", drums, beats=128.0),
        loop_layer("tone", tone, beats=128.0, role=Role.PAD),
    )
    return song(section(1, *layers, bars=32), tempo=240.0)


def rendered(folder: Path, made: Song, start: int, frames: int) -> Block:
    return Mixer(build_plan(made), Preparer(folder / "home" / "cache" / "prepared").load).render(start, frames)


def residual_db(heard: Block, expected: Block) -> float:
    return float(20 * np.log10(np.abs(heard - expected).max() + 1e-12))


def test_the_recording_is_the_render_and_the_edit_is_heard_at_a_bar_line(server: SoundServer, player: Player) -> None:
    one, two = click_song(server.folder, 220.0), click_song(server.folder, 330.0)
    recording = server.folder / "heard.raw"
    with server.recording(recording):
        player.set_song(one, 1)
        player.play()
        until(lambda: player.status().revision == 1 and player.status().beat > 9.5)
        player.set_song(two, 2)
        until(lambda: player.status().revision == 2)
        landed = player.status().beat
        until(lambda: player.status().beat > landed + 6)
        status = player.status()

    whole = np.fromfile(recording, np.float32)
    heard = whole[: len(whole) // 2 * 2].reshape(-1, 2)
    line = round(landed / 4) * BAR
    before = rendered(server.folder, one, 0, line)
    start = int(np.argmax(correlate(heard[:, 0], before[:, 0], "valid")))
    assert residual_db(heard[start : start + line - 480], before[: line - 480]) < -100
    after = rendered(server.folder, two, line, BAR)
    assert residual_db(heard[start + line : start + line + BAR], after) < -100
    assert status.underruns == 0
    assert not status.silent
    assert status.problem is None
    assert status.device.startswith("default")


def test_a_sound_server_that_hangs_pauses_the_song_and_play_goes_on_after(server: SoundServer, player: Player) -> None:
    player.set_song(click_song(server.folder, 220.0), 1)
    player.play()
    until(lambda: player.status().beat > 10)
    server.process.send_signal(signal.SIGSTOP)
    stopped = player.status().beat
    until(lambda: not player.status().playing)
    assert "is gone: paused" in (player.status().problem or "")
    assert stopped - 1 < player.status().beat < stopped + 4
    server.process.send_signal(signal.SIGCONT)
    place = player.status().beat
    player.play()
    until(lambda: player.status().playing and player.status().beat > place + 4)
    assert player.status().problem is None


def test_the_outputs_are_listed_by_name(player: Player) -> None:
    names = player.devices()
    assert names[0].startswith("default")
    assert names[-1] == "silent"
    player.set_device("not there")
    player.play()
    until(lambda: player.status().silent)
    assert "no output 'not there'" in (player.status().problem or "")
    player.set_device(None)
    player.play()
    until(lambda: player.status().problem is None and not player.status().silent)
