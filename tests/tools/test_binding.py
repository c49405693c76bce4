import math
from pathlib import Path
from typing import Annotated

import pytest

from loopmind_chat.errors import BadArgument, UnknownTool
from loopmind_chat.song.vocabulary import MixMode, Role, SectionKind
from loopmind_chat.tools.binding import bind, usage
from loopmind_chat.tools.registry import all_tools, tool_named
from loopmind_chat.tools.spec import KeyName, Limits, ToolContext, ToolResult, TypedPath, Words, tool
from loopmind_chat.tools.steps import Step


@tool
def probe(  # noqa: PLR0913 - one of each kind
    _context: ToolContext,
    *,
    bpm: Annotated[float, Limits(40, 250)] | None = None,
    bars: Annotated[int, Limits(1, 256)] | None = None,
    seconds: Annotated[float, Limits(5, 3600)] | None = None,
    db: Annotated[float, Limits(-60, 12)] | None = None,
    amount: Annotated[float, Limits(0, 1)] | None = None,
    key: KeyName | None = None,
    kind: SectionKind | None = None,
    role: Role | None = None,
    mode: MixMode | None = None,
    change: Step | None = None,
    on: bool = True,
    query: Words | None = None,
    folder: TypedPath | None = None,
) -> ToolResult:
    """Takes one of each."""
    return ToolResult(f"{bpm}{bars}{seconds}{db}{amount}{key}{kind}{role}{mode}{change}{on}{query}{folder}")


GOOD = [
    ("bpm", "140", 140.0),
    ("bpm", 140, 140.0),
    ("bpm", "140bpm", 140.0),
    ("bpm", " 92.5 BPM ", 92.5),
    ("bpm", "92,5", 92.5),
    ("tempo", "140", 140.0),
    ("bars", "8", 8),
    ("bars", "16 bars", 16),
    ("bars", 8.0, 8),
    ("seconds", "2:30", 150.0),
    ("seconds", "3 minutes", 180.0),
    ("seconds", "90s", 90.0),
    ("db", "-3 dB", -3.0),
    ("db", "\u22123", -3.0),
    ("db", "+2.5db", 2.5),
    ("amount", "30%", 0.3),
    ("amount", ".5", 0.5),
    ("key", "Bb min", "Bb minor"),
    ("key", "c sharp minor", "C# minor"),
    ("kind", "Chorus", SectionKind.HOOK),
    ("kind", "pre-hook", SectionKind.PRECHORUS),
    ("role", "vox", Role.VOCAL),
    ("mode", "TAPE", MixMode.TAPE),
    ("change", "a little louder", "a bit up"),
    ("change", "Way Down", "way down"),
    ("change", "quieter", "down"),
    ("on", "off", False),
    ("on", True, True),
    ("query", "rainy\x1b piano\n", "rainy  piano"),
    ("query", 808, "808"),
]


@pytest.mark.parametrize(("name", "value", "expected"), GOOD)
def test_good_values(name: str, value: object, expected: object) -> None:
    ((bound),) = bind(probe, {name: value}).values()
    assert bound == expected
    assert type(bound) is type(expected)


BAD = [
    ("bpm", "400", "tempo is 40 to 250 BPM, not 400"),
    ("bpm", "1", "tempo is 40 to 250 BPM, not 1"),
    ("bpm", 0, "tempo is 40 to 250 BPM"),
    ("bpm", "-5", "tempo is 40 to 250 BPM"),
    ("bpm", "fast", 'tempo is 40 to 250 BPM, not "fast"'),
    ("bpm", math.nan, "tempo is 40 to 250 BPM"),
    ("bpm", math.inf, "tempo is 40 to 250 BPM"),
    ("bpm", "nan", "tempo is 40 to 250 BPM"),
    ("bpm", "1e308", "tempo is 40 to 250 BPM"),
    ("bpm", 10**400, "tempo is 40 to 250 BPM"),
    ("bpm", 1e308, "tempo is 40 to 250 BPM"),
    ("bpm", "\u0661\u0664\u0660", "tempo is 40 to 250 BPM"),
    ("bpm", True, "tempo is 40 to 250 BPM"),
    ("bpm", "140 dB", "tempo is 40 to 250 BPM"),
    ("bpm", [140], "tempo is 40 to 250 BPM"),
    ("bars", "8.5", "length in bars is a whole number"),
    ("amount", "120%", "amount is 0 to 1"),
    ("key", "H minor", "is not a key"),
    ("kind", "coda", "kind is one of intro, verse"),
    ("mode", "loud", "mode is one of raw, polished, tape"),
    ("on", "maybe", "on is on or off"),
    ("query", {"a": 1}, "query is text"),
    ("query", "x" * 500, "too long"),
    ("folder", "/etc", "a path that you type in the same message"),
    ("folder", "../../etc/passwd", "a path that you type"),
    ("folder", "@2", "a path that you type"),
    ("tempi", "1", "probe does not take .*; it takes bpm, bars"),
    ("", "1", "a value without a name"),
]


@pytest.mark.parametrize(("name", "value", "message"), BAD)
def test_bad_values_are_refused_with_help(name: str, value: object, message: str) -> None:
    with pytest.raises(BadArgument, match=message):
        bind(probe, {name: value}, {"@1": Path("/x")})


def test_empty_is_not_given_and_twice_is_refused() -> None:
    assert bind(probe, {"bpm": "", "key": None, "query": "  "}) == {}
    with pytest.raises(BadArgument, match="given twice"):
        bind(probe, {"bpm": "100", "tempo": "120"})


def test_paths_come_by_reference_only() -> None:
    assert bind(probe, {"folder": "@1", "query": "@1"}, {"@1": Path("/a/My Bells.wav")}) == {
        "folder": Path("/a/My Bells.wav"),
        "query": "My Bells",
    }


def test_what_is_missing_is_named() -> None:
    with pytest.raises(BadArgument, match=r"mute_track needs track: /mute_track track=\.\.\. \[on=\.\.\.\]"):
        bind(tool_named("mute_track"), {})


def test_unknown_tools_are_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownTool, match="did you mean swap_loop"):
        tool_named("swap_loops")
    with pytest.raises(UnknownTool, match="no tool called rm"):
        tool_named("rm -rf")
    assert tool_named("Set-Tempo").name == "set_tempo"


CONTRACT = """search_loops compose_song add_section remove_section move_section duplicate_section resize_section
regenerate_section swap_loop suggest_loops add_layer remove_layer vary_loop lock mute_track solo_track set_level set_pan
set_effect set_groove set_mix_mode set_transition set_energy set_tempo set_key transfer_genre remix_song play stop
loop_section undo redo save_session open_session export_song describe_song fix_loop rate_loop scan_folder"""


def test_the_tools_are_those_of_the_contract() -> None:
    assert set(all_tools()) == set(CONTRACT.split())


def test_every_tool_explains_itself() -> None:
    for found in all_tools().values():
        assert found.summary.endswith("."), found.name
        assert len(usage(found)) < 250
    arguments = {a.name for a in tool_named("compose_song").arguments}
    assert arguments >= {"genre", "mood", "bpm", "key", "seconds", "bars", "form", "sources", "roles", "anchor", "seed"}
