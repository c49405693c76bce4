"""Fit the space in which sounds are compared: ``python training/analysis/sound_space.py OUT SOUND...``.

OUT is ``models/sound-space.npz``, each SOUND a folder of audio. No labels are used: each network's features are
centred, scaled to unit variance and weighed, and the principal axes are kept.
"""

import sys
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.home import resource
from loopmind_chat.library.analysis.embedding import AUDIO_DIMENSIONS, FEATURES, Embedder, Space
from loopmind_chat.library.analysis.embedding_effects import EFFECTS_DIMENSIONS, EffectsNetwork
from loopmind_chat.library.analysis.embedding_network import load_network
from loopmind_chat.library.analysis.spectrum import mono
from loopmind_chat.soundfiles.read import read_sound

Floats = npt.NDArray[np.float32]

MUSIC_WEIGHT: Final = 0.5
"""What musicnn counts against aisfx: neighbours of one role, measured across packs, were most with this."""
_LEAST: Final = 1e-3
_SUFFIXES: Final = {".wav", ".flac", ".ogg", ".aif", ".aiff", ".mp3"}


def main(out: Path, folders: list[Path]) -> None:
    """Hear every file and write the space."""
    empty = Space(np.zeros(FEATURES, np.float32), np.zeros((FEATURES, AUDIO_DIMENSIONS), np.float32))
    network = load_network(resource("models", "musicnn-mtt.npz"))
    embedder = Embedder(network, EffectsNetwork(resource("models", "aisfx.onnx")), empty)
    heard = []
    for file in [file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in _SUFFIXES]:
        sound = read_sound(str(file))
        heard.append(embedder.features(mono(sound.samples), sound.rate))
    space = fit(np.stack(heard))
    np.savez_compressed(out, centre=space.centre, axes=space.axes.astype(np.float16))
    print(f"{out}: {len(heard)} sounds")


def fit(features: Floats, dimensions: int = AUDIO_DIMENSIONS) -> Space:
    """Principal axes of (sounds, FEATURES)."""
    centre = features.mean(axis=0)
    music = FEATURES - EFFECTS_DIMENSIONS
    weight = np.concatenate(
        [
            np.full(music, MUSIC_WEIGHT / np.sqrt(music)),
            np.full(EFFECTS_DIMENSIONS, 1 / np.sqrt(EFFECTS_DIMENSIONS)),
        ]
    ) / np.maximum(features.std(axis=0), _LEAST)
    _, _, axes = np.linalg.svd((features - centre) * weight, full_matrices=False)
    return Space(centre.astype(np.float32), (weight[:, None] * axes[:dimensions].T).astype(np.float32))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
