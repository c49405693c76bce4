"""Questions about the song: each is answered, and nothing else is said; the reasons are facts."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.library import FakeLibrary, kit
from tests.fakes.studio import Desk, make_desk, trap_song

MADE = '/compose_song genre=trap mood=dark bpm=140 key="A minor" seed=7'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


FORM = (
    "8 sections: intro 1 (8 bars), verse 1 (16 bars), hook 1 (8 bars), verse 2 (16 bars), hook 2 (8 bars), "
    "breakdown 1 (8 bars), hook 3 (8 bars), outro 1 (8 bars)"
)
ABOUT = [
    ("about=tempo", "140 BPM"),
    ("about=key", "It is in A minor"),
    ("about=length", "2:17, 80 bars"),
    ("about=form", FORM),
    ("about=mix", "A polished mix"),
    ("about=style", "dark trap"),
    ("about=title", 'It is called "Night"'),
    ("about=levels", "every track is at 0 dB"),
    ("track=melody", "melody plays Plain_Melody_140_Am in verses 1-2, hooks 1-3, breakdown, outro"),
    ("track=melody about=loops", "melody plays Plain_Melody_140_Am in verses 1-2, hooks 1-3, breakdown, outro"),
    ("track=melody about=tempo", "melody: 'Plain_Melody_140_Am' 140 BPM, as it is"),
    ("track=melody about=key", "melody: 'Plain_Melody_140_Am' is in A minor"),
    ("track=drums about=key", "drums: 'Plain_Drums_140' has no key"),
    ("track=melody about=length", "melody plays for 72 bars: verses 1-2, hooks 1-3, breakdown, outro"),
    ("track=hats about=form", "hats plays in verses 1-2, hooks 1-3, outro"),
    ("track=melody about=mix", "melody: 0 dB"),
    ("track=melody about=levels", "melody 0 dB"),
    ('track=drums section="hook 1"', "drums plays Plain_Drums_140 in hook 1"),
    ('track=drums section="hook 1" about=levels', "drums in hook 1: 0 dB"),
    ("section=breakdown", "breakdown 1: 8 bars from bar 57; energy 50%; bass, melody and pad"),
    ("section=breakdown about=length", "breakdown 1: 8 bars from bar 57, 0:14"),
    ("section=breakdown about=form", "breakdown 1: section 6 of 8, 8 bars from bar 57"),
    ("section=breakdown about=levels", "breakdown 1: bass 0 dB, melody 0 dB, pad 0 dB"),
    ("section=breakdown about=mix", "breakdown 1: no transition"),
    ("section=breakdown about=tempo", "140 BPM"),
    ("section=intro about=loops", "intro 1: pad plays Plain_Pad_140_Am"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "answer"), ABOUT, ids=[row[0] for row in ABOUT])
def test_a_question_is_answered_and_nothing_else_said(desk: Desk, question: str, answer: str) -> None:
    record = desk.say(f"/describe_song {question}")
    assert record.calls[0].summary == answer
    assert (record.song, record.revision) == (trap_song(), 1)


def test_the_mix_tells_what_is_not_plain(desk: Desk) -> None:
    for text in ("/set_level track=bass db=-6", "/set_pan track=hats side=left", "/mute_track pad", "/set_groove 0.3",
                 "/set_effect effect=reverb track=melody", "/set_effect effect=lowpass section=intro",
                 "/set_transition section=intro kind=impact"):  # fmt: skip
        assert desk.only(text).ok
    assert desk.only("/describe_song about=mix").summary == (
        "A polished mix, swing 30%; hats 50% left; bass -6 dB; melody reverb 50%; pad muted"
    )
    assert desk.only("/describe_song about=levels").summary == "bass -6 dB, pad muted, the rest at 0 dB"
    assert desk.only("/describe_song section=intro about=mix").summary == (
        "intro 1: entered by an impact; pad lowpass 50%"
    )
    assert desk.only("/describe_song section=intro").summary == "intro 1: 8 bars from bar 1; energy 50%; silence"


def test_what_is_not_there_is_said(desk: Desk) -> None:
    assert "there is no tuba; the tracks are drums, hats" in desk.only("/describe_song track=tuba").summary
    assert "there are three hooks; add one?" in desk.only('/describe_song section="hook 5"').summary
    assert desk.only("/describe_song track=drums section=intro").summary == (
        "drums does not play in intro, only in verses 1-2, hooks 1-3, outro"
    )


# --- changes -------------------------------------------------------------------------------------------------------


def test_the_last_change_is_told_whatever_was_asked_since(desk: Desk) -> None:
    desk.call(("set_tempo", {"bpm": 100}), ("describe_song", {}), ("mute_track", {"track": "kazoo"}))
    desk.say("/search_loops query=dark")
    assert desk.only("/describe_song about=changes").summary == '"test": 140 to 100 BPM'
    desk.say("/undo")
    assert desk.only("/describe_song about=changes").summary == 'Took back: "test"'
    desk.say("/describe_song")
    assert desk.only("/describe_song about=changes track=bass").summary == 'Took back: "test"'


def test_what_this_very_turn_changed_is_told(desk: Desk) -> None:
    record = desk.call(("set_tempo", {"bpm": 100}), ("describe_song", {"about": "changes"}))
    assert record.calls[1].summary == "140 to 100 BPM"


def test_before_any_change(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.studio.session._db.execute("UPDATE turns SET move = 'talk'")
    assert desk.only("/describe_song about=changes").summary == "Nothing has been changed yet"


# --- why -----------------------------------------------------------------------------------------------------------


def why(desk: Desk, track: str) -> str:
    return desk.only(f"/describe_song about=why track={track}").summary


def test_the_reasons_for_a_composed_loop(desk: Desk) -> None:
    desk.say(MADE)
    said = why(desk, "melody")
    assert said.startswith("Melody 'Dark_Melody_140_Am': chosen for \"dark trap\", it goes by dark, ")
    assert "the darkest of 4 melody loops" in said
    assert said.endswith("in the song's key, 140 BPM, as it is")


def test_the_reasons_for_a_loop_that_was_asked_for(desk: Desk) -> None:
    desk.say("/swap_loop role=melody query=brighter")
    assert why(desk, "melody") == (
        "melody 'Bright_Melody_140_Am': you asked for \"brighter\", in the song's key, 140 BPM, as it is"
    )
    desk.say("/swap_loop role=bass loop=Warm_Bass")
    assert why(desk, "bass").startswith("bass 'Warm_Bass_140_Am': you asked for it by name, ")
    desk.say("/suggest_loops role=pad")
    desk.say("/swap_loop role=pad pick=1")
    assert "you picked it from the suggestions" in why(desk, "pad")
    desk.say("/add_layer role=vocal")
    assert "you asked for vocal" in why(desk, "vocal")
    desk.say("/lock track=bass")
    desk.say("/remix_song")
    assert "chosen for the remix" in why(desk, "melody")
    assert why(desk, "bass").endswith("locked, so it stays")


def test_ratings_keys_and_tempos_are_reasons(tmp_path: Path) -> None:
    from loopmind_chat.song.keys import Key  # noqa: PLC0415 - only here

    loops = [replace(f, key=Key(0, "minor"), bpm=70.0, beats=8.0) if "Bright_Melody" in f.name else f for f in kit()]
    desk = make_desk(tmp_path, library=FakeLibrary(known={Path("/l"): tuple(loops)}))
    desk.say("/rate_loop loop=Bright_Melody rating=like")
    desk.say("/swap_loop role=melody loop=Bright_Melody")
    assert why(desk, "melody") == (
        "melody 'Bright_Melody_140_Am': you asked for it by name, you like it, C minor, moved down 3 semitones, "
        "70 BPM counted double, as it is"
    )


def test_a_loop_that_came_before_anything_was_asked(desk: Desk) -> None:
    assert why(desk, "bass") == "bass 'Plain_Bass_140_Am': in the song's key, 140 BPM, as it is"
    desk.library.known = {Path("/l"): kit("/elsewhere")}
    assert why(desk, "bass").endswith("its file is not in the library any more")


def test_of_many_loops_the_reasons_are_short(desk: Desk) -> None:
    desk.say(MADE)
    said = desk.only("/describe_song about=why").summary
    assert said.count("chosen for") == len(desk.song.loops())
    assert len(said) < 120 * len(desk.song.loops())
