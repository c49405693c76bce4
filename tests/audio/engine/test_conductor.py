from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from loopmind_chat.audio.engine.conductor import Conductor
from loopmind_chat.audio.engine.link import Message
from loopmind_chat.audio.plan import Clip, MixPlan
from loopmind_chat.song.model import Song
from tests.audio.factories import loop_layer, section, song


class FakeEngine:
    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.closed = False

    def send(self, message: Message) -> None:
        self.got.append(dict(message))

    def close(self) -> None:
        self.closed = True

    def named(self, command: str) -> list[dict[str, Any]]:
        return [message for message in self.got if message["do"] == command]


class FakePreparation:
    def __init__(self) -> None:
        self.wanted: list[Clip] = []

    def want(self, clips: Sequence[Clip]) -> None:
        self.wanted = list(clips)


class Rig:
    def __init__(self, ready: frozenset[str] = frozenset()) -> None:
        self.engines: list[FakeEngine] = []
        self.preparation = FakePreparation()
        self.conductor = Conductor(
            self.start, self.preparation, lambda c: Path("/c") / c.key if c.loop in ready else None, Path("engine.log")
        )

    @property
    def engine(self) -> FakeEngine:
        return self.engines[-1]

    def start(self) -> FakeEngine:
        self.engines.append(FakeEngine())
        return self.engines[-1]

    def prepare_next(self) -> Clip:
        clip = self.preparation.wanted.pop(0)
        self.conductor.clip_done(clip, Path("/c") / clip.key)
        return clip

    def say(self, **values: object) -> None:
        status = {
            "fact": "status",
            "playing": False,
            "beat": 0.0,
            "tempo": 120.0,
            "revision": 1,
            "loop": None,
            "level": [-10.0, -11.0],
            "underruns": 0,
            "device": "x",
            "silent": False,
            "problem": None,
        }
        self.conductor.fact({**status, **values})


def layer(name: str, **more: object) -> Any:  # noqa: ANN401 - the factory's type
    return loop_layer(name, Path(f"/loops/{name}.wav"), **more)


def four_sections() -> Song:
    """A new loop in each section of four bars; drums throughout."""
    parts = [
        section(number, layer("drums", id=f"d{number}"), layer(name, id=f"x{number}"))
        for number, name in enumerate(("one", "two", "three", "four"))
    ]
    return song(*parts)


def test_the_plan_goes_out_when_its_first_bars_are_there_and_the_rest_follows() -> None:
    rig = Rig()
    rig.conductor.set_song(four_sections(), 1)
    assert [clip.loop for clip in rig.preparation.wanted] == ["drums", "one", "two", "three", "four"]
    rig.prepare_next()
    assert rig.engines == []
    rig.prepare_next()
    (sent,) = rig.engine.named("plan")
    assert sent["revision"] == 1
    assert len(sent["clips"]) == 2
    assert MixPlan.from_json(sent["plan"]).tempo == 120.0
    clip = rig.prepare_next()
    assert rig.engine.named("clip") == [{"do": "clip", "key": clip.key, "path": f"/c/{clip.key}"}]
    assert rig.conductor.status().preparing == (3, 5)


def test_what_is_prepared_already_goes_out_at_once() -> None:
    rig = Rig(ready=frozenset({"drums", "one", "two", "three", "four"}))
    rig.conductor.set_song(four_sections(), 1)
    assert len(rig.engine.named("plan")) == 1
    assert rig.preparation.wanted == []


def test_clips_are_prepared_from_the_place_that_plays() -> None:
    rig = Rig(ready=frozenset({"drums", "three"}))
    rig.conductor.set_song(song(*four_sections().sections), 1)
    rig.conductor.play(8)
    rig.say(playing=True, beat=36.0)
    rig.conductor.set_song(four_sections(), 2)
    assert [clip.loop for clip in rig.preparation.wanted] == ["four", "one", "two"]
    rig.conductor.seek(4)
    assert [clip.loop for clip in rig.preparation.wanted] == ["two", "four", "one"]


def test_an_edit_waits_for_its_audio_while_the_old_plan_plays() -> None:
    rig = Rig(ready=frozenset({"drums"}))
    rig.conductor.set_song(song(section(0, layer("drums"))), 1)
    rig.conductor.play(None)
    rig.conductor.set_song(song(section(0, layer("drums"), layer("bells"))), 2)
    assert [sent["revision"] for sent in rig.engine.named("plan")] == [1]
    rig.prepare_next()
    assert [sent["revision"] for sent in rig.engine.named("plan")] == [1, 2]


def test_a_clip_that_cannot_be_prepared_is_said_and_holds_nothing_up() -> None:
    rig = Rig(ready=frozenset({"drums"}))
    rig.conductor.set_song(song(section(0, layer("drums"), layer("bad"))), 1)
    rig.conductor.clip_done(rig.preparation.wanted[0], "it is empty")
    assert len(rig.engine.named("plan")) == 1
    status = rig.conductor.status()
    assert status.problem == "bad.wav is silent: it is empty"
    assert status.preparing == (2, 2)


def test_a_clip_that_the_engine_cannot_read_is_prepared_again() -> None:
    rig = Rig(ready=frozenset({"drums"}))
    made = song(section(0, layer("drums")))
    rig.conductor.set_song(made, 1)
    (key,) = rig.engine.named("plan")[0]["clips"]
    rig.conductor.clip_lost(key)
    assert [clip.key for clip in rig.preparation.wanted] == [key]
    rig.prepare_next()
    assert [sent["key"] for sent in rig.engine.named("clip")] == [key]


def test_an_engine_that_dies_is_started_once_more_at_its_place_and_stands() -> None:
    rig = Rig(ready=frozenset({"drums"}))
    rig.conductor.set_song(song(section(0, layer("drums"), bars=8)), 7)
    rig.conductor.play(None)
    rig.say(playing=True, beat=21.0)
    rig.conductor.engine_gone()
    assert len(rig.engines) == 2
    assert [message["do"] for message in rig.engine.got] == ["plan", "loop", "seek"]
    assert rig.engine.named("seek") == [{"do": "seek", "bar": 5}]
    assert "started again" in (rig.conductor.status().problem or "")
    assert not rig.conductor.status().playing
    rig.conductor.engine_gone()
    assert len(rig.engines) == 2
    assert rig.conductor.status().problem == "the sound engine keeps stopping; its log is engine.log"
    rig.conductor.play(None)
    assert [message["do"] for message in rig.engine.got] == ["plan", "loop", "seek", "play"]
    assert rig.conductor.status().problem is None


def test_status_says_what_the_engine_says_and_moves_on_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    rig = Rig()
    clock = [50.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    rig.say(playing=True, beat=8.0, loop="s1", underruns=3)
    clock[0] += 0.05
    status = rig.conductor.status()
    assert status.beat == pytest.approx(8.1)
    assert status.level_db == (-10.0, -11.0)
    assert (status.loop_section, status.underruns, status.device) == ("s1", 3, "x")
    clock[0] += 60
    assert rig.conductor.status().beat < 8.5


def test_an_audition_is_prepared_first_and_then_played() -> None:
    rig = Rig(ready=frozenset({"drums"}))
    rig.conductor.set_song(four_sections(), 1)
    rig.conductor.audition("/loops/bell.wav", None)
    assert rig.preparation.wanted[0].path == "/loops/bell.wav"
    clip = rig.prepare_next()
    assert rig.engine.named("audition") == [{"do": "audition", "path": f"/c/{clip.key}"}]
