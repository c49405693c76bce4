"""All that the loops tell about each other, in order: tempos within folders, then the user's own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from loopmind_chat.library.settle.learned import Naming
from loopmind_chat.library.settle.naming import learn_naming
from loopmind_chat.library.settle.tempo import settle_tempos
from loopmind_chat.song.loops import LoopFacts


@dataclass(frozen=True, slots=True)
class Settled:
    """What the loops of a library make of each other."""

    tempos: Mapping[str, LoopFacts] = field(default_factory=dict)
    """By id, the loops whose tempo their folder settles."""
    naming: Naming = field(default_factory=Naming)

    @classmethod
    def of(cls, loops: Iterable[LoopFacts], corrections: Mapping[str, Mapping[str, Any]]) -> "Settled":
        """Settle loops that are given with their corrections applied; the order does not matter."""
        return cls().renewed({loop.id: loop for loop in loops}, corrections, None)

    def renewed(
        self,
        loops: Mapping[str, LoopFacts],
        corrections: Mapping[str, Mapping[str, Any]],
        folders: frozenset[str] | None,
    ) -> "Settled":
        """The same after a change to loops of ``folders`` (None: of any); others keep their tempos."""
        if folders is None:
            tempos = settle_tempos(tuple(loops.values()))
        else:
            touched = [loop for loop in loops.values() if folder_of(loop) in folders]
            kept = {i: loop for i, loop in self.tempos.items() if i in loops and folder_of(loop) not in folders}
            tempos = kept | settle_tempos(touched)
        naming = learn_naming([tempos.get(i, loop) for i, loop in loops.items()], corrections)
        return Settled(tempos, naming)

    def facts(self, loop: LoopFacts) -> LoopFacts:
        """The loop as settled."""
        return self.naming.facts.get(loop.id) or self.tempos.get(loop.id, loop)


def folder_of(loop: LoopFacts) -> str:
    """The folder that a loop lies in: what settles its tempo is there."""
    return loop.path.rpartition("/")[0]
