"""Training sentences with the calls that are wanted: ``python -m training.agent generate OUT.jsonl``.

Each is said about a random song, in the form in which the agent asks its model (``loopmind_chat.agent.tuned``). What
the agent's grammar would not admit as an answer is thrown away and counted: such a phrase asks for what the product
cannot hear in it.
"""

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
from loopmind_chat.agent.tuned import tuned_text
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
_EMPTY: Final = 0.25
_JOINED: Final = 0.16
_AFTER_SOMETHING: Final = 0.3
_TRIES: Final = 30


@dataclass(frozen=True, slots=True)
class Sample:
    """A prompt as the model reads it, and the answer wanted."""

    prompt: str
    answer: str
    family: str


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


def samples(phrases: Sequence[Phrase], seed: int, tally: Tally | None = None) -> Iterator[Sample]:
    """Samples without end, the same for the same phrases and seed."""
    tally = tally or Tally()
    dice = random.Random(seed)
    weights = _weights(phrases)
    while True:
        phrase = dice.choices(phrases, weights)[0]
        song = _song_for(dice, phrase)
        said = _said(dice, song, phrase)
        if said is None:
            continue
        joined = phrase.state != "empty" and not phrase.before and dice.random() < _JOINED
        if joined:
            other = _said(dice, song, dice.choices(phrases, weights)[0])
            if other is None or not _may_join(said, other):
                continue
            said = _joined(dice, said, other)
        sample = _sample(dice, song, said, phrase, phrases)
        tally.used[phrase.family, phrase.line] += 1
        if sample is None:
            tally.refused[phrase.family, phrase.line] += 1
        else:
            yield sample


def _weights(phrases: Sequence[Phrase]) -> list[float]:
    """Families count alike but for the root of their size; within one, phrases by their weight."""
    total: Counter[str] = Counter()
    for phrase in phrases:
        total[phrase.family] += phrase.weight
    return [phrase.weight / total[phrase.family] ** 0.5 for phrase in phrases]


def _song_for(dice: random.Random, phrase: Phrase) -> Song:
    empty = phrase.state == "empty" or (phrase.state == "any" and dice.random() < _EMPTY)
    return Song() if empty else random_song(dice)


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
    before = said.before
    unasked = not before and not said.calls.startswith(ASK)  # what was done before may answer a question back
    if unasked and song.sections and dice.random() < _AFTER_SOMETHING:
        before = _any_calls(dice, song, phrases)
    refs = {ref: Path("/somewhere") for ref in re.findall(r"@\d", sentence)}
    ground = Ground(song, sentence, refs, before)
    if not admits(ground, said.calls):
        return None
    return Sample(tuned_text(ground), f" {said.calls}", phrase.family)


def _any_calls(dice: random.Random, song: Song, phrases: Sequence[Phrase]) -> str:
    """The calls of some other turn, with which the sentence has nothing to do."""
    for _ in range(_TRIES):
        other = _said(dice, song, dice.choice(phrases))
        if other is not None and not other.calls.startswith((NO_CALL, ASK)):
            return other.calls
    return ""
