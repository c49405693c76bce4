"""What a song is: frozen values, nothing else.

A song is a row of sections; a section holds layers; a layer puts one loop (or a pattern of one-shots) on a
track for some beats. Positions inside a section are in beats from its start, so a section can move freely.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from loopmind_chat.song.keys import Key
from loopmind_chat.song.units import Bars, Beats
from loopmind_chat.song.vocabulary import EffectKind, MixMode, Role, SectionKind, TransitionKind


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect on a track or a layer."""

    kind: EffectKind
    amount: float = 0.5
    """0 (barely there) to 1 (all the way)."""


@dataclass(frozen=True, slots=True)
class Transition:
    """How a section is entered; it sounds in the ``beats`` before the section starts (an impact: after)."""

    kind: TransitionKind
    beats: float = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One loop, or a pattern of one one-shot, for some beats of a section."""

    id: str
    track: str
    role: Role
    loop: str
    """Id of the loop in the library."""
    path: str
    gain_db: float = 0.0
    muted: bool = False
    semitones: int = 0
    stretch: float = 1.0
    """Length out over length in; 1 for one-shots."""
    start_beat: float = 0.0
    beats: float
    """How long it sounds, from ``start_beat``; never past the section's end."""
    offset_beats: float = 0.0
    """Where in the loop it starts to read."""
    loop_beats: float
    """Period of the loop in the song's beats: it repeats each ``loop_beats``. 0 for one-shots."""
    pattern: tuple[float, ...] | None = None
    """Beats at which a one-shot is struck; repeats each whole number of bars that holds it. None for loops."""
    fx: tuple[Effect, ...] = ()
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A row of the timeline: layers that are mixed together."""

    id: str
    name: str
    role: Role
    gain_db: float = 0.0
    pan: float = 0.0
    """-1 (left) to 1 (right)."""
    muted: bool = False
    solo: bool = False
    fx: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the song, a whole number of bars long."""

    id: str
    name: str = ""
    """Counted within its kind, "hook 2"; set by :func:`loopmind_chat.song.edits.apply`."""
    kind: SectionKind
    bars: int
    energy: float = 0.5
    transition: Transition | None = None
    locked: bool = False
    layers: tuple[Layer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Song:
    """A whole song. The empty one has no sections."""

    title: str = "Untitled"
    genre: str = ""
    mood: str = ""
    tempo: float = 120.0
    key: Key | None = None
    beats_per_bar: int = 4
    mix: MixMode = MixMode.POLISHED
    swing: float = 0.0
    """0 (straight) to 1 (triplets): how far every second sixteenth is late."""
    seed: int = 0
    tracks: tuple[Track, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def bars(self) -> Bars:
        """Length in bars."""
        return Bars(sum(section.bars for section in self.sections))

    @property
    def beats(self) -> Beats:
        """Length in beats."""
        return Beats(float(self.bars * self.beats_per_bar))

    @property
    def seconds(self) -> float:
        """Length in seconds, tails apart."""
        return self.beats * 60.0 / self.tempo

    @property
    def form(self) -> str:
        """The form in words: "intro 8, verse 16, hook 8"."""
        return ", ".join(f"{section.kind} {section.bars}" for section in self.sections)

    def starts(self) -> Iterator[tuple[Bars, Section]]:
        """Each section with the bar it starts at."""
        bar = 0
        for section in self.sections:
            yield Bars(bar), section
            bar += section.bars

    def start_bar(self, section_id: str) -> Bars:
        """Bar at which a section starts. Raises KeyError where there is none of that id."""
        for bar, section in self.starts():
            if section.id == section_id:
                return bar
        raise KeyError(section_id)

    def section(self, section_id: str) -> Section | None:
        """The section of that id."""
        return next((section for section in self.sections if section.id == section_id), None)

    def track(self, track_id: str) -> Track | None:
        """The track of that id."""
        return next((track for track in self.tracks if track.id == track_id), None)

    def layers(self) -> Iterator[tuple[Section, Layer]]:
        """Every layer with its section, in song order."""
        for section in self.sections:
            for layer in section.layers:
                yield section, layer

    def loops(self) -> tuple[str, ...]:
        """Ids of the loops used, in order of appearance, each once."""
        return tuple(dict.fromkeys(layer.loop for _, layer in self.layers()))


def fresh_id(song: Song, prefix: str) -> str:
    """An id not yet taken in ``song``: "s" for sections, "t" for tracks, "l" for layers."""
    return next(fresh_ids(song, prefix))


def fresh_ids(song: Song, prefix: str) -> Iterator[str]:
    """Ids not yet taken in ``song``, without end."""
    taken = {section.id for section in song.sections}
    taken |= {track.id for track in song.tracks}
    taken |= {layer.id for _, layer in song.layers()}
    numbers = [int(name[len(prefix) :]) for name in taken if name.startswith(prefix) and name[len(prefix) :].isdigit()]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"{prefix}{number}"
