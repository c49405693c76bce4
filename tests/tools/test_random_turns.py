"""Any calls in any order leave a whole song, and undo all the way gives the first one."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loopmind_chat.song.document import from_document, to_document
from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.model import Song
from loopmind_chat.tools.registry import all_tools
from loopmind_chat.tools.spec import Argument, Kind
from tests.fakes.studio import make_desk, trap_song

OUTSIDE = {"open_session", "save_session", "scan_folder", "export_song", "undo", "redo"}
EDITING = sorted(set(all_tools()) - OUTSIDE)
WORDS = {
    Kind.TRACK: ["drums", "melody", "hats", "all", "vocal", "lead", "t3", "kazoo", "fx"],
    Kind.SECTION: ["hook 1", "hooks", "intro", "last verse", "all", "bridge", "hook 9", "s2", ""],
    Kind.LOOP: ["Dark_Bass_140_Am", "Bright_Pad", "melody", "Kick_Hard", "kazoo"],
    Kind.KEY: ["A minor", "F#", "Bbm", "H"],
    Kind.WORDS: ["darker", "bright pad", "house", "drums and bass", "something else", "vocal"],
    Kind.FORM: ["intro 4, hook 8", "verse 16, hook 8 x2", "kazoo"],
    Kind.PATH: ["@1", "/etc/passwd"],
}


def value(argument: Argument) -> st.SearchStrategy[object]:
    if argument.choices:
        return st.sampled_from([*argument.choices, "nonsense"])
    if argument.kind is Kind.FLAG:
        return st.booleans()
    if argument.kind in {Kind.INTEGER, Kind.NUMBER}:
        low, high = (argument.limits.low, argument.limits.high) if argument.limits else (0, 100)
        inside = st.integers(int(low), int(min(high, 300))) if argument.kind is Kind.INTEGER else st.floats(low, high)
        return st.one_of(inside, st.sampled_from([-1e9, 1e308, float("nan"), "140", "fast", True]))
    return st.sampled_from(WORDS[argument.kind])


@st.composite
def call(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    tool = all_tools()[draw(st.sampled_from(EDITING))]
    args = {a.name: draw(value(a)) for a in tool.arguments if a.required or draw(st.integers(0, 3)) == 0}
    return tool.name, args


turns = st.lists(
    st.one_of(st.lists(call(), min_size=1, max_size=3), st.sampled_from([[("undo", {})], [("redo", {})]])),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(calls=turns, with_song=st.booleans())
def test_random_turns_leave_a_whole_song(
    calls: list[list[tuple[str, dict[str, object]]]],
    with_song: bool,  # noqa: FBT001 - hypothesis passes it by name
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        start = trap_song() if with_song else Song()
        desk = make_desk(folder, start)
        revision, states = desk.studio.session.revision, [desk.song]
        for turn in calls:
            before = desk.song
            record = desk.call(*turn)
            assert record.reply
            assert record.song == desk.song == desk.player.song
            assert apply(Song(), ReplaceSong(record.song)) == record.song
            assert from_document(to_document(record.song)) == record.song
            moved = record.revision - revision
            assert moved == int(record.song != before) or (turn[0][0] in {"undo", "redo"} and moved in {0, 1})
            if not any(outcome.ok for outcome in record.calls):
                assert record.song == before
            revision = record.revision
            states.append(record.song)
        for _ in range(len(states)):
            undone = desk.call(("undo", {}))
            assert undone.song in [*states, Song()]
        assert desk.song == Song()
        desk.studio.close()
    finally:
        shutil.rmtree(folder)
