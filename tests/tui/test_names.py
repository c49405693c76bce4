from dataclasses import replace

from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.model import Song
from loopmind_chat.tui.names import short_names, widespread_words
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


def test_tempo_key_and_what_is_widespread_in_the_library_are_left_out() -> None:
    library = [f"House_124_Fm_Loop{n}" for n in range(10)] + [f"Trap_140_Am_Other{n}" for n in range(10)]
    widespread = widespread_words(library)
    assert {"house", "trap"} <= widespread
    assert "loop1" not in widespread
    song = named("Trap_140_Am_Dark808_Bass", "House_124_Fm_DarkMarimba_Melody", "Pad_Choir_C#min", "120bpm")
    assert sorted(short_names(song, widespread).values()) == ["120bpm", "Choir", "Dark808", "DarkMarimba"]


def test_a_small_library_has_nothing_widespread() -> None:
    assert not widespread_words(["a b", "a c"])
