#!/usr/bin/env python3
"""Set LoopMind up in a checkout: virtual environment, packages, models. Standard library only.

    python3 scripts/set_up.py run     what the app needs
    python3 scripts/set_up.py test    that, and what the tests need

Each step says what it does, is skipped once it is done, and is taken up again after an interruption. As root,
missing Debian packages are installed; otherwise they are named, and LoopMind runs on without what they bring.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("LOOPMIND_VENV", ROOT / ".venv"))
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMPS = VENV / ".set-up"
CONSTRAINTS = ROOT / "constraints.txt"
A_DAY = 86_400.0
INTERRUPTED = 130
TORCH = "torch==2.13.0"
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
LLAMA = "llama-cpp-python==0.3.36"
LLAMA_FLAGS = " ".join(
    f"-D{flag}=OFF"
    for flag in (
        "LLAVA_BUILD",
        "LLAMA_BUILD_TOOLS",
        "LLAMA_BUILD_EXAMPLES",
        "LLAMA_BUILD_SERVER",
        "LLAMA_BUILD_TESTS",
        "LLAMA_CURL",
    )
)
"""Parts of llama.cpp that LoopMind does not use: without them it compiles in about three quarters of the time."""

FOR_SOUND = {"libportaudio2": "the sound card (without it songs can be made and exported, not heard)"}
FOR_TESTS = {
    "rubberband-cli": "the second time-stretcher",
    "pulseaudio": "a sound card to record in the tests",
    "pulseaudio-utils": "the same",
    "libasound2-plugins": "the same",
}


class SetUpFailed(Exception):
    """A step that could not be done; the text says what to do about it."""


def main(arguments: Sequence[str]) -> int:
    """Run all steps for "run" or "test"; exit status 0 where LoopMind can be used."""
    wanted = arguments[0] if arguments else "run"
    if wanted not in {"run", "test"}:
        print(__doc__, file=sys.stderr)
        return 2
    started = time.monotonic()
    try:
        check_python()
        system_packages(FOR_SOUND | (FOR_TESTS if wanted == "test" else {}))
        make_venv()
        step("PyTorch (CPU build)", TORCH, install_torch)
        step("llama.cpp, compiled for this machine (minutes)", LLAMA + LLAMA_FLAGS, install_llama, optional=True)
        step("LoopMind and its packages", requirements_print(wanted), lambda: install_rest(wanted))
        check_no_cuda()
        pull_models()
        if wanted == "run" and not os.environ.get("FOLDER"):
            starter_pack()
    except SetUpFailed as fault:
        say(f"✗ {fault}")
        return 1
    except KeyboardInterrupt:
        say("stopped; the same command goes on from here")
        return INTERRUPTED
    say(f"ready ({time.monotonic() - started:.0f} s)")
    return 0


def say(text: str) -> None:
    """One line of progress."""
    print(f"[loopmind] {text}", flush=True)


def step(what: str, version: str, work: Callable[[], None], *, optional: bool = False) -> None:
    """Do ``work`` unless the same version of it was done before."""
    stamp = STAMPS / hashlib.sha256(f"{what}\n{version}".encode()).hexdigest()[:16]
    if stamp.exists():
        return
    say(f"{what} ...")
    started = time.monotonic()
    try:
        work()
    except SetUpFailed as fault:
        if not optional:
            raise
        say(f"! going on without it: {fault}")
        return
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(f"{what}\n{version}\n", encoding="utf-8")
    say(f"{what}: done in {time.monotonic() - started:.0f} s")


def check_python() -> None:
    """Refuse a Python that LoopMind does not run on."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this script is what says so to an older Python
        raise SetUpFailed(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")


def system_packages(wanted: dict[str, str]) -> None:
    """Install what Debian must bring, where we may; name it where we may not."""
    if sys.platform != "linux" or shutil.which("dpkg-query") is None:
        return
    wanted = dict(wanted)
    if shutil.which("c++") is None or shutil.which("cc") is None:
        wanted["build-essential"] = "a C++ compiler, for the language model"
    missing = {name: why for name, why in wanted.items() if not is_installed(name)}
    if not missing:
        return
    command = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() == 0:
        say(f"system packages: {', '.join(missing)} ...")
        log = ROOT / ".set-up-apt.log"
        with log.open("wb") as out:
            environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            if is_stale():
                subprocess.run(["apt-get", "update"], stdout=out, stderr=out, env=environment, check=False)
            done = subprocess.run(command.split(), stdout=out, stderr=out, env=environment, check=False)
        if done.returncode == 0:
            log.unlink()
            return
        say(f"! they could not be installed; see {log.name}")
    for name, why in missing.items():
        say(f"! not there: {name}: {why}")
    say(f"! to have them: sudo {command}")


def is_installed(package: str) -> bool:
    """Whether Debian's package is installed."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout.strip() == "installed"


def is_stale() -> bool:
    """Whether the package lists are missing or older than a day."""
    lists = Path("/var/lib/apt/lists")
    names = list(lists.glob("*Packages*")) if lists.is_dir() else []
    return not names or time.time() - lists.stat().st_mtime > A_DAY


def make_venv() -> None:
    """Make the virtual environment, and mend one whose Python is gone."""
    works = PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
    if works and works.returncode == 0:
        return
    say(f"virtual environment in {VENV.name} ...")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetUpFailed(
            f"the virtual environment could not be made: {(made.stderr or made.stdout).strip().splitlines()[-1]} "
            f"(on Debian and Ubuntu: apt-get install python{version}-venv)"
        )


def pip(*arguments: str, quiet: bool = True, environment: dict[str, str] | None = None) -> None:
    """Run pip in the virtual environment, showing what it downloads and builds."""
    command = [
        str(PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=os.environ | (environment or {}),
        cwd=ROOT,
    )
    tail: list[str] = []
    shown = ""
    started = time.monotonic()
    for line in process.stdout or ():
        tail = [*tail[-30:], line.rstrip()]
        note = progress_note(line, quiet=quiet)
        if note and note != shown:
            shown = note
            say(f"  {time.monotonic() - started:4.0f} s  {note}")
    if process.wait() != 0:
        reasons = [line for line in tail if "error" in line.lower()] or tail[-5:]
        raise SetUpFailed("pip failed:\n    " + "\n    ".join(reasons[-8:]))


def progress_note(line: str, *, quiet: bool) -> str:
    """What of a line of pip's is worth showing: a download, and each tenth of a build."""
    line = line.strip()
    built = re.match(r"\[(\d+)/(\d+)\]", line)
    if built:
        done, total = int(built[1]), int(built[2])
        return f"compiling: {100 * done // total // 10 * 10} %"
    fetched = re.match(r"Downloading \S*?([^/\s]+\.(?:whl|tar\.gz|zip)) \((.+)\)", line)
    if fetched:
        return f"fetching {fetched[1].split('-')[0]} ({fetched[2]})"
    if line.startswith(("Installing collected packages", "Building wheel for")) and not quiet:
        return line[:90]
    if line.startswith("Installing collected packages"):
        return "installing"
    return ""


def install_torch() -> None:
    """The CPU build of PyTorch: the ordinary one on Linux brings gigabytes of CUDA packages."""
    if sys.platform == "linux" and "+cpu" not in resolved_file(TORCH):
        try:
            pip("install", "--index-url", TORCH_CPU_INDEX, "--retries", "1", "--timeout", "20", "--no-deps", TORCH)
        except SetUpFailed:
            say("! PyTorch's CPU index cannot be reached: its ordinary build comes, with CUDA packages (gigabytes)")
            (STAMPS.parent / ".cuda-allowed").touch()
    pip("install", "-c", str(CONSTRAINTS), TORCH, "numpy")


def resolved_file(requirement: str) -> str:
    """Name of the file that pip would install for a requirement; "" where it finds none."""
    command = [PYTHON, "-m", "pip", "install", "--dry-run", "--no-deps", "--quiet", "--report", "-", requirement]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode != 0:
        return ""
    report = json.loads(found.stdout)
    return " ".join(item["download_info"]["url"] + item["metadata"]["version"] for item in report["install"])


def install_llama() -> None:
    """The llama.cpp binding, built without the parts that LoopMind does not use."""
    if shutil.which("c++") is None:
        raise SetUpFailed("there is no C++ compiler, so no language model; slash commands work (build-essential)")
    flags = f"{os.environ.get('CMAKE_ARGS', '')} {LLAMA_FLAGS}".strip()
    parallel = os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL", str(os.cpu_count() or 2))
    environment = {"CMAKE_ARGS": flags, "CMAKE_BUILD_PARALLEL_LEVEL": parallel}
    pip("install", "-v", "-c", str(CONSTRAINTS), LLAMA, quiet=False, environment=environment)


def requirements_print(wanted: str) -> str:
    """What the third step depends on: it runs again when this changes."""
    return wanted + (ROOT / "pyproject.toml").read_text("utf-8") + CONSTRAINTS.read_text("utf-8")


def install_rest(wanted: str) -> None:
    """LoopMind itself, editable, with everything else it needs at its exact version."""
    target = ".[dev]" if wanted == "test" else "."
    has_llama = subprocess.run([PYTHON, "-c", "import llama_cpp"], capture_output=True, check=False).returncode == 0
    if has_llama:
        pip("install", "-c", str(CONSTRAINTS), "-e", target)
        return
    # Without a compiler the binding would stop everything else from being installed.
    names = dependencies(dev=wanted == "test")
    pip("install", "-c", str(CONSTRAINTS), *[name for name in names if not name.startswith("llama-cpp-python")])
    pip("install", "--no-deps", "-e", ".")


def dependencies(*, dev: bool) -> list[str]:
    """The requirements in ``pyproject.toml``."""
    import tomllib  # noqa: PLC0415 - only a Python that passed check_python has it

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *(project["optional-dependencies"]["dev"] if dev else [])]


def check_no_cuda() -> None:
    """Make sure that no CUDA package came along unasked."""
    listed = subprocess.run(
        [PYTHON, "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True, check=True
    )
    cuda = [line for line in listed.stdout.splitlines() if line.startswith("nvidia-")]
    if cuda and not (STAMPS.parent / ".cuda-allowed").exists():
        raise SetUpFailed(f"{len(cuda)} CUDA packages were installed ({cuda[0]}, ...); remove {VENV} and try again")


def pull_models() -> None:
    """Fetch and verify the models; one that cannot be had is said, and LoopMind runs on without it."""
    done = subprocess.run([PYTHON, "-m", "loopmind_chat", "models", "pull"], cwd=ROOT, check=False)
    if done.returncode == INTERRUPTED:
        raise KeyboardInterrupt
    if done.returncode != 0:
        say("! not all models could be had: slash commands work without; `loopmind models pull` tries again")


def starter_pack() -> None:
    """Something to make songs of, where the user has named no folder and the library is empty."""
    where = "from loopmind_chat.home import find_home as h; print(h().library / 'library.db'); print(h().starter)"
    found = subprocess.run([PYTHON, "-c", where], cwd=ROOT, capture_output=True, text=True, check=True)
    database, pack = (Path(line) for line in found.stdout.splitlines())
    if database.exists():
        return
    say("starter pack: three kits of loops, synthesised on this machine ...")
    for command in (["demo"], ["scan", str(pack)]):
        done = subprocess.run([PYTHON, "-m", "loopmind_chat", *command], cwd=ROOT, check=False)
        if done.returncode == INTERRUPTED:
            raise KeyboardInterrupt
        if done.returncode != 0:
            raise SetUpFailed("the starter pack could not be made; name a folder of your own: make run FOLDER=~/loops")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
