"""What the user said: out to a file, and in again, on another machine too."""

import json
import os
import shutil
from pathlib import Path

import pytest

from loopmind_chat.errors import LibraryError
from loopmind_chat.home import Home
from loopmind_chat.library.library import Library
from loopmind_chat.library.loop_rows import stored_changes
from loopmind_chat.song.vocabulary import Role
from tests.fakes.fake_embedder import WordEmbedder
from tests.library.conftest import Opener, settings


def _id(library: Library, name: str) -> str:
    return next(facts.id for facts in library.view().loops() if facts.name == name)


@pytest.fixture
def exported(open_library: Opener, loops: Path, tmp_path: Path) -> Path:
    library = open_library()
    library.scan([loops])
    library.fix(_id(library, "Dark808"), {"bpm": 70, "key": "Bbm"})
    library.fix(_id(library, "snare"), {"role": "percussion", "is_loop": False})
    library.rate(_id(library, "snare"), 1)
    library.rate(_id(library, "Kick 01"), -1)
    out = tmp_path / "said.jsonl"
    assert library.export_said(out) == 3
    library.close()
    return out


def test_the_file_can_be_read_by_people(exported: Path, loops: Path) -> None:
    lines = [json.loads(line) for line in exported.read_text("ascii").splitlines()]
    assert [line["name"] for line in lines] == ["Dark808", "Kick 01", "snare"]
    assert lines[0]["path"] == str(loops / "Dark808.wav")
    assert lines[0]["changes"] == {"bpm": 70.0, "key": "Bb minor"}
    assert (lines[1]["changes"], lines[1]["rating"]) == ({}, -1)
    assert "rating" not in lines[0]


def test_another_library_takes_it_in_before_or_after_its_scan(exported: Path, loops: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(loops, elsewhere)
    seen = []
    for order in ("scan first", "import first"):
        home = Home(tmp_path / order, tmp_path)
        with Library.open(home, WordEmbedder(), workers=settings(home)) as library:
            if order == "scan first":
                library.scan([elsewhere])
            taken = library.import_said(exported)
            assert (taken.loops, taken.waiting) == (3, 0 if order == "scan first" else 3)
            library.scan([elsewhere])
            assert library.view().loops()[0].path.startswith(str(elsewhere))
            seen.append((library.view().loops(), dict(library.view().ratings()), library.view().affinity("percussion")))
    assert seen[0] == seen[1]
    facts = {loop.name: loop for loop in seen[0][0]}
    assert (facts["Dark808"].bpm, str(facts["Dark808"].key)) == (70.0, "Bb minor")
    assert facts["snare"].role is Role.PERCUSSION
    assert set(seen[0][1].values()) == {1, -1}


def test_the_file_goes_before_what_was_said_and_leaves_the_rest(
    exported: Path, open_library: Opener, loops: Path
) -> None:
    library = open_library()
    dark = _id(library, "Dark808")
    library.fix(dark, {"bpm": 140, "role": "melody"})
    library.import_said(exported)
    assert stored_changes(library._store, dark) == {"bpm": 70.0, "key": "Bb minor", "role": "melody"}
    (loops / "Dark808.wav").rename(loops / "Renamed.wav")
    library.scan([loops])
    renamed = library.view().get(dark)
    assert renamed is not None
    assert (renamed.name, renamed.bpm, renamed.role) == ("Renamed", 70.0, Role.MELODY)


def test_what_cannot_be_read_is_named_and_the_rest_taken_in(open_library: Opener, tmp_path: Path, loops: Path) -> None:
    library = open_library()
    library.scan([loops])
    good = json.dumps({"loop": _id(library, "snare"), "changes": {"role": "fx"}})
    path = tmp_path / "odd.jsonl"
    path.write_bytes(
        b"\xff\xfe rubbish\n\n[1]\n"
        b'{"loop": "../../etc", "changes": {"role": "fx"}}\n'
        b'{"loop": "aaaaaaaaaaaa", "changes": {"bpm": 9000}}\n'
        b'{"loop": "aaaaaaaaaaaa", "changes": {"path": "/etc/passwd"}}\n'
        b'{"loop": "aaaaaaaaaaaa", "rating": 7}\n' + good.encode()
    )
    taken = library.import_said(path)
    assert taken.loops == 1
    assert [reason.split(":")[0] for reason in taken.refused] == [
        "line 1 is no JSON",
        "line 3 names no loop",
        "line 4 names no loop",
        "line 5",
        "line 6",
        "line 7 holds no corrections that can be read",
    ]
    assert next(facts.role for facts in library.view().loops() if facts.name == "snare") is Role.FX


def test_a_file_that_is_there_is_left_alone(exported: Path, open_library: Opener, tmp_path: Path) -> None:
    library = open_library()
    before = exported.read_bytes()
    with pytest.raises(LibraryError, match="is there already"):
        library.export_said(exported)
    with pytest.raises(LibraryError, match="cannot be written"):
        library.export_said(tmp_path / "no folder" / "x.jsonl")
    with pytest.raises(LibraryError, match="cannot be read"):
        library.import_said(tmp_path / "none.jsonl")
    assert exported.read_bytes() == before
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".part")]  # noqa: PTH208 - hidden ones too


def test_names_that_are_no_text_survive(open_library: Opener, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / os.fsdecode(b"bad\xff\n.wav")).write_text("role=bass")
    library = open_library()
    library.scan([folder])
    library.fix(library.view().loops()[0].id, {"role": "pad"})
    assert library.export_said(tmp_path / "out.jsonl") == 1
    (line,) = (tmp_path / "out.jsonl").read_text("ascii").splitlines()
    assert os.fsencode(json.loads(line)["path"]).endswith(b"bad\xff\n.wav")
    assert library.import_said(tmp_path / "out.jsonl").loops == 1


def test_learned_words_are_told(open_library: Opener, tmp_path: Path) -> None:
    folder = tmp_path / "loops"
    folder.mkdir()
    for number in range(4):
        (folder / f"Zorp_{number}.wav").write_text(f"role=fx source=audio sure=0.4 n={number}")
    library = open_library()
    library.scan([folder])
    assert library.learned_words() == []
    library.fix(_id(library, "Zorp_0"), {"role": "bass"})
    assert [word.line() for word in library.learned_words()] == ['"zorp" means bass (4 loops, 1 corrected)']
