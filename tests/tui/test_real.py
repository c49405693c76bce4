"""The real app on real loops: library, player on the silent clock, session."""

from pathlib import Path

import pytest

from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.bootstrap import open_app
from loopmind_chat.session.session import Session
from loopmind_chat.tui.chat import Note
from loopmind_chat.tui.loops import LoopTable
from loopmind_chat.tui.studio_desk import StudioDesk
from loopmind_chat.tui.timeline import Timeline
from loopmind_chat.tui.transport import Transport
from loopmind_chat.tui.turn_view import CallCard
from tests.fakes.loop_folder import write_loops
from tests.fakes.pilot import say, texts, until


@pytest.mark.real
async def test_a_folder_becomes_a_song_that_plays_and_is_taken_back(tmp_path: Path) -> None:
    folder, session = tmp_path / "My [dark] Loops", tmp_path / "first.loopmind"
    folder.mkdir()
    write_loops(folder)
    app = open_app(folder=folder, session=session)
    async with app.run_test(size=(160, 40)) as pilot:
        await until(pilot, lambda: any("Using the 10 loops of" in text for text in texts(app, Note)), 90.0)
        assert any("My [dark] Loops" in text for text in texts(app, Note))
        await until(pilot, lambda: app.query_one(LoopTable).row_count == 10)

        await say(pilot, '/compose_song genre=trap mood=dark bpm=140 key="A minor" seconds=60 seed=7')
        timeline = app.query_one(Timeline)
        await until(pilot, lambda: bool(timeline.song.sections), 30.0)
        assert "Drums" in "\n".join(timeline.render_line(y).text for y in range(8))
        await until(pilot, lambda: len(app.query(CallCard)) == 1)

        desk = app._desk
        assert isinstance(desk, StudioDesk)

        def status() -> PlayerStatus:
            return desk.status()

        await until(pilot, lambda: status().playing and status().beat > 1.0, 30.0)
        await until(pilot, lambda: timeline.beat > 4.0)
        await until(pilot, lambda: "140 BPM" in str(app.query_one(Transport).content))
        assert max(status().level_db) > -60.0

        await say(pilot, "/undo")
        await until(pilot, lambda: not timeline.song.sections)
        assert texts(app, CallCard)[-1].startswith('undo\nTook back: "/compose_song')
        assert not texts(app, "Note.problem") or all("output device" in text for text in texts(app, "Note.problem"))
    reopened = Session.open(session)
    assert [record.say.split()[0] for record in reopened.turns(10)] == ["/compose_song", "/undo"]
    reopened.close()
