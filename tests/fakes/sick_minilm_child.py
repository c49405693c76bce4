"""A text-model process that falls ill: its one argument is a folder that says how, and counts its starts."""

import json
import sys
import time
from pathlib import Path

import numpy as np

from loopmind_chat.library.frames import read_frame, write_frame

folder = Path(sys.argv[1])
starts = folder / "starts"
starts.write_text(starts.read_text() + "." if starts.exists() else ".")
write_frame(sys.stdout.buffer, b"ready")
while (message := read_frame(sys.stdin.buffer)) is not None:
    if (folder / "dies always").exists() or ((folder / "dies once").exists() and len(starts.read_text()) == 1):
        sys.exit(3)
    if (folder / "hangs").exists():
        time.sleep(60)
    count = len(json.loads(message))
    write_frame(sys.stdout.buffer, np.eye(count, 384, dtype="<f4").tobytes())
