"""Tunes the adapter: ``python -m training.agent train SAMPLES.jsonl --out DIR``.

Goes on where it was interrupted: DIR holds the adapter, the optimiser and the place in the samples. Only the adapter
has gradients, logits are computed for the answers' tokens alone, and batches are of like length.
"""

import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from training.agent.base_model import Tokens, load_base
from training.agent.export import export_adapter
from training.agent.lora import add_lora, lora_state

IGNORED: Final = -100


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the outcome, beside the samples."""

    rank: int = 16
    alpha: float = 32.0
    dropout: float = 0.0
    rate: float = 1.5e-3
    warm: float = 0.05
    batch: int = 16
    epochs: int = 1
    seed: int = 1
    save_every: int = 50


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sample as tokens; the answer begins at ``start``."""

    tokens: tuple[int, ...]
    start: int


def read_lessons(path: Path, tokens: Tokens) -> list[Lesson]:
    """The samples of a file, prompt and answer tokenised apart as the engine does."""
    lessons = []
    for line in path.read_text("utf-8").splitlines():
        sample = json.loads(line)
        prompt = tokens.of(sample["prompt"])
        lessons.append(Lesson((*prompt, *tokens.of(sample["answer"]), tokens.end), len(prompt)))
    return lessons


def batches(lessons: Sequence[Lesson], recipe: Recipe) -> list[list[Lesson]]:
    """Batches of like length, in an order that the seed decides."""
    dice = random.Random(recipe.seed)
    found: list[list[Lesson]] = []
    for _ in range(recipe.epochs):
        order = list(lessons)
        dice.shuffle(order)
        chunk = recipe.batch * 50
        epoch = []
        for start in range(0, len(order), chunk):
            alike = sorted(order[start : start + chunk], key=lambda lesson: len(lesson.tokens))
            epoch += [alike[i : i + recipe.batch] for i in range(0, len(alike), recipe.batch)]
        dice.shuffle(epoch)
        found += epoch
    return found


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is learnt, and what is kept to see how far it carries."""

    learnt: Sequence[Lesson]
    kept: Sequence[Lesson]


def train(gguf: Path, lessons: Lessons, out: Path, recipe: Recipe, *, steps: int | None = None) -> float:
    """Train until the lessons, or ``steps``, are used up, and write ``out/adapter.gguf``.

    Gives the share of the kept lessons that are right.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model, shape = load_base(gguf)
    parameters = add_lora(model, recipe.rank, recipe.alpha, recipe.dropout)
    model.to(device)
    plan = batches(lessons.learnt, recipe)[:steps]
    optimiser = torch.optim.AdamW(parameters, lr=recipe.rate, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, recipe.rate, total_steps=max(2, len(plan)), pct_start=recipe.warm
    )
    run = _Run(out, model, optimiser, schedule, recipe)
    done = run.resume()
    model.train()
    began, tokens = time.monotonic(), 0
    for step, batch in enumerate(plan[done:], done + 1):
        loss = _step(model, batch, device)
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        tokens += sum(len(lesson.tokens) for lesson in batch)
        if step % 10 == 0 or step == len(plan):
            rate = tokens / (time.monotonic() - began)
            sys.stdout.write(f"step {step} of {len(plan)}, loss {loss.item():.4f}, {rate:.0f} tokens/s\n")
            sys.stdout.flush()
        if step % recipe.save_every == 0 or step == len(plan):
            run.save(step)
            export_adapter(model, shape, recipe.alpha, out / "adapter.gguf", name="LoopMind agent")
    return right(model, lessons.kept, device)


def right(model: nn.Module, lessons: Sequence[Lesson], device: str) -> float:
    """Share of the lessons whose whole answer is what the model finds likeliest, token by token."""
    model.eval()
    good = 0
    with torch.no_grad():
        for start in range(0, len(lessons), 32):
            part = lessons[start : start + 32]
            logits, wanted = _answers(model, part, device)
            hit = (logits.argmax(-1) == wanted).tolist()
            place = 0
            for lesson in part:
                length = len(lesson.tokens) - lesson.start
                good += all(hit[place : place + length])
                place += length
    return good / max(1, len(lessons))


def _step(model: nn.Module, batch: Sequence[Lesson], device: str) -> torch.Tensor:
    logits, wanted = _answers(model, batch, device)
    return nn.functional.cross_entropy(logits.float(), wanted)


def _answers(model: Any, batch: Sequence[Lesson], device: str) -> tuple[torch.Tensor, torch.Tensor]:  # noqa: ANN401 - transformers' models have no common type
    """Logits and wanted tokens of all answers, one after another: shapes (n, vocabulary) and (n,)."""
    longest = max(len(lesson.tokens) for lesson in batch)
    ids = torch.zeros((len(batch), longest), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, lesson in enumerate(batch):
        ids[row, : len(lesson.tokens)] = torch.tensor(lesson.tokens)
        mask[row, : len(lesson.tokens)] = 1
    with torch.autocast(device, dtype=torch.bfloat16):
        hidden = model.model(input_ids=ids.to(device), attention_mask=mask.to(device)).last_hidden_state
        places = [(row, i) for row, lesson in enumerate(batch) for i in range(lesson.start - 1, len(lesson.tokens) - 1)]
        rows, columns = zip(*places, strict=True)
        logits = model.lm_head(hidden[list(rows), list(columns)])
    wanted = torch.tensor([token for lesson in batch for token in lesson.tokens[lesson.start :]], device=device)
    return logits, wanted


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that can be taken up where it was broken off."""

    out: Path
    model: nn.Module
    optimiser: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    recipe: Recipe

    def save(self, step: int) -> None:
        """Keep everything, the old state until the new one is whole."""
        state = {
            "recipe": asdict(self.recipe),
            "step": step,
            "lora": lora_state(self.model),
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
        }
        part = self.out / "state.part"
        torch.save(state, part)
        part.replace(self.out / "state.pt")

    def resume(self) -> int:
        """Take up an earlier run of the same recipe; the number of steps that it made."""
        path = self.out / "state.pt"
        if not path.exists():
            return 0
        state = torch.load(path, weights_only=True)
        if state["recipe"] != asdict(self.recipe):
            raise SystemExit(f"{self.out} holds a run of another recipe: name another folder")
        self.model.load_state_dict(state["lora"], strict=False)
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        return int(state["step"])
