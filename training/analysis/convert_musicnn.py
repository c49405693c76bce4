"""Bring musicnn's weights into the form that LoopMind loads: ``python training/analysis/convert_musicnn.py WHEEL OUT``.

WHEEL is ``musicnn-0.1.0-py3-none-any.whl`` (``pip download --no-deps musicnn==0.1.0``), OUT a folder. Needs numpy only:
the checkpoint is read by ``tf_bundle``. Optimizer state is left out, batch norms are folded into scales and shifts,
filters whose output is turned round afterwards change their sign, and kernels are rounded to 16-bit floats.
"""

import hashlib
import io
import sys
import zipfile
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from tf_bundle import read_bundle

Weights = dict[str, npt.NDArray[np.float32]]

WHEEL_SHA256: Final = "f38a4890c648c1ddbb141c5d96d2b0a8cfcd36746002d896989f7b88beb65cfa"
MODELS: Final = {"MTT_musicnn": "musicnn-mtt.npz"}
"""The tagger of the Million Song Dataset ("MSD_musicnn") converts the same way; it told roles apart less well."""
_EPSILON: Final = 1e-3
"""Of the batch norms: TensorFlow's default, not torch's."""
_FRONT: Final = {
    "timbral_tall": ("conv2d", "batch_normalization_1"),
    "timbral_taller": ("conv2d_1", "batch_normalization_2"),
    "rhythm_long": ("conv2d_2", "batch_normalization_3"),
    "rhythm_middle": ("conv2d_3", "batch_normalization_4"),
    "rhythm_short": ("conv2d_4", "batch_normalization_5"),
}
_INNER: Final = {
    "inner_1": ("conv2d_5", "batch_normalization_6"),
    "inner_2": ("conv2d_6", "batch_normalization_7"),
    "inner_3": ("conv2d_7", "batch_normalization_8"),
}


def main(wheel: Path, out: Path) -> None:
    """Convert the tagger."""
    content = wheel.read_bytes()
    if hashlib.sha256(content).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{wheel} is not the wheel that was checked")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for folder, name in MODELS.items():
            index = archive.read(f"musicnn/{folder}/.index")
            data = archive.read(f"musicnn/{folder}/.data-00000-of-00001")
            folded = fold(read_bundle(index, data))
            np.savez_compressed(out / name, **{key: _rounded(key, value) for key, value in folded.items()})
            print(f"{out / name}: {sum(value.size for value in folded.values())} weights")
        (out / "musicnn.LICENSE.txt").write_bytes(archive.read("musicnn-0.1.0.dist-info/LICENSE.md"))


def fold(tensors: Weights) -> Weights:
    """The weights by LoopMind's names, batch norms folded."""
    weights: Weights = {"input": np.concatenate(_affine(tensors, "batch_normalization"))}
    for name, (conv, norm) in _FRONT.items():
        scale, shift = _affine(tensors, norm)
        sign = np.where(scale < 0, -1.0, 1.0).astype(np.float32)
        weights[name] = _unrolled(tensors[f"{conv}/kernel"]) * sign
        weights[f"{name}_after"] = np.stack([sign, tensors[f"{conv}/bias"], scale, shift])
    for name, (conv, norm) in _INNER.items():
        weights[name] = _unrolled(tensors[f"{conv}/kernel"])
        weights[f"{name}_after"] = np.stack([tensors[f"{conv}/bias"], *_affine(tensors, norm)])
    scale, shift = _affine(tensors, "batch_normalization_9")
    weights["dense"] = tensors["dense/kernel"] * scale[:, None]
    weights["dense_bias"] = tensors["dense/bias"] + shift @ tensors["dense/kernel"]
    weights["dense_scale"], weights["dense_shift"] = _affine(tensors, "batch_normalization_10")
    weights["tags"], weights["tags_bias"] = tensors["dense_1/kernel"], tensors["dense_1/bias"]
    return weights


def _rounded(key: str, value: npt.NDArray[np.float32]) -> npt.NDArray[np.float16 | np.float32]:
    """Kernels as 16-bit floats; the few scales and shifts, which span six powers of ten, as they are."""
    return value.astype(np.float16) if value.ndim > 1 and not key.endswith("_after") else value


def _unrolled(kernel: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """A kernel (frames, height, 1, filters) as a matrix (height * frames, filters)."""
    return kernel[:, :, 0].transpose(1, 0, 2).reshape(-1, kernel.shape[-1])


def _affine(tensors: Weights, norm: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Scale and shift that a trained batch norm comes to."""
    scale = tensors[f"{norm}/gamma"] / np.sqrt(tensors[f"{norm}/moving_variance"] + _EPSILON)
    return scale, tensors[f"{norm}/beta"] - tensors[f"{norm}/moving_mean"] * scale


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
