"""What the loops tell about each other reaches the user, and is never stored."""

from pathlib import Path

from loopmind_chat.library.catalogue import Catalogue
from loopmind_chat.library.library import Library
from loopmind_chat.library.loop_rows import loops_changed_since
from loopmind_chat.song.loops import LoopFacts, TempoReading
from loopmind_chat.song.vocabulary import Role
from tests.fakes.loop_rows import made_facts, made_row
from tests.library.conftest import Opener


def _facts(library: Library) -> dict[str, LoopFacts]:
    return {facts.name: facts for facts in library.view().loops()}


def _zorps(folder: Path) -> None:
    folder.mkdir()
    for number in range(6):
        (folder / f"Zorp_{number}.wav").write_text(f"role=fx source=audio sure=0.4 n={number}")


def test_a_correction_teaches_the_other_loops_of_that_name(open_library: Opener, tmp_path: Path) -> None:
    _zorps(tmp_path / "loops")
    library = open_library()
    library.scan([tmp_path / "loops"])
    first = _facts(library)["Zorp_0"]
    library.fix(first.id, {"role": "bass"})
    assert {facts.role for facts in _facts(library).values()} == {Role.BASS}
    _, rows = loops_changed_since(library._store, -1)
    assert {row.facts.role for row in rows} == {Role.FX}  # what is stored is what was heard
    library.close()
    again = _facts(open_library())
    assert {facts.role for facts in again.values()} == {Role.BASS}
    assert {facts.role_source for name, facts in again.items() if name != "Zorp_0"} == {"name"}


def test_taking_back_a_correction_takes_back_what_it_taught(open_library: Opener, tmp_path: Path) -> None:
    _zorps(tmp_path / "loops")
    library = open_library()
    library.scan([tmp_path / "loops"])
    for role in ("bass", "vocal"):
        library.fix(_facts(library)["Zorp_0"].id, {"role": role})
        assert {facts.role for facts in _facts(library).values()} == {Role(role)}


def _loop(name: str, *, sure: bool) -> LoopFacts:
    if sure:
        return made_facts(f"/pack/{name}.wav", "bass", bpm=85.0, tempo_source="name", bpm_confidence=0.98)
    readings = (TempoReading(170.0, 22.67, -0.3), TempoReading(85.0, 11.33, -1.3))
    return made_facts(f"/pack/{name}.wav", "bass", bpm=170.0, tempo_source="length", tempo_readings=readings)


def test_the_loops_of_a_folder_settle_a_tempo_and_a_correction_wins() -> None:
    loops = [_loop(f"sure {n}", sure=True) for n in range(8)] + [_loop(f"open {n}", sure=False) for n in range(2)]
    said = {loops[-1].id: {"bpm": 170}}
    catalogue = Catalogue().renewed(1, [made_row(loop, changes=said.get(loop.id)) for loop in loops])
    tempos = {entry.facts.name: entry.facts.bpm for entry in catalogue.entries.values()}
    assert (tempos["open 0"], tempos["open 1"], tempos["sure 0"]) == (85.0, 170.0, 85.0)


def test_it_does_not_matter_in_what_order_loops_come() -> None:
    loops = [_loop(f"sure {n}", sure=True) for n in range(6)] + [_loop(f"open {n}", sure=False) for n in range(6)]
    rows = [made_row(loop) for loop in loops]
    whole = Catalogue().renewed(1, rows)
    one_by_one = Catalogue()
    for number, row in enumerate(reversed(rows)):
        one_by_one = one_by_one.renewed(number, [row])
    assert one_by_one.entries == whole.entries


def test_entries_that_nothing_touches_stay_the_same_objects() -> None:
    rows = [made_row(made_facts(f"/{n}/loop.wav", "bass")) for n in range(5)]
    before = Catalogue().renewed(1, rows)
    after = before.renewed(2, [made_row(made_facts("/0/loop.wav", "pad"))])
    changed = [loop_id for loop_id, entry in after.entries.items() if entry is not before.entries[loop_id]]
    assert changed == [rows[0].facts.id]
