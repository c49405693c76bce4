"""The beat of long recordings, of which the length says nothing: librosa's tracker (Ellis 2007).

It is kept off the path of loops: there the length is right more often (.85 against .04 exactly), and librosa's kernels
take half a minute to compile once and seconds to load. ``python -m loopmind_chat.library.analysis.beats`` compiles them
ahead; until then long recordings have no tempo.
"""

import os
from pathlib import Path
from typing import Final

import numpy as np

from loopmind_chat.library.analysis.spectrum import Floats
from loopmind_chat.library.analysis.tempo import Tempo, octaves

LONG_S: Final = 128.0
"""From here on no usual number of beats suits a length."""
_BEATS_MIN: Final = 16
_STEADY: Final = 0.1
"""How far beats may stand off an even pulse, in beats, for a recording to have one tempo."""
_HOP: Final = 512
_CONFIDENCE: Final = 0.4


def is_compiled() -> bool:
    """Whether librosa's kernels lie in numba's cache, so that following a beat takes seconds and not a minute."""
    folder = os.environ.get("NUMBA_CACHE_DIR")
    return folder is not None and any(Path(folder).rglob("*beat_track_dp*.nbi"))


def follow_beats(flux: Floats, step_s: float, seconds: float) -> Tempo | None:
    """The tempo of a recording ``seconds`` long by its onset strength; None where its pulse is not even."""
    import librosa.beat  # noqa: PLC0415 - seconds to import

    _, found = librosa.beat.beat_track(onset_envelope=flux, sr=_HOP / step_s, hop_length=_HOP, trim=False)
    times = np.asarray(found, np.float64) * step_s
    if len(times) < _BEATS_MIN:
        return None
    numbers = np.arange(len(times))
    period, start = np.polyfit(numbers, times, 1)
    if np.median(np.abs(times - start - period * numbers)) > _STEADY * period:
        return None
    bpm = round(60 / float(period), 1)
    return Tempo(bpm, _CONFIDENCE, octaves(bpm), round(seconds * bpm / 60, 2), "beats")


def compile_ahead() -> None:
    """Follow a click once, so that the kernels are compiled and kept."""
    clicks = np.full(2_000, 0.01, np.float32)
    clicks[::43] = 1.0
    follow_beats(clicks, _HOP / 44_100, 2_000 * _HOP / 44_100)


if __name__ == "__main__":
    from loopmind_chat.home import find_home

    os.environ.setdefault("NUMBA_CACHE_DIR", str(find_home().numba_cache))
    compile_ahead()
