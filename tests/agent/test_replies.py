"""What is said where no tool has anything to say."""

import pytest

from loopmind_chat.agent.replies import reply_without_call, trouble
from loopmind_chat.song.model import Song
from loopmind_chat.tools.calls import Call
from tests.fakes.studio import trap_song


@pytest.mark.parametrize("why", ["thanks", "hello", "help", "off_topic", "cannot"])
def test_every_reason_has_an_answer_and_none_promises_a_change(why: str) -> None:
    said = {reply_without_call(Call("none", {"why": why}), turn, trap_song()) for turn in range(6)}
    assert trouble("not_understood") not in said
    assert all(text[-1] in ".?" and "\n" not in text for text in said)


def test_a_question_back_names_what_there_is() -> None:
    assert "drums, hats, bass, melody, pad" in reply_without_call(Call("ask", {"about": "track"}), 0, trap_song())
    assert "intro 1, verse 1, hook 1" in reply_without_call(Call("ask", {"about": "section"}), 0, trap_song())
    for about in ("what", "track", "section", "amount"):
        assert reply_without_call(Call("ask", {"about": about}), 0, trap_song()).count("?") >= 1
        assert reply_without_call(Call("ask", {"about": about}), 0, Song()) == trouble("no_song")


def test_a_reason_that_is_none_is_not_understood() -> None:
    assert reply_without_call(Call("none", {"why": "nonsense"}), 0, trap_song()) == trouble("not_understood")
