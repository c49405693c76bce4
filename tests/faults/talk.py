"""Turns of a conversation as the product holds it, but for what the model writes."""

from loopmind_chat.agent.conversation import Conversation
from loopmind_chat.agent.events import TurnFinished
from loopmind_chat.agent.local_models import TunedModel
from loopmind_chat.session.turns import TurnRecord
from tests.fakes.scripted_model import ScriptedModel
from tests.fakes.studio import Desk


def conversed(desk: Desk, model: ScriptedModel) -> Conversation:
    """A conversation as the product holds it, but for what the model writes."""
    return Conversation(desk.studio, TunedModel(model))


def last(conversation: Conversation, text: str) -> TurnRecord:
    """The record of one turn."""
    *_, event = conversation.turn(text)
    assert isinstance(event, TurnFinished)
    return event.record
