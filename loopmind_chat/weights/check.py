"""Are the model files there, whole and right? One with a flipped bit loads without a word, and talks rubbish."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Final

from loopmind_chat.errors import WeightsError
from loopmind_chat.home import Home
from loopmind_chat.weights.manifest import Model, ModelFile, model_for, model_named

_CHUNK: Final = 1 << 20
_RECORD: Final = ".verified.json"
_MEND: Final = "run: loopmind models pull"
_HEAD: Final = 64


def model_folder(home: Home, name: str) -> Path:
    """Where the files of a model lie; it need not exist."""
    return home.models / name


def locate(home: Home, purpose: str) -> Path:
    """The verified model for a purpose: its file where it is a single one, else its folder; raises WeightsError.

    Sizes are looked at every time, hashes once: a record beside the files says at which size and time they were right.
    """
    model = model_for(purpose)
    _check(home, model, deep=False)
    folder = model_folder(home, model.name)
    return folder / model.files[0].path if len(model.files) == 1 else folder


def verify(home: Home, name: str, *, deep: bool) -> None:
    """Raise WeightsError, with one line on the first fault, unless every file of a model is right.

    ``deep`` hashes every file, whatever was recorded earlier.
    """
    _check(home, model_named(name), deep=deep)


def faulty_files(home: Home, model: Model) -> tuple[ModelFile, ...]:
    """The files of a model that must be fetched (again), every hash worked out anew."""
    faulty = []
    for file in model.files:
        try:
            check_file(model_folder(home, model.name) / file.path, file)
        except WeightsError:
            faulty.append(file)
    return tuple(faulty)


def check_file(path: Path, file: ModelFile) -> None:
    """Raise WeightsError unless the bytes at ``path`` are those of the manifest."""
    _check_size(path, file)
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError as fault:
        raise WeightsError(f"{path} cannot be read: {(fault.strerror or str(fault)).lower()}") from fault
    if digest.hexdigest() != file.sha256:
        raise WeightsError(f"{path} is damaged: its checksum is not that of the model; {_MEND}")


def _check(home: Home, model: Model, *, deep: bool) -> None:
    folder = model_folder(home, model.name)
    record = folder / _RECORD
    known = _read(record)
    seen: dict[str, list[str | int]] = {}
    for file in model.files:
        path = folder / file.path
        mtime_ns = _check_size(path, file)
        seen[file.path] = [file.size, mtime_ns, file.sha256]
        if deep or known.get(file.path) != seen[file.path]:
            check_file(path, file)
    if seen != known:
        with suppress(OSError):  # a folder shared read-only: its files are hashed at each start
            part = record.with_suffix(".part")
            part.write_text(json.dumps(seen), "utf-8")
            part.replace(record)


def _check_size(path: Path, file: ModelFile) -> int:
    """The modification time in ns of a file of the right size; raises WeightsError, saying what it is instead."""
    try:
        status = path.stat()
        if status.st_size == file.size:
            return status.st_mtime_ns
        with path.open("rb") as stream:
            head = stream.read(_HEAD).lstrip().lower()
    except FileNotFoundError as fault:
        raise WeightsError(f"{path} is missing; {_MEND}") from fault
    except OSError as fault:
        raise WeightsError(f"{path} cannot be read: {(fault.strerror or str(fault)).lower()}") from fault
    if not status.st_size:
        found = "is empty"
    elif head.startswith((b"<!doctype", b"<html", b"<?xml")):
        found = "is a web page, not a model"
    elif head.startswith(b"version https://git-lfs"):
        found = "is a Git LFS pointer, not a model"
    elif status.st_size < file.size:
        found = f"is cut short: {status.st_size:,} of {file.size:,} bytes"
    else:
        found = f"is not the model: {status.st_size:,} bytes, not {file.size:,}"
    raise WeightsError(f"{path} {found}; {_MEND}")


def _read(record: Path) -> dict[str, list[str | int]]:
    try:
        known = json.loads(record.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
