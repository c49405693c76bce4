"""A small folder of loops, and the command line run in this process."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from loopmind_chat.cli import main
from loopmind_chat.home import Home

RATE = 44_100
SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    def json(self) -> Any:  # noqa: ANN401 - any JSON value
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("show", path)``; ``typed`` is standard input."""

    def go(*words: object, typed: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capfd.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as left:
            status = int(left.code or 0)
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return go


@pytest.fixture(scope="session")
def loops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight loops in A minor at 140 BPM: drums, bass, two melodies (dark, bright), chords, pad; a kick, an impact."""
    folder = tmp_path_factory.mktemp("My Loops")
    random = np.random.default_rng(3)
    beat = 60 / 140
    time = np.arange(round(16 * beat * RATE)) / RATE

    def hits(each: float, decay: float, sound: np.ndarray) -> np.ndarray:
        return sound * np.exp(-(time % (each * beat)) / decay)

    def notes(pitches: tuple[float, ...], partials: int) -> np.ndarray:
        step = (time / (4 * beat)).astype(int) % len(pitches)
        pitch = np.array(pitches)[step]
        phase = 2 * np.pi * np.cumsum(pitch) / RATE
        wave = sum(np.sin(n * phase) / n for n in range(1, partials + 1))
        return wave * (0.3 + 0.7 * np.exp(-(time % beat) / 0.2))

    noise = random.standard_normal(len(time))
    kick = hits(1, 0.1, np.sin(2 * np.pi * 55 * time))
    sounds = {
        "Trap_140bpm_Drums_Full": kick + 0.3 * hits(0.5, 0.03, noise),
        "Trap_140bpm_Am_Bass": notes((55.0, 43.65, 65.41, 49.0), 3),
        "Trap_140bpm_Am_DarkBells_Melody": notes((440.0, 349.2, 523.3, 392.0), 2),
        "Trap_140bpm_Am_DarkerKeys_Melody": notes((220.0, 174.6, 261.6, 196.0), 1),
        "Trap_140bpm_Am_BrightPluck_Melody": notes((880.0, 698.5, 1046.5, 784.0), 12),
        "Trap_140bpm_Am_Chords": sum(notes((p, p * 0.794, p * 1.19, p * 0.89), 4) for p in (220.0, 261.6, 329.6)),
        "Trap_140bpm_Am_Pad": notes((220.0, 174.6, 261.6, 196.0), 5),
    }
    for name, sound in sounds.items():
        soundfile.write(folder / f"{name}.wav", 0.5 * sound / np.abs(sound).max(), RATE)
    short = np.arange(RATE // 2) / RATE
    soundfile.write(folder / "Kick Hard.wav", 0.8 * np.sin(2 * np.pi * 50 * short) * np.exp(-short / 0.1), RATE)
    boom = random.standard_normal(RATE * 2) * np.exp(-np.arange(RATE * 2) / RATE / 0.5)
    soundfile.write(folder / "Impact Deep.wav", 0.5 * boom / np.abs(boom).max(), RATE)
    return folder


@pytest.fixture(scope="session")
def scanned_home(loops: Path, tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """A home whose library knows the loops, by the real command in a process of its own."""
    root = tmp_path_factory.mktemp("scanned")
    environment = os.environ | {"LOOPMIND_HOME": str(root), "LOOPMIND_MODELS": str(models)}
    command = [sys.executable, "-m", "loopmind_chat", "scan", str(loops), "--json"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    (root / "scan.json").write_text(ran.stdout, "utf-8")
    return root


@pytest.fixture
def scanned(scanned_home: Path, home: Home) -> Home:
    """This test's own copy of that home."""
    shutil.copytree(scanned_home, home.root, dirs_exist_ok=True)
    return home


def validator(name: str) -> Draft202012Validator:
    """The schema of docs/schema of that name."""
    schemas = [json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")]
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas
    )
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")), registry=registry)
