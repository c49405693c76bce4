"""What start-up may not import: each of these costs a good part of a second, or more."""

import subprocess
import sys

import pytest

HEAVY = (
    "torch",
    "librosa",
    "numba",
    "chromadb",
    "llama_cpp",
    "sentence_transformers",
    "transformers",
    "pedalboard",
    "scipy",
    "soundfile",
    "sounddevice",
    "pydantic",
    "numpy",
)


@pytest.mark.parametrize(
    "module",
    [
        "loopmind_chat.cli",
        "loopmind_chat.tui.app",
        "loopmind_chat.bootstrap",
        "loopmind_chat.tools.registry",
        "loopmind_chat.agent.conversation",
    ],
)
def test_it_imports_nothing_heavy(module: str) -> None:
    look = f"import sys, {module}; print(' '.join(n for n in {HEAVY!r} if n in sys.modules))"
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
