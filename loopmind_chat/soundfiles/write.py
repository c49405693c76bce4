"""Writing sound files so that what lies at a path is always whole: the old file, or the new one."""

import errno
import os
import secrets
from pathlib import Path
from typing import Final

import numpy as np
import soundfile

from loopmind_chat.errors import SoundFileError
from loopmind_chat.soundfiles.read import Samples, resampled

_FORMATS: Final = {".wav": "WAV", ".flac": "FLAC", ".mp3": "MP3", ".ogg": "OGG"}
_SUBTYPES: Final = {"WAV": "PCM_24", "FLAC": "PCM_24", "MP3": "MPEG_LAYER_III", "OGG": "VORBIS"}
_MP3_RATES: Final = {32_000, 44_100, 48_000}
_MP3_BEST: Final = {"bitrate_mode": "CONSTANT", "compression_level": 0.0}
"""320 kbit/s: libsndfile counts downwards."""
_MP3_SLACK: Final = 2 * 1_152
"""Frames by which a decoded MP3 may differ in length: two of its granules."""
_BLOCK: Final = 1 << 16
_WAV_BYTES_MAX: Final = 0xFFFF_0000


def write_sound(path: str | Path, samples: Samples, rate: int, *, subtype: str | None = None) -> None:
    """Write ``samples``, (frames,) or (frames, channels), in the format that the suffix names. Raises SoundFileError.

    An existing file is replaced, in one step and only after the new one has been read back. ``subtype`` is one of
    libsndfile's names ("PCM_16"); without it WAV and FLAC get 24 bits.
    """
    target = Path(path)
    kind = _FORMATS.get(target.suffix.lower())
    if kind is None:
        raise SoundFileError(f"cannot write {target.suffix or 'a file without suffix'}: use .wav, .flac, .mp3 or .ogg")
    if not np.isfinite(samples).all():
        raise SoundFileError("the audio holds values that are not numbers; nothing was written")
    if kind == "MP3" and rate not in _MP3_RATES:
        samples, rate = resampled(samples, rate, 48_000), 48_000
    if not target.parent.is_dir():
        raise SoundFileError(f"no such folder: {target.parent}")
    # the whole name would overstep the file system's limit where it is near it already
    partial = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write(partial, samples, rate, kind, subtype or _SUBTYPES[kind])
        _check(partial, len(samples), kind)
        partial.replace(target)
        _sync_folder(target.parent)
    except OSError as fault:
        raise SoundFileError(_reason(fault, target)) from fault
    except (soundfile.SoundFileError, ValueError) as fault:
        # libsndfile reports a full disk as its own error, and an impossible subtype as ValueError
        raise SoundFileError(f"could not write {target.name}: {fault}") from fault
    finally:
        partial.unlink(missing_ok=True)


def _write(path: Path, samples: Samples, rate: int, kind: str, subtype: str) -> None:
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    container = "RF64" if kind == "WAV" and samples.size * 4 > _WAV_BYTES_MAX else kind
    quality = _MP3_BEST if kind == "MP3" else {}
    with path.open("xb") as handle:
        with soundfile.SoundFile(
            handle.fileno(), "w", rate, channels, subtype, format=container, closefd=False, **quality
        ) as file:
            for start in range(0, len(samples), _BLOCK):  # libsndfile's Vorbis encoder overflows its stack on more
                file.write(samples[start : start + _BLOCK])
        os.fsync(handle.fileno())


def _check(path: Path, frames: int, kind: str) -> None:
    with path.open("rb") as handle, soundfile.SoundFile(handle.fileno(), closefd=False) as file:
        slack = _MP3_SLACK if kind == "MP3" else 0
        if abs(file.frames - frames) > slack:
            raise OSError(errno.ENOSPC, "written short")


def _sync_folder(folder: Path) -> None:
    """Make the renaming last through a loss of power, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(fault: OSError, target: Path) -> str:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return f"could not write {target.name}: the disk is full"
    if isinstance(fault, PermissionError):
        return f"could not write {target.name}: no permission in {target.parent}"
    return f"could not write {target.name}: {fault.strerror or fault}"
