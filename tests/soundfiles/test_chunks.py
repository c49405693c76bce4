import struct
from pathlib import Path

import pytest
import soundfile

from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.soundfiles.chunks import Acid, read_acid
from tests.fakes.sounds import sine


def with_chunk(path: Path, name: bytes, content: bytes) -> None:
    data = path.read_bytes() + struct.pack("<4sI", name, len(content)) + content
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])


def wav(tmp_path: Path) -> Path:
    path = tmp_path / "a.wav"
    soundfile.write(path, sine(0.2), 44_100)
    return path


def test_acid_data_is_read(tmp_path: Path) -> None:
    path = wav(tmp_path)
    with_chunk(path, b"junk", b"x" * 6)
    with_chunk(path, b"acid", struct.pack("<IHHfIHHf", 2, 57, 0x8000, 0.0, 16, 4, 4, 140.0))
    assert read_acid(path) == Acid(one_shot=False, root_note=57, beats=16, meter=(4, 4), tempo=140.0)


def test_the_one_shot_bit_and_an_unset_root(tmp_path: Path) -> None:
    path = wav(tmp_path)
    with_chunk(path, b"acid", struct.pack("<IHHfIHHf", 1, 60, 0, 0.0, 0, 4, 4, 0.0))
    acid = read_acid(path)
    assert acid is not None
    assert acid.one_shot
    assert acid.root_note is None


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\xff\xff\xff\xffWAVEacid\x18\x00\x00\x00short", b"OggS" * 9])
def test_broken_and_other_files_have_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    assert read_acid(path) is None


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudio):
        read_acid(tmp_path / "gone.wav")
