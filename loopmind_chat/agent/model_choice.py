"""Which model a name means: the default one, a GGUF by path or name, or a server by URL."""

import importlib.util
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from loopmind_chat import weights
from loopmind_chat.agent.examples import shipped_bank
from loopmind_chat.agent.llama_process import LlamaProcess
from loopmind_chat.agent.local_models import FewShotModel, TunedModel
from loopmind_chat.agent.model_switch import NO_MODEL
from loopmind_chat.agent.server_address import is_url, server_address
from loopmind_chat.agent.server_model import ServerModel
from loopmind_chat.agent.template_model import TemplateModel
from loopmind_chat.agent.turn_model import TurnModel
from loopmind_chat.errors import AgentError, ModelUnavailable
from loopmind_chat.home import Home, resource
from loopmind_chat.weights.manifest import model_for

ADAPTER: Final = "smollm2-135m-loopmind.lora.gguf"
"""The tuned adapter of the default model, in ``models/``."""
DEFAULT: Final = "default"
_VARIABLE: Final = "LOOPMIND_MODEL"
_ANOTHER: Final = "loopmind --model with another one"
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class ModelFileThere:
    """A GGUF in the models folder."""

    name: str
    path: Path
    size: int
    """In bytes."""


def wanted_model(said: str | None) -> str:
    """The model asked for: what the command line says, else ``LOOPMIND_MODEL``, else the default one."""
    return (said or os.environ.get(_VARIABLE) or DEFAULT).strip()


def models_there(home: Home) -> list[ModelFileThere]:
    """The GGUF files of the models folder, by name; adapters are none."""
    if not home.models.is_dir():
        return []
    files = (path for path in sorted(home.models.rglob("*.gguf")) if not path.name.endswith(".lora.gguf"))
    return [ModelFileThere(path.stem, path, path.stat().st_size) for path in files if path.is_file()]


def listing(home: Home) -> list[str]:
    """A line for each model that a name can take."""
    default = _default_file(home)
    lines = [f"{DEFAULT:<10} {model_for('chat').name}, made for this"]
    there = [model for model in models_there(home) if model.path.resolve() != default]
    return lines + [f"{model.name}  {model.size / 1e6:,.0f} MB" for model in there[:_SHOWN]]


def open_model(name: str, home: Home) -> TurnModel:
    """Begin to load the model of that name, path or URL.

    Raises AgentError where the name means nothing, ModelUnavailable where llama.cpp is missing, WeightsError where
    the default model is.
    """
    if is_url(name):
        return ServerModel(server_address(name), shipped_bank())
    if importlib.util.find_spec("llama_cpp") is None:
        raise ModelUnavailable("llama-cpp-python is not installed (loopmind doctor says how)")
    path = None if name.lower() in {DEFAULT, model_for("chat").name} else gguf_named(name, home)
    if path is None or path == _default_file(home):
        return _default_model(home)
    return TemplateModel(LlamaProcess(path, logs=home.logs, mend=_ANOTHER), shipped_bank())


def found_model(name: str, home: Home) -> str:
    """What a name means, in a few words; raises LoopMindError where it means nothing. Starts nothing."""
    if is_url(name):
        return server_address(name).origin
    if name.lower() == DEFAULT:
        tuned = "tuned" if resource("models", ADAPTER).is_file() else "not tuned"
        return f"{model_for('chat').name}, {tuned}"
    return name if name.lower() in NO_MODEL else str(gguf_named(name, home))


def gguf_named(name: str, home: Home) -> Path:
    """The file that a path, or a name in the models folder, means; raises AgentError, saying what there is."""
    path = Path(name).expanduser()
    if path.is_file():
        return path.resolve()
    if path.is_dir():
        return _only(sorted(path.glob("*.gguf")), f"{path} holds no one GGUF file")
    there = models_there(home)
    if path.suffix.lower() == ".gguf" and len(path.parts) > 1:
        raise AgentError(f"there is no model at {path}")
    folded = name.lower().removesuffix(".gguf")
    for fits in (_is_called, _begins):
        found = [model.path for model in there if fits(model, folded)]
        if len(found) == 1:
            return found[0]
    names = ", ".join([DEFAULT, *(model.name for model in there)][:_SHOWN])
    raise AgentError(
        f"no one model is called {name[:80]}; there are {names}, any GGUF by its path, a server by its URL"
    )


def _is_called(model: ModelFileThere, folded: str) -> bool:
    return folded in {model.name.lower(), model.path.parent.name.lower()}


def _begins(model: ModelFileThere, folded: str) -> bool:
    return model.name.lower().startswith(folded)


def _only(paths: Iterable[Path], problem: str) -> Path:
    found = list(paths)
    if len(found) != 1:
        raise AgentError(problem)
    return found[0].resolve()


def _default_file(home: Home) -> Path:
    model = model_for("chat")
    return (weights.model_folder(home, model.name) / model.files[0].path).resolve()


def _default_model(home: Home) -> TurnModel:
    path = weights.locate(home, "chat")
    adapter = resource("models", ADAPTER)
    if adapter.is_file():
        return TunedModel(LlamaProcess(path, lora=adapter, logs=home.logs))
    return FewShotModel(LlamaProcess(path, logs=home.logs), shipped_bank())
