"""Chroma itself: stored, found again, damaged, replaced."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.library.catalogue import Catalogue
from loopmind_chat.library.chroma_index import ChromaIndex, _survives_opening, open_chroma, put_aside
from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.index_keeper import IndexKeeper
from loopmind_chat.library.loop_rows import LoopRow
from loopmind_chat.library.vector_index import IndexBroken, Space
from tests.fakes.loop_rows import made_facts

pytestmark = pytest.mark.real


def _never() -> bool:
    return False


def _vectors(count: int) -> Vectors:
    vectors = np.random.default_rng(1).normal(size=(count, 384))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


ROOT = Path(__file__).parents[2]
IDS = [f"{number:012x}" for number in range(1_200)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chroma") / "index"
    index = open_chroma(folder, _never)
    index.put(Space.TEXT, IDS, _vectors(1_200))
    index.close()
    return folder


def test_neighbours_are_those_of_an_exact_search(filled: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(filled, tmp_path / "index")
    index = open_chroma(folder, _never)
    assert index.count(Space.TEXT) == 1_200
    vectors, found = _vectors(1_200), 0
    for vector in vectors[::240]:
        exact = np.argsort(-(vectors @ vector))[:20]
        recalled = index.nearest(Space.TEXT, vector, 200)
        assert recalled[0] == IDS[exact[0]]
        found += len({IDS[row] for row in exact} & set(recalled))
    assert found >= 98  # of 100
    index.close()


def test_putting_again_replaces(tmp_path: Path) -> None:
    index = open_chroma(tmp_path / "index", _never)
    vectors = _vectors(2)
    index.put(Space.TEXT, ["a" * 12, "b" * 12], vectors)
    index.put(Space.TEXT, ["a" * 12], vectors[1:])
    assert index.count(Space.TEXT) == 2
    index.put(Space.TEXT, ["b" * 12], -vectors[1:])
    assert index.nearest(Space.TEXT, vectors[1], 1) == ["a" * 12]
    index.close()


def _catalogue() -> Catalogue:
    facts = [made_facts(f"/{number}.wav", id=loop_id) for number, loop_id in enumerate(IDS)]
    return Catalogue().renewed(
        1,
        [
            LoopRow(loop, {}, 0, (loop.path,), (), 1, "words", vector.tobytes())
            for loop, vector in zip(facts, _vectors(1_200), strict=True)
        ],
    )


@pytest.mark.parametrize("damage", ["rubbish", "truncated", "no graph"])
def test_a_damaged_index_is_put_aside_and_made_anew(filled: Path, tmp_path: Path, damage: str) -> None:
    folder = shutil.copytree(filled, tmp_path / "index")
    (tmp_path / "index.json").write_text('{"revision": 1, "counts": {"text": 1200}, "models": {"text": "words"}}')
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if damage == "rubbish":
            path.write_bytes(b"\xa5" * max(path.stat().st_size, 100))
        elif damage == "truncated" and path.name == "chroma.sqlite3":
            path.write_bytes(path.read_bytes()[:5_000])
        elif damage == "no graph" and path.suffix in {".bin", ".pickle"}:
            path.unlink()
    keeper = IndexKeeper(folder, "words", open_chroma, put_aside)
    keeper.follow(_catalogue())
    keeper.wait(lambda: False)
    assert (tmp_path / "index.bad-1").is_dir()
    for number in range(0, 1_200, 100):
        assert keeper.nearest(Space.TEXT, _vectors(1_200)[number], 1) == [IDS[number]]
    keeper.close()


def test_an_index_that_kills_its_opener_is_noticed(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(filled, tmp_path / "index")
    popen = subprocess.Popen

    def killed(command: list[str], **settings: object) -> object:
        script = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
        return popen([command[0], "-c", script], **settings)  # type: ignore[call-overload]  # passed through

    monkeypatch.setattr(subprocess, "Popen", killed)
    index = open_chroma(folder, _never)
    assert index.count(Space.TEXT) == 0
    assert (tmp_path / "index.bad-1").is_dir()
    index.close()


def test_a_whole_index_survives_the_probe(filled: Path, tmp_path: Path) -> None:
    assert _survives_opening(shutil.copytree(filled, tmp_path / "index"), _never)


def test_closing_does_not_wait_for_the_probe(filled: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(filled, tmp_path / "index")
    started = time.monotonic()
    with pytest.raises(IndexBroken, match="closed"):
        open_chroma(folder, lambda: True)
    assert time.monotonic() - started < 0.5
    assert folder.is_dir()


def test_only_the_last_damaged_ones_are_kept(tmp_path: Path) -> None:
    for _ in range(12):
        (tmp_path / "index").mkdir()
        put_aside(tmp_path / "index")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.bad-11", "index.bad-12"]
    put_aside(tmp_path / "index")  # nothing there: nothing done


def test_nothing_is_fetched_and_nothing_told(tmp_path: Path) -> None:
    script = f"""
import socket
def refused(*_):
    raise AssertionError("a connection was tried")
socket.socket.connect = refused
from pathlib import Path
import numpy as np
from loopmind_chat.library.chroma_index import ChromaIndex
from loopmind_chat.library.vector_index import Space
index = ChromaIndex(Path({str(tmp_path / "index")!r}))
index.put(Space.TEXT, ["a"], np.eye(384, dtype=np.float32)[:1])
assert index.nearest(Space.TEXT, np.eye(384, dtype=np.float32)[0], 1) == ["a"]
index.close()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_an_index_may_be_opened_twice_in_a_row(tmp_path: Path) -> None:
    for count in (1, 2, 3):
        index = ChromaIndex(tmp_path / "index")
        index.put(Space.TEXT, IDS[:count], _vectors(count))
        assert index.count(Space.TEXT) == count
        index.close()


def test_there_are_two_collections_and_no_former_one(tmp_path: Path) -> None:
    import chromadb  # noqa: PLC0415 - a second, and only here
    from chromadb.config import Settings  # noqa: PLC0415 - the same

    client = chromadb.PersistentClient(str(tmp_path / "index"), settings=Settings(anonymized_telemetry=False))
    client.create_collection("loops", embedding_function=None)
    client.clear_system_cache()
    index = open_chroma(tmp_path / "index", _never)
    assert sorted(collection.name for collection in index._client.list_collections()) == ["audio", "text"]
    sounds = np.eye(128, dtype=np.float32)[:2]
    index.put(Space.AUDIO, ["a", "b"], sounds)
    index.put(Space.TEXT, ["a"], _vectors(1))
    assert (index.count(Space.AUDIO), index.count(Space.TEXT)) == (2, 1)
    assert index.nearest(Space.AUDIO, sounds[1], 1) == ["b"]
    assert (index.any_vector(Space.TEXT) == _vectors(1)[0]).all()
    index.close()
    assert _survives_opening(tmp_path / "index", _never)
