"""What aisfx's own network makes of a made-up sound: ``python training/analysis/reference_aisfx.py WHEEL OUT``.

The spectrogram is Essentia's, the network torch's with the weights as they come; the tests hold LoopMind's 8-bit form
against it. Needs ``essentia`` (as in the ``bench`` extra) beside LoopMind's dependencies. OUT is
``tests/library/analysis/aisfx_reference.npz``.
"""

import io
import sys
import types
import zipfile
from pathlib import Path
from typing import Any, Final

import essentia.standard as es
import numpy as np
import numpy.typing as npt
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "library" / "analysis"))
from musicnn_signals import effect

_FRAMES: Final = 100
_LOUDEST: Final = 9.457798957824707
_PEAK: Final = 0.9


def main(wheel: Path, out: Path) -> None:
    """Hear the sound and write what was heard."""
    sound = effect()
    picture = _picture(sound * np.float32(_PEAK / np.abs(sound).max()))
    with torch.no_grad(), zipfile.ZipFile(wheel) as archive:
        embedding = _network(archive)(torch.from_numpy(picture[None]))[0].numpy()
    np.savez_compressed(out, picture=picture[::9], embedding=embedding)


def _picture(sound: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    window, spectrum = es.Windowing(type="hann", normalized=False), es.Spectrum(size=2_048)
    bands = es.MelBands(
        inputSize=1_025, numberBands=96, sampleRate=44_100, lowFrequencyBound=0, highFrequencyBound=22_050,
        warpingFormula="htkMel", weighting="warping", normalize="unit_sum", type="power", log=False,
    )  # fmt: skip
    frames = es.FrameGenerator(sound, frameSize=2_048, hopSize=1_024)
    mel = np.array([bands(spectrum(window(frame))) for frame in frames])[:_FRAMES]
    return (np.log10(10_000 * mel + 1) / _LOUDEST).astype(np.float32)


def _network(archive: zipfile.ZipFile) -> Any:  # noqa: ANN401 - a class of the wheel, untyped
    """The wheel's own embedding network."""
    module = types.ModuleType("cnn2d")
    exec(archive.read("aisfx/models/cnn2d.py"), module.__dict__)  # noqa: S102 - the checked wheel's own code
    states, _ = torch.load(
        io.BytesIO(archive.read("aisfx/models/checkpoint.pth")), map_location="cpu", weights_only=False
    )
    network = module.__dict__["EmbeddingNet"]("max", 3, 1, 64)
    prefix = "embedding_net."
    network.load_state_dict({name.removeprefix(prefix): value for name, value in states.items() if prefix in name})
    return network.eval()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
