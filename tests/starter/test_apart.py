"""The pack written by a child, as the screen does it."""

import io
import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from loopmind_chat.errors import SoundFileError
from loopmind_chat.starter.apart import write_pack_apart
from tests.starter.conftest import Pack
from tests.starter.test_pack import linked


class Nowhere(io.StringIO):
    """Standard error while a screen has it."""

    def fileno(self) -> int:
        return -1


def never() -> bool:
    return False


def test_it_reports_each_file_it_makes_also_beneath_a_screen(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = linked(pack, tmp_path / "pack")
    gone = sorted(folder.rglob("*.wav"))[:2]
    for path in gone:
        path.unlink()
    monkeypatch.setattr("sys.stderr", Nowhere())
    told: list[tuple[int, int, str]] = []
    done = write_pack_apart(
        folder, log=tmp_path / "logs" / "starter.log", report=lambda *step: told.append(step), cancelled=never
    )
    assert done
    assert all(path.exists() for path in gone)
    total = len(pack.report.files)
    assert [(step[0], step[1]) for step in told] == [(total - 1, total), (total, total)]
    assert {step[2] for step in told} == {path.relative_to(folder).as_posix() for path in gone}


def children_with(mark: str) -> list[str]:
    """The processes that were started with ``mark`` in their environment, a pool's workers too."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile, or is not ours
            if mark.encode() in (place / "environ").read_bytes():
                found.append((place / "cmdline").read_text("utf-8").replace("\0", " "))
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes as Linux shows them")
def test_it_ends_soon_when_told_to_and_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOPMIND_TEST_MARK", str(tmp_path))
    told: list[tuple[int, int, str]] = []
    seen: list[int] = []

    def cancelled() -> bool:
        seen.append(len(children_with(str(tmp_path))))
        return bool(told)

    done = write_pack_apart(
        tmp_path / "pack",
        log=tmp_path / "starter.log",
        report=lambda *step: told.append(step),
        cancelled=cancelled,
    )
    assert not done
    assert told[0][0] < told[0][1] // 2
    assert max(seen) > 1
    limit = time.monotonic() + 5.0
    while running := children_with(str(tmp_path)):
        assert time.monotonic() < limit, running
        time.sleep(0.05)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("a file", "utf-8")
    with pytest.raises(SoundFileError, match="the starter pack cannot be written to") as raised:
        write_pack_apart(tmp_path / "pack", log=tmp_path / "starter.log", report=lambda *_: None, cancelled=never)
    assert os.linesep not in str(raised.value)
