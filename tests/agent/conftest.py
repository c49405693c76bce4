"""The real model of the agent's tests."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def gguf(models: Path) -> Path:
    """The default model. Fails where it is not installed: `make test` installs it."""
    found = sorted((models / "smollm2-135m-instruct").glob("*.gguf"))
    assert found, f"no model in {models}: run `make test`, or `loopmind models pull`"
    return found[0]
