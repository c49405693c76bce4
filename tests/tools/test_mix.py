"""Slash commands and the facts they leave: levels, effects, tempo, key."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import EffectKind
from tests.fakes.studio import make_desk, trap_song

Fact = Callable[[Song], object]


def track(name: str) -> Fact:
    return lambda song: next(t for t in song.tracks if t.name == name)


def gain(name: str) -> Fact:
    return lambda song: next(t.gain_db for t in song.tracks if t.name == name)


def muted(song: Song) -> set[str]:
    return {t.name for t in song.tracks if t.muted}


TABLE: list[tuple[str, Fact, object]] = [
    ("/mute_track track=hats", muted, {"hats"}),
    ("/mute_track role=drums", muted, {"drums"}),
    ("/mute_track track=all", muted, {"drums", "hats", "bass", "melody", "pad"}),
    ("/mute lead", muted, {"melody"}),
    ("/solo_track bass", lambda s: {t.name for t in s.tracks if t.solo}, {"bass"}),
    ("/set_level track=bass db=-6", gain("bass"), -6.0),
    ("/set_level track=bass change=up", gain("bass"), 3.0),
    ('/set_level track=bass change="a bit quieter"', gain("bass"), -1.5),
    ('/set_level track=bass change="way up"', gain("bass"), 6.0),
    (
        "/set_level track=melody db=-4 section=hooks",
        lambda s: {sec.name: x.gain_db for sec, x in s.layers() if x.track == "t4" and x.gain_db},
        {"hook 1": -4.0, "hook 2": -4.0, "hook 3": -4.0},
    ),
    (
        '/mute_track track=bass section="second hook"',
        lambda s: [sec.name for sec, x in s.layers() if x.muted],
        ["hook 2"],
    ),
    ("/set_pan track=hats side=left", lambda s: s.tracks[1].pan, -0.5),
    ("/set_pan track=hats pan=0.3", lambda s: s.tracks[1].pan, 0.3),
    (
        "/set_effect effect=reverb track=melody amount=30%",
        lambda s: [(e.kind, e.amount) for e in s.tracks[3].fx],
        [(EffectKind.REVERB, 0.3)],
    ),
    (
        "/set_effect effect=low-pass section=intro",
        lambda s: [(sec.name, e.kind) for sec, x in s.layers() for e in x.fx],
        [("intro 1", EffectKind.LOWPASS)],
    ),
    ("/set_groove amount=0.4", lambda s: s.swing, 0.4),
    ("/set_groove change=more", lambda s: s.swing, 0.2),
    ("/set_mix_mode mode=tape", lambda s: str(s.mix), "tape"),
    ("/mix raw", lambda s: str(s.mix), "raw"),
    ("/set_tempo bpm=150", lambda s: (s.tempo, s.sections[1].layers[0].stretch), (150.0, 140 / 150)),
    ("/set_tempo change=slower", lambda s: s.tempo, 132.0),
    ('/set_tempo change="a bit faster"', lambda s: s.tempo, 144.0),
    (
        '/set_key key="C minor"',
        lambda s: (str(s.key), {x.role: x.semitones for _, x in s.layers()}),
        ("C minor", {"drums": 0, "percussion": 0, "bass": 3, "melody": 3, "pad": 3}),
    ),
    ("/set_key semitones=-2", lambda s: str(s.key), "G minor"),
]


@pytest.mark.parametrize(("text", "fact", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_the_song_after_a_command(tmp_path: Path, text: str, fact: Fact, expected: object) -> None:
    desk = make_desk(tmp_path)
    record = desk.say(text)
    assert record.calls[0].ok, record.reply
    assert fact(record.song) == expected
    assert record.revision == 2
    desk.say("/undo")
    assert desk.song == trap_song()


SAID = [
    ("/mute_track hats", "Muted hats"),
    ("/mute_track track=hats on=no", "hats is not muted already"),
    ("/set_level track=bass db=-6", "bass: 0 to -6 dB"),
    ("/set_tempo 140", "It is at 140 BPM already"),
    ('/set_key "C major"', "A minor to C major, same notes"),
    ('/set_key "B minor"', "A minor to B minor, 2 semitones up"),
    ("/set_mix_mode tape", "Tape mix instead of polished"),
    ("/set_pan track=hats side=center", "hats is in the centre already"),
]


@pytest.mark.parametrize(("text", "summary"), SAID, ids=[row[0] for row in SAID])
def test_what_is_said(tmp_path: Path, text: str, summary: str) -> None:
    assert make_desk(tmp_path).only(text).summary == summary


REFUSED = [
    ("/set_tempo 400", "tempo is 40 to 250 BPM, not 400"),
    ("/set_tempo fast", "tempo is 40 to 250 BPM"),
    ("/set_tempo", "say a tempo in BPM"),
    ("/set_level track=bass", "say a level in dB"),
    ("/set_level track=bass db=40", "level is -60 to 12 dB"),
    ("/mute_track cowbell", "there is no cowbell; the tracks are drums, hats, bass, melody, pad"),
    ("/mute_track track=drums section=intro", "drums does not play in intro"),
    ('/mute_track track=bass section="hook 9"', "there is no hook 9: there are three hooks; add one?"),
    ("/set_key key=Q", "is not a key"),
    ("/set_mix_mode loud", "mode is one of raw, polished, tape"),
    ("/set_effect effect=vst", "effect is one of reverb"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refusals_help_and_change_nothing(tmp_path: Path, text: str, message: str) -> None:
    desk = make_desk(tmp_path)
    record = desk.say(text)
    assert not record.calls[0].ok
    assert message in record.calls[0].summary
    assert (record.song, record.revision) == (trap_song(), 1)


SONG_TOOLS = [
    "/mute_track hats", "/solo_track hats", "/set_level track=bass db=1", "/set_pan track=bass side=left",
    "/set_effect effect=reverb", "/set_groove 0.2", "/set_tempo 100", "/set_key Am", "/describe_song", "/play",
    "/loop_section hook", "/export_song", "/add_section bridge", "/remove_section hook", "/duplicate_section hook",
    "/move_section section=hook to=end", "/resize_section section=hook bars=4", "/set_energy section=hook energy=1",
    "/set_transition section=hook kind=riser", "/swap_loop melody", "/suggest_loops melody", "/add_layer melody",
    "/remove_layer melody", "/vary_loop role=melody change=reverse", "/lock melody", "/remix_song",
    "/transfer_genre house", "/regenerate_section hook",
]  # fmt: skip


@pytest.mark.parametrize("text", SONG_TOOLS)
def test_without_a_song_each_tool_says_how_to_get_one(tmp_path: Path, text: str) -> None:
    outcome = make_desk(tmp_path, Song()).only(text)
    assert not outcome.ok
    assert outcome.summary == 'there is no song yet: try "make something dark at 140"'


def test_a_level_stays_inside_its_limits(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for _ in range(3):
        desk.say('/set_level track=bass change="way up"')
    assert desk.song.tracks[2].gain_db == 12.0
    assert desk.only("/set_level track=bass change=up").summary == "bass is at +12 dB already"


def test_an_effect_comes_off_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.say("/set_effect effect=reverb track=melody")
    desk.say("/set_effect effect=reverb track=melody amount=1")
    assert [e.amount for e in desk.song.tracks[3].fx] == [1.0]
    assert desk.only("/set_effect effect=reverb track=melody on=no").summary == "Took the reverb off melody"
    assert desk.song == trap_song()


def test_the_song_is_described_by_its_facts(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, apply(Song(), ReplaceSong(trap_song())))
    summary = desk.only("/describe_song").summary
    assert summary.startswith("Night: dark trap, 140 BPM, A minor, 2:17, polished mix. Form: intro 8, verse 16, hook 8")
    assert "melody plays Plain_Melody_140_Am" in summary
    table = desk.say("/show").reply.splitlines()
    assert table[0] == "Night: dark trap, 140 BPM, A minor, 2:17, polished mix"
    assert table[1].split() == ["1", "intro", "1", "8", "bars", "pad"]
    assert table[2].endswith("drums, hats, bass, melody, pad")
    assert len(table) == 9
