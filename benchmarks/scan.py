"""What a library of 100,000 loops costs: a rescan without change, the first view, memory; and how fast files are read.

Rows are made up (with the fields that a real analysis fills), files are empty but for a number: a rescan opens none.

python benchmarks/scan.py [--loops 100000] [--folder DIR] [--copies N --of LOOPS]
"""

import argparse
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from loopmind_chat.home import Home
from loopmind_chat.library.analysis_worker import content_id
from loopmind_chat.library.file_rows import Examined, add_folders, save_examined
from loopmind_chat.library.library import FACTS_VERSION, Library
from loopmind_chat.library.store import Store
from loopmind_chat.library.vector_rows import save_embeddings
from loopmind_chat.library.walk import walk
from loopmind_chat.song.keys import Key
from loopmind_chat.song.loops import LoopFacts, TempoReading
from loopmind_chat.song.vocabulary import Role

WORDS = ("Dark", "Bass", "Zorp", "Kick", "Tape", "Pad", "Lead", "Vox", "Blue", "Night", "808", "Glass", "Quill", "Moss")
IN_FOLDER = 200


def made_facts(path: str, loop_id: str, chance: random.Random) -> LoopFacts:
    """Facts as full as those of an analysis."""
    bpm = float(chance.randint(70, 170))
    odds = [chance.random() ** 3 for _ in Role]
    role = chance.choice(list(Role))
    return LoopFacts(
        id=loop_id,
        path=path,
        name=Path(path).stem,
        duration_s=16 * 60 / bpm,
        sample_rate=44_100,
        channels=2,
        is_loop=True,
        bpm=bpm,
        bpm_confidence=0.7,
        bpm_alternates=(bpm / 2, bpm * 2),
        tempo_source="length",
        tempo_readings=tuple(TempoReading(round(bpm * f, 2), 16 * f, -chance.random()) for f in (1, 0.5, 2, 0.75)),
        bars=4.0,
        beats=16.0,
        key=Key(chance.randrange(12), "minor"),
        key_confidence=0.6,
        role=role,
        role_confidence=round(0.4 + 0.5 * chance.random(), 3),
        role_source=chance.choice(["name", "audio", "folder"]),
        role_odds={r: round(o / sum(odds), 4) for r, o in zip(Role, odds, strict=True)},
        tags={"dark": 0.7, "trap": 0.9, "synth": 0.4, "noisy": 0.3},
        loudness_lufs=-12.0,
        peak_db=-1.0,
        brightness_hz=1000 * chance.random(),
        density=3.0,
        roughness=0.2,
        attack_ms=12.0,
        width=0.1,
    )


def fill(home: Home, folder: Path, count: int) -> None:
    """Write the files and a library that knows them all."""
    chance = random.Random(1)  # noqa: S311 - names of files
    for number in range(count):
        place = folder / f"Pack {number // (IN_FOLDER * 8)}" / chance.choice(WORDS) / f"{number // IN_FOLDER}"
        if number % IN_FOLDER == 0:
            place.mkdir(parents=True, exist_ok=True)
            here = place
        name = "_".join(chance.sample(WORDS, 3))
        (here / f"{name}_{number:06d}.wav").write_bytes(b"%d" % number)
    home.library.mkdir(parents=True)
    store = Store(home.library / "library.db", read_only=False)
    add_folders(store, [folder])
    files = list(walk([folder], lambda: False).files.items())
    vectors = np.random.default_rng(1)
    for start in range(0, len(files), 2_000):
        batch = []
        for path, stamp in files[start : start + 2_000]:
            facts = made_facts(path, content_id(path), chance)
            sound = vectors.standard_normal(200).astype("<f4").tobytes()
            batch.append(Examined(path, stamp, facts.id, None, facts, facts.name, "made up", sound))
        save_examined(store, batch, version=FACTS_VERSION)
        rows = vectors.standard_normal((len(batch), 384)).astype(np.float32)
        save_embeddings(store, "made up", [(file.loop_id or "", file.text) for file in batch], rows)
    store.close()


def rescan(root: Path, count: int) -> None:
    """Measure what the second start of a user with many loops costs."""
    home, folder = Home(root / "home", root / "models"), root / "loops"
    if not home.library.is_dir():
        fill(home, folder, count)
    print(f"{count:,} loops, unchanged (memory: the most this process has held)")
    with Library.open(home) as library:
        for which in ("first", "second", "third"):
            report = library.scan([folder])
            print(f"  {which} rescan      {report.seconds:6.2f} s   {memory():5.0f} MB   {report.line()}")
        started = time.perf_counter()
        shown = len(library.view([folder]).loops())
        print(f"  first view        {time.perf_counter() - started:6.2f} s   {memory():5.0f} MB   {shown:,} loops")
        some = library.view([folder]).loops()[0]
        for what in ("fix a role", "fix another"):
            started = time.perf_counter()
            library.fix(some.id, {"role": "bass"})
            library.view([folder]).loops()
            print(f"  {what:<17} {time.perf_counter() - started:6.2f} s   {memory():5.0f} MB")
            some = library.view([folder]).loops()[1]


def first_scan(root: Path, source: Path, copies: int) -> None:
    """Measure how many files are read a second, when the first loop can be used, and how long a cancel takes."""
    folder = root / "copies"
    files = sorted(path for path in source.rglob("*") if path.suffix in {".wav", ".flac", ".ogg", ".mp3"})
    for number in range(copies):
        for path in files:
            copy = folder / str(number) / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
            with copy.open("ab") as end:
                end.write(b"%d" % number)  # other bytes: another sound, as far as the library can tell
    with Library.open(Home(root / "home2", root / "models")) as library:
        started = time.perf_counter()
        first: list[float] = []

        def progress(_: object) -> None:
            if not first and library.view([folder]).loops():
                first.append(time.perf_counter() - started)

        report = library.scan([folder], progress=progress)
    print(f"{copies} x {len(files)} files: {report.line()}")
    print(f"  first loops after {first[0] if first else 0:.2f} s; {report.found / report.seconds:.1f} files a second")
    print(f"  memory {memory():.0f} MB, of the largest worker {memory(resource.RUSAGE_CHILDREN):.0f} MB")


def memory(whose: int = resource.RUSAGE_SELF) -> float:
    """The most memory ever held, in MB."""
    return resource.getrusage(whose).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loops", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where to write, and to find again what was written before")
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--of", type=Path, help="a folder of real loops, of which to read so many copies")
    given = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as scratch:
        root = given.folder or Path(scratch)
        if given.copies:
            first_scan(root, given.of, given.copies)
        else:
            rescan(root, given.loops)


if __name__ == "__main__":
    main()
