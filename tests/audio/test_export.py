import sys
from dataclasses import replace
from pathlib import Path

import mutagen
import numpy as np
import pyloudnorm
import pytest
import soundfile

from loopmind_chat.audio.export import render_song
from loopmind_chat.errors import ExportFailed
from loopmind_chat.home import Home
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import MixMode
from tests.audio.factories import RATE, loop_layer, rich_song, section, shot_layer, sine, song, write
from tests.audio.measures import decibels


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "models")


@pytest.fixture
def warm_home(tmp_path: Path, rich_cache: Path) -> Home:
    """A home in which the rich song's loops may be prepared already."""
    made = Home(tmp_path / "home", tmp_path / "models")
    made.prepared.parent.mkdir(parents=True)
    made.prepared.symlink_to(rich_cache)
    return made


def files_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".ogg"])
def test_every_format_holds_the_whole_song_and_its_tags(tmp_path: Path, warm_home: Home, suffix: str) -> None:
    made = replace(rich_song(tmp_path, bars=2), title="Näme & <so>", key=parse_key("F# minor"))
    out = tmp_path / "out"
    out.mkdir()
    report = render_song(made, out / f"song{suffix}", home=warm_home)
    audio, rate = soundfile.read(report.path)
    assert rate == RATE
    assert abs(len(audio) - report.seconds * RATE) <= 2_304
    assert report.seconds == pytest.approx(made.seconds, abs=2.01)
    assert report.seconds >= made.seconds - 1 / RATE
    assert pyloudnorm.Meter(RATE).integrated_loudness(audio) == pytest.approx(-14.0, abs=0.5)
    tags = mutagen.File(report.path).tags
    found = {str(frame) for frame in tags.values()} if suffix in {".wav", ".mp3"} else {value for _, value in tags}
    assert {"Näme & <so>", "132", "F#m"} <= found
    assert files_in(out) == {f"song{suffix}"}


def test_wav_has_24_bits_and_the_same_song_gives_the_same_bytes(tmp_path: Path, warm_home: Home) -> None:
    made = rich_song(tmp_path, bars=1)
    first = render_song(made, tmp_path / "a.wav", home=warm_home).path
    second = render_song(made, tmp_path / "b.wav", home=warm_home).path
    assert soundfile.info(first).subtype == "PCM_24"
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("mode", [MixMode.RAW, MixMode.POLISHED])
def test_stems_are_as_long_as_the_mix_and_sum_to_the_raw_one(tmp_path: Path, warm_home: Home, mode: MixMode) -> None:
    made = rich_song(tmp_path, bars=2, mix=mode)
    raw = render_song(replace(made, mix=MixMode.RAW), tmp_path / "raw.wav", home=warm_home)
    report = render_song(made, tmp_path / "mix.wav", home=warm_home, stems=tmp_path / "stems")
    assert [path.name for path in report.stems] == ["01-Drums.wav", "02-Bass.wav", "03-Pad.wav", "04-Hit.wav"]
    stems = [soundfile.read(path)[0] for path in report.stems]
    mix = soundfile.read(raw.path)[0]
    length = soundfile.info(report.path).frames
    assert {len(stem) for stem in stems} == {length}
    common = min(length, len(mix)) - RATE // 4
    assert (
        decibels(float(np.abs(np.sum(stems, axis=0) - np.pad(mix, ((0, RATE), (0, 0)))[:length])[:common].max())) < -80
    )
    assert decibels(float(np.abs(mix).max())) == pytest.approx(-6.0, abs=0.05)


def test_tails_ring_out(tmp_path: Path, home: Home) -> None:
    hit = sine(300.0, 60_000) * np.exp(-np.arange(60_000) / 12_000)[:, None].astype(np.float32)
    made = song(section(1, shot_layer("a", write(tmp_path, "hit", hit), (3.5,), beats=4.0), bars=1))
    report = render_song(made, tmp_path / "a.wav", home=home)
    assert 2.5 < report.seconds < 3.1
    loops = song(section(1, loop_layer("a", write(tmp_path, "loop", sine(220.0, 96_000)), beats=4.0), bars=1))
    assert render_song(loops, tmp_path / "b.wav", home=home).seconds == 2.0


def test_a_missing_loop_is_silence_and_a_note(tmp_path: Path, home: Home) -> None:
    here = write(tmp_path, "here", sine(220.0, 96_000))
    made = song(section(1, loop_layer("a", here), loop_layer("b", tmp_path / "gone.wav"), bars=4))
    report = render_song(made, tmp_path / "out.wav", home=home)
    assert len(report.notes) == 1
    assert "gone.wav" in report.notes[0]
    assert report.seconds == 8.0
    nothing = song(section(1, loop_layer("b", tmp_path / "gone.wav"), bars=4), mix=MixMode.POLISHED)
    silent = render_song(nothing, tmp_path / "silent.wav", home=home)
    assert silent.lufs is None
    assert silent.true_peak_db is None
    assert "silent" in silent.line()
    assert silent.document()["lufs"] is None
    assert not soundfile.read(silent.path)[0].any()


def test_an_existing_file_is_never_overwritten_unasked(tmp_path: Path, warm_home: Home) -> None:
    made = rich_song(tmp_path, bars=1)
    out = tmp_path / "song.wav"
    out.write_bytes(b"mine")
    with pytest.raises(ExportFailed, match="there already"):
        render_song(made, out, home=warm_home)
    assert out.read_bytes() == b"mine"
    stems = tmp_path / "stems"
    stems.mkdir()
    (stems / "02-Bass.wav").write_bytes(b"mine too")
    with pytest.raises(ExportFailed, match="there already"):
        render_song(made, tmp_path / "new.wav", home=warm_home, stems=stems)
    assert not (tmp_path / "new.wav").exists()
    assert render_song(made, out, home=warm_home, stems=stems, overwrite=True).path == out
    assert len(out.read_bytes()) > 1_000
    assert files_in(stems) == {"01-Drums.wav", "02-Bass.wav", "03-Pad.wav", "04-Hit.wav"}


def test_what_cannot_be_written_is_said_before_anything_is_done(tmp_path: Path, home: Home) -> None:
    made = rich_song(tmp_path, bars=1)
    (tmp_path / "folder.wav").mkdir()
    for out in ("song.xyz", "song", "missing/song.wav", "folder.wav"):
        with pytest.raises(ExportFailed):
            render_song(made, tmp_path / out, home=home)
    with pytest.raises(ExportFailed):
        render_song(Song(), tmp_path / "empty.wav", home=home)
    with pytest.raises(ExportFailed):
        render_song(made, tmp_path / "ok.wav", home=home, stems=tmp_path / "no" / "stems")
    assert not home.root.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no files, not even from root, on Linux only")
def test_a_folder_that_takes_no_files_is_said(tmp_path: Path, warm_home: Home) -> None:
    with pytest.raises(ExportFailed, match="could not write"):
        render_song(rich_song(tmp_path, bars=1), Path("/proc/song.wav"), home=warm_home)


@pytest.mark.parametrize("after", [0, 3, 20, 45])
def test_a_cancelled_export_leaves_no_file(tmp_path: Path, warm_home: Home, after: int) -> None:
    made = rich_song(tmp_path, bars=1)
    out = tmp_path / "out"
    out.mkdir()
    done = 0

    def progress(now: int, total: int) -> None:
        nonlocal done
        assert 0 <= now <= total
        done = now

    with pytest.raises(ExportFailed, match="cancelled"):
        render_song(
            made,
            out / "song.wav",
            home=warm_home,
            stems=out / "stems",
            progress=progress,
            cancelled=lambda: done >= after,
        )
    assert not files_in(out)


def test_progress_ends_at_its_total(tmp_path: Path, warm_home: Home) -> None:
    seen: list[tuple[int, int]] = []
    render_song(
        rich_song(tmp_path, bars=1),
        tmp_path / "song.wav",
        home=warm_home,
        stems=tmp_path / "stems",
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    assert len({total for _, total in seen}) == 1
