"""A file as the question: read in a worker, whatever it does there."""

from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.errors import LibraryError
from loopmind_chat.home import Home
from loopmind_chat.library.reference import hear_reference
from tests.library.conftest import Opener, settings


def _never() -> bool:
    return False


def test_a_file_is_heard_without_being_scanned(open_library: Opener, loops: Path, tmp_path: Path) -> None:
    (loops / "snare.wav").write_text("role=drums sound=0.6,0.8")
    (loops / "Kick 01.wav").write_text("role=drums sound=1,0")
    library = open_library()
    library.scan([loops])
    asked = tmp_path / "hit.wav"
    asked.write_text("role=drums sound=0.8,0.6")
    reference = library.reference(asked)
    assert reference.sound is not None
    assert reference.sound.tolist() == pytest.approx([0.8, 0.6])
    hits = library.view().similar_to(reference)
    assert [hit.facts.name for hit in hits[:2]] == ["snare", "Kick 01"]
    assert hits[0].score == pytest.approx(0.96)
    assert library.view().get(reference.facts.id) is None  # it was only asked about


def test_the_sound_itself_is_left_out(open_library: Opener, loops: Path, tmp_path: Path) -> None:
    (loops / "snare.wav").write_text("role=drums sound=0.6,0.8")
    library = open_library()
    library.scan([loops])
    copy = tmp_path / "copy of snare.wav"
    copy.write_bytes((loops / "snare.wav").read_bytes())
    assert "snare" not in [hit.facts.name for hit in library.view().similar_to(library.reference(copy))]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("refuse", "cannot be compared"), ("crash", "crashed"), ("hang", "longer than"), ("", "no such file")],
)
def test_hostile_files_are_refused(home: Home, tmp_path: Path, text: str, reason: str) -> None:
    asked = tmp_path / "x.wav"
    if text:
        asked.write_text(text)
    with pytest.raises(LibraryError, match=reason) as refused:
        hear_reference(asked, settings(home, file_limit_s=2.0), _never)
    assert "\n" not in str(refused.value)


def test_a_cancel_is_heard_at_once(home: Home, tmp_path: Path) -> None:
    asked = tmp_path / "x.wav"
    asked.write_text("hang")
    with pytest.raises(LibraryError, match="cancelled"):
        hear_reference(asked, settings(home), lambda: True)


def test_the_map_is_kept_beside_the_library(open_library: Opener, loops: Path, home: Home) -> None:
    for number, path in enumerate(sorted(path for path in loops.rglob("*") if path.is_file())):
        path.write_text(f"role=drums sound={np.cos(number)},{np.sin(number)}")
    library = open_library()
    library.scan([loops])
    drawn = library.sound_map()
    assert len(drawn.ids) == 6
    assert (home.library / "sound-map.npz").exists()
    again = library.sound_map()
    assert again.ids == drawn.ids
    assert (again.plane == drawn.plane).all()
    assert len(library.sound_map([loops / "bass"]).ids) == 1
