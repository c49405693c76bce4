"""Time-stretching and transposing: one port, two adapters, both Rubber Band."""

import shutil
import subprocess
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from loopmind_chat.errors import StretchFailed

Samples = npt.NDArray[np.float32]

SHORTEST: Final = 2_048
"""Fewer frames than this are never stretched: Rubber Band has nothing to work on."""
_RATE_MIN: Final = 1_000
_PEAK_MAX: Final = 0.9


class Stretcher(Protocol):
    """Makes audio longer or shorter, higher or lower."""

    def __call__(self, samples: Samples, rate: int, ratio: float, semitones: float, *, crisp: bool = False) -> Samples:
        """``samples`` (frames, 2) at ``ratio`` times the length: exactly ``round(frames * ratio)`` frames.

        ``crisp`` keeps attacks sharp (drums) at some cost to sustained sound. Finite input gives finite output;
        peaks above full scale survive. Raises StretchFailed.
        """


def pedalboard_stretch(samples: Samples, rate: int, ratio: float, semitones: float, *, crisp: bool = False) -> Samples:
    """Rubber Band inside this process, by pedalboard: needs no program, lets other threads run meanwhile."""
    kept = _as_it_is(samples, rate, ratio, semitones)
    if kept is not None:
        return kept
    import pedalboard  # noqa: PLC0415 - slow to import, and most audio is found prepared

    # the older engine with short windows smears attacks least and is four times as fast
    try:
        made = pedalboard.time_stretch(
            np.ascontiguousarray(samples.T), float(rate), stretch_factor=1.0 / ratio,
            pitch_shift_in_semitones=float(semitones), preserve_formants=False,
            high_quality=not crisp, use_long_fft_window=False if crisp else None,
        )  # fmt: skip
    except (ValueError, RuntimeError) as fault:
        raise StretchFailed(f"Rubber Band could not stretch by {ratio:g}: {fault}") from fault
    return _exactly(made.T, round(len(samples) * ratio))


def rubberband_program(samples: Samples, rate: int, ratio: float, semitones: float, *, crisp: bool = False) -> Samples:
    """The program ``rubberband``, driven by pyrubberband.

    The audio passes through 16-bit files, so it is scaled to a peak of 0.9 on the way in and back on the way out.
    """
    kept = _as_it_is(samples, rate, ratio, semitones)
    if kept is not None:
        return kept
    peak = float(np.abs(samples).max(initial=0.0))
    if peak == 0.0:
        return _exactly(samples[:0], round(len(samples) * ratio))
    scale = _PEAK_MAX / peak
    import pyrubberband  # noqa: PLC0415 - only this adapter needs it

    options = {"--fast": "", "--crisp": "5"} if crisp else {"--fine": ""}
    loud = (samples * np.float32(scale)).astype(np.float32)
    try:
        if ratio == 1.0:
            made = pyrubberband.pitch_shift(loud, rate, semitones, rbargs=options)
        else:
            made = pyrubberband.time_stretch(loud, rate, 1.0 / ratio, rbargs={**options, "--pitch": f"{semitones:g}"})
    except (RuntimeError, OSError, subprocess.CalledProcessError) as fault:
        raise StretchFailed(f"the program rubberband could not stretch by {ratio:g}: {fault}") from fault
    return _exactly(made / np.float32(scale), round(len(samples) * ratio))


def choose_stretcher(prefer: str = "pedalboard") -> Stretcher:
    """The better adapter that works here. ``prefer="rubberband"`` takes the program where it is installed."""
    if prefer == "rubberband" and shutil.which("rubberband"):
        return rubberband_program
    return pedalboard_stretch


def _as_it_is(samples: Samples, rate: int, ratio: float, semitones: float) -> Samples | None:
    """The samples where there is nothing to do or nothing to work on, cut or padded; None: go on."""
    if not (np.isfinite(ratio) and ratio > 0 and np.isfinite(semitones)):
        raise StretchFailed(f"cannot stretch by {ratio:g} and transpose by {semitones:g}")
    if rate < _RATE_MIN:
        raise StretchFailed(f"cannot stretch audio at {rate} Hz")
    if len(samples) < SHORTEST or (ratio == 1.0 and semitones == 0.0):
        return _exactly(samples, round(len(samples) * ratio))
    if not np.isfinite(samples).all():
        raise StretchFailed("cannot stretch values that are not numbers")
    return None


def _exactly(samples: Samples, frames: int) -> Samples:
    """``samples`` (n, 2), cut or padded with silence to ``frames``."""
    made = np.zeros((frames, 2), np.float32)
    count = min(frames, len(samples))
    made[:count] = samples[:count]
    return made
