"""What is installed, found and missing, and how to mend it."""

import argparse
import importlib.metadata
import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import asdict, dataclass

from loopmind_chat import __version__, weights
from loopmind_chat.cli.output import print_json, print_line
from loopmind_chat.errors import LoopMindError, WeightsError
from loopmind_chat.home import Home, find_home

_PACKAGES = (
    "textual", "llama-cpp-python", "librosa", "soundfile", "numpy", "sounddevice", "sentence-transformers",
    "chromadb", "pedalboard", "pyrubberband", "pyloudnorm", "mutagen", "torch",
)  # fmt: skip
_SQLITE_MIN = (3, 35)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    found: str
    needed: bool
    """False for what LoopMind runs on without."""
    mend: str | None


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Look at everything; 1 where something needed is missing."""
    findings = examine(find_home())
    healthy = all(finding.ok for finding in findings if finding.needed)
    if arguments.json:
        print_json({"version": __version__, "ok": healthy, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            mark = "ok" if finding.ok else "MISSING" if finding.needed else "without"
            print_line(f"{mark:<8} {finding.name:<24} {finding.found}")
            if not finding.ok and finding.mend:
                print_line(f"{'':<8} to mend it: {finding.mend}")
    return 0 if healthy else 1


def examine(home: Home) -> list[Finding]:
    """Everything that LoopMind rests on, as found here."""
    return [
        Finding("Python", ok=True, found=sys.version.split()[0], needed=True, mend=None),
        *[_package(name) for name in _PACKAGES],
        _sqlite(),
        _home(home),
        *[_model(home, model.name, model.purpose) for model in weights.read_manifest()],
        _chosen_model(home),
        _sound(),
        _rubberband(),
    ]


def _package(name: str) -> Finding:
    needed = name not in {"llama-cpp-python", "pyrubberband"}
    mend = f"{sys.executable} -m pip install {name}"
    try:
        return Finding(name, ok=True, found=importlib.metadata.version(name), needed=needed, mend=None)
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, ok=False, found="not installed", needed=needed, mend=mend)


def _sqlite() -> Finding:
    ok = sqlite3.sqlite_version_info >= _SQLITE_MIN
    return Finding("SQLite", ok, sqlite3.sqlite_version, needed=True, mend="a Python built with SQLite 3.35 or newer")


def _home(home: Home) -> Finding:
    there = home.root
    while not there.exists():
        there = there.parent
    ok = os.access(there, os.W_OK)
    return Finding("LOOPMIND_HOME", ok, str(home.root), needed=True, mend="set LOOPMIND_HOME to a folder you may write")


def _model(home: Home, name: str, purpose: str) -> Finding:
    try:
        weights.verify(home, name, deep=True)
    except WeightsError as fault:
        return Finding(f"{purpose} model", ok=False, found=str(fault), needed=False, mend="loopmind models pull")
    return Finding(f"{purpose} model", ok=True, found=name, needed=False, mend=None)


def _chosen_model(home: Home) -> Finding:
    """What ``LOOPMIND_MODEL`` names; a server is not called for it."""
    from loopmind_chat.agent.model_choice import found_model, wanted_model  # noqa: PLC0415 - every family of tools

    wanted = wanted_model(None)
    try:
        found = found_model(wanted, home)
    except LoopMindError as fault:
        mend = "set LOOPMIND_MODEL to a GGUF or a URL, or unset it"
        return Finding("model in use", ok=False, found=str(fault), needed=False, mend=mend)
    return Finding("model in use", ok=True, found=found, needed=False, mend=None)


def _sound() -> Finding:
    # In a process of its own: PortAudio prints to the terminal, and a broken driver can end Python.
    look = "import sounddevice as s; print(s.query_devices(kind='output')['name'])"
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False, timeout=20)
    if found.returncode == 0:
        return Finding("sound", ok=True, found=found.stdout.strip(), needed=False, mend=None)
    reason = (found.stderr.strip().splitlines() or ["no answer"])[-1]
    mend = "apt-get install libportaudio2" if "PortAudio library" in reason else "connect a sound device"
    return Finding("sound", ok=False, found=f"silent: {reason}", needed=False, mend=mend)


def _rubberband() -> Finding:
    program = shutil.which("rubberband")
    mend = "apt-get install rubberband-cli (the built-in stretcher works without)"
    return Finding("rubberband", program is not None, program or "built-in only", needed=False, mend=mend)
