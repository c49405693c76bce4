"""Fifty steps on the real model, and its adapter in llama.cpp."""

import itertools
import json
from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from loopmind_chat.agent.llama_engine import Engine
from training.agent.base_model import Tokens, load_base
from training.agent.export import export_adapter
from training.agent.generate import samples
from training.agent.packs import Lesson, Pack, batch_of, read_packs
from training.agent.phrases import read_phrases
from training.agent.state import Recipe
from training.agent.train import Trainer, rate_at

pytestmark = pytest.mark.real
STEPS = 50


@pytest.fixture(scope="module")
def lessons(gguf: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Pack]:
    """Twelve samples, in packs of two at most."""
    path = tmp_path_factory.mktemp("samples") / "samples.jsonl"
    found = itertools.islice(samples(read_phrases(), 4), 12)
    path.write_text("".join(json.dumps(asdict(sample)) + "\n" for sample in found), "utf-8")
    return read_packs(path, Tokens(gguf), 2)


@pytest.fixture(scope="module")
def engine(gguf: Path) -> Engine:
    return Engine(str(gguf), None, n_ctx=512, threads=1)


def test_what_is_learnt_is_what_the_engine_reads_to_the_token(gguf: Path, engine: Engine) -> None:
    tokens = Tokens(gguf)
    for sample in itertools.islice(samples(read_phrases(), 9), 20):
        pieces = [(sample.song, False), (sample.asked, False)]
        assert engine.tokens(pieces) == [*tokens.of(sample.song, first=True), *tokens.of(sample.asked)]


def test_fifty_steps_bring_the_loss_down_and_llama_cpp_then_answers_as_torch_does(
    gguf: Path, lessons: list[Pack], tmp_path: Path
) -> None:
    recipe = Recipe(packs=2, rate=3e-3, frozen=18)
    trainer = Trainer(load_base(gguf), recipe)
    losses = [
        trainer.step([lessons[(2 * step + i) % len(lessons)] for i in range(2)], rate_at(step + 1, STEPS, recipe))
        for step in range(STEPS)
    ]
    assert sum(losses[-8:]) < 0.1 * sum(losses[:8])
    adapter = tmp_path / "adapter.gguf"
    export_adapter(trainer.adapters, adapter, name="test")
    tuned = Engine(str(gguf), str(adapter), n_ctx=512, threads=1)
    assert _same(trainer, tuned, lessons) >= 11, "of 12"


def _same(trainer: Trainer, engine: Engine, packs: list[Pack]) -> int:
    """How many of the answers that llama.cpp writes are those that the trainer's model would, token for token."""
    end = packs[0].lessons[0].answer[-1]
    same = 0
    for pack in packs:
        written = []
        for lesson in pack.lessons:
            prompt = [*pack.song, *lesson.asked]
            engine.read(prompt, 64, lambda: False, lambda _: None)
            assert "".join(engine.write(None, 64, lambda: False))
            written.append(Lesson(lesson.asked, (*engine._read[len(prompt) :], end), lesson.family))
        batch = batch_of([Pack(pack.song, tuple(written))], trainer.network.base.shape, torch.bfloat16)
        likeliest = trainer.network.logits(batch).argmax(-1) == batch.wanted
        same += sum(bool(part.all()) for part in likeliest.split(list(batch.lengths)))
    return same
