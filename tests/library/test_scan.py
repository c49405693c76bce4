"""Scanning: incremental, resumable, and not to be stopped by any one file."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from loopmind_chat.errors import LibraryError
from loopmind_chat.home import Home
from loopmind_chat.library.file_work import FileWork
from loopmind_chat.library.library import Library
from loopmind_chat.library.scan_report import ScanProgress
from loopmind_chat.library.workers import WorkerPool, WorkerSettings
from loopmind_chat.song.vocabulary import Role
from tests.library.conftest import Opener, settings

ROOT = Path(__file__).parents[2]


def _problems(library: Library) -> dict[str, str]:
    return {Path(path).name: reason for path, reason in library.problems()}


def test_first_and_second_scan(open_library: Opener, loops: Path) -> None:
    library = open_library()
    first = library.scan([loops])
    assert (first.found, first.added, first.unchanged, first.failed) == (6, 6, 0, 0)
    again = library.scan([loops])
    assert (again.found, again.added, again.changed, again.unchanged) == (6, 0, 0, 6)
    assert library.folders() == (loops,)
    assert [facts.name for facts in library.view().loops() if facts.key and facts.bpm == 90.0] == ["RainyPiano_90_Am"]


def test_only_what_changed_is_analysed(open_library: Opener, loops: Path) -> None:
    library = open_library()
    library.scan([loops])
    (loops / "snare.wav").write_text("role=drums tags=snare,bright")
    (loops / "new.wav").write_text("role=fx")
    os.utime(loops / "Kick 01.wav", (1, 1))  # another time, the same bytes
    report = library.scan([loops])
    assert (report.added, report.changed, report.unchanged) == (1, 2, 4)
    snare = next(facts for facts in library.view().loops() if facts.name == "snare")
    assert set(snare.tags) == {"snare", "bright"}
    assert len(library.view().loops()) == 7  # the old snare is nowhere now


def test_one_sound_with_many_names_is_one_loop(open_library: Opener, loops: Path) -> None:
    shutil.copy(loops / "snare.wav", loops / "copy of snare.wav")
    os.link(loops / "snare.wav", loops / "hard link.wav")
    (loops / "soft link.wav").symlink_to(loops / "snare.wav")
    library = open_library()
    report = library.scan([loops])
    assert (report.found, report.added) == (9, 9)
    assert len(library.view().loops()) == 6
    assert len({facts.id for facts in library.view().loops()}) == 6


def test_bad_files_are_listed_and_stop_nothing(open_library: Opener, loops: Path) -> None:
    for name in ("crash", "raise", "refuse", "eat", "hang"):
        (loops / f"{name}.wav").write_text(name)
    (loops / "zero.wav").touch()
    library = open_library(file_limit_s=1.5)
    report = library.scan([loops])
    assert (report.found, report.added, report.failed) == (12, 6, 6)
    assert _problems(library) == {
        "crash.wav": "crashed the analysis twice (ended by signal 11): set aside",
        "eat.wav": "needs too much memory to analyse",
        "hang.wav": "took longer than 1.5 s to read: set aside",
        "raise.wav": "analysis failed (ValueError)",
        "refuse.wav": "not audio: a web page",
        "zero.wav": "empty file",
    }
    started = time.monotonic()
    again = library.scan([loops])
    assert (again.failed, again.unchanged) == (6, 6)
    assert time.monotonic() - started < 1.0  # none is tried again before it changes
    (loops / "crash.wav").write_text("role=bass")
    assert library.scan([loops]).added == 1
    assert "crash.wav" not in _problems(library)


def test_a_hang_holds_up_nobody_else(open_library: Opener, tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.wav").write_text("hang" if number in {3, 30} else f"role=bass n={number}")
    library = open_library(file_limit_s=1.0)
    report = library.scan([tmp_path])
    assert (report.added, report.failed) == (58, 2)
    assert report.seconds < 10.0


def test_missing_files_are_kept_and_come_back(open_library: Opener, loops: Path, tmp_path: Path) -> None:
    library = open_library()
    library.scan([loops])
    loop_id = next(facts.id for facts in library.view().loops() if facts.name == "snare")
    away = tmp_path / "unplugged"
    loops.rename(away)
    report = library.scan([loops])
    assert (report.missing, report.failed) == (6, 1)
    assert _problems(library) == {"loops": "not there: is the drive plugged in?"}
    assert library.view().loops() == ()
    gone = library.view().get(loop_id)
    assert gone is not None
    assert gone.error == "missing: the file is not where it was"
    away.rename(loops)
    report = library.scan([loops])
    assert (report.unchanged, report.added, report.missing) == (6, 0, 0)
    assert len(library.view().loops()) == 6
    assert library.problems() == []


def test_a_moved_file_is_recognised_a_renamed_one_read_anew(open_library: Opener, loops: Path) -> None:
    library = open_library()
    library.scan([loops])
    facts = {facts.name: facts for facts in library.view().loops()}
    (loops / "drums").mkdir()
    (loops / "snare.wav").rename(loops / "drums" / "snare.wav")
    (loops / "Kick 01.wav").rename(loops / "Boom.wav")
    report = library.scan([loops])
    assert (report.added, report.missing, report.unchanged) == (2, 2, 4)
    after = {facts.name: facts for facts in library.view().loops()}
    assert after["snare"].id == facts["snare"].id
    assert after["snare"].path == str(loops / "drums" / "snare.wav")
    assert after["Boom"].id == facts["Kick 01"].id
    assert "Kick 01" not in after


def test_names_that_are_no_text_are_analysed(open_library: Opener, tmp_path: Path) -> None:
    names = [
        b"bad\xff.wav",
        b"\x1b]0;x\x07.wav",
        b"Loop [@click=app.quit]x.wav",
        "Cafe\u0301.wav".encode(),
        "Café.wav".encode(),
    ]
    for number, name in enumerate(names):
        with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:  # noqa: PTH118, PTH123 - bytes
            file.write(f"role=bass n={number}")
    library = open_library()
    report = library.scan([tmp_path])
    assert (report.added, report.failed) == (5, 0)
    assert sorted(os.fsencode(facts.path).rpartition(b"/")[2] for facts in library.view().loops()) == sorted(names)


def test_a_file_that_still_grows_is_left_for_later(
    open_library: Opener, loops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loopmind_chat.library.file_work._SETTLE_S", 0.5)
    growing = loops / "recording.wav"
    growing.write_text("role=bass slow")
    library = open_library()
    done = threading.Event()

    def record() -> None:
        while not done.wait(0.01):
            with growing.open("a") as file:
                file.write(" more")

    writer = threading.Thread(target=record)
    writer.start()
    try:
        report = library.scan([loops])
    finally:
        done.set()
        writer.join()
    assert (report.added, report.failed) == (6, 1)
    assert _problems(library) == {"recording.wav": "still being written: scan again when it is done"}
    assert library.scan([loops]).added == 1


def test_a_file_without_access_is_tried_again(
    open_library: Opener, loops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may read everything: the worker is told that it may not.
    monkeypatch.setenv("FAKE_NO_ACCESS", "snare.wav")
    library = open_library()
    assert library.scan([loops]).failed == 1
    assert _problems(library) == {"snare.wav": "no access"}
    monkeypatch.delenv("FAKE_NO_ACCESS")
    assert library.scan([loops]).added == 1


def test_a_cancel_takes_less_than_a_second(open_library: Opener, tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number:03d}.wav").write_text(f"role=bass slow n={number}")
    (tmp_path / "000.wav").write_text("hang")
    library = open_library()
    cancelled_at = 0.0

    def progress(step: ScanProgress) -> None:
        nonlocal cancelled_at
        if step.done >= 20 and not cancelled_at:
            cancelled_at = time.monotonic()

    report = library.scan([tmp_path], progress=progress, cancelled=lambda: cancelled_at > 0)
    assert time.monotonic() - cancelled_at < 1.0
    assert report.cancelled
    assert 20 <= report.added < 120
    assert report.missing == 0
    assert len(library.view().loops()) == report.added
    (tmp_path / "000.wav").write_text("role=bass n=0")
    rest = library.scan([tmp_path])
    assert (rest.unchanged, rest.added) == (report.added, 120 - report.added)


_SCAN = """
import sys
from pathlib import Path
from loopmind_chat.home import Home
from loopmind_chat.library.file_work import FileWork
from loopmind_chat.library.library import Library
from tests.library.conftest import settings
home = Home(Path(sys.argv[1]), Path(sys.argv[1]))
Library.open(home, workers=settings(home)).scan([Path(sys.argv[2])])
"""


def _stored(library_file: Path) -> int:
    import sqlite3  # noqa: PLC0415 - only here

    try:
        db = sqlite3.connect(f"file:{library_file}?mode=ro", uri=True)
        (count,) = db.execute("SELECT count(*) FROM files").fetchone()
        db.close()
    except sqlite3.OperationalError:
        return 0
    return int(count)


def test_a_killed_scan_goes_on_where_it_was(home: Home, open_library: Opener, tmp_path: Path) -> None:
    loops = tmp_path / "many"
    loops.mkdir()
    for number in range(120):
        (loops / f"{number}.wav").write_text(f"role=bass slow n={number}")
    for kept in (15, 40):
        scan = subprocess.Popen([sys.executable, "-c", _SCAN, str(home.root), str(loops)], cwd=ROOT)
        while _stored(home.library / "library.db") < kept and scan.poll() is None:
            time.sleep(0.02)
        scan.send_signal(signal.SIGKILL)
        assert scan.wait() == -signal.SIGKILL
    library = open_library(must_write=True)  # the dead process's lock is nobody's
    report = library.scan([loops])
    assert report.unchanged >= 40
    assert report.unchanged + report.added == 120
    assert len(library.view().loops()) == 120


def test_a_thousand_files(open_library: Opener, tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number}.wav").write_text(f"role=bass n={number}")
    library = open_library()
    steps: list[ScanProgress] = []
    report = library.scan([tmp_path], progress=steps.append)
    assert report.added == 1000
    assert steps[-1].done == steps[-1].total == 1000
    assert all(before.done <= after.done for before, after in pairwise(steps))
    assert len(steps) < 20 * report.seconds + 10  # a publisher does not flood its listener
    again = library.scan([tmp_path])
    assert again.unchanged == 1000
    assert again.seconds < 0.8


def test_an_analysis_that_does_not_start_is_one_line(home: Home, loops: Path) -> None:
    workers = WorkerSettings("tests.fakes.no_such_module:analyze_file", home.logs / "analysis.log", {})
    with Library.open(home, workers=workers) as library, pytest.raises(LibraryError, match="does not start") as caught:
        library.scan([loops])
    assert "analysis.log" in str(caught.value)
    assert "ModuleNotFoundError" in (home.logs / "analysis.log").read_text()


def test_folders_that_are_none(open_library: Opener, loops: Path, tmp_path: Path) -> None:
    library = open_library()
    with pytest.raises(LibraryError, match="there is no folder"):
        library.scan([tmp_path / "nowhere"])
    with pytest.raises(LibraryError, match="is a file: name its folder"):
        library.scan([loops / "snare.wav"])
    empty = tmp_path / "empty"
    empty.mkdir()
    assert library.scan([empty]).line().startswith("no audio files")


def test_one_scan_at_a_time(open_library: Opener, loops: Path) -> None:
    library = open_library()
    refused: list[str] = []

    def progress(_: ScanProgress) -> None:
        with pytest.raises(LibraryError, match="a scan is running already") as caught:
            library.scan([loops])
        refused.append(str(caught.value))

    library.scan([loops], progress=progress)
    assert refused


def test_the_loops_are_only_read(open_library: Opener, loops: Path) -> None:
    def state() -> dict[Path, tuple[bytes, int]]:
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in loops.rglob("*") if path.is_file()}

    before = state()
    open_library().scan([loops])
    assert state() == before


def test_workers_end_with_a_scan(open_library: Opener, loops: Path, home: Home) -> None:
    open_library().scan([loops])
    left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert settings(home).analyser not in left


def test_a_refused_file_is_tried_again_by_a_better_analysis(
    open_library: Opener, loops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (loops / "odd.wav").write_text("raise")
    library = open_library()
    library.scan([loops])
    monkeypatch.setenv("FAKE_MENDED", "1")
    assert (library.scan([loops]).failed, library.scan([loops]).unchanged) == (1, 6)  # the same one does no better
    monkeypatch.setattr("loopmind_chat.library.library.FACTS_VERSION", 99)
    report = library.scan([loops])
    assert (report.changed, report.added, report.failed, report.unchanged) == (6, 1, 0, 0)
    assert library.problems() == []


def test_what_moved_and_what_lies_there_twice_is_told(open_library: Opener, loops: Path) -> None:
    library = open_library()
    library.scan([loops])
    kick = next(facts.id for facts in library.view().loops() if facts.name == "Kick 01")
    library.fix(kick, {"role": "percussion"})
    library.rate(kick, 1)
    (loops / "drums").mkdir()
    (loops / "snare.wav").rename(loops / "drums" / "snare.wav")
    (loops / "Kick 01.wav").rename(loops / "Boom.wav")
    shutil.copy(loops / "Dark808.wav", loops / "copy.wav")
    report = library.scan([loops])
    assert (report.moved, report.duplicates, report.added, report.missing) == (2, 1, 3, 2)
    assert report.line().startswith("1 new, 2 moved, 4 unchanged, 1 held twice")
    boom = library.view().get(kick)
    assert boom is not None
    assert (boom.name, boom.role) == ("Boom", Role.PERCUSSION)
    assert library.view().ratings() == {kick: 1}
    assert library.scan([loops]).moved == 0


def test_links_and_moved_files_are_not_read_again(open_library: Opener, loops: Path) -> None:
    library = open_library()
    os.utime(loops / "snare.wav", ns=(1_234_567_891, 1_234_567_891))
    os.utime(loops / "Kick 01.wav", ns=(2_000_000_000, 2_000_000_000))  # a coarse time: another file may have it too
    library.scan([loops])
    (loops / "drums").mkdir()
    for name in ("snare.wav", "Kick 01.wav"):
        (loops / name).rename(loops / "drums" / name)
        (loops / "drums" / name).chmod(0o644)
    asked: list[str] = []

    class Spy(WorkerPool):
        def submit(self, ticket: int, request: dict[str, object]) -> None:
            asked.append(Path(str(request["path"])).name)
            super().submit(ticket, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loopmind_chat.library.file_work.WorkerPool", Spy)
        assert library.scan([loops]).moved == 2
    assert asked == ["Kick 01.wav"]


def test_corrections_follow_a_file_whose_tags_were_written(open_library: Opener, loops: Path) -> None:
    library = open_library()
    library.scan([loops])
    old = next(facts.id for facts in library.view().loops() if facts.name == "Dark808")
    library.fix(old, {"bpm": 70})
    library.rate(old, -1)
    with (loops / "Dark808.wav").open("a") as file:
        file.write(" comment=mine")
    (loops / "snare.wav").write_text("role=fx peak=-9")  # other audio
    assert library.scan([loops]).changed == 2
    new = next(facts for facts in library.view().loops() if facts.name == "Dark808")
    assert new.id != old
    assert new.bpm == 70.0
    assert library.view().ratings() == {new.id: -1}
    library.close()
    assert any(said.loop_id == new.id for said in open_library().said())


def test_while_music_plays_files_are_read_one_at_a_time_with_pauses(home: Home, loops: Path) -> None:
    for number in range(8):
        (loops / f"{number}.wav").write_text(f"role=bass slow n={number}")
    playing = True
    under_way: list[int] = []

    class Spy(FileWork):
        def _hand_out(self, pool: WorkerPool) -> None:
            super()._hand_out(pool)
            under_way.append(len(self._running))

    with (
        pytest.MonkeyPatch.context() as patch,
        Library.open(home, workers=settings(home), busy=lambda: playing) as library,
    ):
        patch.setattr("loopmind_chat.library.scan.FileWork", Spy)
        gentle = library.scan([loops])
        assert max(under_way) == 1
        assert under_way.count(0) >= 8  # it rests after each file
        playing = False
        under_way.clear()
        for path in loops.glob("?.wav"):
            path.write_text(path.read_text() + " more")
        eager = library.scan([loops])
    assert (gentle.added, eager.changed) == (14, 8)
    assert max(under_way) > 1


def test_a_drive_that_goes_away_during_a_scan(open_library: Opener, tmp_path: Path) -> None:
    drive, kept = tmp_path / "drive", tmp_path / "kept"
    for folder in (drive, kept):
        folder.mkdir()
        for number in range(40):
            (folder / f"{number}.wav").write_text(f"role=bass slow {folder.name}={number}")
    library = open_library()
    away = tmp_path / "away"

    def progress(step: ScanProgress) -> None:
        if step.done >= 10 and drive.exists():
            drive.rename(away)

    report = library.scan([drive, kept], progress=progress)
    assert report.note is not None
    assert f"{drive} went away during the scan" in report.note
    assert report.failed == 0
    assert len(library.view([kept]).loops()) == 40  # the other folder is done all the same
    assert library.view([drive]).loops() == ()
    away.rename(drive)
    again = library.scan([drive, kept])
    assert "went away" not in str(again.note)
    assert 10 <= again.unchanged - 40 < 40
    assert len(library.view([drive]).loops()) == 40


def test_no_process_can_be_started_is_one_line(
    open_library: Opener, loops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr("loopmind_chat.library.child.subprocess.Popen", refused)
    library = open_library()
    with pytest.raises(LibraryError, match="cannot allocate memory"):
        library.scan([loops])
    monkeypatch.undo()
    assert library.scan([loops]).added == 6  # no file was blamed


def test_how_long_it_will_take_is_told(open_library: Opener, tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.wav").write_text(f"role=bass slow n={number}")
    steps: list[ScanProgress] = []
    open_library().scan([tmp_path], progress=steps.append)
    assert steps[0].seconds_left is None
    told = [step for step in steps if step.seconds_left is not None]
    assert told
    assert told[-1].seconds_left == 0.0
    assert all(step.per_second > 0 for step in told)
