"""Training sentences with the calls that are wanted: ``python -m training.agent generate OUT.jsonl``.

Each is said about a random song, in the form in which the agent asks its model (``loopmind_chat.agent.tuned``);
several about the same song follow one another, so that the trainer reads the song once. What the agent's grammar would
not admit as an answer is thrown away and counted: such a phrase asks for what the product cannot hear in it.
"""

import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loopmind_chat.agent.grammar import Ground
from loopmind_chat.agent.language import ASK, NO_CALL, write_value
from loopmind_chat.agent.spelling import mended, shipped_vocabulary
from loopmind_chat.agent.tuned import tuned_opening, tuned_text
from loopmind_chat.song.model import Song
from loopmind_chat.tools.registry import all_tools
from loopmind_chat.tools.spec import Kind
from training.agent.check import admits
from training.agent.noise import as_typed
from training.agent.phrases import Phrase, one_way
from training.agent.slots import Filling, NothingToSay, fill
from training.agent.songs import random_song

_SLOT: Final = re.compile(r"\{([a-z]+\d*(?::[a-z,0-9]+)?)\}")
_VALUE: Final = re.compile(r'(\w+)=("[^"]*"|\S+)')
_JOINTS: Final = (
    " and ", ", and ", " and then ", ", then ", "; ", ", ", ". ", " + ", ", also ", " & ", ". also ", " then ",
)  # fmt: skip
_LEVELLED: Final = 0.45
"""How far the sizes of families, and of tools, are evened out: 0 not at all, 1 altogether."""
_EMPTY: Final = 0.25
_JOINED: Final = 0.2
_JOINED_AGAIN: Final = 0.25
_AFTER_SOMETHING: Final = 0.3
_MENDED: Final = 0.85
"""Share of sentences whose spelling is mended first; the others teach what a slip is."""
_TRIES: Final = 30
_ABOUT_A_SONG: Final = 12
"""Attempts to say something about each song."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A prompt as the model reads it, its two pieces apart, and the answer wanted."""

    song: str
    asked: str
    answer: str
    family: str

    @property
    def prompt(self) -> str:
        """The whole prompt."""
        return self.song + self.asked


@dataclass
class Tally:
    """How often each phrase was used, and how often what it asks could not be heard in it."""

    used: Counter[tuple[str, int]] = field(default_factory=Counter)
    refused: Counter[tuple[str, int]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Said:
    sentence: str
    calls: str
    before: str
    kept: frozenset[str]


def samples(phrases: Sequence[Phrase], seed: int | str, tally: Tally | None = None) -> Iterator[Sample]:
    """Samples without end, the same for the same phrases and seed."""
    tally = tally or Tally()
    dice = random.Random(seed)
    bank = _Bank(phrases)
    while True:
        # Each attempt is as likely to be about the empty song, and of each phrase, as if it had a song to itself.
        empty = dice.random() < bank.empty_share
        song = Song() if empty else random_song(dice)
        for _ in range(_ABOUT_A_SONG):
            phrase = bank.phrase_for(dice, empty=empty)
            said = _request(dice, song, phrase, bank)
            if said is None:
                continue
            sample = _sample(dice, song, said, phrase, phrases)
            tally.used[phrase.family, phrase.line] += 1
            if sample is None:
                tally.refused[phrase.family, phrase.line] += 1
            else:
                yield sample


class _Bank:
    """Phrases with their weights, overall and for either state of the song."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = phrases
        weights = _weights(phrases)
        shares = [{"empty": 1.0, "full": 0.0, "any": _EMPTY}[phrase.state] for phrase in phrases]
        empty = [weight * share for weight, share in zip(weights, shares, strict=True)]
        full = [weight - part for weight, part in zip(weights, empty, strict=True)]
        self._all, self._empty, self._full = (list(itertools.accumulate(part)) for part in (weights, empty, full))
        self.empty_share = self._empty[-1] / self._all[-1]

    def phrase_for(self, dice: random.Random, *, empty: bool) -> Phrase:
        """A phrase that may be said about an empty song, or about a full one."""
        return dice.choices(self._phrases, cum_weights=self._empty if empty else self._full)[0]

    def phrase(self, dice: random.Random) -> Phrase:
        """Any phrase."""
        return dice.choices(self._phrases, cum_weights=self._all)[0]


def _request(dice: random.Random, song: Song, phrase: Phrase, bank: _Bank) -> _Said | None:
    """A phrase about the song, sometimes with another joined on; None where that cannot be said."""
    said = _said(dice, song, phrase)
    if said is None or phrase.state == "empty" or phrase.before or dice.random() >= _JOINED:
        return said
    other = _said(dice, song, bank.phrase(dice))
    if other is None or not _may_join(said, other):
        return None
    two = _joined(dice, said, other)
    third = _said(dice, song, bank.phrase(dice)) if dice.random() < _JOINED_AGAIN else None
    return _joined(dice, two, third) if third is not None and _may_join(two, third) else two


def _weights(phrases: Sequence[Phrase]) -> list[float]:
    """Families count nearly alike whatever their size, and so do tools; within both, phrases by their weight."""
    weights = [phrase.weight for phrase in phrases]
    for names in ([phrase.family for phrase in phrases], [_first_tool(phrase.calls) for phrase in phrases]):
        total: Counter[str] = Counter()
        for name, weight in zip(names, weights, strict=True):
            total[name] += weight
        weights = [weight / total[name] ** _LEVELLED for name, weight in zip(names, weights, strict=True)]
    return weights


def _first_tool(calls: str) -> str:
    """The tool of the first call; each reason for none counts as one."""
    name, _, rest = calls.partition(" ")
    return calls if name == NO_CALL else name.rstrip(";") if rest else calls


def _said(dice: random.Random, song: Song, phrase: Phrase) -> _Said | None:
    """One way of saying a phrase about the song; None where the song has nothing of the kind."""
    if (phrase.state == "empty" and song.sections) or (phrase.state == "full" and not song.sections):
        return None
    fillings: dict[str, Filling] = {}
    pattern, before = one_way(dice, phrase.say), one_way(dice, phrase.before)
    try:
        for slot in dict.fromkeys(_SLOT.findall(f"{pattern} {phrase.calls} {before}")):
            fillings[slot] = fill(dice, song, slot)
    except NothingToSay:
        return None
    if len({filling.means.lower() for filling in fillings.values()}) < len(fillings):
        return None  # "move the hook before the hook", "swap the flute for a flute"
    sentence = _SLOT.sub(lambda match: fillings[match[1]].said, pattern)
    kept = frozenset(word for filling in fillings.values() for word in filling.said.lower().split())
    return _Said(sentence, _filled(phrase.calls, fillings), _filled(before, fillings), kept)


def _filled(calls: str, fillings: Mapping[str, Filling]) -> str:
    written = []
    for call in filter(None, (part.strip() for part in calls.split(";"))):
        name, _, rest = call.partition(" ")
        values = {
            key: _SLOT.sub(lambda match: fillings[match[1]].means, value.strip('"'))
            for key, value in _VALUE.findall(rest)
        }
        written.append(" ".join([name, *(f"{key}={_written(name, key, value)}" for key, value in values.items())]))
    return "; ".join(written)


def _written(tool: str, argument: str, value: str) -> str:
    """A value as the agent's grammar writes it: free words always in quotes."""
    known = all_tools().get(tool)
    declared = known.argument(argument) if known else None
    free = declared is not None and declared.kind is Kind.WORDS
    return json.dumps(value, ensure_ascii=False) if free else write_value(value)


def _may_join(one: _Said, other: _Said) -> bool:
    alone = (NO_CALL, ASK, "undo", "redo", "open_session")
    if other.before or one.calls == other.calls:
        return False
    return not any(said.calls.startswith(alone) for said in (one, other))


def _joined(dice: random.Random, one: _Said, other: _Said) -> _Said:
    joint = dice.choice(_JOINTS)
    sentence = f"{one.sentence.rstrip('.?!')}{joint}{other.sentence}"
    return _Said(sentence, f"{one.calls}; {other.calls}", "", one.kept | other.kept)


def _sample(dice: random.Random, song: Song, said: _Said, phrase: Phrase, phrases: Sequence[Phrase]) -> Sample | None:
    sentence = as_typed(dice, said.sentence, said.kept)
    if dice.random() < _MENDED:  # as the agent does before it asks
        sentence = mended(sentence, song, shipped_vocabulary())
    before = said.before
    unasked = not before and not said.calls.startswith(ASK)  # what was done before may answer a question back
    if unasked and song.sections and dice.random() < _AFTER_SOMETHING:
        before = _any_calls(dice, song, phrases)
    refs = {ref: Path("/somewhere") for ref in re.findall(r"@\d", sentence)}
    ground = Ground(song, sentence, refs, before)
    if not admits(ground, said.calls):
        return None
    opening = "".join(piece.text for piece in tuned_opening(song))
    return Sample(opening, tuned_text(ground).removeprefix(opening), f" {said.calls}", phrase.family)


def _any_calls(dice: random.Random, song: Song, phrases: Sequence[Phrase]) -> str:
    """The calls of some other turn, with which the sentence has nothing to do."""
    for _ in range(_TRIES):
        other = _said(dice, song, dice.choice(phrases))
        if other is not None and not other.calls.startswith((NO_CALL, ASK)):
            return other.calls
    return ""
