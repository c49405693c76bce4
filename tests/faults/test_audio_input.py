"""Bad audio, by the rows of the fault table: one scan with the real analysis over all of it.

``ROWS`` names the tests of each row, those that lie elsewhere too.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from loopmind_chat.audio.plan import LEAD, Clip, clip_with_key
from loopmind_chat.audio.render_clip import render_clip
from loopmind_chat.audio.stretch import pedalboard_stretch
from loopmind_chat.compose.fit import fit_loop
from loopmind_chat.home import Home
from loopmind_chat.library.hearing import hear_files
from loopmind_chat.library.library import Library
from loopmind_chat.library.scan_report import ScanReport
from loopmind_chat.library.workers import WorkerSettings
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.soundfiles.read import read_sound
from tests.audio.test_render_clip import turned
from tests.fakes.loop_rows import made_facts
from tests.fakes.sounds import melody_loop, sine
from tests.faults.bad_files import RATE, state_of, write_bad_files, write_long_file
from tests.library.conftest import FAKE_ANALYSER, settings

READ = "tests/soundfiles/test_read.py"
SCAN = "tests/library/test_scan.py"
CLIP = "tests/audio/test_render_clip.py"
FIT = "tests/compose/test_fit.py"
WHOLE = "tests/library/analysis/test_analyze.py"
HERE = "tests/faults/test_audio_input.py"

ROWS: dict[int, tuple[str, ...]] = {
    1: (f"{HERE}::test_row_01_an_empty_file",),
    2: (f"{HERE}::test_row_02_half_a_header",),
    3: (f"{HERE}::test_row_03_cut_in_the_middle", f"{READ}::test_a_wav_cut_in_the_middle_keeps_its_real_frames"),
    4: (f"{HERE}::test_row_04_a_forged_length", f"{READ}::test_a_forged_length_allocates_nothing"),
    5: (f"{HERE}::test_row_05_too_many_channels",),
    6: (f"{HERE}::test_row_06_a_file_that_hangs", f"{SCAN}::test_a_hang_holds_up_nobody_else"),
    7: (f"{HERE}::test_row_07_a_file_that_kills_its_decoder",),
    8: (f"{HERE}::test_row_08_no_audio_at_all", f"{READ}::test_what_is_no_audio_is_said_to_be_none"),
    9: (f"{HERE}::test_row_09_damaged_flac",),
    10: (f"{HERE}::test_row_10_values_that_are_not_numbers",),
    11: (f"{HERE}::test_row_11_peaks_over_full_scale", f"{READ}::test_peaks_over_full_scale_are_kept"),
    12: (f"{HERE}::test_row_12_an_offset", f"{READ}::test_a_dc_offset_is_removed_without_a_click"),
    13: (f"{HERE}::test_row_13_silence", "tests/audio/test_master.py::test_silent_and_short_songs"),
    14: (f"{HERE}::test_row_14_hardly_a_sample", f"{WHOLE}::test_tiny_sounds_are_one_shots"),
    15: (f"{HERE}::test_row_15_twelve_hours",),
    16: (
        f"{CLIP}::test_a_loop_of_any_rate_keeps_its_pitch_and_its_length",
        f"{READ}::test_resampling_keeps_length_and_pitch",
    ),
    17: (
        f"{HERE}::test_row_17_more_than_two_channels",
        f"{READ}::test_mono_stands_in_the_middle_with_its_power_unchanged",
        f"{READ}::test_surround_is_mixed_to_stereo_without_its_lfe",
        f"{READ}::test_nine_channels_are_refused",
    ),
    18: (
        f"{HERE}::test_row_18_formats",
        f"{READ}::test_plain_subtypes_are_read_to_their_last_bit",
        f"{READ}::test_other_subtypes_are_refused",
    ),
    19: (f"{HERE}::test_row_19_an_mp3_with_its_delay",),
    20: (f"{HERE}::test_row_20_name_and_chunk_disagree",),
    21: (
        f"{HERE}::test_row_21_no_tempo_and_odd_lengths",
        f"{FIT}::test_without_a_tempo_a_loop_is_a_texture_or_nothing",
        f"{FIT}::test_odd_lengths_are_kept_and_cost_more",
        f"{FIT}::test_what_must_be_stretched_too_far_does_not_fit",
    ),
    22: (f"{HERE}::test_row_22_one_sound_many_names", f"{SCAN}::test_one_sound_with_many_names_is_one_loop"),
}  # fmt: skip


@dataclass(frozen=True)
class Scanned:
    """The folder after a scan."""

    library: Library
    report: ScanReport
    folder: Path

    def fact(self, name: str) -> LoopFacts:
        """What is known of a file, whether it is offered or not."""
        entries = self.library._reading.catalogue().entries.values()
        return next(entry.facts for entry in entries if entry.facts.path == str(self.folder / name))

    def problem(self, name: str) -> str:
        return dict(self.library.problems())[str(self.folder / name)]

    def is_offered(self, name: str) -> bool:
        return any(loop.path == str(self.folder / name) for loop in self.library.view().loops())


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    root = tmp_path_factory.mktemp("faults")
    folder = root / "loops"
    write_bad_files(folder)
    before = state_of(folder)
    with Library.open(Home(root / "home", root / "models")) as library:
        report = library.scan([folder])
        yield Scanned(library, report, folder)
    assert state_of(folder) == before  # nothing was written beside the user's loops


def test_one_bad_file_never_stops_a_scan(scanned: Scanned) -> None:
    assert scanned.report.found == len(list(scanned.folder.iterdir()))
    assert scanned.report.found == scanned.report.added + scanned.report.failed
    assert {problem for _, problem in scanned.library.problems() if "analysis failed" in problem} == set()
    for name in ("Drums 120bpm good.wav", "Bass Am 100bpm good.flac", "Pad Am 90bpm good.ogg"):
        assert scanned.is_offered(name)


def test_bad_files_are_not_tried_again_before_they_change(scanned: Scanned) -> None:
    started = time.monotonic()
    again = scanned.library.scan([scanned.folder])
    assert (again.failed, again.added, again.changed) == (scanned.report.failed, 0, 0)
    assert time.monotonic() - started < 2.0


def test_row_01_an_empty_file(scanned: Scanned) -> None:
    assert scanned.problem("r01 empty.wav") == "empty file"


def test_row_02_half_a_header(scanned: Scanned) -> None:
    assert scanned.problem("r02 header.wav").startswith("not audio, or damaged")


def test_row_03_cut_in_the_middle(scanned: Scanned) -> None:
    facts = scanned.fact("r03 cut.wav")
    assert facts.error == "truncated"
    assert facts.duration_s == pytest.approx(47_992 / RATE, abs=1e-6)
    assert not scanned.is_offered("r03 cut.wav")


def test_row_04_a_forged_length(scanned: Scanned) -> None:
    assert scanned.fact("r04 forged.wav").duration_s == pytest.approx(3.0, abs=1e-6)


def test_row_05_too_many_channels(scanned: Scanned) -> None:
    assert "channel" in scanned.problem("r05 channels.wav")


def _hundred(folder: Path, word: str) -> None:
    folder.mkdir()
    for number in range(99):
        (folder / f"{number}.wav").write_text(f"role=bass n={number}")
    (folder / "bad.wav").write_text(word)


def _set_aside(tmp_path: Path, word: str, reason: str, limit_s: float) -> None:
    _hundred(tmp_path / "loops", word)
    home = Home(tmp_path / "home", tmp_path)
    with Library.open(home, workers=settings(home, file_limit_s=limit_s)) as library:
        report = library.scan([tmp_path / "loops"])
        assert (report.added, report.failed) == (99, 1)
        ((path, told),) = library.problems()
        assert Path(path).name == "bad.wav"
        assert told.startswith(reason)
        assert library.scan([tmp_path / "loops"]).failed == 1
        (tmp_path / "loops" / "bad.wav").write_text("role=fx now well")
        assert library.scan([tmp_path / "loops"]).added == 1


def test_row_06_a_file_that_hangs(tmp_path: Path) -> None:
    assert WorkerSettings(FAKE_ANALYSER, tmp_path, {}).file_limit_s == 20.0
    _set_aside(tmp_path, "hang", "took longer than 1 s to read: set aside", 1.0)


def test_row_07_a_file_that_kills_its_decoder(tmp_path: Path) -> None:
    _set_aside(tmp_path, "crash", "crashed the analysis twice (ended by signal 11): set aside", 20.0)


@pytest.mark.parametrize("name", ["r08 text.wav", "r08 page.mp3", "r08 archive.wav"])
def test_row_08_no_audio_at_all(scanned: Scanned, name: str) -> None:
    assert scanned.problem(name).startswith("not audio")


def test_row_09_damaged_flac(scanned: Scanned) -> None:
    assert scanned.fact("r09 sum.flac").duration_s == pytest.approx(8 * 60 / 125, abs=1e-3)
    tail = scanned.fact("r09 tail.flac")
    assert tail.error == "truncated"
    assert 2.0 < tail.duration_s < 8 * 60 / 125


def test_row_10_values_that_are_not_numbers(scanned: Scanned) -> None:
    facts = scanned.fact("r10 nan.wav")
    assert facts.error == "repaired 2 samples"
    assert facts.bpm == 120
    clip = Clip(loop="nan", path=facts.path, role=Role.DRUMS, frames=8 * 24_000 * 1.1, stretch=1.1, beats=8.0)
    assert np.isfinite(render_clip(clip_with_key(clip), pedalboard_stretch)).all()


def test_row_11_peaks_over_full_scale(scanned: Scanned) -> None:
    facts = scanned.fact("r11 loud.wav")
    assert facts.peak_db == pytest.approx(12.0, abs=0.1)
    clip = Clip(loop="loud", path=facts.path, role=Role.PAD, frames=4 * 24_000 * 1.07, stretch=1.07, beats=4.0)
    made = render_clip(clip_with_key(clip), pedalboard_stretch)
    assert np.abs(made).max() == pytest.approx(3.98 * np.sqrt(0.5), rel=0.02)  # mono stands in the middle
    crest = np.abs(made).max() / np.sqrt(np.mean(np.square(made)))
    assert crest == pytest.approx(np.sqrt(2), rel=0.05)  # a sine still: nothing was clipped


def test_row_12_an_offset(scanned: Scanned) -> None:
    plain, offset = scanned.fact("r12 plain.wav"), scanned.fact("r12 offset.wav")
    assert (offset.bpm, offset.beats, offset.error) == (plain.bpm, plain.beats, None)
    assert plain.bpm == 118
    assert abs(float(read_sound(offset.path).samples.mean())) < 1e-3


def test_row_13_silence(scanned: Scanned) -> None:
    facts = scanned.fact("r13 silence.wav")
    assert (facts.error, facts.bpm, facts.key, facts.loudness_lufs) == ("silent", None, None, None)
    assert "silent" in facts.tags
    assert not scanned.is_offered("r13 silence.wav")
    clip = Clip(loop="silence", path=facts.path, role=Role.PAD, frames=8 * 24_000.0, stretch=1.0, beats=8.0)
    assert not render_clip(clip_with_key(clip), pedalboard_stretch).any()


def test_row_14_hardly_a_sample(scanned: Scanned) -> None:
    assert scanned.problem("r14 0 frames.wav") == "no audio in it"
    for frames in (1, 100):
        facts = scanned.fact(f"r14 {frames} frames.wav")
        assert (facts.is_loop, facts.bpm, facts.key) == (False, None, None)
        fit = fit_loop(facts, tempo=140.0, key=None)
        assert fit is None or fit.stretch == 1.0


def test_row_15_twelve_hours(scanned: Scanned, tmp_path: Path) -> None:
    assert scanned.problem("r15 long.wav") == "too long (>10 min): not a loop"
    path = tmp_path / "long.wav"
    write_long_file(path)
    script = (
        "import re, sys, time\n"
        "from pathlib import Path\n"
        "from loopmind_chat.errors import UnreadableAudio\n"
        "from loopmind_chat.library.analysis import analyze_file\n"
        "try: analyze_file(sys.argv[1])\n"
        "except UnreadableAudio as fault: print(fault)\n"
        "started = time.monotonic()\n"
        "try: analyze_file(sys.argv[1])\n"
        "except UnreadableAudio: print(time.monotonic() - started)\n"
        # getrusage would tell the peak of the process that started this one, which lives on through exec
        "print(re.search('VmHWM:\\\\s+(\\\\d+)', Path('/proc/self/status').read_text())[1])\n"
    )
    run = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    reason, seconds, kilobytes = run.stdout.splitlines()
    assert reason.startswith("too long")
    assert float(seconds) < 2.0
    assert int(kilobytes) < 300_000


def test_row_17_more_than_two_channels(scanned: Scanned) -> None:
    facts = scanned.fact("r17 surround.wav")
    assert facts.channels == 6
    assert scanned.problem("r17 nine.wav") == "too many channels: 9"
    left_right = read_sound(facts.path)
    assert left_right.samples.shape[1] == 2
    assert "6 channels mixed to stereo" in left_right.notes


def test_row_18_formats(scanned: Scanned) -> None:
    assert scanned.problem("r18 adpcm.wav").startswith("unsupported format: WAV")


@pytest.mark.parametrize("tagged", [True, False])
def test_row_19_an_mp3_with_its_delay(tmp_path: Path, *, tagged: bool) -> None:
    path = tmp_path / "loop.mp3"
    soundfile.write(path, sine(8.0, 220.0, RATE), RATE, bitrate_mode="CONSTANT", compression_level=0.0)
    if not tagged:
        path.write_bytes(path.read_bytes()[144 * 320_000 // RATE :])  # without the frame that tells of the delay
    clip = Clip(loop="mp3", path=str(path), role=Role.PAD, frames=16 * 24_000.0, stretch=1.0, beats=16.0)
    made = render_clip(clip_with_key(clip), pedalboard_stretch)
    assert made.shape == (LEAD + 16 * 24_000, 2)
    joined = turned(made, 2)[:, 0]
    sine_of_it = 0.5 * np.sqrt(0.5) * np.sin(2 * np.pi * 220.0 / RATE * np.arange(len(joined)))
    seam = slice(16 * 24_000 - 4_800, 16 * 24_000 + 4_800)
    assert np.abs(joined - sine_of_it)[seam].max() < 10 ** (-60 / 20)
    heard = read_sound(path).samples[:, 0]
    assert np.flatnonzero(np.abs(heard) > 0.05)[0] < 30  # it starts on its beat


def test_row_20_name_and_chunk_disagree(scanned: Scanned) -> None:
    name = "r20 melody 174.wav"
    facts = scanned.fact(name)
    assert facts.bpm in {87.0, 174.0}  # the chunk's 120 is believed by nothing
    other = {87.0: 174.0, 174.0: 87.0}[facts.bpm]
    assert other in facts.bpm_alternates
    (again,) = hear_files([scanned.folder / name], scanned.library._workers)
    assert isinstance(again, LoopFacts)
    assert (again.bpm, again.beats) == (facts.bpm, facts.beats)
    scanned.library.fix(facts.id, {"bpm": 120})
    scanned.library.scan([scanned.folder])
    assert scanned.fact(name).bpm == 120.0


def test_row_21_no_tempo_and_odd_lengths() -> None:
    pad = made_facts("/a/pad.wav", "pad")
    assert pad.bpm is None
    for facts in (
        pad,
        made_facts("/a/half.wav", "drums", bpm=15.0 * 4),
        made_facts("/a/five.wav", "drums", bpm=37.5 * 4),
    ):
        for tempo in (60.0, 97.0, 140.0, 174.0):
            fit = fit_loop(facts, tempo=tempo, key=None)
            assert fit is None or 1 / 1.5 <= fit.stretch <= 1.5


def test_row_22_one_sound_many_names(tmp_path: Path) -> None:
    folder = tmp_path / "loops"
    folder.mkdir()
    soundfile.write(folder / "Pad Am 90bpm.wav", melody_loop(90, 4, 9, RATE), RATE)
    shutil.copy(folder / "Pad Am 90bpm.wav", folder / "copy.wav")
    (folder / "hard.wav").hardlink_to(folder / "Pad Am 90bpm.wav")
    (folder / "soft.wav").symlink_to(folder / "copy.wav")
    with Library.open(Home(tmp_path / "home", tmp_path)) as library:
        report = library.scan([folder])
        (loop,) = library.view().loops()
        assert (report.added, report.duplicates) == (4, 3)
        assert len(library._reading.catalogue().entries[loop.id].places) == 4
