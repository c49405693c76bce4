"""How many times faster than real time a 3-minute, 8-track song is mixed and finished, prepared audio warm.

Beside the time on the clock stands the processor time, which other work on the machine disturbs less.

python benchmarks/render.py [seconds]
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from loopmind_chat.audio.master import Master, finish
from loopmind_chat.audio.mixer import Mixer
from loopmind_chat.audio.plan import build_plan
from loopmind_chat.audio.prepare import Preparer
from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import MixMode, Role, SectionKind

TEMPO = 126.0
RATE = 48_000


def loop_file(folder: Path, role: Role, number: int) -> Path:
    """Four bars of decaying noise and a tone."""
    frames = round(16 * 60 / 120 * RATE)
    random = np.random.default_rng(number)
    beat = np.exp(-(np.arange(frames) % 12_000) / 2_000)
    tone = 0.2 * np.sin(2 * np.pi * 55 * (number + 1) * np.arange(frames) / RATE)
    noise = 0.1 * random.standard_normal((frames, 2)) * beat[:, None]
    path = folder / f"{role}{number}.wav"
    soundfile.write(path, (noise + tone[:, None]).astype(np.float32), RATE, subtype="FLOAT")
    return path


def song_of(folder: Path, seconds: float, mode: MixMode) -> Song:
    """Eight tracks, one a role, in sections of eight bars."""
    roles = list(Role)
    files = [loop_file(folder, role, number) for number, role in enumerate(roles)]
    tracks = tuple(Track(id=f"t{i}", name=str(role), role=role, gain_db=-6.0) for i, role in enumerate(roles))
    count = round(seconds * TEMPO / 60 / 32)
    sections = tuple(
        Section(
            id=f"s{number}",
            kind=SectionKind.VERSE,
            bars=8,
            layers=tuple(
                Layer(
                    id=f"l{number}-{i}",
                    track=f"t{i}",
                    role=role,
                    loop=files[i].stem,
                    path=str(files[i]),
                    stretch=120 / TEMPO,
                    beats=32.0,
                    loop_beats=16.0,
                )
                for i, role in enumerate(roles)
            ),
        )
        for number in range(count)
    )
    return apply(Song(), ReplaceSong(Song(tempo=TEMPO, mix=mode, tracks=tracks, sections=sections)))


def timed(function: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of processor time, the better of two runs."""
    clock = processor = float("inf")
    for _ in range(2):
        began, used = time.perf_counter(), time.process_time()
        function()
        clock = min(clock, time.perf_counter() - began)
        processor = min(processor, time.process_time() - used)
    return clock, processor


def main() -> None:
    """Print one row a mode."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 180.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for mode in MixMode:
            plan = build_plan(song_of(folder, seconds, mode))
            preparer = Preparer(folder / "cache")
            began = time.perf_counter()
            for clip in plan.clips:
                preparer.prepare(clip)
            preparing = time.perf_counter() - began
            length = plan.frames / RATE
            mixing = timed(lambda: Mixer(plan, preparer.load).render(0, plan.frames))  # noqa: B023 - runs at once
            mix = Mixer(plan, preparer.load).render(0, plan.frames)
            finishing = timed(lambda: finish(mix, mode))  # noqa: B023 - runs at once
            mixer, master = Mixer(plan, preparer.load), Master(mode)
            blocks = range(0, min(plan.frames, 60 * RATE) - 1_024, 1_024)
            worst = 0.0
            began = time.perf_counter()
            for at in blocks:
                block_began = time.perf_counter()
                master.process(mixer.render(at, 1_024))
                worst = max(worst, time.perf_counter() - block_began)
            live = (time.perf_counter() - began) / len(blocks)
            print(
                f"{mode:9} {length:5.0f} s | prepare {preparing:5.2f} s | mix {length / mixing[0]:5.0f}x"
                f" (cpu {length / mixing[1]:5.0f}x) | finish {length / finishing[0]:5.0f}x"
                f" (cpu {length / finishing[1]:5.0f}x) | both {length / (mixing[0] + finishing[0]):5.0f}x"
                f" (cpu {length / (mixing[1] + finishing[1]):5.0f}x)"
                f" | live block {1e3 * live:5.2f} ms of 21.33, worst {1e3 * worst:5.1f}"
            )


if __name__ == "__main__":
    main()
