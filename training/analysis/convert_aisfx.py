"""Bring aisfx's network into 8-bit form: ``python training/analysis/convert_aisfx.py WHEEL OUT SOUND...``.

WHEEL is ``aisfx-0.1.2-py2.py3-none-any.whl`` (``pip download --no-deps aisfx==0.1.2``), OUT the folder of models, each
SOUND a file or folder of audio whose spectrograms set the ranges of the layers (every eighth file is used). Needs
``onnx`` beside LoopMind's own dependencies (torch reads the checkpoint). Batch norms are folded into the convolutions,
the classifiers above the embedding are left out, and weights have seven bits, so that sums fit on processors without
8-bit dot products and every machine computes the same.
"""

import hashlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from loopmind_chat.library.analysis.embedding_effects import picture
from loopmind_chat.library.analysis.spectrum import mono
from loopmind_chat.soundfiles.read import read_sound

WHEEL_SHA256: Final = "bfe219950715af179e9a1653e7117cc1852baef267cd6596c42cad74afe1d194"
_EPSILON: Final = 1e-5
_BLOCKS: Final = 4
_EVERY: Final = 8
_SUFFIXES: Final = {".wav", ".flac", ".ogg", ".aif", ".aiff", ".mp3"}


def main(wheel: Path, out: Path, sounds: list[Path]) -> None:
    """Convert, calibrate and write ``aisfx.onnx`` and its licence."""
    content = wheel.read_bytes()
    if hashlib.sha256(content).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{wheel} is not the wheel that was checked")
    with zipfile.ZipFile(io.BytesIO(content)) as archive, tempfile.TemporaryDirectory() as folder:
        checkpoint = io.BytesIO(archive.read("aisfx/models/checkpoint.pth"))
        states, _ = torch.load(checkpoint, map_location="cpu", weights_only=False)  # holds numpy numbers too
        plain, prepared = Path(folder) / "plain.onnx", Path(folder) / "prepared.onnx"
        onnx.save(graph({name: value.numpy() for name, value in states.items()}), plain)
        quant_pre_process(plain, prepared, skip_symbolic_shape=True)
        quantize_static(
            prepared,
            out / "aisfx.onnx",
            _Pictures(sounds),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["Conv", "MaxPool"],
            calibrate_method=CalibrationMethod.Percentile,
            extra_options={"CalibPercentile": 99.99},
        )
        (out / "aisfx.LICENSE.txt").write_bytes(archive.read("aisfx-0.1.2.dist-info/licenses/LICENSE"))


def graph(states: dict[str, npt.NDArray[np.float32]]) -> Any:  # noqa: ANN401 - onnx's own class, untyped
    """The embedding network: eight convolutions, mean over bands, maximum over time."""
    nodes, weights, last = [], [], "picture"
    for block in range(1, _BLOCKS + 1):
        for layer in (1, 2):
            kernel, bias = _folded(states, f"embedding_net.conv_block{block}.", layer)
            name = f"{block}_{layer}"
            weights += [numpy_helper.from_array(kernel, f"w{name}"), numpy_helper.from_array(bias, f"b{name}")]
            inputs = [last, f"w{name}", f"b{name}"]
            nodes.append(helper.make_node("Conv", inputs, [f"c{name}"], f"c{name}", kernel_shape=[3, 3], pads=[1] * 4))
            nodes.append(helper.make_node("Relu", [f"c{name}"], [f"r{name}"], f"r{name}"))
            last = f"r{name}"
        if block < _BLOCKS:
            nodes.append(
                helper.make_node("MaxPool", [last], [f"p{block}"], f"p{block}", kernel_shape=[2, 2], strides=[2, 2])
            )
            last = f"p{block}"
    nodes.append(helper.make_node("ReduceMean", [last], ["bands"], "bands", axes=[3], keepdims=0))
    nodes.append(helper.make_node("ReduceMax", ["bands"], ["embedding"], "time", axes=[2], keepdims=0))
    takes = helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["sounds", 1, "frames", 96])
    gives = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["sounds", 512])
    made = helper.make_graph(nodes, "aisfx", [takes], [gives], weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    return model


def _folded(
    states: dict[str, npt.NDArray[np.float32]], block: str, layer: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    norm = f"{block}bn{layer}."
    scale = states[f"{norm}weight"] / np.sqrt(states[f"{norm}running_var"] + _EPSILON)
    kernel = states[f"{block}conv{layer}.weight"] * scale[:, None, None, None]
    return kernel, states[f"{norm}bias"] - states[f"{norm}running_mean"] * scale


class _Pictures(CalibrationDataReader):  # type: ignore[misc]  # onnxruntime ships no types
    """Spectrograms, one at a time."""

    def __init__(self, sounds: list[Path]) -> None:
        self._pictures = _pictures(sounds)

    def get_next(self) -> dict[str, npt.NDArray[np.float32]] | None:
        """The next spectrogram; None at the end."""
        return next(self._pictures, None)


def _pictures(sounds: list[Path]) -> Iterator[dict[str, npt.NDArray[np.float32]]]:
    files = [file for sound in sounds for file in (sorted(sound.rglob("*")) if sound.is_dir() else [sound])]
    for file in [file for file in files if file.suffix.lower() in _SUFFIXES][::_EVERY]:
        sound = read_sound(str(file))
        yield {"picture": picture(mono(sound.samples), sound.rate)[None, None]}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(argument) for argument in sys.argv[3:]])
