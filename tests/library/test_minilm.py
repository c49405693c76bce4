"""The text model in its process: what it means, and what happens when it dies."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.errors import LibraryError, WeightsError
from loopmind_chat.home import find_home
from loopmind_chat.library.minilm import MiniLm
from loopmind_chat.weights import locate


@pytest.fixture
def sick(tmp_path: Path) -> Iterator[Callable[[str], MiniLm]]:
    made: list[MiniLm] = []

    def make(illness: str) -> MiniLm:
        (tmp_path / illness).touch()
        made.append(MiniLm(lambda: tmp_path, log=tmp_path / "log", module="tests.fakes.sick_minilm_child"))
        return made[-1]

    yield make
    for embedder in made:
        embedder.close()


def test_it_is_started_once_more(sick: Callable[[str], MiniLm], tmp_path: Path) -> None:
    embedder = sick("dies once")
    assert embedder.embed(["a", "b"]).shape == (2, 384)
    assert (tmp_path / "starts").read_text() == ".."


def test_and_not_for_ever(sick: Callable[[str], MiniLm], tmp_path: Path) -> None:
    embedder = sick("dies always")
    with pytest.raises(LibraryError, match=r"stopped twice \(ended with status 3\)"):
        embedder.embed(["a"])
    assert (tmp_path / "starts").read_text() == ".."


def test_a_hung_one_is_killed(sick: Callable[[str], MiniLm], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loopmind_chat.library.minilm._ANSWER_LIMIT_S", 0.3)
    monkeypatch.setattr("loopmind_chat.library.minilm._LIMIT_PER_TEXT_S", 0.0)
    with pytest.raises(LibraryError, match="no answer within"):
        sick("hangs").embed(["a"])


def test_closing_does_not_wait_for_an_answer(sick: Callable[[str], MiniLm]) -> None:
    embedder = sick("hangs")
    told: list[LibraryError] = []

    def ask() -> None:
        try:
            embedder.embed(["a"])
        except LibraryError as fault:
            told.append(fault)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.5)
    started = time.monotonic()
    embedder.close()
    asking.join(5)
    assert time.monotonic() - started < 2.0
    assert told
    with pytest.raises(LibraryError, match="closed"):
        embedder.embed(["a"])


def test_no_model_is_the_weights_error(tmp_path: Path) -> None:
    def missing() -> Path:
        raise WeightsError("the model is missing: run `loopmind models pull`")

    embedder = MiniLm(missing, log=tmp_path / "log")
    embedder.start()
    with pytest.raises(WeightsError, match="models pull"):
        embedder.embed(["a"])
    embedder.close()


def test_nothing_to_embed_starts_nothing(sick: Callable[[str], MiniLm], tmp_path: Path) -> None:
    assert sick("dies always").embed([]).shape == (0, 384)
    assert not (tmp_path / "starts").exists()


@pytest.fixture(scope="module")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MiniLm]:
    embedder = MiniLm(lambda: locate(find_home(), "text-embedding"), log=tmp_path_factory.mktemp("logs") / "log")
    embedder.start()
    yield embedder
    embedder.close()


@pytest.mark.real
def test_meaning_is_near(minilm: MiniLm) -> None:
    rain, water, kick = minilm.embed(["rainy sad piano", "melancholic piano with water drops", "hard techno kick drum"])
    assert np.linalg.norm(rain) == pytest.approx(1.0, abs=1e-5)
    assert rain @ water > 0.5
    assert rain @ water > rain @ kick + 0.2


@pytest.mark.real
def test_company_changes_nothing(minilm: MiniLm) -> None:
    texts = ["dark", "a dark and rather long description of a bass loop", "bright", "kick \udcff\x1b", "ünï 🎹"]
    together = minilm.embed(texts)
    alone = np.stack([minilm.embed([text])[0] for text in texts])
    backwards = minilm.embed(texts[::-1])[::-1]
    assert (together == alone).all()
    assert (together == backwards).all()


@pytest.mark.real
def test_the_model_process_opens_no_connection(tmp_path: Path) -> None:
    script = """
import socket, sys
def refused(*_):
    raise AssertionError("a connection was tried")
socket.socket.connect = refused
from loopmind_chat.library.minilm_child import main
main(sys.argv[1])
"""
    folder = locate(find_home(), "text-embedding")
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        input=b"\x08\x00\x00\x00" + b'["dark"]',
        capture_output=True,
        cwd=Path(__file__).parents[2],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) == 4 + len(b"ready") + 4 + 384 * 4
    assert list(tmp_path.iterdir()) == []  # nor does it leave anything in the user's home
