"""What is to be played, to the frame: a song turned into clips, events and strips. Pure; reads no audio."""

from loopmind_chat.audio.plan.build import build_plan
from loopmind_chat.audio.plan.values import (
    LEAD,
    Clip,
    Event,
    MixPlan,
    Passage,
    SectionMark,
    Strip,
    clip_with_key,
)

__all__ = ["LEAD", "Clip", "Event", "MixPlan", "Passage", "SectionMark", "Strip", "build_plan", "clip_with_key"]
