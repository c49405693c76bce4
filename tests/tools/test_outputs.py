from pathlib import Path

import pytest

from loopmind_chat.tools.outputs import export_target, safe_name

NAMES = [
    ("Night Drive", "Night Drive"), ("a/b\\c:d", "a b c d"), ("..\\..\\x", "x"), ("CON", "CON song"),
    ("nul.txt", "nul.txt song"), ("end. ", "end"), ("", "Untitled"), ("///", "Untitled"),
    ("tab\there\x1b[0m", "tab here [0m"),
    ("\u202egnp", "gnp"), ("x" * 300, "x" * 80), ("Caf\u00e9 \U0001f319", "Caf\u00e9 \U0001f319"), ("bad\udcff", "bad"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "name"), NAMES)
def test_titles_become_names_for_every_system(title: str, name: str) -> None:
    assert safe_name(title) == name


def test_a_folder_takes_the_title(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    assert export_target(None, suffix=".wav", title="A/B", exports=exports) == exports / "A B.wav"
    assert export_target(tmp_path, suffix=".mp3", title="A", exports=exports) == tmp_path / "A.mp3"
    assert export_target(tmp_path / "mix", suffix=".ogg", title="A", exports=exports) == tmp_path / "mix.ogg"


def test_a_dangling_link_counts_as_there(tmp_path: Path) -> None:
    (tmp_path / "mix.wav").symlink_to(tmp_path / "nowhere.wav")
    assert export_target(tmp_path / "mix.wav", suffix=".wav", title="A", exports=tmp_path) == tmp_path / "mix 2.wav"
