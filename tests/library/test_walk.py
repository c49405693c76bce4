"""What a walk finds, follows, and leaves alone."""

import os
import socket
from pathlib import Path

import pytest

from loopmind_chat.library.walk import Walk, walk


def _walk(*folders: Path) -> Walk:
    return walk(list(folders), lambda: False)


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_audio_by_suffix_in_any_case_and_depth(tmp_path: Path) -> None:
    _touch(tmp_path, "a.WAV", "b/c/d.flac", "b/e.Aif", "notes.txt", "cover.jpg", "wav")
    found = _walk(tmp_path)
    assert sorted(found.files) == [str(tmp_path / name) for name in ("a.WAV", "b/c/d.flac", "b/e.Aif")]
    assert found.problems == {}


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    _touch(tmp_path, "._a.wav", ".trash/b.wav", "__MACOSX/c.wav", "d.wav")
    assert list(_walk(tmp_path).files) == [str(tmp_path / "d.wav")]


def test_foreign_formats_are_named(tmp_path: Path) -> None:
    _touch(tmp_path, "a.m4a")
    assert _walk(tmp_path).problems == {str(tmp_path / "a.m4a"): "unsupported format: convert it to WAV or FLAC"}


def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "null.wav").symlink_to("/dev/null")
    (tmp_path / "nowhere.wav").symlink_to(tmp_path / "not-there")
    (tmp_path / "self.wav").symlink_to(tmp_path / "self.wav")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.wav"))
    _touch(tmp_path, "folder.wav/inside.wav")
    found = _walk(tmp_path)
    assert list(found.files) == [str(tmp_path / "folder.wav" / "inside.wav")]
    assert list(found.problems) == [str(tmp_path / "self.wav")]  # a link to itself cannot be looked at


def test_links_to_files_are_followed_links_to_folders_counted(tmp_path: Path) -> None:
    inside, outside = tmp_path / "loops", tmp_path / "elsewhere"
    _touch(inside, "a.wav")
    _touch(outside, "b.wav")
    (inside / "b.wav").symlink_to(outside / "b.wav")
    (inside / "up").symlink_to(inside)
    (inside / "root").symlink_to("/")
    (inside / "out").symlink_to(outside)
    found = _walk(inside)
    assert sorted(found.files) == [str(inside / "a.wav"), str(inside / "b.wav")]
    assert found.links == 3


def test_nested_folders_are_walked_once(tmp_path: Path) -> None:
    _touch(tmp_path, "a.wav", "b/c.wav")
    assert len(_walk(tmp_path, tmp_path / "b").files) == 2
    assert len(_walk(tmp_path / "b", tmp_path).files) == 2


def test_names_that_are_no_text(tmp_path: Path) -> None:
    name = b"bad\xff\x1b[31m\n[bold].wav"
    Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes(b"x")  # noqa: PTH118 - bytes
    (only,) = _walk(tmp_path).files
    assert os.fsencode(only).endswith(name)


def test_a_folder_without_access_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _touch(tmp_path, "a.wav", "shut/b.wav", "z/c.wav")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = _walk(tmp_path)
    assert found.problems == {str(tmp_path / "shut"): "no access"}
    assert len(found.files) == 2


def test_a_cancel_ends_the_walk(tmp_path: Path) -> None:
    for number in range(20):
        _touch(tmp_path, f"{number}/a.wav")
    answers = iter([False] * 5)
    assert len(walk([tmp_path], lambda: next(answers, True)).files) < 6
