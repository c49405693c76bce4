"""Why a loop was taken, in words: what it has that was asked for, and what was done to it so that it fits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from loopmind_chat.compose.amounts import ratio_told, told, told_plainly
from loopmind_chat.compose.carried import words_carried
from loopmind_chat.compose.fit import Fit
from loopmind_chat.compose.wishes import Direction
from loopmind_chat.song.keys import Key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import UNPITCHED

_FIGURES: Final = 2
"""Figures in one reason: more are not taken in."""
_HEARD: Final = 0.05
"""Share of the old brightness below which nobody hears a change."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to say of a loop, with its figure and without."""

    text: str
    plain: str

    @property
    def has_figure(self) -> bool:
        """Whether the figure makes a difference."""
        return self.text != self.plain


def reason_of(said: Sequence[Said]) -> str:
    """All that is to be said, with two figures at most, the first ones."""
    left, parts = _FIGURES, []
    for part in said:
        parts.append(part.text if left else part.plain)
        left -= part.has_figure and left > 0
    return ", ".join(parts) or "another one of its kind"


def brief_of(said: Sequence[Said]) -> str:
    """All that is to be said, without figures."""
    return ", ".join(part.plain for part in said) or "another one of its kind"


def merits(
    facts: LoopFacts,
    old: LoopFacts | None,
    wanted: Sequence[Direction],
    words: Sequence[str],
    unwanted: Sequence[str] = (),
) -> Iterator[Said]:
    """What a loop has that was asked for, or else how bright it is beside the old one."""
    for direction in wanted:
        if old is None:
            yield Said(direction.told, direction.told)
        else:
            yield Said(told(direction, facts, old), told_plainly(direction, facts, old))
    matched = " ".join(words_carried(facts, words))
    if matched:
        yield Said(matched, matched)
    if unwanted:
        yield Said(f"no sign of {' or '.join(unwanted)}", f"no sign of {' or '.join(unwanted)}")
    if not (wanted or matched or unwanted) and facts.brightness_hz and old is not None and old.brightness_hz:
        step = facts.brightness_hz / old.brightness_hz - 1.0
        comparative = "brighter" if step > 0 else "darker"
        yield (
            Said(ratio_told(step, comparative), comparative) if abs(step) >= _HEARD else Said("as bright", "as bright")
        )


def adjustments(facts: LoopFacts, fit: Fit, key: Key | None) -> Iterator[Said]:
    """What is done to a loop so that it fits: its key, its tempo."""
    if facts.role not in UNPITCHED and facts.is_loop:
        if facts.key is None:
            yield Said("key unknown", "key unknown")
        elif fit.semitones:
            many, way = "s" if abs(fit.semitones) > 1 else "", "up" if fit.semitones > 0 else "down"
            yield Said(f"{facts.key} {way} {abs(fit.semitones)} semitone{many}", f"{facts.key} moved {way}")
        else:
            same = "same key" if facts.key == key else f"{facts.key}, the same notes"
            yield Said(same, same)
    if fit.stretch != 1.0 and fit.note:
        stretched = fit.note.split(", ")[0]
        if stretched.startswith(("up", "down")):  # less than half a percent: nobody hears it
            return
        yield Said(stretched, stretched.rsplit(" ", 1)[-1])
