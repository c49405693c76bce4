"""Forms: the row of sections of a song, sampled by genre and length, or read from what a user typed."""

import random
import re
from typing import Final

from loopmind_chat.compose.chance import dice, pick
from loopmind_chat.compose.genres import LETTERS, Genre
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.edits import BARS_MAX, SECTIONS_MAX
from loopmind_chat.song.find import section_kind
from loopmind_chat.song.vocabulary import SectionKind

Form = tuple[tuple[SectionKind, int], ...]
"""Section kinds with their bars."""

SONG_BARS_MAX: Final = 2000
DEFAULT_BARS: Final = 8
_TRIES: Final = 12
_LEEWAY: Final = 0.3
"""How much less usual a length may be than the most usual one, so that seeds differ."""
_PHRASE: Final = 4
_TIGHT: Final = 8
"""Bars to which a long section may shrink before another one is left out."""
_KEEPS_LENGTH: Final = 0.64
"""Share of repeats that are as long as the section of the same kind before (4,806 repeats, Harmonix)."""
_K = SectionKind
_FIRST_TO_GO: Final = (_K.SOLO, _K.BRIDGE, _K.PRECHORUS, _K.BREAKDOWN, _K.BUILD, _K.OUTRO, _K.VERSE, _K.INTRO)
_SUMMITS: Final = frozenset({_K.HOOK, _K.DROP})

_ITEM: Final = re.compile(
    r"""(?:(?P<times_before>\d+)\s*[x*]\s*)?
    (?:(?P<bars_before>\d+)\s*-?\s*bars?\s+(?:of\s+)?)?
    (?P<name>[^\W\d_][^\W\d_\-\ ]*(?:[\ \-](?!x\s*\d|bars?\b|times\b)[^\W\d_]+)*(?:\ 8(?=\s+\d))?)
    (?:\s+\#?\d+(?=\s*[:=(]?\s+?\(?\d))?
    (?:\s*[:=(]?\s*(?P<bars>-?\d+)\s*(?:bars?\b)?\s*\)?)?
    (?:\s*(?:[x*]\s*(?P<times>\d+)|(?P<times_word>\d+)\s*(?:x\b|times)))?\s*""",
    re.VERBOSE,
)


def sample_form(genre: Genre, *, bars: int | None, seed: int) -> Form:
    """A form that is usual in the genre, as near to ``bars`` as musical lengths allow; varied by the seed."""
    chance = dice(seed, "form")
    slack = _PHRASE if bars is None else _PHRASE - 1
    if bars is None:
        low, high, mode = genre.bars
        bars = round(chance.triangular(low, high, mode))
    if not 1 <= bars <= SONG_BARS_MAX:
        raise ComposeError(f"a song is 1 to {SONG_BARS_MAX} bars long, not {bars}")
    if bars <= 2 * _PHRASE:
        return ((_summit(genre), bars),)
    target = max(_PHRASE, round(bars / _PHRASE) * _PHRASE)
    tries = [_drawn(genre, target, chance) for _ in range(_TRIES)]
    nearest = min(range(_TRIES), key=lambda i: (abs(_total(tries[i]) - target) // 24, i))
    return tuple((kind, length) for kind, length in _nudged(tries[nearest], target, genre, chance, slack))


def parse_form(text: str) -> Form:
    """The form that a user typed: "intro 8, verse 16, chorus 8 x2"; raises ComposeError saying what is wrong.

    A section without a number is eight bars long.
    """
    sections: list[tuple[SectionKind, int]] = []
    for chunk in re.split(r"[,;|\n>/]|\bthen\b|\band\b|\+", text.lower().replace("->", ",").replace("→", ",")):
        item = chunk.strip(" .-")
        at = 0
        while at < len(item):
            match = _ITEM.match(item, at)
            if match is None or match.end() == at:
                raise ComposeError(f'the form does not read at "{item[at:]}"; write it as: intro 8, verse 16, hook 8')
            sections += _read_item(match)
            at = match.end()
        if len(sections) > SECTIONS_MAX:
            raise ComposeError(f"a song has at most {SECTIONS_MAX} sections")
    if not sections:
        raise ComposeError("the form names no section; write it as: intro 8, verse 16, hook 8")
    return tuple(sections)


def _read_item(match: re.Match[str]) -> list[tuple[SectionKind, int]]:
    name = match["name"].strip()
    kind = section_kind(name)
    if kind is None:
        raise ComposeError(f'"{name}" is no section; sections are: {", ".join(_K)}')
    bars = int(match["bars"] or match["bars_before"] or DEFAULT_BARS)
    if not 1 <= bars <= BARS_MAX:
        raise ComposeError(f"a section is 1 to {BARS_MAX} bars long, not {bars} ({kind})")
    times = int(match["times"] or match["times_word"] or match["times_before"] or 1)
    if not 1 <= times <= SECTIONS_MAX:
        raise ComposeError(f"a section comes 1 to {SECTIONS_MAX} times, not {times} ({kind})")
    return [(kind, bars)] * times


def _summit(genre: Genre) -> SectionKind:
    return _K.DROP if all("D" in row for row in genre.forms) else _K.HOOK


def _total(form: list[tuple[SectionKind, int]]) -> int:
    return sum(length for _, length in form)


def _drawn(genre: Genre, target: int, chance: random.Random) -> list[tuple[SectionKind, int]]:
    """One template with lengths; shortened or repeated until the target lies within its reach."""
    row = [LETTERS[letter] for letter in pick(chance, genre.forms)]
    while len(row) * _PHRASE > target or (len(row) > 1 and sum(min(_TIGHT, *genre.lengths[k]) for k in row) > target):
        _drop_one(row)
    while sum(max(genre.lengths[kind]) for kind in row) < target and len(row) < SECTIONS_MAX - 2:
        _repeat_one(row, chance)
    last: dict[SectionKind, int] = {}
    form = []
    for kind in row:
        length = last.get(kind, 0)
        if not length or chance.random() > _KEEPS_LENGTH:
            length = pick(chance, genre.lengths[kind])
        last[kind] = length
        form.append((kind, length))
    return form


def _drop_one(row: list[SectionKind]) -> None:
    """Take out what a short version of the song would leave out first."""
    for kind in _FIRST_TO_GO:
        spare = 2 if kind is _K.VERSE and row.count(_K.VERSE) > 1 else 1
        if kind in row and (spare == 1 or row.count(kind) >= spare):
            del row[len(row) - 1 - row[::-1].index(kind)]
            break
    else:
        row.pop()
    for i in range(len(row) - 1, 0, -1):  # two summits side by side where a verse was
        if len(row) > 2 and row[i] in _SUMMITS and row[i] is row[i - 1]:  # noqa: PLR2004 - keep two sections at least
            del row[i]
            break


def _repeat_one(row: list[SectionKind], chance: random.Random) -> None:
    """Say the part before the last summit once more."""
    summits = [i for i, kind in enumerate(row) if kind in _SUMMITS] or [len(row) - 1]
    end = summits[-1] if len(summits) == 1 or chance.random() < 0.5 else summits[-2]  # noqa: PLR2004 - an even chance
    before = [i for i in summits if i < end]
    start = before[-1] + 1 if before else int(row[0] is _K.INTRO)
    row[end + 1 : end + 1] = row[start : end + 1] or [row[end]]


def _nudged(
    form: list[tuple[SectionKind, int]], target: int, genre: Genre, chance: random.Random, slack: int
) -> list[tuple[SectionKind, int]]:
    """The form with some sections a phrase or two longer or shorter, so that the total meets the target."""
    for _ in range(8 * len(form) + 32):
        gap = target - _total(form)
        if abs(gap) <= slack:
            break
        options = [
            (_oddness(genre, kind, length + step), i, step)
            for i, (kind, length) in enumerate(form)
            for step in (4, 8, 16, -4, -8, -16)
            if step * gap > 0 and abs(step) <= abs(gap) and length + step >= _PHRASE
        ]
        if not options:
            break
        best = min(option[0] for option in options)
        _, i, step = chance.choice([option for option in options if option[0] <= best + _LEEWAY])
        kind, length = form[i]
        form[i] = (kind, length + step)
    return form


def _oddness(genre: Genre, kind: SectionKind, length: int) -> float:
    """How unusual a length is: lengths of the genre first, then multiples of eight, then of four."""
    usual = genre.lengths[kind]
    if length in usual:
        return 1.0 - usual[length] / 2
    beyond = max(0, length - max(usual)) / 8
    return 2.0 + beyond + (0.0 if length % 8 == 0 else 1.0)
