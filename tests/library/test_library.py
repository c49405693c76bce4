"""The library as a whole: who may write, what sticks, and what is seen when."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from loopmind_chat.errors import LibraryError, LibraryLocked, NoSuchLoop
from loopmind_chat.home import Home
from loopmind_chat.library.library import Library
from loopmind_chat.library.scan_report import ScanProgress
from loopmind_chat.library.vector_index import Space
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.ports import LibraryPort
from tests.fakes.fake_embedder import NoEmbedder, WordEmbedder
from tests.library.conftest import Opener

ROOT = Path(__file__).parents[2]


def _id(library: Library, name: str) -> str:
    return next(facts.id for facts in library.view().loops() if facts.name == name)


def test_it_is_what_the_studio_asks_for(open_library: Opener) -> None:
    port: LibraryPort = open_library()
    assert port.view().loops() == ()


def test_corrections_stick(open_library: Opener, loops: Path) -> None:
    library = open_library()
    library.scan([loops])
    loop_id = _id(library, "Dark808")
    fixed = library.fix(loop_id, {"bpm": 70})
    assert (fixed.bpm, fixed.bpm_confidence) == (70.0, 1.0)
    library.fix(loop_id, {"key": "Bbm", "role": "lead"})
    os.utime(loops / "Dark808.wav", (5, 5))
    library.scan([loops])
    library.close()
    again = open_library().view().get(loop_id)
    assert again is not None
    assert (again.bpm, str(again.key), again.role) == (70.0, "Bb minor", Role.MELODY)


def test_a_correction_is_searched_by(open_library: Opener, loops: Path) -> None:
    library = open_library(WordEmbedder())
    library.scan([loops])
    loop_id = _id(library, "snare")
    library.fix(loop_id, {"role": "vocal"})
    (hit,) = library.view().search("", role=Role.VOCAL)
    assert hit.facts.id == loop_id
    before = library.view().affinity("vocal")[loop_id]
    library.scan([loops])  # describes it anew
    assert library.view().affinity("vocal")[loop_id] > before + 0.2


def test_what_is_no_correction_changes_nothing(open_library: Opener, loops: Path) -> None:
    library = open_library()
    library.scan([loops])
    loop_id = _id(library, "snare")
    before = library.view().get(loop_id)
    for changes in ({"bpm": 9_000}, {"path": "/etc/passwd"}, {}):
        with pytest.raises(LibraryError):
            library.fix(loop_id, changes)
    with pytest.raises(NoSuchLoop, match="ffff"):
        library.fix("ffff", {"bpm": 90})
    with pytest.raises(NoSuchLoop):
        library.rate("ffff", 1)
    with pytest.raises(LibraryError, match="-1, 0 or 1"):
        library.rate(loop_id, 5)
    assert library.view().get(loop_id) == before


def test_ratings_stick(open_library: Opener, loops: Path) -> None:
    library = open_library()
    library.scan([loops])
    snare, kick = _id(library, "snare"), _id(library, "Kick 01")
    library.rate(snare, 1)
    library.rate(kick, -1)
    assert library.view().ratings() == {snare: 1, kick: -1}
    library.rate(kick, 0)
    library.close()
    assert open_library().view([loops]).ratings() == {snare: 1}


def test_a_view_is_a_picture(open_library: Opener, loops: Path) -> None:
    library = open_library()
    library.scan([loops])
    before = library.view()
    assert library.view() is before
    (loops / "new.wav").write_text("role=pad")
    library.scan([loops])
    assert len(before.loops()) == 6
    assert len(library.view().loops()) == 7
    assert len(library.view([loops / "bass"]).loops()) == 1


def test_a_view_does_not_wait_for_a_scan(open_library: Opener, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number}.wav").write_text(f"role=bass slow n={number}")
    library = open_library()
    waits: list[float] = []
    sizes: list[int] = []
    scan = threading.Thread(target=library.scan, args=([folder],))
    scan.start()
    while scan.is_alive():
        started = time.perf_counter()
        sizes.append(len(library.view().loops()))
        waits.append(time.perf_counter() - started)
        time.sleep(0.02)
    scan.join()
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 2  # loops can be used while the others are still analysed
    assert max(waits) < 0.3


def test_scans_describe_for_search(open_library: Opener, loops: Path) -> None:
    embedder = WordEmbedder()
    library = open_library(embedder)
    stages: list[str] = []
    report = library.scan([loops], progress=lambda step: stages.append(step.stage))
    assert report.note is None
    assert embedder.started == 1
    assert stages[0] == "reading"
    assert stages[-1] == "describing"
    assert library.view().search("rainy piano")[0].facts.name == "RainyPiano_90_Am"
    asked = len(embedder.asked)
    library.scan([loops])
    assert len(embedder.asked) == asked
    assert embedder.started == 1  # nothing new: the model is not even loaded


def test_how_a_loop_sounds_is_kept(open_library: Opener, loops: Path) -> None:
    (loops / "snare.wav").write_text("role=drums sound=0.6,0.8")
    library = open_library()
    library.scan([loops])
    entry = library._reading.catalogue().entries[_id(library, "snare")]
    assert entry.sound is not None
    assert (entry.sound_model, entry.sound.tolist()) == ("fake", [pytest.approx(0.6), pytest.approx(0.8)])
    assert library._reading.catalogue().entries[_id(library, "Kick 01")].sound is None


def test_without_a_model_all_else_works(open_library: Opener, loops: Path) -> None:
    library = open_library(NoEmbedder())
    report = library.scan([loops])
    assert report.added == 6
    assert report.note is not None
    assert "loopmind models pull" in report.note
    assert library.view().search("piano")[0].facts.name == "RainyPiano_90_Am"
    assert library.view().affinity("dark")[_id(library, "Dark808")] > 0.5
    assert library.notices == (report.note,)
    library.close()
    later = open_library(WordEmbedder())  # the model has been fetched since
    assert later.scan([loops]).note is None
    assert later.view().affinity("dark 808")[_id(later, "Dark808")] > 0.5


def test_a_cancel_while_describing(open_library: Opener, loops: Path) -> None:
    embedder = WordEmbedder()
    embedder.may_answer.clear()
    library = open_library(embedder)
    done_at: list[float] = []

    def progress(step: ScanProgress) -> None:
        if step.done == step.total:
            done_at.append(time.monotonic())

    report = library.scan([loops], progress=progress, cancelled=lambda: bool(done_at))
    assert time.monotonic() - done_at[0] < 1.0
    assert report.cancelled


def test_two_scans_of_two_homes_agree(loops: Path, tmp_path: Path) -> None:
    from tests.library.conftest import settings  # noqa: PLC0415 - only here

    seen = []
    for number in range(2):
        home = Home(tmp_path / f"home{number}", tmp_path)
        with Library.open(home, WordEmbedder(), workers=settings(home)) as library:
            library.scan([loops])
            view = library.view()
            hits = [(hit.facts.id, hit.score) for text in ("dark", "piano", "808 bass") for hit in view.search(text)]
            seen.append((view.loops(), view.affinity("dark trap"), hits))
    assert seen[0] == seen[1]


_OPEN = """
import sys
from pathlib import Path
from loopmind_chat.home import Home
from loopmind_chat.library.library import Library
from tests.library.conftest import settings
home = Home(Path(sys.argv[1]), Path(sys.argv[1]))
library = Library.open(home, workers=settings(home))
print("open", flush=True)
for line in sys.stdin:
    exec(line)
    print("done", flush=True)
"""


class _Other:
    """The library in another process, told what to do line by line."""

    def __init__(self, home: Home) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _OPEN, str(home.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._hear("open")

    def do(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        self._hear("done")

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _hear(self, word: str) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == f"{word}\n"


def test_a_second_process_reads(home: Home, open_library: Opener, loops: Path) -> None:
    other = _Other(home)
    try:
        other.do(f"library.scan([Path({str(loops)!r})])")
        library = open_library(WordEmbedder())
        assert library.read_only
        assert len(library.view([loops]).loops()) == 6
        assert library.view().search("kick")[0].facts.name == "Kick 01"
        for write in (
            lambda: library.scan([loops]),
            lambda: library.fix(_id(library, "snare"), {"bpm": 90}),
            lambda: library.rate(_id(library, "snare"), 1),
            lambda: open_library(must_write=True),
        ):
            with pytest.raises(LibraryLocked, match=f"in use by process {other.process.pid}"):
                write()
        (loops / "new.wav").write_text("role=pad")
        other.do(f"library.scan([Path({str(loops)!r})])")
        assert len(library.view([loops]).loops()) == 7  # what the writer commits is seen
    finally:
        other.end()
    old = library.view()
    assert library.scan([loops]).unchanged == 7  # the writer is gone, and left nothing in the way
    assert not library.read_only
    assert old.search("a query never asked before", limit=3)  # a view from before still answers


def test_a_folder_that_may_not_be_written(
    open_library: Opener, loops: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    library.scan([loops])
    library.close()

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("loopmind_chat.library.library.FolderLock.take", refused)
    reader = open_library()
    assert reader.read_only
    assert len(reader.view().loops()) == 6
    (home.library / "library.db").unlink()
    with pytest.raises(LibraryError, match="cannot be written"):
        open_library()


def test_a_damaged_library_says_so_and_keeps_corrections(open_library: Opener, loops: Path, home: Home) -> None:
    library = open_library()
    library.scan([loops])
    loop_id = _id(library, "Dark808")
    library.fix(loop_id, {"bpm": 70})
    library.close()
    (home.library / "library.db").write_bytes(b"\x00rubbish" * 5_000)
    library = open_library()
    assert any("damaged" in line and "scan your folders again" in line for line in library.notices)
    library.scan([loops])
    facts = library.view().get(loop_id)
    assert facts is not None
    assert facts.bpm == 70.0


def test_closing_twice_is_harmless(open_library: Opener) -> None:
    embedder = WordEmbedder()
    library = open_library(embedder)
    library.close()
    library.close()
    assert embedder.closed


@pytest.mark.real
def test_chroma_recalls_for_search(open_library: Opener, loops: Path, home: Home) -> None:
    library = open_library(WordEmbedder())
    library.scan([loops])
    library.finish_index()
    view = library.view()
    recalled = library._nearest(Space.TEXT, WordEmbedder().embed(["drums kick"])[0], 3)
    assert recalled is not None
    assert recalled[0] == _id(library, "Kick 01")
    with_index = view.search("bright synth")
    library.close()
    (home.library / "index" / "chroma.sqlite3").write_bytes(b"rubbish" * 999)
    library = open_library(WordEmbedder())
    without = library.view().search("bright synth")  # before the index is looked at
    library.warm_up()
    library.finish_index()
    assert (home.library / "index.bad-1").is_dir()
    assert library._nearest(Space.TEXT, WordEmbedder().embed(["drums kick"])[0], 3) is not None
    assert with_index == without == library.view().search("bright synth")


def test_nothing_heavy_is_imported_early() -> None:
    script = (
        "import sys, loopmind_chat.library.library\n"
        "heavy = {'chromadb', 'torch', 'librosa', 'sentence_transformers', 'soundfile', 'scipy', 'multiprocessing'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[]\n"
