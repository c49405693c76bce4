"""How soon one can type: the studio beside a minimal Textual app, in turn, each in a pseudo-terminal.

    python benchmarks/start_up.py [--runs N]

"first frame" is the time from starting the process to the first text of the screen; "typing" the time until a key,
pressed at that moment, is drawn. Everything heavy (library, engine, model) opens behind the first frame in both
measures' time, on an empty home of its own. Medians; the peer says what Python and Textual alone cost here.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import suppress

from loopmind_chat.home import find_home

ROWS, COLUMNS = 24, 80
LIMIT_S = 30.0
KEY = "~"
PEER = """
from textual.app import App
from textual.widgets import Footer, Input, Static

class Peer(App):
    def compose(self):
        yield Static("peer ready")
        yield Input()
        yield Footer()

Peer().run()
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=7, help="of each, after one that is not counted (7)")
    runs = parser.parse_args().runs
    programs = {
        "loopmind": ([sys.executable, "-m", "loopmind_chat"], "LoopMind makes"),
        "a minimal Textual app": ([sys.executable, "-c", PEER], "peer ready"),
    }
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for _ in range(runs + 1):
        for name, (command, text) in programs.items():
            seen[name].append(measured(command, text))
    table({name: times[1:] for name, times in seen.items()})


def table(seen: dict[str, list[tuple[float, float]]]) -> None:
    """Medians, ranges, ratios."""
    print(f"{'':<24}{'first frame':>24}{'typing':>24}")
    medians = {}
    for name, times in seen.items():
        frames, keys = zip(*times, strict=True)
        medians[name] = (statistics.median(frames), statistics.median(keys))
        print(f"{name:<24}{shown(frames):>24}{shown(keys):>24}")
    ours, peer = medians.values()
    print(f"{'ratio':<24}{ours[0] / peer[0]:>23.2f}x{ours[1] / peer[1]:>23.2f}x")


def shown(times: tuple[float, ...]) -> str:
    """A median with the least and the most."""
    return f"{statistics.median(times):.2f} s ({min(times):.2f}-{max(times):.2f})"


def measured(command: list[str], text: str) -> tuple[float, float]:
    """Seconds from the start of the process to its first frame, and to a key drawn."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        environment = os.environ | {
            "LOOPMIND_HOME": home,
            "LOOPMIND_MODELS": str(find_home().models),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        try:
            frame = until_shown(ours, text) - started
            os.write(ours, KEY.encode())
            return frame, until_shown(ours, KEY) - started
        finally:
            leave(process, ours)
            os.close(theirs)
            os.close(ours)


def until_shown(terminal: int, text: str) -> float:
    """The time at which the text has come out of the terminal."""
    limit = time.perf_counter() + LIMIT_S
    output = b""
    while text.encode() not in output:
        assert time.perf_counter() < limit, f"{text!r} was not shown in {LIMIT_S:g} s"
        if select.select([terminal], [], [], 0.5)[0]:
            output += os.read(terminal, 65_536)
    return time.perf_counter()


def leave(process: subprocess.Popen[bytes], terminal: int) -> None:
    """End the program as the system would, reading what it still has to say."""
    process.send_signal(signal.SIGTERM)
    limit = time.perf_counter() + LIMIT_S
    while process.poll() is None and time.perf_counter() < limit:
        if select.select([terminal], [], [], 0.05)[0]:
            with suppress(OSError):
                os.read(terminal, 65_536)
    process.kill()
    process.wait()


if __name__ == "__main__":
    main()
