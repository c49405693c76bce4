"""The edits a song admits, and the one function that makes them.

``apply`` either returns a whole, valid song or raises; it never changes what it was given. Everything that a
tool, a gesture or a slash command does to a song is a list of these.
"""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from typing import assert_never

from loopmind_chat.errors import NotInSong, OutOfRange, SongError
from loopmind_chat.song.keys import Key, semitones_between, wrap_semitones
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.song.vocabulary import UNPITCHED, MixMode

GAIN_MIN_DB = -60.0
GAIN_MAX_DB = 12.0
BARS_MAX = 256
SECTIONS_MAX = 200
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class ReplaceSong:
    """Put another song in its place (compose, remix, transfer)."""

    song: Song


@dataclass(frozen=True, slots=True)
class SetTitle:
    """Name the song."""

    title: str


@dataclass(frozen=True, slots=True)
class SetGenre:
    """Call the song another genre; its music stays."""

    genre: str


@dataclass(frozen=True, slots=True)
class SetMood:
    """Call the song another mood; its music stays."""

    mood: str


@dataclass(frozen=True, slots=True)
class SetTempo:
    """Play at another tempo: loops are stretched, one-shots are not."""

    tempo: float


@dataclass(frozen=True, slots=True)
class SetKey:
    """Play in another key: pitched layers are transposed by the shortest way."""

    key: Key


@dataclass(frozen=True, slots=True)
class SetMix:
    """Finish the mix another way."""

    mix: MixMode


@dataclass(frozen=True, slots=True)
class SetSwing:
    """Swing, 0 to 1."""

    swing: float


@dataclass(frozen=True, slots=True)
class InsertSection:
    """Put a section before the one now at ``index`` (the number of sections: at the end)."""

    section: Section
    index: int


@dataclass(frozen=True, slots=True)
class RemoveSection:
    """Take a section out."""

    section_id: str


@dataclass(frozen=True, slots=True)
class MoveSection:
    """Take a section out and put it in again so that it stands at ``index``."""

    section_id: str
    index: int


@dataclass(frozen=True, slots=True)
class ResizeSection:
    """Give a section another length; layers that ran to its end still do."""

    section_id: str
    bars: int


@dataclass(frozen=True, slots=True)
class PutSection:
    """Replace the section of the same id."""

    section: Section


@dataclass(frozen=True, slots=True)
class PutTrack:
    """Add a track, or replace the one of the same id."""

    track: Track


@dataclass(frozen=True, slots=True)
class RemoveTrack:
    """Take a track out, with its layers."""

    track_id: str


@dataclass(frozen=True, slots=True)
class PutLayer:
    """Add a layer to a section, or replace the one of the same id."""

    section_id: str
    layer: Layer


@dataclass(frozen=True, slots=True)
class RemoveLayer:
    """Take a layer out of a section."""

    section_id: str
    layer_id: str


Edit = (
    ReplaceSong
    | SetTitle
    | SetGenre
    | SetMood
    | SetTempo
    | SetKey
    | SetMix
    | SetSwing
    | InsertSection
    | RemoveSection
    | MoveSection
    | ResizeSection
    | PutSection
    | PutTrack
    | RemoveTrack
    | PutLayer
    | RemoveLayer
)


def apply(song: Song, edit: Edit) -> Song:
    """The song after an edit.

    Raises NotInSong where the edit names what is not there, OutOfRange for a value outside its limits, and
    SongError where the result would not be a song.
    """
    return _checked(_edited(song, edit))


def apply_all(song: Song, edits: tuple[Edit, ...]) -> Song:
    """The song after several edits, in order."""
    return reduce(apply, edits, song)


def _edited(song: Song, edit: Edit) -> Song:  # noqa: C901, PLR0911, PLR0912 - one case an edit: a table in code
    match edit:
        case ReplaceSong(other):
            return other
        case SetTitle(title):
            return replace(song, title=title.strip() or "Untitled")
        case SetGenre(genre):
            return replace(song, genre=genre)
        case SetMood(mood):
            return replace(song, mood=mood)
        case SetTempo(tempo):
            return _with_tempo(song, tempo)
        case SetKey(key):
            return _with_key(song, key)
        case SetMix(mix):
            return replace(song, mix=mix)
        case SetSwing(swing):
            return replace(song, swing=swing)
        case InsertSection(section, index):
            if not 0 <= index <= len(song.sections):
                raise OutOfRange(f"there is no place {index} among {len(song.sections)} sections")
            return replace(song, sections=(*song.sections[:index], section, *song.sections[index:]))
        case RemoveSection(section_id):
            _need_section(song, section_id)
            return replace(song, sections=tuple(s for s in song.sections if s.id != section_id))
        case MoveSection(section_id, index):
            moved = _need_section(song, section_id)
            rest = [s for s in song.sections if s.id != section_id]
            rest.insert(max(0, min(index, len(rest))), moved)
            return replace(song, sections=tuple(rest))
        case ResizeSection(section_id, bars):
            return _put_section(song, resized(_need_section(song, section_id), bars, song.beats_per_bar))
        case PutSection(section):
            _need_section(song, section.id)
            return _put_section(song, section)
        case PutTrack(track):
            if song.track(track.id) is None:
                return replace(song, tracks=(*song.tracks, track))
            return replace(song, tracks=tuple(track if t.id == track.id else t for t in song.tracks))
        case RemoveTrack(track_id):
            return _without_track(song, track_id)
        case PutLayer(section_id, layer):
            return _put_section(song, _with_layer(_need_section(song, section_id), layer))
        case RemoveLayer(section_id, layer_id):
            section = _need_section(song, section_id)
            rest_of_layers = tuple(x for x in section.layers if x.id != layer_id)
            if len(rest_of_layers) == len(section.layers):
                raise NotInSong(f"{section.name} has no layer {layer_id}")
            return _put_section(song, replace(section, layers=rest_of_layers))
        case _:
            assert_never(edit)


def resized(section: Section, bars: int, beats_per_bar: int = 4) -> Section:
    """The section with another length: layers that ran to its end still do, the others are cut to fit."""
    if not 1 <= bars <= BARS_MAX:
        raise OutOfRange(f"a section is 1 to {BARS_MAX} bars long, not {bars}")
    old, new = section.bars * beats_per_bar, bars * beats_per_bar
    layers = []
    for layer in section.layers:
        end = layer.start_beat + layer.beats
        new_end = new if end >= old - _TINY else min(end, new)
        if new_end - layer.start_beat > _TINY:
            layers.append(replace(layer, beats=new_end - layer.start_beat))
    return replace(section, bars=bars, layers=tuple(layers))


def _with_tempo(song: Song, tempo: float) -> Song:
    if not (math.isfinite(tempo) and TEMPO_MIN <= tempo <= TEMPO_MAX):
        raise OutOfRange(f"a tempo is {TEMPO_MIN:g} to {TEMPO_MAX:g} BPM, not {tempo:g}")
    ratio = song.tempo / tempo

    def stretched(layer: Layer) -> Layer:
        return layer if layer.pattern is not None else replace(layer, stretch=layer.stretch * ratio)

    return replace(_map_layers(song, stretched), tempo=tempo)


def _with_key(song: Song, key: Key) -> Song:
    shift = semitones_between(song.key, key) if song.key is not None else 0

    def transposed(layer: Layer) -> Layer:
        if layer.role in UNPITCHED:
            return layer
        return replace(layer, semitones=wrap_semitones(layer.semitones + shift))

    return replace(_map_layers(song, transposed) if shift else song, key=key)


def _map_layers(song: Song, change: Callable[[Layer], Layer]) -> Song:
    sections = tuple(replace(s, layers=tuple(change(layer) for layer in s.layers)) for s in song.sections)
    return replace(song, sections=sections)


def _with_layer(section: Section, layer: Layer) -> Section:
    if any(x.id == layer.id for x in section.layers):
        return replace(section, layers=tuple(layer if x.id == layer.id else x for x in section.layers))
    return replace(section, layers=(*section.layers, layer))


def _without_track(song: Song, track_id: str) -> Song:
    if song.track(track_id) is None:
        raise NotInSong(f"there is no track {track_id}")
    sections = tuple(replace(s, layers=tuple(x for x in s.layers if x.track != track_id)) for s in song.sections)
    return replace(song, sections=sections, tracks=tuple(t for t in song.tracks if t.id != track_id))


def _put_section(song: Song, section: Section) -> Song:
    return replace(song, sections=tuple(section if s.id == section.id else s for s in song.sections))


def _need_section(song: Song, section_id: str) -> Section:
    section = song.section(section_id)
    if section is None:
        raise NotInSong(f"there is no section {section_id}")
    return section


def _checked(song: Song) -> Song:
    """The song with its sections numbered, or an error where it breaks an invariant."""
    if not (math.isfinite(song.tempo) and TEMPO_MIN <= song.tempo <= TEMPO_MAX):
        raise OutOfRange(f"a tempo is {TEMPO_MIN:g} to {TEMPO_MAX:g} BPM, not {song.tempo:g}")
    if not 0.0 <= song.swing <= 1.0:
        raise OutOfRange(f"swing is 0 to 1, not {song.swing:g}")
    if len(song.sections) > SECTIONS_MAX:
        raise OutOfRange(f"a song has at most {SECTIONS_MAX} sections")
    _check_unique("section", [s.id for s in song.sections])
    _check_unique("track", [t.id for t in song.tracks])
    _check_unique("layer", [layer.id for _, layer in song.layers()])
    for track in song.tracks:
        _check_gain(track.gain_db)
        if not -1.0 <= track.pan <= 1.0:
            raise OutOfRange(f"pan is -1 (left) to 1 (right), not {track.pan:g}")
    tracks = {track.id for track in song.tracks}
    for section in song.sections:
        _check_section(section, song.beats_per_bar, tracks)
    return replace(song, sections=numbered(song.sections))


def _check_section(section: Section, beats_per_bar: int, tracks: set[str]) -> None:
    if not 1 <= section.bars <= BARS_MAX:
        raise OutOfRange(f"a section is 1 to {BARS_MAX} bars long, not {section.bars}")
    if not 0.0 <= section.energy <= 1.0:
        raise OutOfRange(f"energy is 0 to 1, not {section.energy:g}")
    length = section.bars * beats_per_bar
    for layer in section.layers:
        if layer.track not in tracks:
            raise SongError(f"layer {layer.id} is on no track")
        if layer.start_beat < 0 or layer.beats <= 0 or layer.start_beat + layer.beats > length + _TINY:
            raise SongError(f"layer {layer.id} does not lie inside its section")
        if layer.pattern is None and layer.loop_beats <= 0:
            raise SongError(f"layer {layer.id} has neither a period nor a pattern")
        if not (math.isfinite(layer.stretch) and layer.stretch > 0):
            raise SongError(f"layer {layer.id} has a stretch of {layer.stretch:g}")
        _check_gain(layer.gain_db)


def _check_gain(gain_db: float) -> None:
    if not GAIN_MIN_DB <= gain_db <= GAIN_MAX_DB:
        raise OutOfRange(f"a level is {GAIN_MIN_DB:g} to {GAIN_MAX_DB:g} dB, not {gain_db:g}")


def _check_unique(what: str, ids: list[str]) -> None:
    twice = [name for name, count in Counter(ids).items() if count > 1]
    if twice:
        raise SongError(f"{what} {twice[0]} is there twice")


def numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with their names counted within each kind: "hook 1", "hook 2"."""
    counts: Counter[str] = Counter()
    named = []
    for section in sections:
        counts[section.kind] += 1
        name = f"{section.kind} {counts[section.kind]}"
        named.append(section if section.name == name else replace(section, name=name))
    return tuple(named)
