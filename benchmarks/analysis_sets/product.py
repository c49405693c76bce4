"""What the product answers: by its command, as a user or a script asks it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Line = dict[str, Any]


def analyze(files: Sequence[Path]) -> list[Line]:
    """One line of ``loopmind analyze --json`` a file, in order; files of one call know of each other."""
    if not files:
        return []
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "loopmind_chat", "analyze", "--json", *map(str, files)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    lines = [json.loads(line) for line in answer.stdout.splitlines() if line.startswith("{")]
    if len(lines) != len(files):
        raise RuntimeError(f"{len(lines)} lines for {len(files)} files:\n{answer.stderr[-2000:]}")
    return lines
