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

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from loopmind_chat.cli import main
from loopmind_chat.home import Home
from tests.fakes.loop_folder import write_loops

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
    write_loops(folder)
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
