"""The song as a picture: tracks down, bars across, true to proportion, with the playhead."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.tui.colours import ROLE_COLOURS, shaded
from loopmind_chat.tui.names import short_names
from loopmind_chat.tui.text import fitted, plain

_LABEL: Final = 11
"""Columns of the track names."""
_ENERGY: Final = "▁▂▃▄▅▆▇█"
_EMPTY = Style(color="#444a57")
_QUIET = Style(color="#7d8597")
_NAME = Style(color="#c8ccd4")
_HEAD = (Style(color="#e6e6e6", bgcolor="#2b303b", bold=True), Style(color="#e6e6e6", bgcolor="#3a4150", bold=True))
_PLAYHEAD = Style(color="#101216", bgcolor="#ffd75f", bold=True)
_INVITATION: Final = "no song yet: say what you want to hear, such as  make something dark at 140"


class Timeline(ScrollView, can_focus=False):
    """Sections in a row of names, a line a track, and the energy below."""

    DEFAULT_CSS = """
    Timeline {
        height: auto; max-height: 45%; min-height: 3; background: $surface;
        overflow-x: hidden; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="timeline")
        self.song = Song()
        self.beat = 0.0
        self._widespread: frozenset[str] = frozenset()
        self._names_of: Mapping[str, str] = {}

    def leave_out(self, widespread: frozenset[str]) -> None:
        """Words of the library that names on the blocks do not need."""
        if widespread != self._widespread:
            self._widespread = widespread
            self._names_of = short_names(self.song, widespread)
            self.refresh()

    def show_song(self, song: Song) -> None:
        """Draw another song."""
        self.song = song
        self._names_of = short_names(song, self._widespread)
        self.virtual_size = Size(1, self._lines())
        self.refresh(layout=True)

    def show_beat(self, beat: float) -> None:
        """Move the playhead; repaints only where it moved a column."""
        before = self._column(self.beat)
        self.beat = beat
        if self._column(beat) != before:
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """One line for the names, one a track, one for the energy."""
        return self._lines()

    def render_line(self, y: int) -> Strip:
        """One line of the picture."""
        line = y + self.scroll_offset.y
        width = self.size.width
        if not self.song.sections:
            text = _INVITATION if line == 0 else ""
            return Strip([Segment(fitted(text, width), _NAME)], width)
        if line == 0:
            strip = self._names()
        elif line <= len(self.song.tracks):
            strip = self._track(self.song.tracks[line - 1])
        elif line == len(self.song.tracks) + 1:
            strip = self._energy()
        else:
            strip = Strip.blank(width)
        return self._with_playhead(strip).adjust_cell_length(width)

    def _lines(self) -> int:
        return len(self.song.tracks) + 2 if self.song.sections else 1

    def _columns(self) -> int:
        return max(1, self.size.width - _LABEL - 1)

    def _column(self, beat: float) -> int:
        total = max(self.song.beats, 1.0)
        return int(min(beat / total, 1.0) * self._columns())

    def _edges(self) -> list[int]:
        """First column of each section, and the end."""
        beats = self.song.beats_per_bar
        starts = [self._column(bar * beats) for bar, _ in self.song.starts()]
        return [*starts, self._columns()]

    def _names(self) -> Strip:
        key = str(self.song.key) if self.song.key else ""
        segments = [Segment(fitted(key, _LABEL), _NAME)]
        for number, ((left, right), section) in enumerate(
            zip(pairwise(self._edges()), self.song.sections, strict=True)
        ):
            segments.append(Segment(fitted(_short_name(section, right - left), right - left), _HEAD[number % 2]))
        return Strip(segments)

    def _track(self, track: Track) -> Strip:
        mark = "M" if track.muted else "S" if track.solo else " "
        segments = [Segment(fitted(plain(track.name), _LABEL - 2) + mark + " ", _NAME)]
        for (left, right), section in zip(pairwise(self._edges()), self.song.sections, strict=True):
            layers = [layer for layer in section.layers if layer.track == track.id]
            segments.extend(self._cell(section, track, layers, right - left))
        return Strip(segments)

    def _cell(self, section: Section, track: Track, layers: list[Layer], width: int) -> list[Segment]:
        """A track in a section: each layer a block as long as it sounds, its loop's name on it."""
        beats = section.bars * self.song.beats_per_bar
        cells: list[tuple[str, Style]] = [("·" if i == 0 else " ", _EMPTY) for i in range(width)]
        for layer in sorted(layers, key=lambda layer: layer.start_beat):
            left = int(layer.start_beat / beats * width)
            right = max(left + 1, int((layer.start_beat + layer.beats) / beats * width))
            silent = layer.muted or track.muted
            style = _block_style(layer, section.energy, silent=silent)
            name = fitted(" " + self._names_of[layer.loop], right - left) if right - left > 1 else " "
            for column, letter in zip(range(left, min(right, width)), name, strict=False):
                cells[column] = (letter, style)
        return [Segment(letter, style) for letter, style in cells]

    def _energy(self) -> Strip:
        segments = [Segment(fitted("energy", _LABEL), _QUIET)]
        for (left, right), section in zip(pairwise(self._edges()), self.song.sections, strict=True):
            level = min(int(section.energy * len(_ENERGY)), len(_ENERGY) - 1)
            segments.append(Segment(_ENERGY[level] * (right - left), _QUIET))
        return Strip(segments)

    def _with_playhead(self, strip: Strip) -> Strip:
        column = _LABEL + min(self._column(self.beat), self._columns() - 1)
        left, head, right = strip.divide([column, column + 1, strip.cell_length])
        return Strip.join([left, Strip([Segment(segment.text, _PLAYHEAD) for segment in head]), right])


def _block_style(layer: Layer, energy: float, *, silent: bool) -> Style:
    colour = ROLE_COLOURS[layer.role]
    if silent:
        return Style(color=colour, bgcolor="#22262e", dim=True)
    return Style(color="#0f1115", bgcolor=shaded(colour, 0.6 + 0.4 * energy))


def _short_name(section: Section, width: int) -> str:
    """The section's name, as much of it as fits: "breakdown 1", "brea 1", "b1"."""
    if len(section.name) < width:
        return section.name
    word, _, number = section.name.partition(" ")
    return word[: max(1, width - len(number) - 1)] + number
