"""Layers of sections: added, taken out, varied, locked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from loopmind_chat.compose.fit import fit_note
from loopmind_chat.compose.layering import make_layers
from loopmind_chat.errors import BadArgument, CannotDo
from loopmind_chat.song.edits import Edit, PutLayer, PutSection, PutTrack, RemoveLayer, RemoveTrack
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Effect, Layer, Section, Song
from loopmind_chat.song.vocabulary import EffectKind, Role
from loopmind_chat.tools.additions import best_addition, own_addition
from loopmind_chat.tools.heard import layer_effect_note
from loopmind_chat.tools.mix import with_effect
from loopmind_chat.tools.naming import is_written, loop_called
from loopmind_chat.tools.spec import LoopName, SectionName, ToolContext, ToolResult, TrackName, Words, tool
from loopmind_chat.tools.swapping import nearest_note
from loopmind_chat.tools.targets import (
    find_loop,
    is_all,
    layers_named,
    named,
    names,
    need_loops,
    need_song,
    places,
    sections_named,
    shown,
    tracks_named,
    unlocked,
)

Variation = Literal["reverse", "chop", "half_time", "double_time", "filtered", "plain"]

_VARIATIONS: Final = {
    "reverse": EffectKind.REVERSE,
    "chop": EffectKind.CHOP,
    "half_time": EffectKind.HALF_TIME,
    "double_time": EffectKind.DOUBLE_TIME,
    "filtered": EffectKind.LOWPASS,
}
_VARIED: Final = {
    "reverse": "reversed",
    "chop": "chopped",
    "half_time": "in half time",
    "double_time": "in double time",
    "filtered": "filtered",
    "plain": "plain",
}
_GUARDS: Final = ": swaps and remixes leave it; levels and effects can change"
_PACES: Final = frozenset({EffectKind.HALF_TIME, EffectKind.DOUBLE_TIME})
"""One takes the place of the other: both together would be neither."""


@tool
def add_layer(
    context: ToolContext,
    *,
    role: Role | None = None,
    query: Words | None = None,
    section: SectionName | None = None,
    loop: LoopName | None = None,
) -> ToolResult:
    """Add a loop that is not in the song yet, of a role, by words, or a named one; everywhere or in one section."""
    song = context.song
    need_song(song)
    if role is None and not query and not loop:
        raise BadArgument("say what to add: a role, words, or a loop's name")
    chosen = sections_named(song, section)
    free = tuple(s for s in chosen if not s.locked)
    if not free:
        raise CannotDo(f"locked: {places(song, [s.id for s in chosen])}; unlock first")
    held = f"; left {places(song, [s.id for s in chosen if s.locked])}, locked" if len(free) < len(chosen) else ""
    own = own_addition(song, role, query, free) if section is not None and not loop else None
    if own is not None:
        return ToolResult(f"{own.told(song)}{held}", own.edits)
    facts = find_loop(context, loop) if loop else _wanted_loop(context, role, query or "", free)
    part = role if role is not None and facts.is_loop and facts.role is not role and not loop else None
    tracks, layers = make_layers(song, facts, free, track_name=_track_of(song, facts), role=part)
    edits: list[Edit] = [PutTrack(track) for track in tracks if song.track(track.id) != track]
    edits += [PutLayer(section_id, layer) for section_id, added in layers.items() for layer in added]
    where = places(song, [section_id for section_id, added in layers.items() if added])
    note = next((fit_note(x.stretch, x.semitones) for added in layers.values() for x in added), "")
    how = f" ({note})" if note else ""
    nearest = "" if loop else nearest_note(context, facts, query, role)
    return ToolResult(f"Added {part or facts.role} '{shown(facts.name)}'{nearest}{how}: {where}{held}", tuple(edits))


@tool
def remove_layer(context: ToolContext, *, track: TrackName, section: SectionName | None = None) -> ToolResult:
    """Take a track out of a section, or out of the song."""
    song = context.song
    tracks, sections = tracks_named(song, track), sections_named(song, section)
    ids, here = {t.id for t in tracks}, {s.id for s in sections}
    playing = {s.id for s, layer in song.layers() if layer.track in ids}
    if not playing & here and playing:
        where = places(song, here)
        return ToolResult(f"{names(tracks)} {'is' if len(tracks) == 1 else 'are'} not in {where} as it is")
    layers, held = unlocked(song, layers_named(song, track, section))
    edits: list[Edit] = [RemoveLayer(s.id, layer.id) for s, layer in layers]
    gone = {layer.id for _, layer in layers}
    touched = dict.fromkeys(layer.track for _, layer in layers)
    left = {layer.track for _, layer in song.layers() if layer.id not in gone}
    edits += [RemoveTrack(track_id) for track_id in touched if track_id not in left]
    tracks = tuple(t for t in song.tracks if t.id in touched)
    where = f"out of {places(song, [s.id for s, _ in layers])}" if section is not None else "out"
    return ToolResult(f"Took {named(song, tracks)} {where}{held}", tuple(edits))


@tool
def vary_loop(
    context: ToolContext, *, role: TrackName, change: Variation, section: SectionName | None = None
) -> ToolResult:
    """Play a loop another way: reverse, chop, half-time, double-time, filtered; plain takes it back."""
    song = context.song
    layers, held = unlocked(song, layers_named(song, role, section))

    def varied(layer: Layer) -> Layer:
        if change == "plain":
            return replace(layer, fx=tuple(e for e in layer.fx if e.kind not in _VARIATIONS.values()))
        kind = _VARIATIONS[change]
        fx = tuple(e for e in layer.fx if not (kind in _PACES and e.kind in _PACES - {kind}))
        return replace(layer, fx=with_effect(fx, kind, Effect(kind, 1.0)))

    changed = [(s, layer) for s, layer in layers if varied(layer) != layer]
    tracks = [t for t in song.tracks if t.id in {layer.track for _, layer in layers}]
    words = _VARIED[change]
    if not changed:
        return ToolResult(f"{named(song, tracks)}: {words} already{held}")
    note = "" if change == "plain" else layer_effect_note(_VARIATIONS[change], [layer for _, layer in changed])
    summary = f"{named(song, tracks)} {words} in {places(song, [s.id for s, _ in changed])}{note}{held}"
    return ToolResult(summary, tuple(PutLayer(s.id, varied(layer)) for s, layer in changed))


@tool
def lock(
    context: ToolContext, *, track: TrackName | None = None, section: SectionName | None = None, on: bool = True
) -> ToolResult:
    """Keep a track or a section as it is while the rest changes; on=no lets it change again."""
    song = context.song
    need_song(song)
    if track is None and section is None:
        raise BadArgument("say what to lock: a track, a section, or a track in a section")
    if track is None or (section is None and is_all(track) and not on):
        return _lock_sections(song, section, on=on, layers_too=track is not None)
    verb, guards = ("Locked", _GUARDS) if on else ("Unlocked", "")
    layers = layers_named(song, track, section)
    changed = [(s, layer) for s, layer in layers if layer.locked is not on]
    tracks = [t for t in song.tracks if t.id in {layer.track for _, layer in layers}]
    where = f" in {places(song, [s.id for s, _ in layers])}" if section is not None else ""
    within = places(song, [s.id for s, _ in layers if s.locked])
    held = f"; {within} {'is' if within.count(',') == 0 else 'are'} locked as a whole" if within and not on else ""
    if not changed:
        return ToolResult(f"{names(tracks)}{where}: {verb.lower()} already{held}")
    return ToolResult(
        f"{verb} {names(tracks)}{where}{guards}{held}",
        tuple(PutLayer(s.id, replace(layer, locked=on)) for s, layer in changed),
    )


def _lock_sections(song: Song, section: str | None, *, on: bool, layers_too: bool) -> ToolResult:
    """Lock or unlock whole sections; ``layers_too``: and every layer that is locked by itself."""
    found = sections_named(song, section)

    def changed(each: Section) -> Section:
        layers = tuple(replace(x, locked=on) if layers_too else x for x in each.layers)
        return replace(each, locked=on, layers=layers)

    sections = [s for s in found if changed(s) != s]
    verb = "Locked" if on else "Unlocked"
    if not sections:
        return ToolResult(f"{places(song, [s.id for s in found])}: {verb.lower()} already")
    guards = ": length and loops stay; levels and effects can change" if on else ""
    edits = tuple(PutSection(changed(s)) for s in sections)
    return ToolResult(f"{verb} {places(song, [s.id for s in sections])}{guards}", edits)


def _wanted_loop(context: ToolContext, role: Role | None, query: str, sections: Sequence[Section]) -> LoopFacts:
    """The loop that the words name, or the one that fits them best."""
    named_so = loop_called(query, need_loops(context))
    if named_so is not None and (is_written(query) or role in {None, named_so.role}):
        return named_so
    return best_addition(context, role, query, sections)


def _track_of(song: Song, facts: LoopFacts) -> str | None:
    """The track that plays the loop elsewhere: more of it goes there."""
    return next((layer.track for _, layer in song.layers() if layer.loop == facts.id), None)
