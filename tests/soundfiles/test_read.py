import resource
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.soundfiles.read import CENTRE, as_stereo, read_header, read_sound, resampled
from loopmind_chat.soundfiles.write import write_sound
from tests.fakes.sounds import noise, sine


def wav_bytes(tmp_path: Path, samples: np.ndarray, rate: int = 48_000, subtype: str = "PCM_16") -> bytes:
    path = tmp_path / "whole.wav"
    soundfile.write(path, samples, rate, subtype=subtype)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("subtype", "step"),
    [
        ("PCM_U8", 2**-7),
        ("PCM_16", 2**-15),
        ("PCM_24", 2**-23),
        ("PCM_32", 2**-24),
        ("FLOAT", 2**-24),
        ("DOUBLE", 2**-24),
    ],
)
def test_plain_subtypes_are_read_to_their_last_bit(tmp_path: Path, subtype: str, step: float) -> None:
    wanted = np.arange(-100, 100, dtype=np.float64) / 128
    path = tmp_path / "a.wav"
    soundfile.write(path, wanted, 48_000, subtype=subtype)
    read = read_sound(path)
    assert np.max(np.abs(read.samples[:, 0] - wanted)) <= step
    assert read_header(path).subtype == subtype


@pytest.mark.parametrize("subtype", ["ULAW", "ALAW", "IMA_ADPCM", "MS_ADPCM", "GSM610"])
def test_other_subtypes_are_refused(tmp_path: Path, subtype: str) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, sine(0.5, rate=8_000), 8_000, subtype=subtype)
    with pytest.raises(UnreadableAudio, match="unsupported format: WAV"):
        read_sound(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b"not audio at all" * 50, "not audio"),
        (b"<html><body>404</body></html>" * 50, "not audio"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "not audio"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00", "not audio"),
    ],
)
@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".raw"])
def test_what_is_no_audio_is_said_to_be_none(tmp_path: Path, content: bytes, reason: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    with pytest.raises(UnreadableAudio, match=reason):
        read_sound(path)


def test_folders_and_missing_files_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableAudio, match="not a file"):
        read_sound(tmp_path)
    with pytest.raises(UnreadableAudio, match="no such file"):
        read_sound(tmp_path / "gone.wav")


def test_a_wav_without_frames_is_unreadable(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros((0, 1)), 44_100)
    with pytest.raises(UnreadableAudio, match="no audio"):
        read_sound(tmp_path / "a.wav")


def test_one_sample_is_one_sample(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.array([0.5]), 44_100)
    assert read_sound(tmp_path / "a.wav").samples.shape == (1, 1)


def test_a_wav_cut_in_the_middle_keeps_its_real_frames(tmp_path: Path) -> None:
    content = wav_bytes(tmp_path, noise(2, 48_000))
    path = tmp_path / "cut.wav"
    path.write_bytes(content[: len(content) // 2])
    sound = read_sound(path)
    assert len(sound.samples) == (len(content) // 2 - 44) // 2
    assert sound.faults == ("truncated",)
    assert read_header(path).frames == len(sound.samples)


@pytest.mark.parametrize("suffix", [".flac", ".ogg", ".mp3", ".aiff"])
def test_other_formats_cut_in_the_middle_are_told(
    tmp_path: Path, suffix: str, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / f"whole{suffix}"
    soundfile.write(whole, noise(4, 48_000), 48_000)
    cut = tmp_path / f"cut{suffix}"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    sound = read_sound(cut)
    capfd.readouterr()  # libmpg123 remarks on it on its own
    assert 0.3 < len(sound.samples) / (4 * 48_000) < 0.6
    assert sound.faults == ("truncated",)
    assert read_sound(whole).faults == ()


def test_a_forged_length_allocates_nothing(tmp_path: Path) -> None:
    content = bytearray(wav_bytes(tmp_path, noise(3, 48_000)))
    content[40:44] = struct.pack("<I", 0x7FFF_FFFF)
    path = tmp_path / "forged.wav"
    path.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sound = read_sound(path)
    assert len(sound.samples) == 3 * 48_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_a_forged_channel_count_is_refused(tmp_path: Path) -> None:
    content = bytearray(wav_bytes(tmp_path, noise(1, 48_000)))
    content[22:24] = struct.pack("<H", 28_674)
    (tmp_path / "forged.wav").write_bytes(content)
    with pytest.raises(UnreadableAudio):
        read_sound(tmp_path / "forged.wav")


def test_a_long_file_is_refused_from_its_header(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with soundfile.SoundFile(path, "w", 8_000, 1, "PCM_16") as file:
        file.write(np.zeros(80))
    with path.open("r+b") as raw:
        raw.seek(40)
        raw.write(struct.pack("<I", 8_000 * 2 * 3_600))
        raw.truncate(44 + 8_000 * 2 * 3_600)
    with pytest.raises(UnreadableAudio, match=r"too long \(>10 min\)"):
        read_sound(path)


def test_values_that_are_not_numbers_become_silence_and_are_counted(tmp_path: Path) -> None:
    samples = sine(1)
    samples[[10, 20, 30]] = [np.nan, np.inf, -np.inf]
    soundfile.write(tmp_path / "a.wav", samples, 44_100, subtype="FLOAT")
    sound = read_sound(tmp_path / "a.wav")
    assert np.isfinite(sound.samples).all()
    assert sound.samples[[10, 20, 30], 0].tolist() == [0, 0, 0]
    assert sound.faults == ("repaired 3 samples",)


def test_peaks_over_full_scale_are_kept(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", sine(0.5, level=4.0), 44_100, subtype="FLOAT")
    assert read_sound(tmp_path / "a.wav").samples.max() == pytest.approx(4.0, abs=0.01)


def test_a_dc_offset_is_removed_without_a_click(tmp_path: Path) -> None:
    clean = sine(2, 110, level=0.3)
    soundfile.write(tmp_path / "a.wav", clean + np.float32(0.5), 44_100, subtype="FLOAT")
    sound = read_sound(tmp_path / "a.wav")
    assert abs(float(sound.samples.mean())) < 1e-3
    assert np.max(np.abs(sound.samples[:, 0] - clean)) < 0.03
    assert sound.notes == ("DC offset removed",)
    assert sound.faults == ()


def test_audio_without_dc_is_left_alone(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", sine(1), 44_100, subtype="FLOAT")
    sound = read_sound(tmp_path / "a.wav")
    assert np.array_equal(sound.samples[:, 0], sine(1))
    assert sound.notes == ()


def test_surround_is_mixed_to_stereo_without_its_lfe(tmp_path: Path) -> None:
    channels = np.zeros((6, 6), np.float32)
    np.fill_diagonal(channels, 0.5)  # frame k sounds in channel k alone: L R C LFE Ls Rs
    soundfile.write(tmp_path / "a.wav", channels, 48_000, subtype="FLOAT")
    sound = read_sound(tmp_path / "a.wav")
    side = 0.5 * CENTRE
    wanted = [[0.5, 0], [0, 0.5], [side, side], [0, 0], [side, 0], [0, side]]
    assert np.allclose(sound.samples, wanted, atol=1e-6)
    assert "6 channels mixed to stereo" in sound.notes
    assert sound.channels == 6


def test_nine_channels_are_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros((100, 9)), 48_000)
    with pytest.raises(UnreadableAudio, match="too many channels: 9"):
        read_sound(tmp_path / "a.wav")


def test_mono_stands_in_the_middle_with_its_power_unchanged() -> None:
    mono = sine(1)[:, None]
    stereo = as_stereo(mono)
    assert stereo.shape == (44_100, 2)
    assert np.array_equal(stereo[:, 0], stereo[:, 1])
    assert np.square(stereo).sum() == pytest.approx(np.square(mono).sum(), rel=1e-5)
    assert 20 * np.log10(stereo[:, 0].max() / mono.max()) == pytest.approx(-3.01, abs=0.01)


def test_stereo_stays_as_it_is() -> None:
    stereo = np.stack([sine(0.1), noise(0.1)], axis=1)
    assert as_stereo(stereo) is stereo


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 96_000, 192_000])
def test_resampling_keeps_length_and_pitch(rate: int) -> None:
    out = resampled(sine(2, 220, rate)[:, None], rate, 48_000)
    assert abs(len(out) - 96_000) <= 1
    spectrum = np.abs(np.fft.rfft(out[:, 0] * np.hanning(len(out)), n=1 << 20))
    assert np.argmax(spectrum) * 48_000 / (1 << 20) == pytest.approx(220, abs=0.1)


@pytest.mark.parametrize("name", [b"bad\xff.wav", b"[bold] Loop [].wav", b"new\nline.wav", "🥁.wav".encode()])
def test_any_file_name_is_read(tmp_path: Path, name: bytes) -> None:
    import os  # noqa: PLC0415 - for fsdecode only

    path = tmp_path / os.fsdecode(name)
    path.write_bytes(wav_bytes(tmp_path, sine(0.1, rate=48_000)))
    assert len(read_sound(path).samples) == 4_800


def test_blocks_join_without_a_seam(tmp_path: Path) -> None:
    for suffix in (".mp3", ".ogg", ".flac"):
        path = tmp_path / f"a{suffix}"
        write_sound(path, noise(1.5, 48_000), 48_000)
        whole, _ = soundfile.read(path, dtype="float32", always_2d=True)
        assert np.array_equal(read_sound(path).samples, whole)


def test_an_mp3_that_does_not_tell_its_delay_starts_on_time(tmp_path: Path) -> None:
    loop = noise(1.0, 48_000, seed=3)
    told, untold, tagged = (tmp_path / f"{name}.mp3" for name in ("told", "untold", "tagged"))
    soundfile.write(told, loop, 48_000, bitrate_mode="CONSTANT", compression_level=0.0)
    untold.write_bytes(told.read_bytes()[960:])  # without the frame of 320 kbit/s that tells it
    tagged.write_bytes(b"ID3\x04\x00\x00\x00\x00\x10\x00" + bytes(2_048) + told.read_bytes())
    for path, notes in ((told, ()), (tagged, ()), (untold, ("encoder's delay removed",))):
        sound = read_sound(path)
        assert sound.notes == notes
        late = int(np.argmax(np.correlate(sound.samples[:6_000, 0], loop[:4_000], "valid")))
        assert late == 0
    assert len(read_sound(told).samples) == 48_000
    assert 48_000 <= len(read_sound(untold).samples) < 48_000 + 2 * 1_152


@pytest.mark.parametrize("seconds", [0.03, 2.0])
@pytest.mark.parametrize("behind", [b"7", b"TAG" + bytes(125)])
def test_what_lies_behind_the_last_frame_of_a_flac_is_no_damage(tmp_path: Path, seconds: float, behind: bytes) -> None:
    path = tmp_path / "a.flac"
    loop = noise(seconds, 48_000)
    soundfile.write(path, loop, 48_000, subtype="PCM_24")
    path.write_bytes(path.read_bytes() + behind)
    sound = read_sound(path)
    assert sound.faults == ()
    assert np.max(np.abs(sound.samples[:, 0] - loop)) < 2**-22
