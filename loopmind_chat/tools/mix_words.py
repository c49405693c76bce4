"""Levels, places and effects in words."""

from collections.abc import Sequence

from loopmind_chat.song.model import Effect, Track
from loopmind_chat.tools.targets import listed, shown

_ALIKE_DB = 0.05


def decibels(level: float) -> str:
    """A level: "+3 dB", "0 dB", "-6.5 dB"."""
    return "0 dB" if abs(level) < _ALIKE_DB else f"{round(level, 1):+g} dB"


def moves_told(moves: Sequence[tuple[float, float]]) -> str:
    """Levels before and after: "0 to +3 dB"; several that go the same way: "3 dB up"."""
    if len(set(moves)) == 1:
        before, after = moves[0]
        return f"{decibels(before).removesuffix(' dB')} to {decibels(after)}"
    steps = {round(after - before, 1) for before, after in moves}
    if len(steps) == 1:
        (step,) = steps
        return f"{abs(step):g} dB {'up' if step > 0 else 'down'}"
    to = listed(list(dict.fromkeys(decibels(after) for _, after in moves)))
    return f"to {to}"


def levels_told(tracks: Sequence[Track]) -> str:
    """The level of each track; those that are as they come in few words."""
    told = [f"{shown(t.name)} {'muted' if t.muted else decibels(t.gain_db)}" for t in tracks if t.muted or t.gain_db]
    plain = [t for t in tracks if not t.muted and not t.gain_db]
    if not told and len(plain) > 1:
        return "every track is at 0 dB"
    rest = f"the rest at {decibels(0.0)}" if len(plain) > 1 else "".join(f"{shown(t.name)} 0 dB" for t in plain)
    return ", ".join([*told, rest] if rest else told)


def place_told(pan: float) -> str:
    """A place between left and right: "in the centre", "50% left"."""
    return "in the centre" if pan == 0.0 else f"{abs(pan):.0%} {'left' if pan < 0 else 'right'}"


def effects_told(fx: Sequence[Effect]) -> list[str]:
    """Effects with their amounts: "reverb 50%"."""
    return [f"{effect.kind.replace('_', '-')} {effect.amount:.0%}" for effect in fx]


def track_mix(track: Track) -> str:
    """Level, place and effects of a track, as far as they are not plain; "" where all are."""
    level = ["muted"] if track.muted else [decibels(track.gain_db)] if track.gain_db else []
    pan = [place_told(track.pan)] if track.pan else []
    return ", ".join([*level, *pan, *effects_told(track.fx), *(["on solo"] if track.solo else [])])
