from pathlib import Path

import pytest

from loopmind_chat.tools.paths import cut_paths, restored, typed_path

HOME = Path.home()
EXISTING = {Path("/home/me/My Loops"), Path("/home/me/My Loops and more"), Path("kits/trap"), Path("/srv/v1.")}

CUT = [
    (r"use my folder C:\Samples\TrapPack01", "use my folder @1", [r"C:\Samples\TrapPack01"]),
    (
        "use my folder C:/Samples/Trap and make something dark",
        "use my folder @1 and make something dark",
        ["C:/Samples/Trap"],
    ),
    (r"scan \\nas\loops\kit, please", "scan @1, please", [r"\\nas\loops\kit"]),
    ("use ~/loops.", "use @1.", [f"{HOME}/loops"]),
    ("use ~ now", "use @1 now", [str(HOME)]),
    ("use /srv/loops/trap and play", "use @1 and play", ["/srv/loops/trap"]),
    ('open "/srv/my songs/night.loopmind"', "open @1", ["/srv/my songs/night.loopmind"]),
    ("open '/srv/my songs/night'!", "open @1!", ["/srv/my songs/night"]),
    ("use \u201c/srv/my loops\u201d now", "use @1 now", ["/srv/my loops"]),
    ("export to mix.wav", "export to @1", ["mix.wav"]),
    ("save it as songs/night.loopmind, then stop", "save it as @1, then stop", ["songs/night.loopmind"]),
    ("use ./kit and ../other", "use @1 and @2", ["kit", "../other"]),
    ("use kits/trap now", "use @1 now", ["kits/trap"]),
    ("use new/ now", "use @1 now", ["new"]),
    ("use /home/me/My Loops now", "use @1 now", ["/home/me/My Loops"]),
    ("use /home/me/My Loops and more", "use @1", ["/home/me/My Loops and more"]),
    ("use /srv/v1.", "use @1", ["/srv/v1."]),
    (r"use /srv/My\ Loops now", "use @1 now", ["/srv/My Loops"]),
    ("swap the lead for Dark_Bells.WAV", "swap the lead for @1", ["Dark_Bells.WAV"]),
    ('export "my mix.mp3"', "export @1", ["my mix.mp3"]),
]
LEFT = [
    "make something dark at 140",
    "a 3/4 waltz, kick/snare and/or hats w/o reverb",
    "don't touch the melody, it's 'nice'",
    "play the 'dark one' and the \"bright/loud one\"",
    "e.g. a bit more. Then stop...",
    "key: Am, ratio 1:2",
    "see https://example.com/loops or file:///etc/passwd",
    "use @1",
    "mail me@home/x",
    "slower / darker",
]


@pytest.mark.parametrize(("sentence", "cut", "paths"), CUT, ids=[row[0] for row in CUT])
def test_typed_paths_are_cut_out(sentence: str, cut: str, paths: list[str]) -> None:
    text, refs = cut_paths(sentence, EXISTING.__contains__)
    assert text == cut
    assert list(refs.values()) == [Path(path) for path in paths]


@pytest.mark.parametrize("sentence", LEFT)
def test_what_is_no_path_is_left(sentence: str) -> None:
    assert cut_paths(sentence, EXISTING.__contains__) == (sentence, {})


def test_what_lies_on_the_disk_is_looked_up(tmp_path: Path) -> None:
    folder = tmp_path / "My Trap Loops"
    folder.mkdir()
    text, refs = cut_paths(f"use {folder} and make a song")
    assert (text, refs) == ("use @1 and make a song", {"@1": folder})
    escaped = str(folder).replace(" ", "\\ ")
    assert typed_path(escaped) == folder
    assert typed_path(f"'{folder}'") == folder


def test_a_long_paste_is_quick() -> None:
    text, refs = cut_paths("/a b/c " * 7000)
    assert len(refs) == 16
    assert len(text) > 40_000


def test_references_can_be_put_back() -> None:
    assert restored("use @1, not @3", {"@1": Path("/x")}) == "use /x, not @3"
