from dataclasses import replace

from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.model import Song
from loopmind_chat.tui.names import short_names
from tests.fakes.desk import small_song


def named(*stems: str) -> Song:
    song = small_song()
    loops = song.loops()
    paths = dict(zip(loops, stems, strict=True))
    sections = tuple(
        replace(s, layers=tuple(replace(layer, path=f"/x/{paths[layer.loop]}.wav") for layer in s.layers))
        for s in song.sections
    )
    return apply(Song(), ReplaceSong(replace(song, sections=sections)))


def test_what_loops_share_is_left_out() -> None:
    song = named("Trap_140_Am_Dark808_Bass", "Trap_140_Am_DarkBells_Melody", "Trap_140_Am_Choir_Pad", "Trap_140_Beat")
    assert sorted(short_names(song).values()) == ["Beat", "Choir", "Dark808", "DarkBells"]


def test_a_name_is_never_empty() -> None:
    song = named("loop", "bass", "loop", "Loop")
    assert all(short_names(song).values())


def test_control_characters_are_shown_as_escapes() -> None:
    song = named("a\x1b[2Jb", "c", "d", "e")
    assert all("\x1b" not in name for name in short_names(song).values())
