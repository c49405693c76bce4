"""What the user says of a loop outweighs what the analysis heard, now and after every rescan."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from loopmind_chat.errors import LibraryError
from loopmind_chat.song.find import role_of
from loopmind_chat.song.keys import Key, parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.song.vocabulary import UNPITCHED, Role

_BEATS_PER_BAR: Final = 4
_USER: Final = "user"
_NEAR_BEAT: Final = 0.12
"""A length this close to a whole number of beats, in beats, is that number."""
_NEAR_BAR: Final = 0.03
"""And one this close to a whole number of bars, as a share of it: a loop is cut to bars."""


def checked_changes(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The corrections as plain JSON values; raises LibraryError, naming what is wrong.

    Takes ``bpm`` (a number, or None for no tempo), ``key`` (a Key, its name, or None), ``role`` and ``is_loop``.
    """
    if not changes:
        raise LibraryError("say what to correct: bpm, key, role or is_loop")
    checks = {"bpm": _bpm, "key": _key, "role": _role, "is_loop": _is_loop}
    unknown = [name for name in changes if name not in checks]
    if unknown:
        raise LibraryError(f"a loop's {unknown[0]} cannot be corrected: only bpm, key, role and is_loop")
    return {name: checks[name](value) for name, value in changes.items()}


def corrected(facts: LoopFacts, changes: Mapping[str, Any]) -> LoopFacts:
    """The facts as the user has corrected them, what follows from a correction included."""
    if "is_loop" in changes:
        facts = replace(facts, is_loop=changes["is_loop"])
        if not facts.is_loop:
            facts = _with_bpm(facts, None)
    if "bpm" in changes:
        facts = _with_bpm(facts, changes["bpm"])
    if "role" in changes:
        facts = replace(facts, role=Role(changes["role"]), role_confidence=1.0, role_source=_USER)
        if facts.role in UNPITCHED:
            facts = replace(facts, key=None, key_confidence=0.0)
    if "key" in changes:
        named = changes["key"]
        facts = replace(facts, key=parse_key(named) if named else None, key_confidence=1.0)
    return facts


def _with_bpm(facts: LoopFacts, bpm: float | None) -> LoopFacts:
    if bpm is None:
        facts = replace(facts, bpm=None, bpm_confidence=1.0, bpm_alternates=(), beats=None, bars=None)
        return replace(facts, tempo_source=_USER, tempo_readings=())
    # Its period stays what it was: the same seconds are other beats.
    period_s = facts.beats * 60.0 / facts.bpm if facts.beats and facts.bpm else facts.duration_s
    beats = _whole(period_s * bpm / 60.0)
    alternates = tuple(b for b in (bpm / 2, bpm * 2) if TEMPO_MIN <= b <= TEMPO_MAX)
    return replace(
        facts,
        bpm=bpm,
        bpm_confidence=1.0,
        bpm_alternates=alternates,
        tempo_source=_USER,
        tempo_readings=(),
        beats=beats,
        bars=beats / _BEATS_PER_BAR,
    )


def _whole(beats: float) -> float:
    beat, bar = round(beats), _BEATS_PER_BAR * round(beats / _BEATS_PER_BAR)
    if beat and abs(beats - beat) <= _NEAR_BEAT:
        return float(beat)
    return float(bar) if bar and abs(beats - bar) <= _NEAR_BAR * bar else beats


def _bpm(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and TEMPO_MIN <= value <= TEMPO_MAX:
        return float(value)
    raise LibraryError(f"a tempo is a number from {TEMPO_MIN:g} to {TEMPO_MAX:g}, not {value!r}")


def _key(value: object) -> str | None:
    if value is None:
        return None
    key = value if isinstance(value, Key) else parse_key(value) if isinstance(value, str) else None
    if key is None:
        raise LibraryError(f'a key is written like "A minor", not {value!r}')
    return str(key)


def _role(value: object) -> str:
    role = role_of(value) if isinstance(value, str) else None
    if role is None:
        raise LibraryError(f"a role is one of {', '.join(Role)}, not {value!r}")
    return role.value


def _is_loop(value: object) -> bool:
    if not isinstance(value, bool):
        raise LibraryError(f"is_loop is true or false, not {value!r}")
    return value
