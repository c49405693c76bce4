"""An analysis that reads its facts from the file's text, and misbehaves where the file says so.

A line such as ``role=bass bpm=90 key=Am tags=dark,808 sound=1,0`` gives the facts and the vector; ``hang``,
``crash``, ``raise``, ``refuse``, ``slow`` and ``eat`` do what they say.
"""

import os
import signal
import time
from pathlib import Path, PurePath

import numpy as np

from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.library.analysis.result import Analysis
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

SLOW_S = 0.05
AUDIO_MODEL = "fake"


def analyze_sound(path: str) -> Analysis:
    """The same, and the vector that the text states."""
    facts = analyze_file(path)
    words = Path(path).read_bytes().decode("utf-8", "replace").split()
    stated = [word.removeprefix("sound=") for word in words if word.startswith("sound=")]
    return Analysis(facts, np.array(stated[0].split(","), np.float32) if stated else None)


def analyze_file(path: str) -> LoopFacts:
    """The facts that the file's text states."""
    if os.environ.get("FAKE_NO_ACCESS") == PurePath(path).name:
        raise PermissionError(13, "Permission denied")
    text = Path(path).read_bytes().decode("utf-8", "replace")
    if not text:
        raise UnreadableAudio("empty file")
    words = text.split()
    _misbehave(words)
    given = dict(word.split("=", 1) for word in words if "=" in word)
    bpm = float(given["bpm"]) if "bpm" in given else None
    return LoopFacts(
        id="",
        path=path,
        name=PurePath(path).stem,
        duration_s=8.0,
        sample_rate=48_000,
        channels=2,
        is_loop=bpm is not None,
        bpm=bpm,
        bpm_confidence=0.5,
        beats=8.0 * bpm / 60.0 if bpm else None,
        bars=2.0 * bpm / 60.0 if bpm else None,
        key=parse_key(given["key"]) if "key" in given else None,
        role=Role(given.get("role", "fx")),
        role_confidence=float(given.get("sure", "0.8")),
        role_source=given.get("source", ""),
        tags={tag: 0.7 for tag in given.get("tags", "").split(",") if tag},
        peak_db=float(given.get("peak", "-1")),
        error=given.get("error"),
    )


def loop_text(facts: LoopFacts) -> str:
    """What is embedded of a loop."""
    return f"{facts.role} {' '.join(facts.tags)} {facts.key or ''} {facts.bpm or ''}".strip()


def _misbehave(words: list[str]) -> None:
    if "hang" in words:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
        time.sleep(600)
    if "crash" in words:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "raise" in words and not os.environ.get("FAKE_MENDED"):
        raise ValueError("array is too big")
    if "refuse" in words:
        raise UnreadableAudio("not audio: a web page")
    if "eat" in words:
        bytearray(1 << 40)
    if "slow" in words:
        time.sleep(SLOW_S)
