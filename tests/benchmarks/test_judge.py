from pathlib import Path

import numpy as np
import pytest
import soundfile
from analysis_sets.darker import centroid
from analysis_sets.item import Item
from analysis_sets.judge import Row, Table, calibration_row, key_row, kind_row, markdown, role_row, tempo_row
from analysis_sets.peers import Remembered, krumhansl, length_tempo
from analysis_sets.targets import reached


def item(pack: str = "a", **known: object) -> Item:
    return Item(path=Path("x.wav"), pack=pack, source="real", **known)  # type: ignore[arg-type]  # fields by name


def test_tempo_counts_the_unanswered_as_wrong_and_tells_them_apart() -> None:
    items = [item(bpm=80.0), item(bpm=120.0), item("b", bpm=140.0), item("b", bpm=90.0)]
    row = tempo_row("x", items, [160.0, 120.4, None, 90.0], [160.0, 120.0, 140.0, 180.0], rounds=50)
    exact = row.cells["exact"]
    assert isinstance(exact, tuple)
    assert exact[0] == 0.5
    assert row.cells["octave-free"] == 0.75
    assert row.cells["coverage"] == 0.75
    assert row.cells["under 90 exact"] == 0.0
    assert row.cells["exact where answered"] == pytest.approx(2 / 3)
    assert row.cells["McNemar p"] == 1.0


def test_keys_are_told_by_mode() -> None:
    items = [item(key="C major"), item(key="G major"), item(key="A minor"), item(key="D minor")]
    row = key_row("x", items, ["C major", "E minor", "A minor", None], rounds=50)
    scored = row.cells["MIREX where answered"]
    assert isinstance(scored, tuple)
    assert scored[0] == pytest.approx(2.3 / 3)
    assert row.cells["MIREX all"] == pytest.approx(2.3 / 4)
    assert row.cells["major exact"] == 0.5
    assert row.cells["coverage"] == 0.75


def test_a_pad_counts_as_chords_and_no_role_as_wrong() -> None:
    items = [item(role="pad"), item(role="drums"), item(role="chords"), item(role="drums")]
    row = role_row("x", items, ["chords", "drums", "pad", None], rounds=50)
    assert row.cells["accuracy"] == 0.75
    assert row.cells["recall"] == "chords 1.00 drums 0.50"


def test_loops_and_one_shots_are_counted_apart() -> None:
    items = [item(is_loop=True), item(is_loop=True), item(is_loop=False)]
    row = kind_row("x", items, [True, False, False], rounds=50)
    assert (row.cells["loops right"], row.cells["one-shots right"]) == (0.5, 1.0)


def test_belief_of_nine_in_ten_is_held_to_it() -> None:
    row = calibration_row("x", [0.95, 0.92, 0.6, 0.3], [True, False, True, False])
    assert (row.cells["given >= .9"], row.cells["of those right"]) == (2, 0.5)
    assert (row.cells["given .5 to .9"], row.cells["of these right"]) == (1, 1.0)


def test_targets_are_compared_with_what_was_measured() -> None:
    tables = [Table("Tempo, names visible", [Row("this program", {"exact": (0.91, 0.8, 1.0), "octave-free": 0.98})])]
    rows = {row.label: row.cells for row in reached(tables).rows}
    assert rows["tempo, names visible: exact"][""] == "NO"
    assert rows["tempo, names visible: octave-free"][""] == "yes"
    assert "0.910 (0.80..1.00)" in markdown(reached(tables))


def test_the_length_rule_takes_the_power_of_two_nearest_127(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    for bpm, told in ((120.0, 120.0), (75.0, 150.0), (174.0, 174.0), (185.0, 92.5)):
        soundfile.write(path, np.zeros(round(16 * 60 / bpm * 44_100)), 44_100)
        assert length_tempo(path) == pytest.approx(told, abs=0.01)


def test_krumhansls_profiles_tell_a_scale() -> None:
    scale = np.array([1.0, 0, 0.6, 0, 0.8, 0.5, 0, 0.9, 0, 0.5, 0, 0.3])
    assert krumhansl(scale) == "C major"
    assert krumhansl(np.roll(scale, 3)) == "Eb major"


def test_answers_are_remembered_by_what_a_file_holds(tmp_path: Path) -> None:
    first, second, other = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    first.write_bytes(b"1")
    second.write_bytes(b"1")
    other.write_bytes(b"2")
    asked: list[Path] = []

    def peer(path: Path) -> float:
        asked.append(path)
        return float(len(asked))

    memory = Remembered(tmp_path / "memory.json")
    assert [memory.ask("p", peer, f) for f in (first, second, other)] == [1.0, 1.0, 2.0]
    memory.save()
    assert Remembered(tmp_path / "memory.json").ask("p", peer, second) == 1.0
    assert asked == [first, other]


def test_the_centroid_of_a_tone_is_its_pitch(tmp_path: Path) -> None:
    for hertz in (300.0, 3000.0):
        path = tmp_path / f"{hertz:g}.wav"
        soundfile.write(path, 0.5 * np.sin(2 * np.pi * hertz * np.arange(44_100) / 44_100), 44_100)
        assert centroid(path) == pytest.approx(hertz, rel=0.03)
