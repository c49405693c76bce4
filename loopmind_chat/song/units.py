"""Units of musical time, and the way from one to the other."""

from typing import Final, NewType

Beats = NewType("Beats", float)
"""Quarter notes, counted from 0."""

Bars = NewType("Bars", int)
"""Whole bars, counted from 0."""

Frames = NewType("Frames", int)
"""Sample frames at the engine's rate, counted from 0."""

TEMPO_MIN: Final = 40.0
TEMPO_MAX: Final = 250.0
SAMPLE_RATE: Final = 48_000
"""Rate of the engine and of every render, in Hz."""


def frames_of(beats: float, tempo: float, rate: int = SAMPLE_RATE) -> Frames:
    """Nearest frame to a position in beats, at ``tempo`` BPM.

    Positions are always converted from the song's start, never added up, so rounding does not drift.
    """
    return Frames(round(beats * 60.0 / tempo * rate))


def beats_of(frames: int, tempo: float, rate: int = SAMPLE_RATE) -> Beats:
    """Beats that ``frames`` last at ``tempo`` BPM."""
    return Beats(frames * tempo / (60.0 * rate))
