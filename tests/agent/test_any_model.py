"""Any model: what a GGUF is told in its own template, which model a name means, and how one takes another's place."""

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from loopmind_chat.agent import model_choice
from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.conversation import Conversation
from loopmind_chat.agent.events import TurnFinished
from loopmind_chat.agent.examples import shipped_bank
from loopmind_chat.agent.instructions import RUNGS, chat_messages
from loopmind_chat.agent.language import parse
from loopmind_chat.agent.llama_process import LlamaProcess
from loopmind_chat.agent.local_models import FewShotModel, TunedModel
from loopmind_chat.agent.loose_calls import is_call
from loopmind_chat.agent.model import Message, Prompt
from loopmind_chat.agent.model_switch import ModelSwitch
from loopmind_chat.agent.server_model import ServerModel
from loopmind_chat.agent.template_model import TemplateModel
from loopmind_chat.agent.turn_model import Round
from loopmind_chat.errors import AgentError, GrammarRefused, ModelUnavailable, TurnCancelled
from loopmind_chat.home import Home
from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.tools.calls import Call
from tests.agent.songs import full_song
from tests.fakes.scripted_model import ScriptedModel
from tests.fakes.studio import make_desk
from tests.fakes.turn_model import FakeTurnModel

SONG = full_song()
LOUDER = Ground(SONG, "make the drums louder")
TURN = TurnRecord(
    "mute the pad", "ok", (CallOutcome("mute_track", {"track": "pad"}, ok=True, summary=""),), 1, 0.1, SONG
)


def until(condition: Callable[[], bool]) -> None:
    late = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < late
        time.sleep(0.01)


class TemplateChat(ScriptedModel):
    """Marks its messages; ``without`` is a role that its template does not know."""

    def __init__(self, *answers: str | Exception, without: Sequence[str] = ()) -> None:
        super().__init__("", *answers)
        self.without = without

    def chat_prompt(self, messages: Sequence[Message]) -> Prompt:
        if any(message.role in self.without for message in messages):
            raise AgentError("the model's chat template fails: role not supported")
        return super().chat_prompt([Message(m.role, f"<{m.role}>{m.text}") for m in messages])


def told(chat: TemplateChat, ground: Ground = LOUDER, turns: Sequence[TurnRecord] = ()) -> tuple[str, str]:
    """What a model answers, and what it was asked."""
    model = TemplateModel(chat, shipped_bank())
    try:
        assert model.wait_ready(10)
        return model.understand(ground, turns), chat.prompts[-1]
    finally:
        model.close()


def test_a_model_is_told_rules_tools_turns_examples_and_song() -> None:
    answer, asked = told(TemplateChat("set_level track=drums change=up\n"), turns=[TURN])
    assert answer == "set_level track=drums change=up"
    system, rest = asked.split("<user>", 1)
    assert "swap_loop role=TRACK" in system
    assert rest.startswith("say: mute the pad<assistant>mute_track track=pad<user>Examples, of other songs:")
    assert asked.endswith("tracks: drums, hats, 808, melody, pad, vocal\nsay: make the drums louder")


def test_its_answer_is_bound_by_the_grammar_and_needs_no_blank_before_it() -> None:
    chat = TemplateChat("undo")
    told(chat)
    assert chat.grammars[-1].startswith('root ::= " "? ')


def test_a_template_without_a_system_role_gets_the_rules_from_the_user() -> None:
    _, asked = told(TemplateChat("undo", without=["system"]))
    assert asked.startswith("<user>You turn what a music producer says")


def test_a_model_without_a_template_is_asked_by_examples() -> None:
    chat = TemplateChat(without=["system", "user"])
    chat._answers = ["undo"]
    _, asked = told(chat)
    assert asked.endswith("say: make the drums louder\ndo:")


@pytest.mark.parametrize(("room", "near"), [(4096, False), (1100, True), (700, True)])
def test_what_does_not_fit_is_left_out(room: int, near: bool) -> None:  # noqa: FBT001 - a column of the table
    chat = TemplateChat("undo")
    chat._answers = ["undo", "undo"]
    chat.room = room
    _, asked = told(chat, turns=[TURN] * 6)
    assert chat.count_tokens(asked) < room
    assert ("transfer_genre" in asked) != near
    assert asked.endswith("say: make the drums louder")


def test_a_model_too_slow_to_read_everything_is_told_of_the_near_tools() -> None:
    chat = TemplateChat("undo")
    chat._answers = [TurnCancelled("it took too long"), "undo"]
    _, asked = told(chat)
    assert "transfer_genre" not in asked
    assert "set_level" in asked


def test_a_model_that_reads_too_little_says_so() -> None:
    chat = TemplateChat()
    chat.room = 140
    with pytest.raises(AgentError, match="too few to understand"):
        told(chat)


def test_each_rung_tells_less_than_the_one_before() -> None:
    sizes = [sum(len(m.text) for m in chat_messages(LOUDER, [TURN] * 9, shipped_bank(), rung)) for rung in RUNGS]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("tuned", [True, False])
def test_a_grammar_that_llama_cpp_refuses_leaves_the_check_by_type(*, tuned: bool) -> None:
    chat = ScriptedModel(GrammarRefused("the grammar is not valid"), " set_tempo bpm=9000\nmore")
    model = TunedModel(chat) if tuned else FewShotModel(chat, shipped_bank())
    assert model.understand(LOUDER) == "set_tempo bpm=9000"
    assert chat.grammars[1] == ""


@pytest.mark.parametrize("tuned", [True, False])
def test_names_that_take_many_tokens_are_cut_before_the_sentence(*, tuned: bool) -> None:
    class ByteChat(ScriptedModel):
        def count_tokens(self, text: str) -> int:
            return len(text.encode())

    chat = ByteChat("undo")
    chat.room = 700 if tuned else 1500
    song = replace(SONG, tracks=tuple(replace(track, name="🥁" * 32) for track in SONG.tracks))
    model = TunedModel(chat) if tuned else FewShotModel(chat, shipped_bank())
    assert model.understand(Ground(song, "make the drums louder")) == "undo"
    assert chat.prompts[0].endswith("say: make the drums louder\ndo:")
    assert len(chat.prompts[0].encode()) < chat.room


# --- which model a name means -----------------------------------------------------------------------------------


def test_a_name_a_path_and_a_url(home: Home, tmp_path: Path) -> None:
    here = replace(home, models=tmp_path)
    (tmp_path / "Big").mkdir()
    (tmp_path / "Big" / "Qwen-1.5B-Q4.gguf").write_bytes(b"x")
    (tmp_path / "mine.lora.gguf").write_bytes(b"x")
    found = tmp_path / "Big" / "Qwen-1.5B-Q4.gguf"
    for name in ("Qwen-1.5B-Q4", "qwen", "big", "QWEN-1.5B-Q4.gguf", str(found), str(found.parent)):
        assert model_choice.gguf_named(name, here) == found
    assert [model.name for model in model_choice.models_there(here)] == ["Qwen-1.5B-Q4"]
    with pytest.raises(AgentError, match=r"there are default, Qwen-1\.5B-Q4, any GGUF by its path"):
        model_choice.gguf_named("llama", here)
    with pytest.raises(AgentError, match="there is no model at "):
        model_choice.gguf_named(f"{tmp_path}/none.gguf", here)
    server = model_choice.open_model("http://127.0.0.1:9/v1", here)
    assert isinstance(server, ServerModel)
    server.close()


def test_the_command_line_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert model_choice.wanted_model(None) == "default"
    monkeypatch.setenv("LOOPMIND_MODEL", "qwen")
    assert model_choice.wanted_model(None) == "qwen"
    assert model_choice.wanted_model("http://a") == "http://a"


# --- one model in another's place -------------------------------------------------------------------------------


class Stable:
    """Models by name; an unknown name is a fault."""

    def __init__(self, *models: FakeTurnModel) -> None:
        self.models = {model.name: model for model in models}
        self.said: list[str] = []

    def open(self, name: str) -> FakeTurnModel:
        if name not in self.models:
            raise AgentError(f"no one model is called {name}")
        return self.models[name]

    def switch(self, *, told: bool = True) -> ModelSwitch:
        return ModelSwitch(self.open, "old", listed=lambda: ["default"], tell=self.said.append if told else None)


@pytest.fixture
def old() -> FakeTurnModel:
    return FakeTurnModel("old")


def test_the_old_model_answers_until_the_new_one_is_there(old: FakeTurnModel) -> None:
    new = FakeTurnModel("new", loaded=False)
    stable = Stable(old, new)
    switch = stable.switch()
    switch.warm(SONG)
    assert switch.choose("new") == "new is loading; old answers until it is there."
    assert "new is loading and will take its place" in switch.describe()
    assert switch.understand(LOUDER) == "search_loops query=old"
    assert not old.closed
    new.loaded.set()
    until(lambda: old.closed)
    assert switch.understand(LOUDER, [TURN]) == "search_loops query=new1"
    assert new.warmed == [SONG, SONG]
    until(lambda: bool(stable.said))
    assert stable.said == ["The language model is new, in a test."]
    switch.close()
    assert new.closed


def test_a_model_that_does_not_load_changes_nothing_and_says_why(old: FakeTurnModel) -> None:
    bad = FakeTurnModel("bad", error="it is no model")
    stable = Stable(old, bad)
    switch = stable.switch()
    switch.choose("bad")
    until(lambda: bool(stable.said))
    assert stable.said == ["bad cannot be used: it is no model. The language model is old, in a test."]
    assert bad.closed
    assert switch.choose("nobody").startswith("That changes nothing: no one model is called nobody.")
    assert switch.understand(LOUDER) == "search_loops query=old"
    assert not old.closed


def test_the_last_choice_wins(old: FakeTurnModel) -> None:
    slow, new = FakeTurnModel("slow", loaded=False), FakeTurnModel("new")
    stable = Stable(old, slow, new)
    switch = stable.switch()
    switch.choose("slow")
    switch.choose("new")
    assert slow.closed
    until(lambda: switch.name == "new")
    slow.loaded.set()
    time.sleep(0.15)
    assert switch.name == "new"


def test_without_a_screen_a_switch_waits_for_its_end(old: FakeTurnModel) -> None:
    switch = Stable(old, FakeTurnModel("new")).switch(told=False)
    assert switch.choose("new") == "The language model is new, in a test."
    assert switch.choose("none").startswith("There is no language model: none is wanted. Slash commands work")
    with pytest.raises(ModelUnavailable, match="none is wanted"):
        switch.understand(LOUDER)


def test_closing_while_a_model_loads_leaves_none(old: FakeTurnModel) -> None:
    new = FakeTurnModel("new", loaded=False)
    stable = Stable(old, new)
    switch = stable.switch()
    switch.choose("new")
    switch.close()
    assert old.closed
    assert new.closed
    assert stable.said == []


def test_the_slash_command_lists_and_switches(tmp_path: Path, old: FakeTurnModel) -> None:
    desk = make_desk(tmp_path)
    assert "belongs to the window" in desk.say("/model").reply
    desk.studio.model = Stable(old, FakeTurnModel("my model.gguf")).switch(told=False)
    shown = desk.say("/model").reply
    assert shown.startswith("The language model is old, in a test.\n  default\n")
    assert desk.say('/model "my model.gguf"').reply == "The language model is my model.gguf, in a test."


# --- the real thing ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own_template(gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemplateModel]:
    """The default model as a stranger: asked in the chat template that its file brings."""
    copy = tmp_path_factory.mktemp("strange") / "stranger.gguf"
    shutil.copyfile(gguf, copy)
    model = TemplateModel(LlamaProcess(copy, n_ctx=1536, hang_s=60.0), shipped_bank())
    yield model
    model.close()


@pytest.mark.real
def test_a_gguf_in_its_own_template_gives_calls_of_the_song(own_template: TemplateModel) -> None:
    until_s = time.monotonic() + 90
    while not own_template.wait_ready(1.0):
        assert time.monotonic() < until_s
    assert own_template.understand(Ground(SONG, "set the tempo to 128 bpm")) == "set_tempo bpm=128"
    assert "tokens a second" in own_template.state
    assert own_template.name == "stranger"


@pytest.mark.real
def test_a_gguf_in_its_own_template_is_told_what_its_calls_came_to(own_template: TemplateModel, tmp_path: Path) -> None:
    until(lambda: own_template.ready)
    ground = Ground(SONG, "set the tempo to 128 bpm")
    first = own_template.understand(ground)
    began = time.monotonic()
    refused = Round((Call("mute_track", {"track": "kazoo"}),), ("not done: there is no kazoo",), SONG)
    second = own_template.understand(ground, (), None, [refused])
    assert parse(first)[0].tool == "set_tempo"
    assert all(is_call(call.tool) for call in parse(second))
    assert time.monotonic() - began < 10  # what it had read of the turn before is not read again
    desk = make_desk(tmp_path)
    *_, event = Conversation(desk.studio, own_template).turn("set the tempo to 128 bpm")
    assert isinstance(event, TurnFinished)
    assert [call.tool for call in event.record.calls] == ["set_tempo"]
    assert (desk.song.tempo, event.record.revision) == (128, 2)
