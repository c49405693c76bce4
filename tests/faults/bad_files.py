"""Files as they come from broken downloads, odd programs and ill will."""

import hashlib
import struct
from pathlib import Path

import numpy as np
import soundfile

from tests.fakes.sounds import drum_loop, kick, melody_loop, noise, sine

RATE = 48_000
LONG_S = 12 * 3_600


def write_bad_files(folder: Path) -> None:
    """One file or more for each row of the audio input faults, and three good loops among them."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "Drums 120bpm good.wav"
    soundfile.write(whole, drum_loop(120, 8, RATE), RATE, subtype="PCM_16")
    soundfile.write(folder / "Bass Am 100bpm good.flac", melody_loop(100, 8, 9, RATE), RATE, subtype="PCM_16")
    soundfile.write(folder / "Pad Am 90bpm good.ogg", melody_loop(90, 8, 9, RATE), RATE)
    _cut_and_forged(folder)
    _no_audio(folder)
    _odd_values(folder)
    _odd_shapes(folder)


def _cut_and_forged(folder: Path) -> None:
    soundfile.write(folder / "r03 cut.wav", noise(2.0, RATE), RATE, subtype="PCM_16")
    content = (folder / "r03 cut.wav").read_bytes()
    (folder / "r01 empty.wav").touch()
    (folder / "r02 header.wav").write_bytes(content[:30])
    (folder / "r03 cut.wav").write_bytes(content[: 44 + 2 * 47_992])
    forged = bytearray(_bytes(folder, noise(3.0, RATE)))
    forged[40:44] = struct.pack("<I", 0x7FFF_FFFF)
    (folder / "r04 forged.wav").write_bytes(forged)
    channels = bytearray(content)
    channels[22:24] = struct.pack("<H", 28_674)
    (folder / "r05 channels.wav").write_bytes(channels)


def _no_audio(folder: Path) -> None:
    (folder / "r08 text.wav").write_text("Dear Sir or Madam, " * 99)
    (folder / "r08 page.mp3").write_text("<html><body>404</body></html>" * 99)
    (folder / "r08 archive.wav").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    flac = folder / "r09 sum.flac"
    soundfile.write(flac, drum_loop(125, 8, RATE), RATE, subtype="PCM_16")
    content = bytearray(flac.read_bytes())
    (folder / "r09 tail.flac").write_bytes(content[:-700])
    content[26:42] = bytes(16)[:-1] + b"\x01"  # the MD5 of the audio, in the first block
    flac.write_bytes(content)


def _odd_values(folder: Path) -> None:
    broken = drum_loop(120, 8, RATE)
    broken[[100, 50_000]] = [np.nan, np.inf]
    soundfile.write(folder / "r10 nan.wav", broken, RATE, subtype="FLOAT")
    soundfile.write(folder / "r11 loud.wav", sine(2.0, 110.0, RATE, level=3.98), RATE, subtype="FLOAT")
    drums = 0.4 * drum_loop(118, 16, RATE)
    soundfile.write(folder / "r12 plain.wav", drums, RATE, subtype="FLOAT")
    soundfile.write(folder / "r12 offset.wav", drums + np.float32(0.5), RATE, subtype="FLOAT")
    soundfile.write(folder / "r13 silence.wav", np.zeros(4 * RATE), RATE)


def _odd_shapes(folder: Path) -> None:
    for frames in (0, 1, 100):
        soundfile.write(folder / f"r14 {frames} frames.wav", np.full((frames, 1), 0.5), RATE)
    write_long_file(folder / "r15 long.wav")
    loop = drum_loop(120, 8, RATE)
    soundfile.write(folder / "r17 surround.wav", np.stack([loop * g for g in (1, 1, 0.5, 0, 0.2, 0.2)], axis=1), RATE)
    soundfile.write(folder / "r17 nine.wav", np.zeros((RATE, 9)), RATE)
    soundfile.write(folder / "r18 adpcm.wav", loop, RATE, subtype="IMA_ADPCM")
    acid = folder / "r20 melody 174.wav"
    soundfile.write(acid, melody_loop(87, 16, 9, RATE), RATE, subtype="PCM_16")
    chunk = struct.pack("<4sI", b"acid", 24) + struct.pack("<IHHfIHHf", 0, 60, 0x8000, 0, 16, 4, 4, 120.0)
    data = acid.read_bytes() + chunk
    acid.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])
    soundfile.write(folder / "kick.wav", kick(RATE), RATE)


def write_long_file(path: Path) -> None:
    """Twelve hours of mono in an RF64 file of 6 GB that takes no room on the disk."""
    size = LONG_S * RATE * 3
    head = b"RF64" + struct.pack("<I", 0xFFFF_FFFF) + b"WAVE"
    head += b"ds64" + struct.pack("<IQQQI", 28, size + 72, size, LONG_S * RATE, 0)
    head += (
        b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, RATE, RATE * 3, 3, 24) + b"data" + struct.pack("<I", 0xFFFF_FFFF)
    )
    with path.open("wb") as file:
        file.write(head)
        file.truncate(len(head) + size)


def _bytes(folder: Path, samples: np.ndarray) -> bytes:
    scratch = folder / "scratch.wav"
    soundfile.write(scratch, samples, RATE, subtype="PCM_16")
    content = scratch.read_bytes()
    scratch.unlink()
    return content


def state_of(folder: Path) -> dict[str, tuple[str, int]]:
    """Hash and time of every file of ordinary size, links and folders by name."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        small = path.is_file() and status.st_size < 1 << 30
        found[str(path)] = (hashlib.sha256(path.read_bytes()).hexdigest() if small else "", status.st_mtime_ns)
    return found
