"""How fast loops are analysed on one core, beside what a script with librosa usually does.

    python benchmarks/analysis_speed.py FOLDER... [--files N]

Each file goes through each way in turn, in one process that is kept to one core. "x real time" is seconds of audio a
second of the processor's time. librosa's way: load, beat_track, chroma_cqt, mfcc. A cold start is a new process from
nothing to its first answer; librosa's is told with its kernels compiled before and without. Names count for nothing:
every file is read through a link that is called by a number.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}

import soundfile

from loopmind_chat.library.analysis import analyze

SUFFIXES = {".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff"}
EMBEDDED = "ours, with embeddings"
BARE = "ours, without embeddings"
LIBROSA = "librosa"
OURS_COLD = "from loopmind_chat.library.analysis import analyze_sound; analyze_sound({0!r})"
LIBROSA_COLD = (
    "import librosa; y, r = librosa.load({0!r}); librosa.beat.beat_track(y=y, sr=r);"
    "librosa.feature.chroma_cqt(y=y, sr=r); librosa.feature.mfcc(y=y, sr=r)"
)

load_embedder = analyze.load_embedder


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--files", type=int, default=80, help="how many, drawn by a fixed seed (80)")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    found = [path for folder in arguments.folder for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]
    draw = random.Random(1)  # noqa: S311 - the same files each time
    chosen = draw.sample(found, min(arguments.files, len(found)))
    with tempfile.TemporaryDirectory() as folder:
        files = [link(Path(folder), number, path) for number, path in enumerate(chosen)]
        warm(files)
        cold(files[0])


def link(folder: Path, number: int, path: Path) -> Path:
    """The file under a name that says nothing."""
    hidden = folder / f"{number:04d}{path.suffix}"
    hidden.symlink_to(path.resolve())
    return hidden


def warm(files: Sequence[Path]) -> None:
    """The table of what each way takes when it has started."""
    ways: dict[str, Callable[[Path], object]] = {BARE: without_embeddings, EMBEDDED: with_embeddings, LIBROSA: usual}
    for way in ways.values():
        way(files[0])
    seconds = sum(soundfile.info(file).duration for file in files)
    used: dict[str, list[float]] = {name: [] for name in ways}
    for file in files:
        for name, way in ways.items():
            started = time.process_time()
            way(file)
            used[name].append(time.process_time() - started)
    print(f"{len(files)} files, {seconds:.0f} s of audio, one core")
    print(f"{'':<28}{'ms a file':>12}{'median':>10}{'x real time':>14}{'librosa takes':>16}")
    for name, times in used.items():
        share = f"{sum(used[LIBROSA]) / sum(times):.1f}x"
        mean, median = 1_000 * statistics.mean(times), 1_000 * statistics.median(times)
        print(f"{name:<28}{mean:>12.1f}{median:>10.1f}{seconds / sum(times):>14.0f}{share:>16}")


def without_embeddings(file: Path) -> object:
    """All facts, the tagger left out."""
    analyze.load_embedder = lambda: None
    try:
        return analyze.analyze_sound(str(file))
    finally:
        analyze.load_embedder = load_embedder


def with_embeddings(file: Path) -> object:
    """All facts and the vector."""
    return analyze.analyze_sound(str(file))


def usual(file: Path) -> object:
    """Tempo, pitch classes and timbre as librosa's own examples take them."""
    import librosa  # noqa: PLC0415 - a peer, seconds to import

    signal, rate = librosa.load(file)
    return (
        librosa.beat.beat_track(y=signal, sr=rate),
        librosa.feature.chroma_cqt(y=signal, sr=rate),
        librosa.feature.mfcc(y=signal, sr=rate),
    )


def cold(file: Path) -> None:
    """The table of first answers."""
    print(f"\n{'cold start':<28}{'seconds':>12}")
    with tempfile.TemporaryDirectory() as cache:
        for name, code in (
            ("ours", OURS_COLD),
            ("librosa, never compiled", LIBROSA_COLD),
            ("librosa, compiled before", LIBROSA_COLD),
        ):
            started = time.perf_counter()
            environment = os.environ | {"NUMBA_CACHE_DIR": cache}
            subprocess.run([sys.executable, "-W", "ignore", "-c", code.format(str(file))], env=environment, check=True)
            print(f"{name:<28}{time.perf_counter() - started:>12.1f}")


if __name__ == "__main__":
    main()
