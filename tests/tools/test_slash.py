from pathlib import Path

import pytest

from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.commands import help_text
from loopmind_chat.tools.slash import SlashCalls, UiCommand, command_names, is_slash, parse_slash

CALLS = [
    (
        '/compose_song genre=trap mood=dark bpm=140 key="A minor" seconds=120 seed=7 form="intro 8, verse 16"',
        "compose_song",
        {
            "genre": "trap",
            "mood": "dark",
            "bpm": "140",
            "key": "A minor",
            "seconds": "120",
            "seed": "7",
            "form": "intro 8, verse 16",
        },
    ),
    ("/set_mix_mode mode=tape", "set_mix_mode", {"mode": "tape"}),
    ("/swap_loop role=melody query=darker", "swap_loop", {"role": "melody", "query": "darker"}),
    ('/add_section kind=bridge after="hook 2"', "add_section", {"kind": "bridge", "after": "hook 2"}),
    ("/add_section kind=bridge after='hook 2' ", "add_section", {"kind": "bridge", "after": "hook 2"}),
    ("/play", "play", {}),
    ("/play hook 2", "play", {"section": "hook 2"}),
    ("/play 17", "play", {"bar": "17"}),
    ("/STOP", "stop", {}),
    ("/undo", "undo", {}),
    ("/set_tempo 140", "set_tempo", {"bpm": "140"}),
    ("/mute hi hats", "mute_track", {"track": "hi hats"}),
    ("/mute_track track=hats hook 2", "mute_track", {"track": "hats", "on": "hook 2"}),
    ('/swap_loop role=melody query="it\'s dark"', "swap_loop", {"role": "melody", "query": "it's dark"}),
    ("/swap_loop role=melody query=don't", "swap_loop", {"role": "melody", "query": "don't"}),
    ('/search_loops query="open to the end', "search_loops", {"query": "open to the end"}),
    ("/search rainy piano", "search_loops", {"query": "rainy piano"}),
    ("/set_key key=\u201cF# major\u201d", "set_key", {"key": "F# major"}),
    ("/frobnicate a=1 b", "frobnicate", {"a": "1", "": "b"}),
]


@pytest.mark.parametrize(("text", "tool", "args"), CALLS, ids=[row[0] for row in CALLS])
def test_commands_become_calls(text: str, tool: str, args: dict[str, object]) -> None:
    assert parse_slash(text) == SlashCalls((Call(tool, args),))


PATHS = [
    ("/folder /srv/My Loops", "folder", "/srv/My Loops"),
    (r"/folder C:\Samples\Trap Pack 01", "folder", r"C:\Samples\Trap Pack 01"),
    ('/folder "/srv/My Loops"', "folder", "/srv/My Loops"),
    (r"/scan_folder folder=C:\Samples\new\table", "folder", r"C:\Samples\new\table"),
    (r'/scan_folder folder="C:\Samples\"', "folder", "C:\\Samples\\"),
    ("/save night two.loopmind", "path", "night two.loopmind"),
    ("/export ~/mix.flac", "path", str(Path.home() / "mix.flac")),
    ("/open songs/night.loopmind", "path", "songs/night.loopmind"),
]


@pytest.mark.parametrize(("text", "name", "path"), PATHS, ids=[row[0] for row in PATHS])
def test_paths_are_handed_over_by_reference(text: str, name: str, path: str) -> None:
    parsed = parse_slash(text)
    assert isinstance(parsed, SlashCalls)
    assert parsed.calls[0].args == {name: "@1"}
    assert parsed.refs == {"@1": Path(path)}


def test_options_may_follow_a_path() -> None:
    parsed = parse_slash("/folder /srv/My Loops add=yes")
    assert isinstance(parsed, SlashCalls)
    assert parsed.calls[0].args == {"folder": "@1", "add": "yes"}
    assert parsed.refs == {"@1": Path("/srv/My Loops")}
    parsed = parse_slash("/export format=mp3 stems=yes")
    assert parsed == SlashCalls((Call("export_song", {"format": "mp3", "stems": "yes"}),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/show", UiCommand("show")),
        ("/device USB Audio", UiCommand("device", "USB Audio")),
        ("/help set_level", UiCommand("help", "set_level")),
        ("/exit", UiCommand("quit")),
        ("/ab", UiCommand("ab")),
        ("/model", UiCommand("model")),
    ],
)
def test_commands_of_the_window(text: str, expected: UiCommand) -> None:
    assert parse_slash(text) == expected


def test_a_path_or_a_sentence_is_no_command() -> None:
    assert is_slash("/set_tempo 140")
    assert is_slash("  /play")
    assert not is_slash("/home/me/loops")
    assert not is_slash("slower / darker")
    assert not is_slash("/")


def test_help_comes_from_the_declarations() -> None:
    text = help_text("set_level")
    assert "/set_level track=... [db=...]" in text
    assert "-60 to 12" in text
    assert "up, down, a bit up" in text
    everything = help_text()
    assert all(name in everything for name in ("compose_song", "scan_folder", "/folder PATH", "set_transition"))
    assert "/set_tempo" in command_names()
    assert help_text("folder") == help_text("/scan-folder")
