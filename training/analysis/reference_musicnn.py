"""What the original graph makes of three made-up sounds: ``python training/analysis/reference_musicnn.py WHEEL OUT``.

Runs the TensorFlow graph that lies in the musicnn wheel, untouched but for its training half, on spectrograms by
librosa, and writes tags and features for the tests of LoopMind's own spectrogram and network. Needs ``tensorflow_cpu``
2.21 and ``librosa`` beside numpy; neither is needed to run LoopMind's network. OUT is
``tests/library/analysis/musicnn_reference.npz``.
"""

import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any, Final

import librosa
import numpy as np
import numpy.typing as npt
import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "library" / "analysis"))
from musicnn_signals import SIGNALS

RATE: Final = 16_000
FRAMES: Final = 187
TAGS: Final = "model/Sigmoid"
PENULTIMATE: Final = "model/batch_normalization_10/batchnorm/add_1"
"""The branch that is taken when nothing is trained."""


def main(wheel: Path, out: Path) -> None:
    """Run the tagger."""
    tf.compat.v1.disable_eager_execution()
    pictures = {name: _picture(make()) for name, make in SIGNALS.items()}
    results: dict[str, npt.NDArray[np.float32]] = {}
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        session, spectrogram, training = _open(Path(folder) / "musicnn" / "MTT_musicnn")
        for name, picture in pictures.items():
            tags, penultimate = session.run(
                [f"{TAGS}:0", f"{PENULTIMATE}:0"], {spectrogram: picture[None], training: False}
            )
            results[f"mtt/{name}/tags"], results[f"mtt/{name}/penultimate"] = tags[0], penultimate[0]
    results |= {f"mel/{name}": picture[::31] for name, picture in pictures.items()}
    np.savez_compressed(out, **results)


def _picture(signal: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    mel = librosa.feature.melspectrogram(
        y=signal, sr=RATE, n_fft=512, hop_length=256, n_mels=96, pad_mode="reflect"
    )  # librosa 0.7, which the network was trained with, reflected at the ends
    return np.log10(10_000 * mel.T[:FRAMES] + 1).astype(np.float32)


def _open(model: Path) -> tuple[Any, str, str]:
    """A session with the weights in place, and the names of what it is fed: spectrogram, whether it trains."""
    meta = meta_graph_pb2.MetaGraphDef()
    meta.ParseFromString((model / ".meta").read_bytes())
    for node in meta.graph_def.node:
        node.device = ""
        if "_output_shapes" in node.attr:
            del node.attr["_output_shapes"]  # today's TensorFlow disagrees about the gradients' shapes
    forward = tf.compat.v1.graph_util.extract_sub_graph(meta.graph_def, [TAGS, PENULTIMATE])
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(forward, name="")
        session = tf.compat.v1.Session()
        reader = tf.compat.v1.train.NewCheckpointReader(f"{model}/")
        for operation in graph.get_operations():
            if operation.type == "VariableV2":
                value = tf.constant(reader.get_tensor(operation.name))
                session.run(tf.compat.v1.raw_ops.Assign(ref=operation.outputs[0], value=value))
    inputs = {op.outputs[0].dtype: f"{op.name}:0" for op in graph.get_operations() if op.type == "Placeholder"}
    return session, inputs[tf.float32], inputs[tf.bool]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
