"""Tunes the adapter on packs of samples; see ``python -m training.agent --help``.

One pass over the samples. A step's packs are cut into slices that threads work on side by side, each on a core of its
own: cheaper than sharing every product among the cores, and the outcome does not depend on how many there are.
"""

import math
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import torch

from training.agent.base_model import Base
from training.agent.export import export_adapter
from training.agent.lora import Adapters
from training.agent.network import Network
from training.agent.packs import Pack, batch_of, order_of
from training.agent.state import Recipe, State

NAME = "LoopMind agent"
_CHECKED_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is learnt, and what is kept to see how far it carries."""

    learnt: Sequence[Pack]
    kept: Sequence[Pack]


class Trainer:
    """A model, its adapters and the optimiser."""

    def __init__(self, base: Base, recipe: Recipe, threads: int = 2) -> None:
        self.recipe = recipe
        self.adapters = Adapters(base.shape, recipe.rank, recipe.alpha, recipe.frozen)
        self.adapters.start(recipe.seed)
        self.network = Network(base, self.adapters)
        self.optimiser = torch.optim.AdamW(
            [self.adapters.flat], lr=recipe.rate, betas=recipe.betas, weight_decay=0.0, fused=True
        )
        self._kind = base.embedding.dtype
        self._slopes = [torch.zeros_like(self.adapters.flat) for _ in range(recipe.slices)]
        self._pool = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,))

    def step(self, packs: Sequence[Pack], rate: float) -> float:
        """Learn from some packs; the mean loss of a token of their answers."""
        slices = _even(packs, self.recipe.slices)
        tokens = sum(len(lesson.answer) for pack in packs for lesson in pack.lessons)

        def learn(number: int) -> float:
            self._slopes[number].zero_()
            if not slices[number]:
                return 0.0
            batch = batch_of(slices[number], self.network.base.shape, self._kind)
            return self.network.learn(batch, self._slopes[number], 1 / tokens)

        loss = sum(self._pool.map(learn, range(len(slices))))
        for more in self._slopes[1:]:
            self._slopes[0].add_(more)
        self.adapters.flat.grad = self._slopes[0]
        torch.nn.utils.clip_grad_norm_([self.adapters.flat], self.recipe.clip)
        self.optimiser.param_groups[0]["lr"] = rate
        self.optimiser.step()
        self.network.merge()
        return loss / tokens

    def right(self, packs: Sequence[Pack]) -> dict[str, tuple[int, int]]:
        """Of each family, how many answers are right, every token the likeliest where those before it are given."""
        groups = [packs[i : i + _CHECKED_AT_ONCE] for i in range(0, len(packs), _CHECKED_AT_ONCE)]
        found: Counter[str] = Counter()
        asked: Counter[str] = Counter()
        for group, hits in zip(groups, self._pool.map(self._hits, groups), strict=True):
            lessons = [lesson for pack in group for lesson in pack.lessons]
            for lesson, hit in zip(lessons, hits, strict=True):
                asked[lesson.family] += 1
                found[lesson.family] += hit
        return {family: (found[family], asked[family]) for family in sorted(asked)}

    def _hits(self, packs: Sequence[Pack]) -> list[bool]:
        batch = batch_of(packs, self.network.base.shape, self._kind)
        same = self.network.logits(batch).argmax(-1) == batch.wanted
        return [bool(part.all()) for part in same.split(list(batch.lengths))]


def train(  # noqa: PLR0913 - what is learnt, with what, where to, and two ways to be brief
    base: Base,
    lessons: Lessons,
    out: Path,
    recipe: Recipe,
    *,
    threads: int = 2,
    stop_at: int | None = None,
    start: Path | None = None,
) -> float:
    """Train until the lessons are used up, or until a step, and write ``out/adapter.gguf``.

    Goes on from ``out/state.pt`` where there is one, else begins with the adapters of ``start``, another run's state,
    where that is given. Gives the share of the kept lessons that are right at the end.
    """
    out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(base, recipe, threads)
    plan = order_of(lessons.learnt, recipe.seed, recipe.packs)
    state = State(out / "state.pt", trainer.adapters, trainer.optimiser, recipe, len(plan))
    if start is not None:
        state.start_from(start)
    done = state.read()
    trainer.network.merge()
    progress = _Progress(plan[done:], len(plan))
    for step, packs in enumerate(plan[done:stop_at], done + 1):
        loss = trainer.step(packs, rate_at(step, len(plan), recipe))
        progress.count(step, packs, loss)
        if step % recipe.save_every == 0 or step in {len(plan), stop_at}:
            state.write(step)
            export_adapter(trainer.adapters, out / "adapter.gguf", name=NAME)
        if step % recipe.check_every == 0 and step < len(plan):
            _say(f"step {step}: {_share(trainer.right(lessons.kept)):.3f} of the kept answers right")
    found = trainer.right(lessons.kept)
    for family, (good, asked) in found.items():
        _say(f"  {family}: {good} of {asked}")
    return _share(found)


def rate_at(step: int, steps: int, recipe: Recipe) -> float:
    """The learning rate of a step from 1: up in a line, then down as a cosine."""
    warm = max(1, round(recipe.warm * steps))
    if step <= warm:
        return recipe.rate * step / warm
    return recipe.rate * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm + 1)))


def _even(packs: Sequence[Pack], parts: int) -> list[list[Pack]]:
    """The packs in parts of about equally many tokens."""

    def size(pack: Pack) -> int:
        return len(pack.song) + sum(len(lesson.asked) + len(lesson.answer) for lesson in pack.lessons)

    found: list[list[Pack]] = [[] for _ in range(parts)]
    for pack in sorted(packs, key=size, reverse=True):
        min(found, key=lambda part: sum(map(size, part))).append(pack)
    return found


def _share(found: dict[str, tuple[int, int]]) -> float:
    return sum(good for good, _ in found.values()) / max(1, sum(asked for _, asked in found.values()))


class _Progress:
    """Says how it goes, every few steps."""

    def __init__(self, plan: Sequence[Sequence[Pack]], steps: int) -> None:
        self._left = sum(len(pack.lessons) for packs in plan for pack in packs)
        self._steps = steps
        self._began = time.monotonic()
        self._done = 0
        self._losses: list[float] = []

    def count(self, step: int, packs: Sequence[Pack], loss: float) -> None:
        done = sum(len(pack.lessons) for pack in packs)
        self._done += done
        self._left -= done
        self._losses.append(loss)
        if step % 10 == 0 or step == self._steps:
            pace = self._done / (time.monotonic() - self._began)
            mean = sum(self._losses) / len(self._losses)
            left = self._left / pace / 60
            _say(f"step {step} of {self._steps}, loss {mean:.4f}, {pace:.1f} samples/s, {left:.0f} min left")
            self._losses.clear()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
