"""The set-up script's own logic; the whole of it runs whenever `make test` does."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with a virtual environment that is not there yet."""
    monkeypatch.setenv("LOOPMIND_VENV", str(tmp_path / "venv"))
    spec = importlib.util.spec_from_file_location("set_up", ROOT / "scripts" / "set_up.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  [37/150] Building C object ggml.c.o", "compiling: 20 %"),
        ("  Downloading numpy-2.4.6-cp311-manylinux_2_28_x86_64.whl (16.9 MB)", "fetching numpy (16.9 MB)"),
        ("Installing collected packages: a, b", "installing"),
        ("Requirement already satisfied: numpy", ""),
    ],
)
def test_of_pip_only_what_takes_long_is_shown(set_up: ModuleType, line: str, shown: str) -> None:
    assert set_up.progress_note(line, quiet=True) == shown


def test_a_step_is_done_once_for_each_version(set_up: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    done: list[str] = []
    for version in ("1", "1", "2"):
        set_up.step("thing", version, lambda: done.append("x"))
    assert len(done) == 2
    assert capsys.readouterr().out.count("done in") == 2


def test_a_step_that_failed_is_taken_up_again(set_up: ModuleType) -> None:
    def fail() -> None:
        raise set_up.SetUpFailed("no")

    with pytest.raises(set_up.SetUpFailed):
        set_up.step("thing", "1", fail)
    done: list[str] = []
    set_up.step("thing", "1", lambda: done.append("x"))
    assert done == ["x"]


def test_what_is_optional_is_said_and_gone_without(set_up: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise set_up.SetUpFailed("there is no C++ compiler")

    set_up.step("llama", "1", fail, optional=True)
    assert "going on without it: there is no C++ compiler" in capsys.readouterr().out


def test_without_root_missing_packages_are_named(
    set_up: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(set_up, "is_installed", lambda _: False)
    monkeypatch.setattr(set_up.shutil, "which", lambda name: f"/usr/bin/{name}")
    set_up.system_packages({"libportaudio2": "the sound card"})
    out = capsys.readouterr().out
    assert "libportaudio2: the sound card" in out
    assert "sudo apt-get install -y --no-install-recommends libportaudio2" in out


def test_no_cuda_package_came_along() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True, check=True
    )
    cuda = [line for line in listed.stdout.splitlines() if line.startswith("nvidia-")]
    assert cuda == [] or (Path(sys.prefix) / ".cuda-allowed").exists()


def test_the_repository_is_light() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    sizes = [(ROOT / name).stat().st_size for name in tracked.stdout.split("\0") if name and (ROOT / name).exists()]
    assert max(sizes, default=0) <= 12_000_000
    assert sum(sizes) <= 40_000_000
