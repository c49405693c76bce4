"""What others answer for the same files: librosa, aubio, Essentia, and the rule of length alone."""

import functools
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float32]
NOTES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
_RATE = 44_100
_LENGTH_CENTRE = 127.0
_TILED_S = 20
_SAVED_EACH = 50


@functools.lru_cache(maxsize=2)
def samples_of(path: Path) -> Wave:
    """Mono at 44,100 Hz."""
    import soundfile  # noqa: PLC0415 - brings in libsndfile

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    if rate != _RATE:
        import soxr  # noqa: PLC0415 - only for another rate

        mono = soxr.resample(mono, rate, _RATE)
    return np.ascontiguousarray(mono, np.float32)


def length_tempo(path: Path) -> float:
    """The tempo at which the file lasts a power of two of beats, nearest 127."""
    import soundfile  # noqa: PLC0415 - brings in libsndfile

    seconds = soundfile.info(path).duration
    return min((60 * 2.0**n / seconds for n in range(-3, 9)), key=lambda b: abs(math.log(b / _LENGTH_CENTRE)))


def _librosa_tempo(path: Path) -> float | None:
    import librosa  # noqa: PLC0415 - a peer

    signal = librosa.resample(samples_of(path), orig_sr=_RATE, target_sr=22_050)
    tempo, _ = librosa.beat.beat_track(y=signal, sr=22_050)
    return float(np.atleast_1d(tempo)[0]) or None


def _librosa_key(path: Path) -> str:
    import librosa  # noqa: PLC0415 - a peer

    signal = librosa.resample(samples_of(path), orig_sr=_RATE, target_sr=22_050)
    return krumhansl(librosa.feature.chroma_cqt(y=signal, sr=22_050).mean(axis=1))


def krumhansl(chroma: NDArray[np.floating]) -> str:
    """The key whose profile of Krumhansl and Kessler correlates best with twelve pitch classes."""
    major = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
    minor = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
    scores = {
        f"{NOTES[tonic]} {mode}": float(np.corrcoef(np.roll(profile, tonic), chroma)[0, 1])
        for mode, profile in (("major", major), ("minor", minor))
        for tonic in range(12)
    }
    return max(scores, key=lambda k: scores[k])


def _aubio_tempo(path: Path) -> float | None:
    import aubio  # noqa: PLC0415 - a peer

    hop = 512
    signal = samples_of(path)
    tracker = aubio.tempo("default", 1024, hop, _RATE)
    hops = range(0, len(signal) - hop + 1, hop)
    beats = [tracker.get_last_s() for at in hops if tracker(signal[at : at + hop])[0]]
    if len(beats) > 2:
        return float(np.median(60.0 / np.diff(beats)))
    return float(tracker.get_bpm()) or None


def _essentia_tempo(path: Path) -> float | None:
    import essentia.standard as essentia  # noqa: PLC0415 - a peer

    return float(essentia.RhythmExtractor2013(method="multifeature")(samples_of(path))[0]) or None


def _percival_tempo(path: Path) -> float | None:
    import essentia.standard as essentia  # noqa: PLC0415 - a peer

    signal = samples_of(path)
    tiled = np.tile(signal, math.ceil(_TILED_S * _RATE / len(signal)))[: max(len(signal), _TILED_S * _RATE)]
    return float(essentia.PercivalBpmEstimator()(tiled)) or None


def _essentia_key(profile: str, path: Path) -> str:
    import essentia.standard as essentia  # noqa: PLC0415 - a peer

    note, scale, _ = essentia.KeyExtractor(profileType=profile)(samples_of(path))
    return f"{note} {scale}"


Answer = float | str | None
TEMPO: Mapping[str, tuple[str, Callable[[Path], Answer]]] = {
    "length alone, nearest 127": ("soundfile", length_tempo),
    "librosa beat_track": ("librosa", _librosa_tempo),
    "aubio": ("aubio", _aubio_tempo),
    "Essentia RhythmExtractor2013": ("essentia", _essentia_tempo),
    "Essentia Percival, tiled": ("essentia", _percival_tempo),
}
KEY: Mapping[str, tuple[str, Callable[[Path], Answer]]] = {
    "librosa chroma_cqt + Krumhansl": ("librosa", _librosa_key),
    "Essentia edma": ("essentia", functools.partial(_essentia_key, "edma")),
    "Essentia edmm": ("essentia", functools.partial(_essentia_key, "edmm")),
    "Essentia bgate": ("essentia", functools.partial(_essentia_key, "bgate")),
}


def missing() -> Iterator[str]:
    """Peers that are not installed, each with why."""
    for module in ("librosa", "aubio", "essentia"):
        try:
            __import__(module)
        except ImportError as fault:
            yield f"{module} ({fault})"


class Remembered:
    """Answers kept by what a file holds, so that peers run once for a set."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[str, Any] = {}
        if path is not None and path.exists():
            self._known = json.loads(path.read_text(encoding="utf-8"))

    def ask(self, name: str, peer: Callable[[Path], Answer], file: Path) -> Answer:
        """A peer's answer for a file."""
        mark = f"{name}|{_content(file)}"
        if mark not in self._known:
            self._known[mark] = peer(file)
            if len(self._known) % _SAVED_EACH == 0:
                self.save()
        return self._known[mark]

    def save(self) -> None:
        """Write what was learnt."""
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(self._known), encoding="utf-8")


@functools.cache
def _content(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
