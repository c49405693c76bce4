"""Questions back, answered in a word; and waiting for a model."""

import itertools
from pathlib import Path

import pytest

from loopmind_chat.agent import thinking_time
from loopmind_chat.agent.conversation import Conversation
from loopmind_chat.agent.events import Thinking, TurnEvent, TurnFinished
from loopmind_chat.agent.examples import shipped_bank
from loopmind_chat.agent.local_models import FewShotModel
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song
from tests.fakes.scripted_model import ScriptedModel
from tests.fakes.studio import Desk, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def talk(desk: Desk, *answers: str, loading: int = 0) -> tuple[Conversation, ScriptedModel]:
    model = ScriptedModel(*answers, loading=loading)
    return Conversation(desk.studio, FewShotModel(model, shipped_bank())), model


def finished(events: list[TurnEvent]) -> TurnRecord:
    last = events[-1]
    assert isinstance(last, TurnFinished)
    return last.record


def test_a_short_answer_to_a_question_is_understood_with_what_it_answers(desk: Desk) -> None:
    conversation, model = talk(desk, " ask about=track", " set_level track=bass change=up")
    asked = finished(list(conversation.turn("Louder!")))
    assert asked.reply.startswith("Which track do you mean?")
    record = finished(list(conversation.turn("the bass")))
    assert model.prompts[1].endswith("say: Louder, the bass\ndo:")
    assert (record.say, asked.say) == ("the bass", "Louder!")
    assert [turn.say for turn in desk.studio.session.turns(2)] == ["Louder!", "the bass"]
    assert record.song.tracks[2].gain_db > 0


@pytest.mark.parametrize(
    "between",
    ["/set_tempo bpm=100", "/show", "thanks", "", "please leave it as it is now"],
)
def test_a_question_is_forgotten_after_one_turn(desk: Desk, between: str) -> None:
    conversation, model = talk(desk, " ask about=track", " none why=thanks", " none why=thanks")
    list(conversation.turn("louder"))
    list(conversation.turn(between))
    list(conversation.turn("the bass"))
    assert "say: the bass\ndo:" in model.prompts[-1].rsplit("do:", 2)[1] + "do:"
    assert "louder, the bass" not in model.prompts[-1]


def test_a_longer_sentence_speaks_for_itself(desk: Desk) -> None:
    conversation, model = talk(desk, " ask about=track", " set_tempo bpm=100")
    list(conversation.turn("louder"))
    list(conversation.turn("never mind, slow it down to 100"))
    assert model.prompts[1].endswith("say: never mind, slow it down to 100\ndo:")


def test_a_question_to_an_answer_remembers_both(desk: Desk) -> None:
    conversation, model = talk(desk, " ask about=track", " ask about=amount", " set_level track=bass by=2")
    for text in ("louder", "the bass", "2 dB"):
        list(conversation.turn(text))
    assert model.prompts[2].endswith("say: louder, the bass, 2 dB\ndo:")


def test_a_path_is_good_for_its_own_sentence_alone(desk: Desk, tmp_path: Path) -> None:
    conversation, model = talk(desk, " ask about=what", " scan_folder folder=@1")
    list(conversation.turn(f'do something with "{tmp_path}"'))
    record = finished(list(conversation.turn("use it")))
    assert model.prompts[1].endswith("say: use it\ndo:")
    assert not record.calls[0].ok
    assert desk.studio.session.folders == ()


def test_without_a_song_nothing_was_asked(tmp_path: Path) -> None:
    conversation, model = talk(make_desk(tmp_path, Song()), " ask about=track", " compose_song genre=trap")
    assert finished(list(conversation.turn("louder"))).reply.startswith("There is no song yet")
    list(conversation.turn("some trap"))
    assert model.prompts[1].endswith("say: some trap\ndo:")


def test_a_question_beside_a_call_is_asked_after_what_was_done(desk: Desk) -> None:
    conversation, model = talk(desk, " mute_track track=hats; ask about=track", " set_level track=bass change=up")
    record = finished(list(conversation.turn("mute the hats and make it louder")))
    assert record.reply.startswith("Muted hats. Which track do you mean?")
    list(conversation.turn("the bass"))
    assert model.prompts[1].endswith("mute the hats and make it louder, the bass\ndo:")


# --- waiting --------------------------------------------------------------------------------------------------------


def test_a_big_model_is_waited_for_as_long_as_it_loads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count(step=2)
    monkeypatch.setattr("loopmind_chat.agent.conversation.time.monotonic", lambda: float(next(seconds)))
    conversation, _ = talk(desk, " play", loading=200)
    events = list(conversation.turn("play it"))
    notes = [event.note for event in events if isinstance(event, Thinking)]
    assert notes[0] == "the model is loading"
    assert len(notes) > 20
    assert "still loading, " in notes[-2]
    assert finished(events).calls[0].tool == "play"


def test_esc_ends_the_waiting(desk: Desk) -> None:
    conversation, _ = talk(desk, " play", loading=10_000)
    polls = itertools.count()
    record = finished(list(conversation.turn("play it", lambda: next(polls) >= 50)))
    assert record.reply == "Stopped; the song is as it was."


def test_a_model_that_thinks_too_long_is_not_said_to_have_been_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinking_time, "THINKING_S", -1.0)
    conversation, _ = talk(desk, " play")
    reply = finished(list(conversation.turn("play it"))).reply
    assert "without an answer. Nothing was changed." in reply
