"""A song before and after a turn, and the same song with all that was allowed to change put back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from loopmind_chat.session.turns import CallOutcome
from loopmind_chat.song.find import find_sections
from loopmind_chat.song.model import Effect, Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import EffectKind
from loopmind_chat.tools.spec import LibraryReader
from loopmind_chat.tools.targets import tracks_named

Placed = tuple[str, Layer]
"""The id of a section, and a layer of it."""
_ROUND: Final = 4


@dataclass(frozen=True, slots=True)
class Target:
    """Layers that words name in the song before the turn."""

    layers: tuple[Placed, ...]
    everywhere: bool
    """Whether no section was named, so that their tracks may change as a whole."""

    @property
    def tracks(self) -> frozenset[str]:
        """Ids of their tracks."""
        return frozenset(layer.track for _, layer in self.layers)


@dataclass(slots=True)
class Look:
    """What a turn left; ``left`` and ``told`` lose whatever a wish explains."""

    before: Song
    after: Song
    past: Sequence[Song]
    """The song at the start, and after each earlier turn."""
    library: LibraryReader
    reply: str = ""
    calls: Sequence[CallOutcome] = ()
    told: list[str] = field(default_factory=list)
    """What was done besides changing the song: "play 8", "export wav stems", "rate NAME +1"."""
    left: Song = field(default_factory=Song)

    def __post_init__(self) -> None:
        self.left = self.after

    def target(self, words: str) -> Target:
        """The layers of "bass", "melody in hooks", "drums + hats in hook 1"; raises NotInSong."""
        track_words, _, section_words = words.partition(" in ")
        chosen = {track.id for part in track_words.split("+") for track in tracks_named(self.before, part.strip())}
        sections = self.sections(section_words) if section_words else self.before.sections
        placed = tuple((s.id, layer) for s in sections for layer in s.layers if layer.track in chosen)
        return Target(placed, not section_words)

    def sections(self, words: str) -> tuple[Section, ...]:
        """The sections of "hook 2", "hooks", "verse 1 + outro" in the song before; raises NotInSong."""
        return tuple(s for part in words.split("+") for s in find_sections(self.before, part.strip()))

    def now(self, section_id: str, layer_id: str) -> Layer | None:
        """A layer as it is after the turn."""
        section = self.after.section(section_id)
        return next((x for x in section.layers if x.id == layer_id), None) if section else None

    def pairs(self, target: Target) -> list[tuple[Layer, Layer]]:
        """The target's layers before and after; those that are gone are left out."""
        both = [(layer, self.now(section_id, layer.id)) for section_id, layer in target.layers]
        return [(old, new) for old, new in both if new is not None]

    def track(self, track_id: str, *, before: bool = False) -> Track:
        """A track; one that has gone is as it was before."""
        song = self.before if before else self.after
        found = song.track(track_id) or self.before.track(track_id) or self.after.track(track_id)
        if found is None:
            raise KeyError(track_id)
        return found

    def put_back(self, target: Target, *names: str) -> None:
        """Give the target's layers these fields as they were, and their tracks too where that is the whole track."""
        olds = {(section_id, layer.id): layer for section_id, layer in target.layers}

        def layer_back(section_id: str, layer: Layer) -> Layer:
            old = olds.get((section_id, layer.id))
            return _with(layer, old, names) if old is not None else layer

        self.map_layers(layer_back)
        if target.everywhere:
            self.tracks_back(target.tracks, *names)

    def effect_back(self, target: Target, kinds: frozenset[EffectKind]) -> None:
        """Give the target's layers, and whole tracks, their effects of these kinds as they were."""
        olds = {(section_id, layer.id): layer for section_id, layer in target.layers}

        def layer_back(section_id: str, layer: Layer) -> Layer:
            old = olds.get((section_id, layer.id))
            return replace(layer, fx=_mixed(layer.fx, old.fx, kinds)) if old is not None else layer

        self.map_layers(layer_back)
        if target.everywhere:
            self.left = replace(
                self.left,
                tracks=tuple(
                    replace(t, fx=_mixed(t.fx, self.track(t.id, before=True).fx, kinds)) if t.id in target.tracks else t
                    for t in self.left.tracks
                ),
            )

    def tracks_back(self, ids: frozenset[str], *names: str) -> None:
        """Give tracks these fields as they were."""
        self.left = replace(
            self.left,
            tracks=tuple(_with(t, self.before.track(t.id), names) if t.id in ids else t for t in self.left.tracks),
        )

    def map_layers(self, change: Callable[[str, Layer], Layer]) -> None:
        """Change every layer of ``left``."""
        self.left = replace(
            self.left,
            sections=tuple(
                replace(s, layers=tuple(change(s.id, layer) for layer in s.layers)) for s in self.left.sections
            ),
        )

    def section_back(self, section_id: str, *names: str) -> None:
        """Give a section of ``left`` these fields as they were."""
        old = self.before.section(section_id)
        sections = tuple(_with(s, old, names) if s.id == section_id else s for s in self.left.sections)
        self.left = replace(self.left, sections=sections)

    def song_back(self, *names: str) -> None:
        """Give the song these fields as they were."""
        self.left = _with(self.left, self.before, names)

    def take_told(self, *wanted: str) -> bool:
        """Whether something was done, which is then explained."""
        found = next((text for text in self.told if text in wanted), None)
        if found is not None:
            self.told.remove(found)
        return found is not None

    def rest(self) -> list[str]:
        """What changed that nothing explains."""
        same = canonical(self.left) == canonical(self.before)
        return ([] if same else [f"also changed: {_difference(self.before, self.left)}"]) + [
            f"also: {text}" for text in self.told
        ]


def canonical(song: Song) -> Any:  # noqa: ANN401 - nested tuples of everything that is heard
    """A song as values that are equal where nobody could hear or see a difference."""
    used = {layer.track for _, layer in song.layers()}
    fields = (song.title, song.genre, song.mood, song.tempo, str(song.key), song.mix, round(song.swing, _ROUND))
    tracks = tuple(
        (t.id, t.name, t.role, round(t.gain_db, _ROUND), round(t.pan, _ROUND), t.muted, t.solo, _sorted(t.fx))
        for t in sorted(song.tracks, key=lambda t: t.id)
        if t.id in used
    )
    sections = tuple(
        (
            s.id, s.kind, s.bars, round(s.energy, _ROUND), s.transition, s.locked,
            tuple(_layer(x) for x in sorted(s.layers, key=lambda x: x.id)),
        )
        for s in song.sections
    )  # fmt: skip
    return fields, tracks, sections


def _layer(x: Layer) -> tuple[object, ...]:
    numbers = (x.gain_db, x.stretch, x.start_beat, x.beats, x.offset_beats, x.loop_beats)
    plain = (x.id, x.track, x.loop, x.muted, x.semitones, x.pattern, x.locked, _sorted(x.fx))
    return (*plain, *(round(number, _ROUND) for number in numbers))


def _sorted(fx: Sequence[Effect]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted((str(e.kind), round(e.amount, _ROUND)) for e in fx))


def _mixed(now: Sequence[Effect], then: Sequence[Effect], kinds: frozenset[EffectKind]) -> tuple[Effect, ...]:
    return (*(e for e in now if e.kind not in kinds), *(e for e in then if e.kind in kinds))


def _with(new: Any, old: Any, names: Sequence[str]) -> Any:  # noqa: ANN401 - a song, section, track or layer
    """The new one with those fields of the old one that it has."""
    if old is None:
        return new
    return replace(new, **{name: getattr(old, name) for name in names if hasattr(new, name)})


def _difference(before: Song, left: Song) -> str:
    """A hint at the first thing that differs."""
    old, new = canonical(before), canonical(left)
    for name, one, other in zip(("song", "tracks", "sections"), old, new, strict=True):
        for first, second in zip(one, other, strict=False):
            if first != second:
                return f"{name}: {str(first)[:90]} -> {str(second)[:90]}"
        if len(one) != len(other):
            return f"{name}: {len(one)} -> {len(other)}"
    return "nothing"
