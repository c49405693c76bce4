"""A library on a small folder of made-up loops."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from loopmind_chat.home import Home
from loopmind_chat.library.embed import TextEmbedder
from loopmind_chat.library.library import Library
from loopmind_chat.library.workers import WorkerSettings

FAKE_ANALYSER = "tests.fakes.fake_analyser:analyze_sound"

Opener = Callable[..., Library]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "models")


@pytest.fixture
def loops(tmp_path: Path) -> Path:
    folder = tmp_path / "loops"
    (folder / "bass").mkdir(parents=True)
    for name, text in {
        "Dark808.wav": "role=bass bpm=140 key=Am tags=dark,808",
        "bass/deep sub.flac": "role=bass bpm=70 key=C tags=warm",
        "RainyPiano_90_Am.ogg": "role=melody bpm=90 key=Am tags=piano,sad",
        "Kick 01.wav": "role=drums tags=kick",
        "snare.wav": "role=drums tags=snare",
        "Bright Lead.aif": "role=melody bpm=141 key=F#m tags=bright,synth",
    }.items():
        (folder / name).write_text(text)
    return folder


def settings(home: Home, *, file_limit_s: float = 20.0, count: int = 2) -> WorkerSettings:
    return WorkerSettings(FAKE_ANALYSER, home.logs / "analysis.log", {}, file_limit_s=file_limit_s, count=count)


@pytest.fixture
def open_library(home: Home) -> Iterator[Opener]:
    with ExitStack() as opened:

        def opener(
            embedder: TextEmbedder | None = None, *, must_write: bool = False, file_limit_s: float = 20.0
        ) -> Library:
            library = Library.open(
                home, embedder, must_write=must_write, workers=settings(home, file_limit_s=file_limit_s)
            )
            opened.callback(library.close)
            return library

        yield opener
