"""The later rounds of a turn: the model is told what its calls came to, and may call more."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from loopmind_chat.agent.prompt import one_line, song_line
from loopmind_chat.agent.turn_model import Round
from loopmind_chat.home import resource
from loopmind_chat.session.turns import CallOutcome
from loopmind_chat.song.model import Song
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.paths import cut_paths
from loopmind_chat.tools.turn_rounds import Came, Next

_CAME_MAX: Final = 400
"""Characters of what one call came to that a model reads."""
_ROUND_MAX: Final = 1600
"""Characters of what all calls of a round came to."""
_LEAST: Final = 60
_THAT_PATH: Final = "that path"

Ask = Callable[[Sequence[Round]], Next]
"""Asks the model what follows on these rounds."""


class LaterRounds:
    """What a turn asks after each round. What has been done in a round is not done again in a later one."""

    def __init__(self, ask: Ask, refs: Mapping[str, Path]) -> None:
        """``refs`` are the paths that the user typed: no model is shown one."""
        self._ask = ask
        self._refs = refs
        self._rounds: list[Round] = []
        self._done: list[Call] = []

    def __call__(self, came: Sequence[Came], song: Song) -> Next:
        """The calls of the next round, without those that went well before."""
        self._rounds.append(_round(came, song, self._refs))
        self._done += [each.call for each in came if each.outcome.ok]
        then = self._ask(tuple(self._rounds))
        return Next([call for call in then.calls if call not in self._done], then.closing)


def results_told(last: Round) -> str:
    """What a model is told of a round: a line a call, the song, and what to answer now."""
    lines = [f"{call.tool}: {came}" for call, came in zip(last.calls, last.came, strict=True)]
    return "\n".join([*lines, result_rules(last.song)])


def result_rules(song: Song) -> str:
    """The song as a round left it, and what to answer to its results."""
    return f"{song_line(song)}\n{resource('prompts', 'results.txt').read_text('utf-8').strip()}"


def _round(came: Sequence[Came], song: Song, refs: Mapping[str, Path]) -> Round:
    room = max(_LEAST, min(_CAME_MAX, _ROUND_MAX // max(1, len(came))))
    return Round(
        tuple(each.call for each in came),
        tuple(_told(each.outcome, refs, room) for each in came),
        song,
        leads_on=any(each.told_only or not each.outcome.ok for each in came),
    )


def _told(outcome: CallOutcome, refs: Mapping[str, Path], room: int) -> str:
    """A summary as text of a prompt: one line, without paths, its first rows where it has more than fit."""
    text = outcome.summary if outcome.ok else f"not done: {outcome.summary}"
    rows = one_line(_without_paths(text, refs)).split("; ")
    told = rows[0][:room]
    for row in rows[1:]:
        if len(told) + len(row) + 2 > room:
            return f"{told}; ..."
        told = f"{told}; {row}"
    return told


def _without_paths(text: str, refs: Mapping[str, Path]) -> str:
    for path in refs.values():
        text = text.replace(str(path), _THAT_PATH)
    bare, found = cut_paths(text)
    for reference in reversed(found):
        bare = bare.replace(reference, _THAT_PATH)
    return bare
