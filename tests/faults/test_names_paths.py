"""Names, paths and file systems as they are, by the rows of the fault table.

``ROWS`` names the tests of each row, those that lie elsewhere too.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from loopmind_chat.audio.outfiles import part_of_name
from loopmind_chat.cli.output import printable
from loopmind_chat.errors import LibraryError
from loopmind_chat.home import Home
from loopmind_chat.library.library import Library
from loopmind_chat.library.walk import walk
from loopmind_chat.soundfiles.write import write_sound
from tests.fakes.fake_embedder import WordEmbedder
from tests.fakes.sounds import noise, sine
from tests.faults.bad_files import state_of
from tests.library.conftest import settings

SCAN = "tests/library/test_scan.py"
WALK = "tests/library/test_walk.py"
STORE = "tests/library/test_store.py"
HERE = "tests/faults/test_names_paths.py"

ROWS: dict[int, tuple[str, ...]] = {
    23: (
        f"{HERE}::test_row_23_24_names_in_the_terminal",
        "tests/tui/test_app.py::test_names_that_look_like_markup_are_shown_as_they_are",
    ),
    24: (f"{HERE}::test_row_23_24_names_in_the_terminal", f"{HERE}::test_row_24_odd_names_are_played"),
    25: (f"{HERE}::test_row_25_names_that_are_not_utf8", f"{SCAN}::test_names_that_are_no_text_are_analysed"),
    26: (f"{HERE}::test_row_26_names_alike",),
    27: (f"{HERE}::test_row_27_names_of_other_systems",),
    28: (f"{HERE}::test_row_28_links_in_circles", f"{WALK}::test_links_to_files_are_followed_links_to_folders_counted"),
    29: (f"{WALK}::test_what_is_no_file_is_never_opened",),
    30: (
        f"{SCAN}::test_a_file_without_access_is_tried_again",
        f"{SCAN}::test_a_file_that_still_grows_is_left_for_later",
        f"{WALK}::test_a_folder_without_access_is_one_problem",
        f"{HERE}::test_row_30_a_file_deleted_between_the_walk_and_its_turn",
    ),
    31: (
        "benchmarks/scan.py::rescan",
        f"{SCAN}::test_a_thousand_files",
        f"{SCAN}::test_a_cancel_takes_less_than_a_second",
        "tests/library/test_library.py::test_a_view_does_not_wait_for_a_scan",
    ),
    32: (f"{SCAN}::test_a_drive_that_goes_away_during_a_scan", f"{SCAN}::test_missing_files_are_kept_and_come_back"),
    33: (
        f"{HERE}::test_row_33_a_full_disk_under_the_library",
        f"{HERE}::test_row_33_a_full_disk_under_an_export",
        f"{STORE}::test_a_full_disk_is_one_line_and_loses_nothing",
        "tests/soundfiles/test_write.py::test_a_full_disk_leaves_the_old_file_whole",
        "tests/session/test_session.py::test_a_disk_that_is_full_leaves_the_last_turn",
    ),
    34: (
        f"{HERE}::test_row_34_a_folder_of_loops_that_may_not_be_written",
        f"{HERE}::test_row_34_a_home_that_may_not_be_written",
        "tests/library/test_library.py::test_a_folder_that_may_not_be_written",
    ),
}  # fmt: skip

ODD_NAMES = (
    b"Loop [].wav", b"[bold.wav", b"[@click=app.quit]x[ ].wav", b"[link=file:x]y.wav", b"two\nlines.wav",
    b"\x1b]0;title\x07\x1b[31m.wav", "\u202egnp.wav".encode(), "🥁".encode() * 62 + b".wav",
    b"-rf.wav", b"$(x) `y`.wav",
)  # fmt: skip


def _at(folder: Path, name: bytes) -> Path:
    return Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))  # noqa: PTH118 - bytes


def _odd_files(folder: Path) -> list[Path]:
    folder.mkdir()
    paths = [_at(folder, name) for name in ODD_NAMES]
    for number, path in enumerate(paths):
        path.write_text(f"role=bass bpm=120 n={number}")
    return paths


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    home = Home(tmp_path / "home", tmp_path)
    with Library.open(home, workers=settings(home)) as opened:
        yield opened


def test_row_23_24_names_in_the_terminal(library: Library, tmp_path: Path) -> None:
    paths = _odd_files(tmp_path / "loops")
    (tmp_path / "loops" / "bad\x1b[2J.wav").write_text("refuse")
    library.scan([tmp_path / "loops"])
    assert {loop.path for loop in library.view().loops()} == {str(path) for path in paths}
    for text in [loop.path for loop in library.view().loops()] + [path for path, _ in library.problems()]:
        shown = printable(text)
        assert not any(letter in shown for letter in "\x1b\x07\u202e")
        assert all(letter.isprintable() or letter == "\n" for letter in shown)


def test_row_24_odd_names_are_played(tmp_path: Path) -> None:
    from loopmind_chat.soundfiles.read import read_sound  # noqa: PLC0415 - only here

    for path in _odd_files(tmp_path / "loops"):
        with path.open("wb") as file:
            soundfile.write(file, sine(0.1), 44_100, format="WAV")
        assert len(read_sound(path).samples) == 4_410


def test_row_25_names_that_are_not_utf8(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "loops"
    folder.mkdir()
    _at(folder, b"bad\xff.wav").write_text("role=bass")
    library.scan([folder])
    (loop,) = library.view().loops()
    assert os.fsencode(loop.path).endswith(b"bad\xff.wav")
    library.fix(loop.id, {"role": "pad"})
    assert library.scan([folder]).unchanged == 1
    assert library.export_said(tmp_path / "said.jsonl") == 1
    assert (tmp_path / "said.jsonl").read_text("ascii")
    assert part_of_name(loop.name).isprintable()
    part_of_name(loop.name).encode()  # what an export is named is text


def test_row_26_names_alike(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "loops"
    folder.mkdir()
    names = ("Caf\u00e9.wav", "Cafe\u0301.wav", "CAF\u00c9.wav", "loop.wav", "Loop.wav", "LOOP.WAV")
    for number, name in enumerate(names):
        (folder / name).write_text(f"role=bass n={number}")
    assert library.scan([folder]).added == 6
    assert sorted(Path(loop.path).name for loop in library.view().loops()) == sorted(names)
    # A Mac may give a name back in another form: what was said of the loop follows it.
    first = next(loop for loop in library.view().loops() if loop.path.endswith(names[0]))
    library.fix(first.id, {"role": "vocal"})
    (folder / names[0]).rename(folder / "Cafe\u0301 again.wav")
    assert library.scan([folder]).moved == 1
    assert next(loop.role for loop in library.view().loops() if loop.id == first.id) == "vocal"


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "a:b",
        "trailing. ",
        "..\\..\\x",
        "../../x",
        "\\\\?\\C:\\x",
        "\\\\server\\share",
        "C:x",
        "nul\0l",
        "x" * 400,
    ],
)
def test_row_27_names_of_other_systems(name: str) -> None:
    part = part_of_name(name)
    assert part
    assert not set(part) & set('\\/:*?"<>|\0')
    assert part == part.strip(" .")
    assert len(part.encode()) < 200
    assert ".." not in part


def test_row_28_links_in_circles(tmp_path: Path) -> None:
    folder = tmp_path / "loops"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "x.wav").write_text("x")
    (folder / "a" / "b" / "up").symlink_to(folder)
    (folder / "root").symlink_to("/")
    (folder / "self").symlink_to(folder / "self")
    (folder / "nowhere.wav").symlink_to(folder / "not there.wav")
    found = walk([folder, folder / "a", folder], lambda: False)
    assert list(found.files) == [str(folder / "a" / "b" / "x.wav")]
    assert found.links == 2
    assert list(found.problems) in ([], [str(folder / "self")])


def test_row_30_a_file_deleted_between_the_walk_and_its_turn(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "loops"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02d}.wav").write_text(f"role=bass slow n={number}")
    report = library.scan([folder], progress=lambda _: (folder / "29.wav").unlink(missing_ok=True))
    assert (report.found, report.added, report.failed) == (29, 29, 0)
    assert library.problems() == []


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A small file system of its own in the folder."""
    folder.mkdir(exist_ok=True)
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only the superuser can mount a small disk here")
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _small(kilobytes: int) -> tuple[str, ...]:
    return ("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs")


def test_row_33_a_full_disk_under_the_library(tmp_path: Path) -> None:
    folder, disk = tmp_path / "loops", tmp_path / "disk"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.wav").write_text(f"role=bass bpm=120 n={number} tags={'x' * 3_000}")
    with mounted(disk, *_small(1_000)):
        home = Home(disk / "home", tmp_path)
        with Library.open(home, WordEmbedder(), workers=settings(home)) as library:
            with pytest.raises(LibraryError, match="no space left on the disk"):
                library.scan([folder])
            kept = len(library.view().loops())  # what came before can be used
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        with Library.open(home, WordEmbedder(), workers=settings(home)) as library:
            assert library.notices == ()
            assert len(library.view().loops()) == kept
            report = library.scan([folder])
            assert report.unchanged + report.added + report.changed == 400
            assert len(library.view().loops()) == 400


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".ogg"])
def test_row_33_a_full_disk_under_an_export(tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    from loopmind_chat.errors import SoundFileError  # noqa: PLC0415 - only here

    disk = tmp_path / "disk"
    with mounted(disk, *_small(300)):
        path = disk / f"mix{suffix}"
        write_sound(path, sine(0.1, rate=48_000), 48_000)
        before = path.read_bytes()
        with pytest.raises(SoundFileError, match="could not write"):
            write_sound(path, np.stack([noise(30, 48_000)] * 2, axis=1), 48_000)
        assert path.read_bytes() == before
        assert os.listdir(disk) == [path.name]  # noqa: PTH208 - hidden ones too
    assert "Traceback" not in capfd.readouterr().err


def test_row_34_a_folder_of_loops_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "loops"
    with mounted(folder, *_small(2_000)):
        soundfile.write(folder / "Pad Am 90bpm.wav", sine(4.0), 44_100)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        before = state_of(folder)
        with Library.open(Home(tmp_path / "home", tmp_path)) as library:
            assert library.scan([folder]).added == 1
            assert len(library.view([folder]).loops()) == 1
        assert state_of(folder) == before


def test_row_34_a_home_that_may_not_be_written(tmp_path: Path) -> None:
    loops, disk = tmp_path / "loops", tmp_path / "disk"
    loops.mkdir()
    soundfile.write(loops / "Pad Am 90bpm.wav", sine(4.0), 44_100)
    with mounted(disk, *_small(500)):
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("LOOPMIND", "XDG"))}
        environment |= {"HOME": str(disk), "TMPDIR": str(tmp_path)}
        command = [sys.executable, "-m", "loopmind_chat", "scan", str(loops), "--json"]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert "cannot be written" in ran.stderr
        assert '"usable": 1' in ran.stdout
        assert list(disk.iterdir()) == []
