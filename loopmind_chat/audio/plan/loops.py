"""Loops in time: each repeats from its layer's start, and its turns join without a click."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from loopmind_chat.audio.plan.values import LEAD, Clip, Event
from loopmind_chat.song.model import Song
from loopmind_chat.song.units import frames_of
from loopmind_chat.song.vocabulary import Role

_TINY: Final = 1e-6
_ATTACK: Final = 48
"""Frames (1 ms) over which a loop enters on its first beat."""
_ATTACK_DRUMS: Final = 8
_DRUMS: Final = frozenset({Role.DRUMS, Role.PERCUSSION})
_SHORTEST_TURN: Final = 4 * LEAD


@dataclass(frozen=True, slots=True)
class Span:
    """A loop sounding without a break, in beats from the song's start."""

    clip: Clip
    track: str
    start: float
    end: float
    phase: float
    """Beats into the loop at ``start``."""
    gain: float

    def phase_at(self, beat: float) -> float:
        """Beats into the loop at ``beat``."""
        return _wrapped(self.phase + beat - self.start, self.clip.beats)


def loop_events(song: Song, clips: Mapping[str, Clip]) -> list[Event]:
    """The events of all loops, one a turn. ``clips`` is by layer id and lacks muted layers."""
    events: list[Event] = []
    ended: dict[tuple[str, str, float], tuple[Span, Event]] = {}
    for span in sorted(_spans(song, clips), key=lambda span: span.start):
        lead = 0
        before = ended.get((span.track, span.clip.key, round(span.start, 6)))
        if before is not None and _apart(before[0].phase_at(span.start), span.phase, span.clip.beats) < _TINY:
            lead = before[1].fade_out
        turns = list(_turns(span, song.tempo, lead))
        events.extend(turns)
        if turns:
            ended[span.track, span.clip.key, round(span.end, 6)] = span, turns[-1]
    return events


def _spans(song: Song, clips: Mapping[str, Clip]) -> Iterator[Span]:
    for bar, section in song.starts():
        origin = bar * song.beats_per_bar
        for layer in section.layers:
            clip = clips.get(layer.id)
            if clip is None or layer.pattern is not None:
                continue
            start = origin + layer.start_beat
            yield Span(
                clip=clip,
                track=layer.track,
                start=start,
                end=start + layer.beats,
                phase=_wrapped(layer.offset_beats, clip.beats),
                gain=10.0 ** (layer.gain_db / 20.0),
            )


def _turns(span: Span, tempo: float, lead: int) -> Iterator[Event]:
    """One event a turn of the loop; every position is counted from the song's start, so nothing drifts.

    The first is joined to what was before it by ``lead`` frames, 0: by none.
    """
    turn_beats = span.clip.beats
    while frames_of(turn_beats, tempo) < _SHORTEST_TURN:
        turn_beats += span.clip.beats
    origin = span.start - span.phase
    beat, turn = span.start, 0
    while beat < span.end - _TINY:
        zero = origin + turn * turn_beats
        stop = min(zero + turn_beats, span.end)
        event = _turn(span, zero, (frames_of(beat, tempo), frames_of(stop, tempo)), tempo, lead)
        yield event
        lead, beat, turn = event.fade_out, stop, turn + 1


def _turn(span: Span, zero: float, frames: tuple[int, int], tempo: float, lead: int) -> Event:
    """The event of one turn between two frames, whose loop began at beat ``zero``."""
    start, end = frames
    offset = start - frames_of(zero, tempo)
    half = (end - start) // 2
    if lead:
        fade_in = lead = min(lead, start)
    elif offset:
        fade_in = min(LEAD, half)
    else:
        fade_in = min(_ATTACK_DRUMS if span.clip.role in _DRUMS else _ATTACK, half)
    return Event(
        clip=span.clip.key,
        track=span.track,
        start=start - lead,
        end=end,
        offset=offset - lead,
        gain=span.gain,
        fade_in=fade_in,
        fade_out=min(LEAD, half),
    )


def _wrapped(beats: float, period: float) -> float:
    """``beats`` within a period; a hair short of a whole turn counts as none."""
    phase = beats % period
    return 0.0 if period - phase < _TINY else phase


def _apart(one: float, other: float, period: float) -> float:
    distance = abs(one - other) % period
    return min(distance, period - distance)
