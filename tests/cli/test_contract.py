"""Every command of the contract, with its JSON held against its schema, on real parts."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from loopmind_chat import __version__
from loopmind_chat.cli import COMMANDS
from loopmind_chat.home import Home
from tests.cli.conftest import Run, validator

BRIEF = 'genre=trap mood=dark bpm=140 key="A minor" seed=7 form="intro 4, verse 8, hook 8, verse 8, hook 8, outro 4"'


def test_every_command_has_help(run: Run) -> None:
    for command in COMMANDS:
        ran = run(command, "--help")
        assert ran.status == 0
        assert ran.out.startswith(f"usage: loopmind {command}")
    ran = run("--help")
    assert ran.status == 0
    assert all(command in ran.out for command in COMMANDS)
    assert run("--version").out == f"loopmind {__version__}\n"


@pytest.mark.parametrize(
    "words", [("render",), ("search",), ("models", "dance"), ("search", "x", "--role", "tuba"), ("--nonsense",)]
)
def test_wrong_usage_ends_with_2(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.status == 2
    assert "usage:" in ran.err


def test_analyze_prints_a_line_a_file(run: Run, loops: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"RIFF\x00\x00")
    ran = run("analyze", *sorted(loops.glob("Trap*.wav")), loops / "Kick Hard.wav", bad, "--json")
    assert ran.status == 0
    lines = ran.lines()
    for line in lines:
        validator("analysis").validate(line)
    *whole, kick, broken = lines
    assert [line["bpm"] for line in whole] == [140.0] * 8
    assert {line["bars"] for line in whole} == {4.0}
    assert {line["role"] for line in whole} == {"drums", "bass", "melody", "chords", "pad"}
    assert {str(line["key"]) for line in whole if line["role"] != "drums"} == {"A minor"}
    assert kick["is_loop"] is False
    assert kick["bpm"] is None
    assert broken["error"]
    assert broken["role"] is None


@pytest.mark.real
def test_from_scan_to_render(run: Run, scanned: Home, tmp_path: Path) -> None:
    report = json.loads((scanned.root / "scan.json").read_text("utf-8"))
    validator("scan").validate(report)
    assert report["usable"] == report["added"] == 10

    ran = run("search", "dark bells", "--role", "melody", "--json")
    validator("hits").validate(ran.json())
    assert "DarkBells" in ran.json()[0]["path"]

    session = tmp_path / "s.loopmind"
    typed = f'/compose_song {BRIEF}\n/swap_loop role=melody query=darker\n/add_section kind=bridge after="hook 2"\n'
    ran = run("ask", session, "--json", typed=typed)
    assert ran.status == 0
    composed, swapped, bridged = ran.lines()
    for line in (composed, swapped, bridged):
        validator("turn").validate(line)
        assert [call["ok"] for call in line["calls"]] == [True], line["reply"]
    assert composed["song"]["form"] == "intro 4, verse 8, hook 8, verse 8, hook 8, outro 4"
    assert (composed["song"]["tempo"], composed["song"]["key"], composed["song"]["seed"]) == (140.0, "A minor", 7)
    assert [line["revision"] for line in (composed, swapped, bridged)] == [1, 2, 3]
    assert melodies(swapped["song"]) != melodies(composed["song"])
    assert [s["name"] for s in bridged["song"]["sections"]][-2:] == ["bridge 1", "outro 1"]

    ran = run("show", session, "--json")
    validator("song").validate(ran.json())
    assert ran.json() == bridged["song"]
    assert "bridge 1" in run("show", session).out

    ran = run("ask", session, "/undo", "--json")
    assert ran.json()["song"] == swapped["song"]
    assert ran.json()["revision"] == 4

    out, stems = tmp_path / "song.wav", tmp_path / "stems"
    ran = run("render", session, out, "--stems", stems, "--json")
    assert ran.status == 0
    song = run("show", session, "--json").json()
    info = soundfile.info(out)
    assert info.duration == pytest.approx(song["seconds"], abs=8.0)
    assert info.duration >= song["seconds"] - 0.001
    assert ran.json()["lufs"] == pytest.approx(-14.0, abs=0.5)
    assert ran.json()["true_peak_db"] <= -1.0
    assert len(list(stems.glob("*.wav"))) == len(ran.json()["stems"]) > 3

    again = run("render", session, out)
    assert again.status == 1
    assert "is there already" in again.err


def melodies(song: dict) -> set[str]:  # type: ignore[type-arg] # a JSON object
    return {layer["loop"] for section in song["sections"] for layer in section["layers"] if layer["role"] == "melody"}


@pytest.mark.usefixtures("scanned")
def test_the_same_seed_gives_the_same_song(run: Run, tmp_path: Path) -> None:
    first, second = (
        run("ask", tmp_path / f"{name}.loopmind", f"/compose_song {BRIEF}", "--json").json()["song"] for name in "ab"
    )
    assert first == second


@pytest.mark.real
def test_doctor_and_models_list(run: Run) -> None:
    ran = run("doctor", "--json")
    validator("doctor").validate(ran.json())
    assert ran.status == 0
    ran = run("models", "list", "--json")
    validator("models").validate(ran.json())
    assert [row["problem"] for row in ran.json()] == [None] * len(ran.json())


def test_the_studio_needs_a_terminal() -> None:
    ran = subprocess.run([sys.executable, "-m", "loopmind_chat"], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert re.fullmatch(r"loopmind: the studio needs a terminal; .*\n", ran.stderr)


@pytest.mark.usefixtures("scanned")
def test_how_the_mix_is_finished_outlives_the_song(run: Run, tmp_path: Path) -> None:
    typed = f"/set_mix_mode mode=tape\n/compose_song {BRIEF}\n"
    ran = run("ask", tmp_path / "s.loopmind", "--json", typed=typed)
    assert [turn["song"]["mix"] for turn in ran.lines()] == ["tape", "tape"]
