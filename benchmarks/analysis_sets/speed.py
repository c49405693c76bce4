"""How fast each tool is on one core, in the same run, and how long its first answer takes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

from analysis_sets import peers
from analysis_sets.corpus import VISIBLE, Corpus
from analysis_sets.judge import Row, Table, Value

OURS_HEARD = "this program, with embeddings"
OURS_UNHEARD = "this program, without embeddings"
_COLD = {
    "librosa": "import sys, librosa; y, r = librosa.load(sys.argv[1]); librosa.beat.beat_track(y=y, sr=r)",
    "aubio": (
        "import sys, aubio, soundfile; y, r = soundfile.read(sys.argv[1], dtype='float32', always_2d=True);"
        "y = y.mean(axis=1); t = aubio.tempo('default', 1024, 512, r);"
        "[t(y[i:i+512]) for i in range(0, len(y) - 511, 512)]"
    ),
    "essentia": (
        "import sys, soundfile, essentia.standard as e; y, r = soundfile.read(sys.argv[1], dtype='float32', "
        "always_2d=True); e.RhythmExtractor2013()(y.mean(axis=1)); e.KeyExtractor()(y.mean(axis=1))"
    ),
}


def speed_table(corpus: Corpus, missing: Sequence[str], *, quick: bool) -> Table:
    """Times real time by the processor's clock (and by the wall's), on one core; the cold start of each apart."""
    core = _pinned()
    step = max(1, len(corpus.items) // (24 if quick else 80))
    chosen = [n for n, i in enumerate(corpus.items) if i.is_loop and i.source != "keys"][::step]
    files = corpus.select(chosen, VISIBLE)
    absent = {line.split()[0] for line in missing}
    jobs: dict[str, tuple[str, Callable[[Path], object]]] = dict(_ours())
    jobs |= {f"{name} (tempo)": job for name, job in peers.TEMPO.items()}
    jobs |= {f"{name} (key)": job for name, job in peers.KEY.items()}
    rows = []
    for name, (module, job) in jobs.items():
        if module not in absent:
            rows.append(Row(name, _timed(job, files) | {"cold start, s": _cold(module, name, files[0])}))
    _unpinned(core)
    note = f"{len(files)} loops on one core; the processor's clock counts only what the tool itself used."
    return Table("Speed", rows, note)


def _ours() -> dict[str, tuple[str, Callable[[Path], object]]]:
    from loopmind_chat.library.analysis import analyze, analyze_sound  # noqa: PLC0415 - brings in numpy

    def unheard(file: Path) -> object:
        """The facts where the weights are not there: tempo, key, level and the rest, no embedding."""
        with patch.object(analyze, "load_embedder", lambda: None):
            return analyze_sound(str(file))

    return {
        OURS_HEARD: ("loopmind_chat", lambda f: analyze_sound(str(f))),
        OURS_UNHEARD: ("loopmind_chat", unheard),
    }


def _timed(job: Callable[[Path], object], files: Sequence[Path]) -> dict[str, Value]:
    seconds = sum(len(peers.samples_of(f)) for f in files) / 44_100
    job(files[0])
    peers.samples_of.cache_clear()
    clock, used = time.perf_counter(), time.process_time()
    for file in files:
        job(file)
        peers.samples_of.cache_clear()
    used, clock = time.process_time() - used, time.perf_counter() - clock
    return {
        "ms a loop": 1000 * used / len(files),
        "x real time": seconds / used,
        "x real time by the wall": seconds / clock,
    }


def _cold(module: str, name: str, file: Path) -> float | None:
    """Seconds from nothing to the answer for one file, in a new process."""
    if name == OURS_HEARD:
        command = [sys.executable, "-m", "loopmind_chat", "analyze", "--json", str(file)]
    elif module in _COLD and name.startswith(("librosa beat", "aubio", "Essentia RhythmExtractor")):
        command = [sys.executable, "-c", _COLD[module], str(file)]
    else:
        return None
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _pinned() -> set[int]:
    """Keep to one core where the system can; the cores there were."""
    if not hasattr(os, "sched_setaffinity"):
        return set()
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    return before


def _unpinned(before: set[int]) -> None:
    if before:
        os.sched_setaffinity(0, before)
