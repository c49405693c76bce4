import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from loopmind_chat.home import find_home
from loopmind_chat.library.analysis import analyze_file
from loopmind_chat.library.analysis.beats import LONG_S, is_compiled
from tests.fakes.sounds import RATE, drum_loop


def long_recording(tmp_path: Path) -> str:
    """Two minutes and a half at 113.5 BPM, breaking off anywhere."""
    loop = drum_loop(113.5, 16)
    sound = np.tile(loop, 1 + int(150 * RATE / len(loop)))[: 150 * RATE]
    soundfile.write(tmp_path / "take.wav", sound, RATE)
    return str(tmp_path / "take.wav")


def test_without_compiled_kernels_a_long_recording_has_no_tempo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "none"))
    assert not is_compiled()
    facts = analyze_file(long_recording(tmp_path))
    assert facts.is_loop
    assert facts.duration_s > LONG_S
    assert facts.bpm is None


@pytest.mark.real
@pytest.mark.timeout(400)  # librosa's kernels compile once, for half a minute of an idle core
def test_librosa_follows_the_beat_of_a_long_recording(tmp_path: Path) -> None:
    cache = find_home().numba_cache
    environ = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    module = "loopmind_chat.library.analysis.beats"
    subprocess.run([sys.executable, "-m", module], env=environ, check=True)
    path = long_recording(tmp_path)
    script = f"from loopmind_chat.library.analysis import analyze_file; print(analyze_file({path!r}).bpm)"
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    bpm = float(done.stdout)
    assert min(abs(bpm * octave - 113.5) for octave in (0.5, 1, 2)) < 0.3
