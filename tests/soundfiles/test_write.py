import resource
from pathlib import Path

import numpy as np
import pytest
import soundfile

from loopmind_chat.errors import SoundFileError
from loopmind_chat.soundfiles.read import read_header, read_sound
from loopmind_chat.soundfiles.write import write_sound
from tests.fakes.sounds import noise, sine


@pytest.mark.parametrize(
    ("suffix", "subtype", "error"),
    [(".wav", "PCM_24", 1e-6), (".flac", "PCM_24", 1e-6), (".ogg", "VORBIS", 0.1), (".mp3", "MPEG_LAYER_III", 0.1)],
)
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str, subtype: str, error: float) -> None:
    samples = np.stack([sine(1, 440, 48_000), sine(1, 330, 48_000)], axis=1)
    path = tmp_path / f"a{suffix}"
    write_sound(path, samples, 48_000)
    header = read_header(path)
    assert (header.rate, header.channels, header.subtype) == (48_000, 2, subtype)
    assert header.frames == 48_000
    assert np.max(np.abs(read_sound(path).samples[1000:-1000] - samples[1000:-1000])) < error
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_an_mp3_is_of_the_best_quality_and_of_an_allowed_rate(tmp_path: Path) -> None:
    from mutagen.mp3 import MP3  # noqa: PLC0415 - for this test only

    path = tmp_path / "a.mp3"
    write_sound(path, sine(1, rate=96_000), 96_000)
    info = MP3(path).info
    assert (info.bitrate, info.sample_rate) == (320_000, 48_000)


def test_a_subtype_can_be_chosen(tmp_path: Path) -> None:
    write_sound(tmp_path / "a.wav", sine(0.1), 44_100, subtype="FLOAT")
    assert read_header(tmp_path / "a.wav").subtype == "FLOAT"


@pytest.mark.parametrize(
    ("name", "reason"), [("a.aac", "use .wav"), ("a", "without suffix"), ("no/where/a.wav", "no such folder")]
)
def test_where_nothing_can_be_written_it_is_said(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(SoundFileError, match=reason):
        write_sound(tmp_path / name, sine(0.1), 44_100)
    assert list(tmp_path.iterdir()) == []


def test_a_mistaken_subtype_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(SoundFileError):
        write_sound(tmp_path / "a.flac", sine(0.1), 44_100, subtype="VORBIS")
    assert list(tmp_path.iterdir()) == []


def test_audio_with_nan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SoundFileError, match="not numbers"):
        write_sound(tmp_path / "a.wav", np.array([0.0, np.nan], np.float32), 44_100)


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".ogg", ".mp3"])
def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"a{suffix}"
    write_sound(path, sine(0.2, rate=48_000), 48_000)
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))  # stands in for a full disk
    try:
        with pytest.raises(SoundFileError, match="could not write"):
            write_sound(path, noise(10, 48_000), 48_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert "Traceback" not in capfd.readouterr().err


def test_a_name_that_is_not_utf8_is_written(tmp_path: Path) -> None:
    path = tmp_path / "bad\udcff.wav"
    write_sound(path, sine(0.1), 44_100)
    with path.open("rb") as handle:
        assert soundfile.info(handle).frames == 4_410
