"""Sounds to train the role model on, rendered: a General MIDI soundfont, a small synthesizer, and speech.

FluidR3 GM (Frank Wen, MIT licence; Debian's ``fluid-soundfont-gm``) is played by ``fluidsynth``; flite and eSpeak NG
speak. What is rendered trains the weights and is thrown away.
"""

import struct
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from training.analysis.role_phrases import PITCHED, STRUCK, Phrase, Rng

RATE: Final = 44_100
SOUNDFONT: Final = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
Floats = npt.NDArray[np.float32]

PROGRAMS: Final[dict[str, tuple[int, ...]]] = {
    "melody": (
        *range(16), *range(24, 32), *range(40, 46), *range(56, 61), *range(64, 88), *range(98, 99), *range(104, 109),
        111, 114, 10, 12, 46, 80, 81,
    ),
    "chords": (*range(8), *range(16, 32), *range(48, 52), *range(61, 64), *range(88, 97), 99, 100, 15, 46, 81, 90),
    "bass": (*range(32, 40), 87, 43, 58, 67, 38, 39, 33),
    "vocal": (52, 53, 54, 52, 53, 85),
    "fx": (97, 101, 102, 103, 119, 120, 121, 122, 123, 124, 125, 126, 127),
}  # fmt: skip
KITS: Final = (0, 8, 16, 24, 25, 32, 40)
_TICKS: Final = 960
_TAIL_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Rendered:
    """A sound with its truth."""

    role: str
    is_loop: bool
    samples: Floats
    """Shape (frames, 2), at 44.1 kHz."""
    source: str


@dataclass(frozen=True, slots=True)
class _Job:
    phrase: Phrase
    program: int
    drums: bool


def soundfont_jobs(rng: Rng, pitched_each: int, struck_each: int) -> list[_Job]:
    """What the soundfont is to play."""
    jobs = []
    for role, makers in PITCHED.items():
        count = pitched_each if role not in {"vocal", "fx"} else pitched_each // 2
        for number in range(count):
            phrase = makers[number % len(makers)](rng)
            jobs.append(_Job(phrase, int(rng.choice(PROGRAMS[role])), drums=False))
    for makers in STRUCK.values():
        jobs += [
            _Job(makers[number % len(makers)](rng), int(rng.choice(KITS)), drums=True) for number in range(struck_each)
        ]
    return jobs


def play_soundfont(jobs: Sequence[_Job], folder: Path) -> Iterator[Rendered]:
    """Render the jobs, 150 to a MIDI file, and cut them out: loops from their second time round."""
    for first in range(0, len(jobs), 150):
        part = jobs[first : first + 150]
        slots, total = [], 0.0
        for job in part:
            length = job.phrase.seconds * (2 if job.phrase.is_loop else 1)
            slots.append(total)
            total += length + _TAIL_S + 1.0
        midi, wave = folder / "phrases.mid", folder / "phrases.wav"
        midi.write_bytes(_midi_file(part, slots))
        command = ["fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-g", "0.5", "-r", str(RATE), "-T", "wav"]
        subprocess.run([*command, "-F", str(wave), str(SOUNDFONT), str(midi)], check=True, capture_output=True)
        samples, _ = soundfile.read(wave, dtype="float32", always_2d=True)
        for job, slot in zip(part, slots, strict=True):
            start = slot + (job.phrase.seconds if job.phrase.is_loop else 0.0)
            cut = samples[round(start * RATE) : round((start + job.phrase.seconds) * RATE)]
            if len(cut) and float(np.abs(cut).max()) > 1e-3:
                source = f"fluid-{'kit' if job.drums else 'program'}-{job.program}"
                yield Rendered(job.phrase.role, job.phrase.is_loop, cut.copy(), source)


def _midi_file(jobs: Sequence[_Job], slots: Sequence[float]) -> bytes:
    events: list[tuple[int, int, bytes]] = []
    for job, slot in zip(jobs, slots, strict=True):
        channel = 9 if job.drums else 0
        events.append((round((slot - 0.05) * _TICKS) if slot else 0, 0, bytes((0xC0 | channel, job.program))))
        for turn in range(2 if job.phrase.is_loop else 1):
            for note in job.phrase.notes:
                at = slot + turn * job.phrase.seconds + note.start
                pitch = min(127, max(0, note.pitch))
                events.append((round(at * _TICKS), 2, bytes((0x90 | channel, pitch, note.velocity))))
                events.append((round((at + max(0.03, note.length)) * _TICKS), 1, bytes((0x80 | channel, pitch, 0))))
        end = slot + job.phrase.seconds * (2 if job.phrase.is_loop else 1) + _TAIL_S
        events.append((round(end * _TICKS), 3, bytes((0xB0 | channel, 120, 0))))
    track = bytearray(b"\x00\xff\x51\x03" + (1_000_000).to_bytes(3, "big"))
    before = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track += _variable(tick - before) + message
        before = tick
    track += b"\x00\xff\x2f\x00"
    return struct.pack(">4sIHHH", b"MThd", 6, 0, 1, _TICKS) + struct.pack(">4sI", b"MTrk", len(track)) + bytes(track)


def _variable(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(0x80 | (value & 0x7F))
    return bytes(reversed(digits))


_LINES: Final = (
    "feel the night", "hey", "yeah", "come on", "let it go", "one two three four", "in the house", "drop the bass",
    "oh", "I can see you", "never gonna stop", "wake up", "what", "money", "bring it back", "hold me closer tonight",
    "listen to the rhythm", "uh", "this is the sound", "put your hands up", "ah", "we are falling down", "run", "go",
    "the city never sleeps", "look at me now", "everybody", "turn the lights down low", "stay with me", "dance",
)  # fmt: skip
_FLITE: Final = ("kal16", "awb", "rms", "slt")
_ESPEAK: Final = ("en", "en-us", "en-us+f2", "en+m3", "en+f4", "de", "fr", "es", "pt", "it", "en+whisper", "en+m7")


def speak(rng: Rng, count: int, folder: Path) -> Iterator[Rendered]:
    """Spoken words, some at another pitch, some chopped and repeated in time."""
    target = folder / "speech.wav"
    for number in range(count):
        line = str(rng.choice(_LINES))
        if number % 2:
            command = ["flite", "-voice", str(rng.choice(_FLITE)), "-t", line, "-o", str(target)]
        else:
            how = ["-p", str(int(rng.integers(10, 95))), "-s", str(int(rng.integers(90, 190)))]
            command = ["espeak-ng", "-v", str(rng.choice(_ESPEAK)), *how, "-w", str(target), line]
        subprocess.run(command, check=True, capture_output=True)
        heard, rate = soundfile.read(target, dtype="float32")
        heard = soxr.resample(heard, rate * rng.uniform(0.75, 1.35), RATE)
        loud = np.flatnonzero(np.abs(heard) > 0.02 * float(np.abs(heard).max(initial=1e-9)))
        heard = heard[loud[0] : loud[-1] + 2000] if len(loud) else heard
        is_loop = bool(rng.random() < 0.3)
        if is_loop:
            heard = _chopped(heard, rng)
        yield Rendered("vocal", is_loop, np.stack((heard, heard), axis=1).astype(np.float32), "speech")


def _chopped(heard: Floats, rng: Rng) -> Floats:
    """A loop of a bar or two with pieces of ``heard`` on its sixteenths."""
    step = round(15 / rng.uniform(80, 160) * RATE)
    steps = int(rng.choice((16, 32)))
    out = np.zeros(step * steps, np.float32)
    pieces = [heard[start : start + step * 2] for start in rng.integers(0, max(1, len(heard) - step), 4)]
    for at in np.flatnonzero(rng.random(steps) < rng.uniform(0.2, 0.6)):
        piece = pieces[int(rng.integers(4))]
        end = min(len(out), at * step + len(piece))
        out[at * step : end] += piece[: end - at * step]
    return out
