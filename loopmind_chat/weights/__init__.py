"""The model files that LoopMind uses: what they must be, where they lie, and how they are fetched."""

from loopmind_chat.weights.check import locate, model_folder, verify
from loopmind_chat.weights.fetch import pull
from loopmind_chat.weights.manifest import Model, ModelFile, read_manifest

__all__ = ["Model", "ModelFile", "locate", "model_folder", "pull", "read_manifest", "verify"]
