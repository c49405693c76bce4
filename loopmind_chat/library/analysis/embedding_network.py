"""The tagging network musicnn (Pons and Serra, 2019) in numpy: a spectrogram in, tag probabilities and features out.

Filters as tall as an instrument's timbre and as long as a rhythm look at the spectrogram, three layers put together
what they find, and the whole length is pooled. Batch norms are folded into weights (``training/analysis``), and each of
the first filters has the sign with which the loudest place along the frequency axis is the one that counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]

_REACH: Final = 3
"""Frames that a timbral or inner filter sees on each side."""
_TIMBRAL: Final = ("timbral_tall", "timbral_taller")
_TEMPORAL: Final = ("rhythm_long", "rhythm_middle", "rhythm_short")
_INNER: Final = ("inner_1", "inner_2", "inner_3")
_ROWS: Final = 8
"""Bands at a time: what is unrolled stays within a core's cache."""


@dataclass(frozen=True, slots=True)
class Activations:
    """What the network makes of one spectrogram."""

    tags: Floats
    """Probability of each tag."""
    penultimate: Floats
    """(200,): the layer below the tags."""
    pooled: Floats
    """(1506,): maximum and mean over time of each of 753 features, one after the other."""


class Network:
    """Weights by name, and the way through them."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = {name: np.ascontiguousarray(value, np.float32) for name, value in weights.items()}

    def hear(self, frames: Floats) -> Activations:
        """Run a spectrogram of shape (frames, 96) through the network."""
        w = self._weights
        scale, shift = w["input"]
        picture = frames * scale + shift
        front = np.concatenate([*self._timbral(picture), *self._temporal(picture)], axis=1)
        inner_1 = self._inner(front, _INNER[0])
        inner_2 = self._inner(inner_1, _INNER[1]) + inner_1
        inner_3 = self._inner(inner_2, _INNER[2]) + inner_2
        features = np.concatenate([front, inner_1, inner_2, inner_3], axis=1)
        pooled = np.stack([features.max(axis=0), features.mean(axis=0)], axis=1).ravel()
        hidden = np.maximum(pooled @ w["dense"] + w["dense_bias"], 0)
        penultimate = hidden * w["dense_scale"] + w["dense_shift"]
        logits = penultimate @ w["tags"] + w["tags_bias"]
        return Activations(tags=1 / (1 + np.exp(-logits)), penultimate=penultimate, pooled=pooled)

    def _timbral(self, picture: Floats) -> list[Floats]:
        """The best match of each filter over all heights, frame by frame."""
        windows = np.lib.stride_tricks.sliding_window_view(np.pad(picture, ((_REACH, _REACH), (0, 0))), 7, axis=0)
        places, again = _distinct(picture)
        unrolled = windows[places].reshape(len(places), -1)  # a filter's view at any height is a run of columns
        outputs = []
        for name in _TIMBRAL:
            kernel = self._weights[name]  # (height * 7, filters): at each height, seven frames
            height = len(kernel) // 7
            best: Floats | None = None
            for low in range(picture.shape[1] - height + 1):
                match = unrolled[:, 7 * low : 7 * (low + height)] @ kernel
                best = match if best is None else np.maximum(best, match, out=best)
            assert best is not None  # noqa: S101 - a spectrogram is always taller than a filter
            outputs.append(self._finish(best, name)[again])
        return outputs

    def _temporal(self, picture: Floats) -> list[Floats]:
        """The best match of each filter over all bands, frame by frame."""
        longest = len(self._weights[_TEMPORAL[0]])
        before = (longest - 1) // 2
        rows = np.ascontiguousarray(np.pad(picture, ((before, longest - 1 - before), (0, 0))).T)
        windows = np.lib.stride_tricks.sliding_window_view(rows, longest, axis=1)
        best: list[Floats | None] = [None] * len(_TEMPORAL)
        for low in range(0, len(rows), _ROWS):
            unrolled = windows[low : low + _ROWS].reshape(-1, longest)
            for number, name in enumerate(_TEMPORAL):
                kernel = self._weights[name]
                skip = before - (len(kernel) - 1) // 2
                match = (unrolled[:, skip : skip + len(kernel)] @ kernel).reshape(-1, len(picture), kernel.shape[1])
                peak = match.max(axis=0)
                so_far = best[number]
                best[number] = peak if so_far is None else np.maximum(so_far, peak, out=so_far)
        return [self._finish(peak, name) for peak, name in zip(best, _TEMPORAL, strict=True) if peak is not None]

    def _finish(self, best: Floats, name: str) -> Floats:
        sign, bias, scale, shift = self._weights[f"{name}_after"]
        finished: Floats = np.maximum(best * sign + bias, 0) * scale + shift
        return finished

    def _inner(self, features: Floats, name: str) -> Floats:
        padded = np.pad(features, ((_REACH, _REACH), (0, 0)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, 7, axis=0)
        bias, scale, shift = self._weights[f"{name}_after"]
        layer: Floats = np.maximum(windows.reshape(len(features), -1) @ self._weights[name] + bias, 0) * scale + shift
        return layer


def _distinct(picture: Floats) -> tuple[Rows, Rows]:
    """Frames around which a timbral filter sees something of its own, and for each frame which of these it is like.

    After a short sound there is silence, and all of it looks the same but for the very end.
    """
    length = len(picture)
    sounding = np.flatnonzero((picture != picture[-1]).any(axis=1))
    stop = (int(sounding[-1]) + 1 if len(sounding) else 0) + _REACH
    if stop >= length - _REACH:
        return np.arange(length), np.arange(length)
    places = np.concatenate([np.arange(stop + 1), np.arange(length - _REACH, length)])
    silent = np.full(length - _REACH - stop, stop)
    return places, np.concatenate([np.arange(stop), silent, np.arange(stop + 1, stop + 1 + _REACH)])


def load_network(path: Path) -> Network:
    """Read the weights of a network; raises OSError or ValueError."""
    with np.load(path) as archive:
        return Network({name: archive[name].astype(np.float32) for name in archive.files})
