"""Which clips are heard when, from a place in a plan on."""

from collections.abc import Iterable, Sequence

from loopmind_chat.audio.plan import Clip, Event, MixPlan


def in_order_of_need(plan: MixPlan, frame: int) -> list[Clip]:
    """The plan's clips, those first that are heard first from ``frame`` on; what lies before comes last."""
    waits: dict[str, int] = {}
    for event in plan.events:
        wait = _wait(event, frame, plan.last_frame)
        waits[event.clip] = min(waits.get(event.clip, wait), wait)
    return sorted((clip for clip in plan.clips if clip.key in waits), key=lambda clip: waits[clip.key])


def needed_within(plan: MixPlan, frame: int, frames: int) -> set[str]:
    """Keys of the clips that are heard between ``frame`` and ``frame + frames``."""
    return {event.clip for event in _between(plan.events, frame, frame + frames)}


def _wait(event: Event, frame: int, length: int) -> int:
    if event.end > frame:
        return max(event.start - frame, 0)
    return event.start - frame + length


def _between(events: Sequence[Event], start: int, end: int) -> Iterable[Event]:
    return (event for event in events if event.start < end and event.end > start)
