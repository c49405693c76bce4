"""Reading sound files that nobody vouches for.

What comes out is finite, mono or stereo, free of DC, and as long as the file really is; what had to be mended is
said. Only libsndfile decodes, and only the plain formats: the others have a history of crashes.
"""

import math
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
import soundfile

from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.soundfiles.chunks import is_cut, tells_delay

Samples = npt.NDArray[np.float32]
"""Audio of shape (frames,) or (frames, channels)."""

CHANNELS_MAX: Final = 8
RATE_MIN: Final = 4_000
RATE_MAX: Final = 384_000
_STEREO: Final = 2
CENTRE: Final = math.sqrt(0.5)
"""Gain on each side of what stands in the middle: -3 dB, so that its power stays the same."""

_FORMATS: Final = {"WAV", "WAVEX", "RF64", "AIFF", "FLAC", "OGG", "MP3"}
_SUBTYPES: Final = {
    "PCM_U8", "PCM_S8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "VORBIS", "MPEG_LAYER_III",
}  # fmt: skip
_BLOCK: Final = 1 << 13
"""Frames a step: what is lost at most where a damaged file breaks off."""
_ABSURD: Final = 1_000.0
"""60 dB over full scale: no recording, but bytes that are not audio."""
_OFFSET_MIN: Final = 1e-3
_OFFSET_FRAMES: Final = 4_000
"""In what is shorter than a tenth of a second a mean is no offset."""
_MP3_DELAY: Final = 576 + 529
"""Frames that LAME and a decoder put before the audio: untold, a loop comes 25 ms late and does not come round."""
DELAY_REMOVED: Final = "encoder's delay removed"
"""The note on an MP3 that did not tell its delay: then it does not tell either how much of its end is padding."""
_PRE_ECHO: Final = 128
_QUIET: Final = 0.02
"""Share of the peak that may be heard ahead of what comes after."""
_NO_LENGTH: Final = 1 << 52

_LEFT_RIGHT: Final[dict[int, tuple[tuple[float, ...], tuple[float, ...]]]] = {
    3: ((1, 0, CENTRE), (0, 1, CENTRE)),
    4: ((1, 0, CENTRE, 0), (0, 1, 0, CENTRE)),
    5: ((1, 0, CENTRE, CENTRE, 0), (0, 1, CENTRE, 0, CENTRE)),
    6: ((1, 0, CENTRE, 0, CENTRE, 0), (0, 1, CENTRE, 0, 0, CENTRE)),
    7: ((1, 0, CENTRE, 0, 0.5, CENTRE, 0), (0, 1, CENTRE, 0, 0.5, 0, CENTRE)),
    8: ((1, 0, CENTRE, 0, CENTRE, 0, CENTRE, 0), (0, 1, CENTRE, 0, 0, CENTRE, 0, CENTRE)),
}
"""Downmix by channel count, in the order of WAV: L R C LFE Ls Rs (ITU-R BS.775; LFE is left out)."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself, without decoding it."""

    frames: int
    """What WAV and AIFF files hold; what the header of others says (0: it does not say)."""
    rate: int
    channels: int
    duration_s: float
    format: str
    """"WAV", "AIFF", "FLAC", "OGG" or "MP3"."""
    subtype: str
    """"PCM_24", "FLOAT", "VORBIS": libsndfile's names."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Decoded audio."""

    samples: Samples
    """Shape (frames, 1 or 2); finite, full scale is 1, peaks above it are kept."""
    rate: int
    notes: tuple[str, ...] = ()
    """What was done on reading ("truncated", "6 channels mixed to stereo"), for the user."""
    faults: tuple[str, ...] = ()
    """Those notes which say that the audio is not what its maker meant it to be."""
    channels: int = 2
    """Channels in the file."""


def read_header(path: str | Path) -> Header:
    """Format and length of a sound file; decodes nothing. Raises UnreadableAudio."""
    with _opened(Path(path)) as (file, _):
        return _header(file)


def read_sound(path: str | Path, *, max_seconds: float = 600.0) -> Sound:
    """Decode a sound file of at most ``max_seconds``. Raises UnreadableAudio.

    Memory follows what is really decoded, never what the header claims.
    """
    with _opened(Path(path)) as (file, cut):
        header = _header(file)
        if header.duration_s > max_seconds:
            raise _too_long(max_seconds)
        delayed = header.format == "MP3" and not _tells_delay(path)
        # behind a FLAC's last frame there may lie a tag or a stray byte, over which its decoder stumbles
        told = header.frames if header.format == "FLAC" else 0
        samples, repaired, broke_off = _decode(file, told or int(max_seconds * header.rate) + 1)
    if not len(samples):
        raise UnreadableAudio("no audio in it")
    if len(samples) > max_seconds * header.rate:
        raise _too_long(max_seconds)
    faults = []
    if cut or broke_off or len(samples) < header.frames:
        faults.append("truncated")
    if repaired:
        faults.append(f"repaired {repaired} sample" + "s" * (repaired > 1))
    notes = list(faults)
    if header.channels > _STEREO:
        notes.append(f"{header.channels} channels mixed to stereo")
    if delayed and _starts_late(samples):
        samples = samples[_MP3_DELAY:]
        notes.append(DELAY_REMOVED)
    if _has_offset(samples):
        samples = _without_offset(samples, header.rate)
        notes.append("DC offset removed")
    return Sound(samples, header.rate, tuple(notes), tuple(faults), header.channels)


def as_stereo(samples: Samples) -> Samples:
    """Two channels, shape (frames, 2): mono stands in the middle, at -3 dB a side so that its power stays."""
    if samples.ndim == 1:
        samples = samples[:, None]
    if samples.shape[1] == _STEREO:
        return samples
    return np.repeat(samples * np.float32(CENTRE), 2, axis=1)


def resampled(samples: Samples, rate: int, target: int) -> Samples:
    """The same audio at ``target`` Hz (soxr, high quality)."""
    if rate == target or not len(samples):
        return samples
    import soxr  # noqa: PLC0415 - most files need none

    return np.ascontiguousarray(soxr.resample(samples, rate, target, quality="HQ"), dtype=np.float32)


class _Forward(soundfile.SoundFile):  # type: ignore[misc] # soundfile ships no types
    """A file that is only read on: soundfile seeks after each block, and MP3 decoders lose their place by it."""

    def seekable(self) -> bool:
        """Never."""
        return False


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Any, bool]]:
    """The file in libsndfile, and whether its end is missing."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableAudio("not a file")
        if status.st_size == 0:
            raise UnreadableAudio("empty file")
        with path.open("rb", buffering=0) as handle:
            cut = is_cut(handle)
            handle.seek(0)
            with _sound_file(handle) as file:
                yield file, cut
    except FileNotFoundError as fault:
        raise UnreadableAudio("no such file") from fault
    except PermissionError as fault:
        raise UnreadableAudio("no access") from fault
    except OSError as fault:
        raise UnreadableAudio(f"cannot be read: {fault.strerror or fault}") from fault


def _sound_file(handle: BinaryIO) -> Any:  # noqa: ANN401 - soundfile ships no types
    try:
        # the descriptor, not the name: a name need not be UTF-8, and ".raw" would mean headerless audio
        return _Forward(handle.fileno(), closefd=False)
    except soundfile.LibsndfileError as fault:
        raise UnreadableAudio(f"not audio, or damaged: {fault.error_string.rstrip('.')}") from fault


def _header(file: Any) -> Header:  # noqa: ANN401 - soundfile ships no types
    if file.format not in _FORMATS or file.subtype not in _SUBTYPES:
        raise UnreadableAudio(f"unsupported format: {file.format} {file.subtype}")
    if not 1 <= file.channels <= CHANNELS_MAX:
        raise UnreadableAudio(f"too many channels: {file.channels}")
    if not RATE_MIN <= file.samplerate <= RATE_MAX:
        raise UnreadableAudio(f"unsupported sample rate: {file.samplerate} Hz")
    frames = file.frames if 0 <= file.frames < _NO_LENGTH else 0
    kind = "WAV" if file.format in {"WAVEX", "RF64"} else file.format
    return Header(frames, file.samplerate, file.channels, frames / file.samplerate, kind, file.subtype)


def _decode(file: Any, frames_max: int) -> tuple[Samples, int, bool]:  # noqa: ANN401 - soundfile ships no types
    """Up to ``frames_max`` frames, the number of samples repaired, and whether decoding broke off."""
    blocks: list[Samples] = []
    frames = repaired = 0
    cut = False
    while frames < frames_max:
        try:
            block = file.read(min(_BLOCK, frames_max - frames), dtype="float32", always_2d=True)
        except soundfile.LibsndfileError as fault:
            if not frames:
                raise UnreadableAudio(f"damaged: {fault.error_string.rstrip('.')}") from fault
            cut = True
            break
        if not len(block):
            break
        repaired += _repair(block)
        blocks.append(_downmixed(block))
        frames += len(block)
    return (np.concatenate(blocks) if blocks else np.zeros((0, 1), np.float32)), repaired, cut


def _repair(block: Samples) -> int:
    """Silence, in place, what is no audio; return how many samples that were."""
    wrong = ~(np.abs(block) < _ABSURD)  # true for NaN too
    count = int(np.count_nonzero(wrong))
    if count:
        block[wrong] = 0.0
    return count


def _downmixed(block: Samples) -> Samples:
    gains = _LEFT_RIGHT.get(block.shape[1])
    return block if gains is None else block @ np.array(gains, np.float32).T


def _tells_delay(path: str | Path) -> bool:
    with Path(path).open("rb") as handle:
        return tells_delay(handle)


def _starts_late(samples: Samples) -> bool:
    """Whether an MP3 begins with what its encoder puts first, rather than with sound."""
    if len(samples) < 2 * _MP3_DELAY:
        return False
    before = np.abs(samples[: _MP3_DELAY - _PRE_ECHO]).max()
    return bool(before < _QUIET * np.abs(samples).max())


def _has_offset(samples: Samples) -> bool:
    """Whether a channel lies off zero: by its mean and its median, for the mean alone is off in any plain kick too."""
    mean = np.array([channel.mean(dtype=np.float64) for channel in samples.T])
    if len(samples) < _OFFSET_FRAMES or np.max(np.abs(mean)) < _OFFSET_MIN:
        return False
    median = np.median(samples, axis=0)
    return bool(np.any((np.minimum(np.abs(mean), np.abs(median)) > _OFFSET_MIN) & (mean * median > 0)))


def _without_offset(samples: Samples, rate: int) -> Samples:
    """A 5 Hz high-pass that starts as if the offset had been there for ever, so that it does not click."""
    from scipy.signal import butter, sosfilt, sosfilt_zi  # noqa: PLC0415 - slow to import, and rarely needed

    sections = butter(1, 5.0, "highpass", fs=rate, output="sos")
    offset = np.median(samples, axis=0)
    state = sosfilt_zi(sections)[:, :, None] * offset
    filtered, _ = sosfilt(sections, samples, axis=0, zi=state)
    return np.asarray(filtered, dtype=np.float32)


def _too_long(max_seconds: float) -> UnreadableAudio:
    return UnreadableAudio(f"too long (>{max_seconds / 60:g} min): not a loop")
