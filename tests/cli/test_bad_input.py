"""Bad input: one clear line saying what to do, nothing lost, no traceback, the right exit status."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def one_line(text: str) -> bool:
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    ran = run("scan", tmp_path / "none")
    assert ran.status == 1
    assert one_line(ran.err)


def test_an_empty_folder(run: Run, tmp_path: Path) -> None:
    ran = run("scan", tmp_path)
    assert ran.status == 1
    assert "no audio loops in" in ran.err
    assert "Traceback" not in ran.err


def test_a_folder_of_text_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("la la la")
    (tmp_path / "fake.wav").write_text("not audio at all")
    ran = run("scan", tmp_path)
    assert ran.status == 1
    assert "left out" in ran.err
    assert "fake.wav" in ran.err
    assert "no audio loops in" in ran.err
    assert "Traceback" not in ran.err


def test_a_corrupt_file_among_good_ones(run: Run, loops: Path, tmp_path: Path) -> None:
    for path in loops.glob("Trap*Melody.wav"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "broken.wav").write_bytes(b"RIFF\xff\xff\xff\xffWAVEfmt ")
    ran = run("scan", tmp_path)
    assert ran.status == 0
    assert "4 loops can be used" in ran.out
    assert "broken.wav" in ran.err


def test_a_session_in_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    for words in (("show",), ("ask",)):
        ran = run(*words, tmp_path / "none" / "s.loopmind", *(["/show"] if words == ("ask",) else []))
        assert ran.status == 1
        assert one_line(ran.err)
        assert str(tmp_path / "none") in ran.err


def test_a_file_that_is_no_session_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "letter.loopmind"
    path.write_text("Dear Sir or Madam, " * 200)
    before = path.read_bytes()
    ran = run("show", path)
    assert ran.status == 1
    assert one_line(ran.err)
    assert path.read_bytes() == before


def test_an_empty_session_cannot_be_rendered(run: Run, tmp_path: Path) -> None:
    ran = run("render", tmp_path / "s.loopmind", tmp_path / "x.wav")
    assert ran.status == 1
    assert one_line(ran.err)
    assert not (tmp_path / "x.wav").exists()


def test_no_loops_at_all(run: Run, tmp_path: Path) -> None:
    ran = run("ask", tmp_path / "s.loopmind", "/compose_song mood=dark", "--json")
    assert ran.status == 0
    assert ran.json()["calls"][0]["ok"] is False
    assert "/folder" in ran.json()["reply"]
    assert run("search", "kick").status == 1


@pytest.mark.usefixtures("scanned")
def test_an_absurd_tempo_is_refused(run: Run, tmp_path: Path) -> None:
    absurd = ("1", "20", "400", "0", "-5", "nan", "fast", "1e308")
    typed = [line for bpm in absurd for line in (f"/compose_song mood=dark bpm={bpm}", f"/set_tempo bpm={bpm}")]
    ran = run("ask", tmp_path / "s.loopmind", "--json", typed="\n".join(typed))
    assert ran.status == 0
    turns = ran.lines()
    assert [turn["say"] for turn in turns] == typed
    assert [turn["calls"][0]["ok"] for turn in turns] == [False] * len(typed)
    assert {turn["revision"] for turn in turns} == {0}


@pytest.mark.usefixtures("scanned")
def test_an_unknown_loop_and_an_unknown_tool(run: Run, tmp_path: Path) -> None:
    session = tmp_path / "s.loopmind"
    assert run("ask", session, "/compose_song seed=1", "--json").json()["calls"][0]["ok"]
    for line in ("/add_layer loop=nonsense_404", "/dance", "/set_level"):
        ran = run("ask", session, line, "--json")
        assert ran.status == 0
        assert ran.json()["revision"] == 1
        assert all(not call["ok"] for call in ran.json()["calls"])
        assert ran.json()["reply"]


def test_no_model_is_said_and_slash_commands_work(
    run: Run, loops: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOPMIND_MODELS", str(tmp_path / "no models"))
    assert run("scan", loops).status == 0
    ran = run("ask", tmp_path / "s.loopmind", "--json", typed="make something dark at 140\n/compose_song mood=dark\n")
    assert ran.status == 0
    sentence, slash = ran.lines()
    assert sentence["calls"] == []
    assert "/help" in sentence["reply"]
    assert slash["calls"][0]["ok"]
