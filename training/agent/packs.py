"""Samples as the trainer reads them: packs about one song each, whose line stands once before all of them.

Each sample sees the song line and itself, at the positions that it would have if it stood alone; so a pack gives what
its samples give one by one, and the song line is read once.
"""

import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch

from training.agent.base_model import Shape, Tokens

_BLOCKED: Final = -1e9


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sample as tokens: the rest of the prompt behind the song line, and the answer with its end."""

    asked: tuple[int, ...]
    answer: tuple[int, ...]
    family: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Samples about one song."""

    song: tuple[int, ...]
    lessons: tuple[Lesson, ...]


def read_packs(path: Path, tokens: Tokens, most: int) -> list[Pack]:
    """The samples of a file as packs of at most ``most`` that follow one another and share their song line."""
    samples = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    packs = []
    for song, group in itertools.groupby(samples, key=lambda sample: sample["song"]):
        lessons = [
            Lesson(tuple(tokens.of(s["asked"])), (*tokens.of(s["answer"]), tokens.end), s["family"]) for s in group
        ]
        line = tuple(tokens.of(song, first=True))
        packs += [Pack(line, tuple(lessons[i : i + most])) for i in range(0, len(lessons), most)]
    return packs


def order_of(packs: Sequence[Pack], seed: int, size: int) -> list[list[Pack]]:
    """The packs in an order that the seed decides, ``size`` a step; those left over make a last step."""
    order = list(packs)
    random.Random(seed).shuffle(order)
    return [order[i : i + size] for i in range(0, len(order), size)]


@dataclass(frozen=True, slots=True)
class Batch:
    """Packs as one row of tokens, the song lines first, and where everything is.

    An item is a song line or a sample. ``reads`` (items, prefix + longest) are the places of the tokens that an item
    sees: its song line's, then its own; ``own`` is the latter part of it.
    """

    tokens: torch.Tensor
    turns: torch.Tensor
    """Rotation of each token: cosine and sine as a complex number, (tokens, 1, half a head)."""
    own: torch.Tensor
    reads: torch.Tensor
    mask: torch.Tensor
    """0 where a token may see another, else far below 0; as :attr:`real`, by prefix + longest."""
    real: torch.Tensor
    """1 for an item's tokens, 0 behind its end; (items x key heads, heads of each x longest, 1)."""
    places: torch.Tensor
    """Of each token, its place among (items x longest)."""
    songs: int
    """Tokens of all song lines."""
    song_of: torch.Tensor
    """(packs, items): 1 where an item reads that pack's song line before itself."""
    song_places: torch.Tensor
    """Of each song line's token, its place among (packs x prefix)."""
    answers: torch.Tensor
    """Places of the tokens before each token of an answer."""
    wanted: torch.Tensor
    """Those tokens."""
    lengths: tuple[int, ...]
    """Tokens of each answer."""

    @property
    def prefix(self) -> int:
        """Length of the longest song line."""
        return self.reads.shape[1] - self.own.shape[1]


def batch_of(packs: Sequence[Pack], shape: Shape, kind: torch.dtype) -> Batch:
    """Lay packs out, the mask in the numbers of ``kind``."""
    items = list(_items(packs))
    lessons = [lesson for pack in packs for lesson in pack.lessons]
    longest, prefix = max(len(item.tokens) for item in items), max(len(pack.song) for pack in packs)
    own, before = torch.zeros(len(items), longest).long(), torch.zeros(len(items), prefix).long()
    mask = torch.full((len(items), longest, prefix + longest), _BLOCKED)
    mask[:, :, prefix:] = torch.full((longest, longest), _BLOCKED).triu(1)
    song_of = torch.zeros(len(packs), len(items))
    answers: list[int] = []
    for number, item in enumerate(items):
        end = item.start + len(item.tokens)
        own[number, : len(item.tokens)] = torch.arange(item.start, end)
        if item.answer is not None:
            song = items[item.pack]
            before[number, : len(song.tokens)] = torch.arange(song.start, song.start + len(song.tokens))
            mask[number, :, : len(song.tokens)] = 0
            song_of[item.pack, number] = 1
            answers += range(item.start + item.answer - 1, end - 1)
    heads = (shape.key_heads, shape.heads // shape.key_heads)
    lengths = torch.tensor([len(item.tokens) for item in items])
    real = (torch.arange(longest) < lengths.unsqueeze(1)).to(kind)
    return Batch(
        tokens=torch.tensor([token for item in items for token in item.tokens]),
        turns=_turns([item.offset + i for item in items for i in range(len(item.tokens))], shape),
        own=own,
        reads=torch.cat([before, own], dim=1),
        mask=mask[:, None, None].expand(-1, *heads, -1, -1).reshape(-1, heads[1] * longest, prefix + longest).to(kind),
        real=real[:, None, None].expand(-1, *heads, -1).reshape(-1, heads[1] * longest, 1),
        places=torch.tensor([n * longest + i for n, item in enumerate(items) for i in range(len(item.tokens))]),
        songs=sum(len(pack.song) for pack in packs),
        song_of=song_of.to(kind),
        song_places=torch.tensor([n * prefix + i for n, pack in enumerate(packs) for i in range(len(pack.song))]),
        answers=torch.tensor(answers),
        wanted=torch.tensor([token for lesson in lessons for token in lesson.answer]),
        lengths=tuple(len(lesson.answer) for lesson in lessons),
    )


@dataclass(frozen=True, slots=True)
class _Item:
    tokens: tuple[int, ...]
    start: int
    """Place of its first token in the row."""
    offset: int
    """Position of its first token in the text that it stands for."""
    pack: int
    answer: int | None
    """Where the answer begins; None for a song line."""


def _items(packs: Sequence[Pack]) -> Iterator[_Item]:
    start = 0
    for number, pack in enumerate(packs):
        yield _Item(pack.song, start, 0, number, None)
        start += len(pack.song)
    for number, pack in enumerate(packs):
        for lesson in pack.lessons:
            yield _Item((*lesson.asked, *lesson.answer), start, len(pack.song), number, len(lesson.asked))
            start += len(lesson.asked) + len(lesson.answer)


def _turns(positions: Sequence[int], shape: Shape) -> torch.Tensor:
    """Rotary embedding (Su et al. 2021, arXiv 2104.09864) of each position, for pairs of neighbouring numbers."""
    rates = shape.rotary_base ** (-torch.arange(0, shape.head, 2, dtype=torch.float64) / shape.head)
    angles = torch.tensor(positions, dtype=torch.float64).unsqueeze(1) * rates
    return torch.polar(torch.ones_like(angles), angles).to(torch.complex64).unsqueeze(1)
