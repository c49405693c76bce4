"""What lies in the folder: the files, their form, and that writing them can be broken off."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import soundfile

from loopmind_chat.errors import SoundFileError
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.vocabulary import UNPITCHED, Role
from loopmind_chat.starter import write_pack
from loopmind_chat.starter.catalogue import recipes
from tests.starter.conftest import Pack
from tests.starter.measures import RATE

pytestmark = pytest.mark.timeout(300)  # the first test waits for the whole pack


def linked(pack: Pack, folder: Path) -> Path:
    """The pack in a folder of the test's own; its files are replaced, never written into."""
    return Path(shutil.copytree(pack.folder, folder, copy_function=os.link))


def altered(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def test_three_kits_hold_every_role_and_are_small_enough_to_keep(pack: Pack) -> None:
    loops = pack.loops()
    assert len(loops) >= 60
    assert pack.report.written == len(pack.report.files) == len(pack.labels)
    assert {x["kit"] for x in loops} == {"trap", "lofi", "house"}
    for kit in ("trap", "lofi", "house"):
        assert {x["role"] for x in loops if x["kit"] == kit} == {role.value for role in Role}
        moods = Counter(x["mood"] for x in loops if x["kit"] == kit and x["role"] == "melody")
        assert moods["dark"] >= 2
        assert moods["bright"] >= 2
    assert sum(path.stat().st_size for path in pack.report.files) < 120e6


def test_labels_are_about_the_files_that_are_there(pack: Pack) -> None:
    found = {path.relative_to(pack.folder).as_posix() for path in pack.folder.rglob("*.wav")}
    assert found == {x["file"] for x in pack.labels}
    for x in pack.labels:
        assert set(x) == {"file", "bpm", "key", "role", "is_loop", "bars", "mood", "tags", "kit"}
        assert (x["bpm"] is None) == (x["bars"] is None) == (not x["is_loop"])
        if x["key"] is not None:
            assert str(parse_key(x["key"])) == x["key"]
            assert Role(x["role"]) not in UNPITCHED
    assert "CC0" in (pack.folder / "README.txt").read_text("utf-8")


def test_progress_counts_up_to_the_number_of_files(pack: Pack) -> None:
    assert [done for done, _, _ in pack.progress] == list(range(1, len(pack.labels) + 1))
    assert {name for _, _, name in pack.progress} == {x["file"] for x in pack.labels}
    assert {total for _, total, _ in pack.progress} == {len(pack.labels)}


def test_a_loop_is_as_long_as_its_bars_to_the_sample(pack: Pack) -> None:
    for x in pack.loops():
        info = soundfile.info(pack.folder / x["file"])
        assert info.frames == round(x["bars"] * 4 * 60 / x["bpm"] * RATE), x["file"]
        assert (info.samplerate, info.channels, info.subtype) == (RATE, 2, "PCM_16")


def test_levels_are_those_of_a_pack_one_could_buy(pack: Pack) -> None:
    for x in pack.labels:
        samples = pack.sound(x)
        peak_db = 20 * np.log10(np.abs(samples).max())
        assert -3.1 < peak_db < -0.9, x["file"]
        assert np.abs(samples.mean(axis=0)).max() < 1e-3, x["file"]
        if x["is_loop"]:
            loudness_db = 10 * np.log10(np.mean(samples**2))
            assert -32 < loudness_db < -7, x["file"]


def test_a_second_run_makes_nothing(pack: Pack) -> None:
    again = write_pack(pack.folder)
    assert (again.written, again.kept) == (0, ())
    assert again.files == pack.report.files


def test_what_is_missing_or_damaged_is_made_again_to_the_byte(pack: Pack, tmp_path: Path) -> None:
    folder = linked(pack, tmp_path / "pack")
    absent, cut, rubbish = [folder / x["file"] for x in pack.loops("percussion")[:3]]
    before = {path: path.read_bytes() for path in (absent, cut, rubbish)}
    absent.unlink()
    altered(cut, before[cut][: len(before[cut]) // 2])
    altered(rubbish, b"not audio")
    again = write_pack(folder, workers=1)
    assert (again.written, again.kept) == (3, ())
    assert {path: path.read_bytes() for path in before} == before


def test_a_loop_that_the_user_changed_is_left_alone(pack: Pack, tmp_path: Path) -> None:
    folder = linked(pack, tmp_path / "pack")
    own, strange = (folder / x["file"] for x in pack.loops("drums")[:2])
    for path in (own, strange):
        path.unlink()
    soundfile.write(own, np.full((1000, 2), 0.25), RATE, subtype="PCM_16")
    soundfile.write(strange, np.full((1000, 2), 0.25), RATE, subtype="PCM_16")
    record = json.loads((folder / "pack.json").read_text("utf-8"))
    del record["files"][strange.relative_to(folder).as_posix()]
    altered(folder / "pack.json", json.dumps(record).encode())
    again = write_pack(folder, workers=1)
    assert again.written == 0
    assert set(again.kept) == {own, strange}
    assert soundfile.info(own).frames == soundfile.info(strange).frames == 1000


def test_a_pack_of_an_older_version_is_made_anew(pack: Pack, tmp_path: Path) -> None:
    folder = linked(pack, tmp_path / "pack")
    hats = next(x["file"] for x in pack.loops("drums") if "hats" in x["tags"] and x["bars"] == 2)
    record = json.loads((folder / "pack.json").read_text("utf-8"))
    altered(folder / "pack.json", json.dumps({"version": 0, "files": {hats: record["files"][hats]}}).encode())
    again = write_pack(folder, workers=1)
    # the others are not in the record: they might be the user's
    assert again.written == 1
    assert (folder / hats).read_bytes() == (pack.folder / hats).read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_killed_run_leaves_whole_files_and_is_gone_on_with(pack: Pack, tmp_path: Path) -> None:
    folder = linked(pack, tmp_path / "pack")
    lost = [x["file"] for x in pack.loops("percussion", "fx")]
    for name in lost:
        (folder / name).unlink()
    code = "import sys; from pathlib import Path; from loopmind_chat.starter import write_pack\n"
    code += "write_pack(Path(sys.argv[1]), workers=1)"
    with subprocess.Popen([sys.executable, "-c", code, str(folder)]) as process:
        while sum((folder / name).exists() for name in lost) < 2:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    there = [name for name in lost if (folder / name).exists()]
    assert len(there) < len(lost)
    for name in there:
        assert (folder / name).read_bytes() == (pack.folder / name).read_bytes()
    again = write_pack(folder, workers=1)
    assert len(lost) - len(there) <= again.written <= len(lost) - len(there) + 1
    for name in lost:
        assert (folder / name).read_bytes() == (pack.folder / name).read_bytes()


def test_a_sound_is_the_same_whichever_process_makes_it_and_in_whatever_order(pack: Pack) -> None:
    some = ["KickClap", "Reese", "Foley", "Crowd", "Vinyl Crackle", "Dark Bongos", "Rhodes Stab"]
    names = [next(name for name in recipes() if word in name) for word in some]
    for name in names:
        rendered = recipes()[name].render()
        stored, _ = soundfile.read(pack.folder / name, dtype="float32", always_2d=True)
        assert np.array_equal(rendered, stored), name


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SoundFileError, match=r"^the starter pack cannot be written to .*file.*$"):
        write_pack(tmp_path / "file" / "pack")


def test_importing_the_starter_pack_loads_no_arithmetic() -> None:
    code = "import sys, loopmind_chat.starter; print([m for m in ('numpy', 'scipy', 'soundfile') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
