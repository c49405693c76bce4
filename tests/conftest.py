"""Every test has a LOOPMIND_HOME of its own; the models are those of the user, got by `make test`."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from loopmind_chat.home import Home, find_home

MODELS = find_home().models


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home, with the real models."""
    root = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LOOPMIND_HOME", str(root))
    monkeypatch.setenv("LOOPMIND_MODELS", str(MODELS))
    return find_home()


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of the real models."""
    return MODELS


# Machines are noisy: how long an example takes says nothing. In CI the examples are the same in each run.
settings.register_profile(
    "steady",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("steady")
