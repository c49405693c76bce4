"""The untuned default model does not get worse than it was measured; the table itself is printed by evaluate.py."""

from pathlib import Path

import pytest

from loopmind_chat.agent.examples import shipped_bank
from loopmind_chat.agent.llama_process import LlamaProcess
from tests.agent.evaluate import HERE, after_another_turn, evaluate, sentences, table

PRODUCT = {"make something dark at 140", "swap the melody for something darker", "add a bridge after the second hook"}


@pytest.mark.real
@pytest.mark.timeout(300)
def test_the_evaluation_holds(gguf: Path) -> None:
    model = LlamaProcess(gguf)
    try:
        assert model.wait_ready(60)
        items = sentences(HERE / "evaluation.toml")
        scores = evaluate(model, shipped_bank(), items)
        later = evaluate(model, shipped_bank(), after_another_turn(items))
    finally:
        model.close()
    report = table(scores)
    assert {score.say for score in scores if score.exact} >= PRODUCT, report
    assert sum(score.exact for score in scores) >= 38, report
    assert sum(score.tools for score in scores) >= 40, report
    assert sum(score.exact for score in later) >= 33, table(later)
