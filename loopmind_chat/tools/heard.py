"""What the song already holds but the mixer does not sound yet, and the one sentence that says so."""

from collections.abc import Iterable
from typing import Final

from loopmind_chat.song.vocabulary import EffectKind, TransitionKind

UNHEARD_EFFECTS: Final = frozenset(EffectKind)
UNHEARD_TRANSITIONS: Final = frozenset(TransitionKind)
SWING_IS_HEARD: Final = False

_NOT_YET: Final = " (it is in the song, but not heard yet)"


def effects_note(kinds: Iterable[EffectKind]) -> str:
    """What to add to a summary about effects: "" where all of them sound."""
    return _NOT_YET if UNHEARD_EFFECTS.intersection(kinds) else ""


def transition_note(kind: TransitionKind) -> str:
    """What to add to a summary about a transition."""
    return _NOT_YET if kind in UNHEARD_TRANSITIONS else ""


def swing_note() -> str:
    """What to add to a summary about swing."""
    return "" if SWING_IS_HEARD else _NOT_YET
