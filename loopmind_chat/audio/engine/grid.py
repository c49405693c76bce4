"""Where the bars and sections of a plan lie in frames, and how a place in one plan is found again in another."""

from dataclasses import dataclass

from loopmind_chat.audio.plan import MixPlan
from loopmind_chat.song.units import SAMPLE_RATE, frames_of

_TAIL = 1_024
"""The master stage is late by some milliseconds: the song's last frames come out of it after its end."""


@dataclass(frozen=True, slots=True)
class Span:
    """A section's place."""

    id: str
    start_bar: int
    bars: int

    @property
    def end_bar(self) -> int:
        """The first bar after it."""
        return self.start_bar + self.bars


@dataclass(frozen=True, slots=True)
class Grid:
    """The time of one plan."""

    tempo: float
    beats_per_bar: int
    sections: tuple[Span, ...]
    frames: int
    """Length with the tails that ring on after the last bar."""

    @property
    def bars(self) -> int:
        """Length in bars."""
        return self.sections[-1].end_bar if self.sections else 0

    def bar_frame(self, bar: int) -> int:
        """Frame of a bar line."""
        return frames_of(bar * self.beats_per_bar, self.tempo)

    def bar_at(self, frame: int) -> int:
        """The bar that holds a frame; a bar line belongs to the bar that it opens."""
        bar = int(self.beat_at(frame) / self.beats_per_bar) + 1
        while bar > 0 and self.bar_frame(bar) > frame:
            bar -= 1
        return bar

    def next_line(self, frame: int) -> int:
        """Frame of the first bar line at or after ``frame``."""
        bar = self.bar_at(frame)
        line = self.bar_frame(bar)
        return line if line == frame else self.bar_frame(bar + 1)

    def beat_at(self, frame: int) -> float:
        """Position of a frame in beats."""
        return frame * self.tempo / (60.0 * SAMPLE_RATE)

    def span(self, section_id: str | None) -> Span | None:
        """The place of the section of that id."""
        return next((span for span in self.sections if span.id == section_id), None)

    def span_at(self, frame: int) -> Span | None:
        """The section that holds a frame."""
        bar = self.bar_at(frame)
        return next((span for span in self.sections if span.start_bar <= bar < span.end_bar), None)


def grid_of(plan: MixPlan) -> Grid:
    """The time of a plan."""
    spans = tuple(Span(mark.id, mark.start_bar, mark.bars) for mark in plan.sections)
    return Grid(plan.tempo, plan.beats_per_bar, spans, plan.last_frame + _TAIL)


def landing(old: Grid, new: Grid, frame: int) -> int:
    """Frame of ``new`` at which the music goes on that stands at ``frame`` of ``old``.

    The same beat of the same section where that is still there, else the same bar, or the last one. What stands
    past the last bar stays past it, unless the song has grown.
    """
    bar = old.bar_at(frame)
    rest = frames_of(old.beat_at(frame - old.bar_frame(bar)), new.tempo)
    here = old.span_at(frame)
    there = new.span(here.id) if here else None
    if here is None and new.bars <= bar:
        return new.bar_frame(new.bars) + rest
    if here is not None and there is not None:
        inside = bar - here.start_bar
        target, kept = there.start_bar + min(inside, there.bars), inside < there.bars
    else:
        target, kept = bar, True
    if target >= new.bars:
        target, kept = max(new.bars - 1, 0), False
    return new.bar_frame(target) + (rest if kept else 0)
