from loopmind_chat.song.edits import InsertSection, apply_all
from loopmind_chat.song.model import Section
from loopmind_chat.song.vocabulary import SectionKind
from loopmind_chat.tools.targets import places
from tests.fakes.desk import small_song


def test_places_are_counted_as_one_would_say_them() -> None:
    pre = (Section(id=f"p{number}", kind=SectionKind.PRECHORUS, bars=4) for number in (1, 2))
    song = apply_all(small_song(), tuple(InsertSection(section, 2) for section in pre))
    assert places(song, ["p1", "p2"]) == "prechoruses 1-2"
    assert places(song, ["s0", "p1"]) in {"intro, prechorus 1", "intro, prechorus 2"}
    assert places(song, [section.id for section in song.sections]) == "every section"
