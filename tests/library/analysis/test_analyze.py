import pickle
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.library.analysis import AUDIO_MODEL, analysis_line, analyze_file, content_id, facts_line, loop_text
from loopmind_chat.library.analysis.text import sound_words
from loopmind_chat.song.keys import Key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role
from tests.fakes.sounds import RATE, Samples, drum_loop, kick, melody_loop, noise, note, sine


def write(tmp_path: Path, name: str, samples: Samples, rate: int = RATE) -> str:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, samples, rate, subtype="PCM_24")
    return str(path)


def test_a_named_loop(tmp_path: Path) -> None:
    path = write(tmp_path, "DarkBells_Am_140_Trap.wav", melody_loop(140, 16, 9))
    facts = analyze_file(path)
    assert facts.is_loop
    assert (facts.bpm, facts.beats, facts.bars) == (140, 16, 4)
    assert facts.bpm_alternates[0] == 70
    assert facts.key == Key(9, "minor")
    assert facts.role == Role.MELODY
    assert {"dark", "bells", "trap"} <= set(facts.tags)
    assert facts.id == content_id(path)
    assert facts.name == "DarkBells_Am_140_Trap"
    assert facts.error is None


def test_the_same_loop_without_a_name(tmp_path: Path) -> None:
    facts = analyze_file(write(tmp_path, "q.wav", melody_loop(126, 16, 2)))
    assert facts.is_loop
    assert facts.bpm == 126
    assert facts.bpm_confidence < 0.98
    if facts.role not in {Role.DRUMS, Role.PERCUSSION, Role.FX}:
        assert facts.key == Key(2, "minor")


def test_drums_have_no_key_and_one_shots_no_tempo(tmp_path: Path) -> None:
    drums = analyze_file(write(tmp_path, "Drums Am 124bpm.wav", drum_loop(124, 16)))
    assert drums.key is None
    assert drums.bpm == 124
    shot = analyze_file(write(tmp_path, "Kick 120.wav", kick()))
    assert not shot.is_loop
    assert (shot.bpm, shot.beats, shot.bars) == (None, None, None)
    assert shot.tags["oneshot"] > 0.5
    assert shot.tags["kick"] > 0.5


def test_an_808_has_a_root(tmp_path: Path) -> None:
    facts = analyze_file(write(tmp_path, "808 Long.wav", note(31, 2.0, level=0.6, partials=3)))
    assert not facts.is_loop
    assert facts.role == Role.BASS
    assert facts.key == Key(7, "minor")


def test_density_and_loudness_and_peak(tmp_path: Path) -> None:
    facts = analyze_file(write(tmp_path, "hats.wav", drum_loop(120, 16)))
    assert facts.density == pytest.approx(4.0, rel=0.1)
    tone = analyze_file(write(tmp_path, "tone.wav", sine(4, 997, 48_000, level=0.5), 48_000))
    assert tone.loudness_lufs == pytest.approx(-9.07, abs=0.1)
    assert tone.peak_db == pytest.approx(-6.02, abs=0.01)
    assert tone.brightness_hz == pytest.approx(997, rel=0.01)


def test_colour_is_heard(tmp_path: Path) -> None:
    dark = analyze_file(write(tmp_path, "pad a.wav", note(40, 4, partials=2)))
    bright = analyze_file(write(tmp_path, "pad b.wav", note(76, 4, partials=12) + noise(4, level=0.05)))
    assert dark.brightness_hz is not None
    assert bright.brightness_hz is not None
    assert dark.brightness_hz * 4 < bright.brightness_hz
    assert "dark" in dark.tags
    assert "bright" not in dark.tags
    assert "bright" in bright.tags


def test_what_the_maker_says_of_colour_goes_before_the_measure(tmp_path: Path) -> None:
    facts = analyze_file(write(tmp_path, "Dark Pad.wav", note(88, 4, partials=12)))
    assert facts.tags["dark"] > 0.5
    assert "bright" not in facts.tags


@pytest.mark.parametrize("frames", [1, 2, 63, 64, 100, 1_000, 5_000])
def test_tiny_sounds_are_one_shots(tmp_path: Path, frames: int) -> None:
    facts = analyze_file(write(tmp_path, "tiny.wav", np.full(frames, 0.5, np.float32)))
    assert not facts.is_loop
    assert facts.bpm is None
    assert facts.loudness_lufs is None


def test_silence_is_told(tmp_path: Path) -> None:
    facts = analyze_file(write(tmp_path, "Pad Am 120bpm.wav", np.zeros(4 * RATE, np.float32)))
    assert facts.error == "silent"
    assert "silent" in facts.tags
    assert (facts.bpm, facts.key, facts.loudness_lufs, facts.is_loop) == (None, None, None, False)


def test_faults_are_told_and_the_rest_is_analysed(tmp_path: Path) -> None:
    path = write(tmp_path, "Drums 120bpm.wav", drum_loop(120, 16))
    content = Path(path).read_bytes()
    cut = tmp_path / "Drums 120bpm cut.wav"
    cut.write_bytes(content[: len(content) // 2])
    facts = analyze_file(str(cut))
    assert facts.error == "truncated"
    assert facts.duration_s == pytest.approx(4.0, abs=0.01)


def test_a_dc_offset_is_no_fault_and_does_not_change_the_tempo(tmp_path: Path) -> None:
    facts = analyze_file(write(tmp_path, "q.wav", drum_loop(118, 16) * 0.4 + np.float32(0.5)))
    assert facts.error is None
    assert facts.bpm == 118


def test_unreadable_files_raise_one_line(tmp_path: Path) -> None:
    for name, content in (("a.wav", b""), ("b.wav", b"hello" * 99), ("c.mp3", b"<html>" * 99)):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(UnreadableAudio) as caught:
            analyze_file(str(path))
        assert "\n" not in str(caught.value)


def test_mutated_files_raise_nothing_else(tmp_path: Path) -> None:
    content = bytearray(Path(write(tmp_path, "whole.wav", drum_loop(120, 2), 44_100)).read_bytes())
    rng = np.random.default_rng(5)
    path = tmp_path / "mutated.wav"
    for _ in range(60):
        mutated = bytearray(content[: int(rng.integers(20, len(content)))])
        for at in rng.integers(0, min(60, len(mutated)), 3):
            mutated[at] = int(rng.integers(0, 256))
        path.write_bytes(mutated)
        try:
            facts = analyze_file(str(path))
        except UnreadableAudio:
            continue
        assert facts.duration_s > 0


def test_the_same_bytes_have_the_same_id(tmp_path: Path) -> None:
    first, second = (write(tmp_path, name, kick()) for name in ("a.wav", "sub/b.wav"))
    assert content_id(first) == content_id(second) == analyze_file(second).id
    assert len(content_id(first)) == 12
    assert content_id(write(tmp_path, "c.wav", kick() * 0.5)) != content_id(first)


def test_sample_rates_and_channels_agree(tmp_path: Path) -> None:
    found = []
    for rate in (22_050, 48_000, 96_000):
        loop = melody_loop(120, 8, 9, rate)
        path = write(tmp_path, f"Melody {rate}.wav", np.stack([loop, loop * 0.8], axis=1), rate)
        found.append(analyze_file(path))
    assert {facts.bpm for facts in found} == {120}
    assert {facts.key for facts in found} == {Key(9, "minor")}
    assert {facts.channels for facts in found} == {2}
    brightness = [facts.brightness_hz or 0 for facts in found]
    assert max(brightness) / min(brightness) < 1.1


def test_acid_data_of_a_file_is_used(tmp_path: Path) -> None:
    path = Path(write(tmp_path, "q.wav", melody_loop(75, 12, 9)))
    chunk = struct.pack("<4sI", b"acid", 24) + struct.pack("<IHHfIHHf", 0, 60, 0x8000, 0, 12, 4, 4, 75.0)
    data = path.read_bytes() + chunk
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])
    facts = analyze_file(str(path))
    assert (facts.bpm, facts.beats) == (75, 12)


def test_the_text_says_what_one_would_search_for(tmp_path: Path) -> None:
    facts = analyze_file(write(tmp_path, "DarkBells_Am_140_Trap.wav", melody_loop(140, 16, 9)))
    text = loop_text(facts)
    for word in ("dark", "bells", "melody loop", "trap", "140 BPM", "A minor"):
        assert word in text
    assert "\n" not in text
    one_shot = loop_text(replace(facts, is_loop=False, bpm=None, key=None, name="Hit \x1b[31m 3"))
    assert "one-shot" in one_shot
    assert "BPM" not in one_shot
    assert "\x1b" not in one_shot


def test_a_sound_is_called_what_it_measures() -> None:
    plain = LoopFacts(
        id="0" * 12, path="/a.wav", name="a", duration_s=4.0, sample_rate=RATE, channels=2, is_loop=True, role=Role.PAD,
        sharpness=1.0, warmth=0.3, roughness=0.4, attack_ms=30.0, punch_db=3.0, width=0.1,
    )  # fmt: skip
    assert sound_words(plain) == ()
    assert sound_words(replace(plain, warmth=0.5, width=0.4, attack_ms=90.0)) == ("swelling", "warm", "wide")
    assert sound_words(replace(plain, roughness=0.7, attack_ms=4.0, punch_db=6.0)) == ("punchy", "gritty")
    assert sound_words(replace(plain, roughness=0.7, role=Role.DRUMS)) == ()
    assert sound_words(replace(plain, roughness=None, attack_ms=None, punch_db=None, width=None)) == ()
    assert "warm" in loop_text(replace(plain, warmth=0.5))


def test_a_line_for_people() -> None:
    loop = LoopFacts(
        id="0" * 12, path="/a.wav", name="a", duration_s=4.0, sample_rate=RATE, channels=2, is_loop=True,
        role=Role.MELODY, bpm=140.0, bpm_confidence=0.7, bpm_alternates=(70.0,), tempo_source="length", bars=4.0,
        key=Key(9, "minor"), key_confidence=0.61, tags={"dark": 0.7, "melody": 0.9}, loudness_lufs=-14.21,
        brightness_hz=812.4, width=0.3,
    )  # fmt: skip
    assert facts_line(loop) == (
        "melody, 4 bars, 140 BPM or 70 (70 %, length), A minor (61 %); dark, wide; -14.2 LUFS, centre 812 Hz"
    )
    shot = replace(loop, is_loop=False, bpm=None, bars=None, key=None, tags={}, width=None, error="truncated")
    assert facts_line(shot) == "melody, one-shot; -14.2 LUFS, centre 812 Hz; truncated"


def test_the_vectors_are_named_after_what_makes_them() -> None:
    from loopmind_chat.library.analysis.embedding import MODEL  # noqa: PLC0415 - beside the constant it must equal

    assert AUDIO_MODEL == MODEL


def test_the_line_has_every_field_and_null_for_unknown(tmp_path: Path) -> None:
    shot = analyze_file(write(tmp_path, "Kick.wav", kick()))
    line = analysis_line("x/Kick.wav", shot, None)
    assert list(line) == [
        *("path", "duration_s", "sample_rate", "channels", "is_loop", "bpm", "bpm_confidence", "bpm_alternates"),
        *("bars", "key", "key_confidence", "role", "role_confidence", "tags", "loudness_lufs", "error"),
        *("peak_db", "brightness_hz", "sharpness", "warmth", "density", "roughness", "attack_ms", "punch_db", "width"),
        *("tempo_source", "role_source"),
    ]
    assert line["path"] == "x/Kick.wav"
    assert line["is_loop"] is False
    assert line["role"] == "drums"
    assert (line["bpm"], line["bpm_confidence"], line["key"], line["bars"], line["error"]) == (None,) * 5
    unread = analysis_line("x/y.wav", None, "empty file")
    assert unread.keys() == line.keys()
    assert unread["error"] == "empty file"
    assert unread["role"] is None


def test_facts_travel_between_processes(tmp_path: Path) -> None:
    facts = analyze_file(write(tmp_path, "Pad Am 90bpm.wav", melody_loop(90, 8, 9)))
    assert pickle.loads(pickle.dumps(facts)) == facts  # noqa: S301 - written a moment ago
    assert pickle.loads(pickle.dumps(analyze_file)) is analyze_file  # noqa: S301 - the same


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = (
        "import sys, loopmind_chat.library.analysis;"
        "print([m for m in ('numpy', 'soundfile', 'scipy', 'librosa', 'pyloudnorm') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_analysis_needs_no_compiler(tmp_path: Path) -> None:
    path = write(tmp_path, "Pad Am 90bpm.wav", melody_loop(90, 8, 9))
    script = (
        "import sys; from loopmind_chat.library.analysis import analyze_file;"
        f"analyze_file({path!r}); print('librosa' in sys.modules or 'numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
