"""How sections are entered: what is cut, added or done to the sound around a border.

Heard: riser, impact, drop-out, fill (on drum loops), sweeps, tape stop, reverb tail. A crossfade is a plain cut.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from loopmind_chat.audio.plan.values import LEAD, Clip, Event, MixPlan, Passage, Strip, clip_with_key
from loopmind_chat.song.model import Song, Transition
from loopmind_chat.song.units import SAMPLE_RATE, Frames, frames_of
from loopmind_chat.song.vocabulary import Role, TransitionKind

TRANSITION_STRIP: Final = Strip(id="transitions", name="Transitions", role=Role.FX, gain_db=-9.0)
"""Where risers and impacts sound; a track of its own, so that stems hold them."""

PASSAGES: Final = frozenset(
    {TransitionKind.SWEEP_UP, TransitionKind.SWEEP_DOWN, TransitionKind.TAPE_STOP, TransitionKind.REVERB_TAIL}
)
_IMPACT_FRAMES: Final = 3 * SAMPLE_RATE


def with_transitions(plan: MixPlan, song: Song) -> MixPlan:
    """The plan with every section entered as its transition says."""
    for bar, section in song.starts():
        border = frames_of(bar * song.beats_per_bar, song.tempo)
        if section.transition is not None:
            plan = _entered(plan, section.transition, border, bar * song.beats_per_bar)
    return plan


def _entered(plan: MixPlan, transition: Transition, border: Frames, border_beat: int) -> MixPlan:
    kind = transition.kind
    if kind is TransitionKind.IMPACT:
        return _with_made(plan, kind, border, border + _IMPACT_FRAMES)
    start_beat = border_beat - min(transition.beats, float(border_beat))
    start = frames_of(start_beat, plan.tempo)
    if start < border:
        if kind is TransitionKind.RISER:
            plan = _with_made(plan, kind, start, border)
        elif kind in PASSAGES:
            plan = replace(plan, passages=(*plan.passages, Passage(kind, start, border)))
        elif kind is TransitionKind.DROP_OUT:
            plan = replace(plan, events=tuple(without(plan.events, start, border, _loops(plan))))
        elif kind is TransitionKind.FILL:
            plan = _with_fill(plan, start_beat, border_beat)
    return plan


def without(events: Iterable[Event], start: int, end: int, loops: frozenset[str]) -> Iterator[Event]:
    """The events with nothing heard from ``start`` to ``end``; loops (by clip key) come back at ``end``."""
    for event in events:
        if event.end <= start or event.start >= end - LEAD:
            # what leads into the border by less than the seam belongs to the beat on it
            yield event
            continue
        if event.start < start:
            kept = start - event.start
            yield replace(event, end=start, fade_in=min(event.fade_in, kept // 2), fade_out=min(LEAD, kept // 2))
        if event.end > end and event.clip in loops:
            offset = event.offset + end - event.start
            yield replace(event, start=end, offset=offset, fade_in=min(LEAD, (event.end - end) // 2))


def _with_made(plan: MixPlan, kind: TransitionKind, start: int, end: int) -> MixPlan:
    clip = clip_with_key(Clip(loop="", made=kind, role=Role.FX, frames=float(end - start)))
    event = Event(clip.key, TRANSITION_STRIP.id, start, end, 0)
    return replace(plan, clips=(*plan.clips, clip), events=(*plan.events, event))


def _with_fill(plan: MixPlan, start_beat: float, end_beat: float) -> MixPlan:
    """Drum loops stutter into the border: halves of a beat, then quarters of the backbeat that grow louder."""
    start, end = frames_of(start_beat, plan.tempo), frames_of(end_beat, plan.tempo)
    drums = {strip.id for strip in plan.strips if strip.role is Role.DRUMS}
    loops = _loops(plan)
    mine = [event for event in plan.events if event.track in drums and event.clip in loops]
    source = next((e for e in mine if e.start <= start + LEAD and e.end > start and e.end > e.start), None)
    if source is None:
        return plan
    rest = [event for event in plan.events if event not in mine]
    zero = start - source.start + source.offset
    clip = plan.clip(source.clip)
    turn = max(1, int(clip.frames)) if clip else 1
    fill = [
        Event(
            source.clip,
            source.track,
            frames_of(beat, plan.tempo),
            frames_of(beat + length, plan.tempo),
            (zero + frames_of(read, plan.tempo)) % turn,
            source.gain * gain,
            8,
            48,
        )
        for beat, length, read, gain in _stutter(start_beat, end_beat)
    ]
    return replace(plan, events=(*rest, *without(mine, start, end, loops), *fill))


def _stutter(start: float, end: float) -> Iterator[tuple[float, float, float, float]]:
    """Beat, length, beat to read from the start of the fill, and gain of each slice."""
    middle = start + (end - start) / 2.0
    beat = start
    while beat < end - 1e-6:
        late = beat >= middle - 1e-6
        length = min(0.25 if late else 0.5, end - beat)
        growth = 0.55 + 0.45 * (beat - middle) / max(end - middle, 1e-6) if late else 1.0
        yield beat, length, (1.0 if late else 0.0), growth
        beat += length


def _loops(plan: MixPlan) -> frozenset[str]:
    return frozenset(clip.key for clip in plan.clips if clip.repeats)
