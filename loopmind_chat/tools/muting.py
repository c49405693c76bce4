"""Silence and what ends it: muted tracks, muted layers, and tracks that do not play in a section at all."""

from dataclasses import replace

from loopmind_chat.errors import CannotDo, NotInSong
from loopmind_chat.song.edits import Edit, PutLayer, PutTrack
from loopmind_chat.song.model import Song, Track
from loopmind_chat.tools.returning import returned
from loopmind_chat.tools.spec import ToolContext, ToolResult
from loopmind_chat.tools.targets import (
    is_all,
    layers_named,
    named,
    names,
    places,
    sections_named,
    tracks_named,
)


def mute(context: ToolContext, track: str, section: str | None) -> ToolResult:
    """Silence tracks everywhere, or their layers in some sections."""
    song = context.song
    tracks = tracks_named(song, track)
    if section is None or is_all(section):
        sounding = [t for t in tracks if not t.muted]
        if not sounding:
            return ToolResult(f"{_are(tracks)} muted already")
        return ToolResult(f"Muted {named(song, sounding)}", tuple(PutTrack(replace(t, muted=True)) for t in sounding))
    placed = layers_named(song, track, section)
    muted_whole = {t.id for t in tracks if t.muted}
    changed = [(s, layer) for s, layer in placed if not layer.muted and layer.track not in muted_whole]
    if not changed:
        heard = [t for t in tracks if t.id in {layer.track for _, layer in placed}]
        everywhere = " (muted everywhere)" if muted_whole else ""
        return ToolResult(f"{named(song, heard)} in {_where(song, section)} is silent already{everywhere}")
    ids = {layer.track for _, layer in changed}
    what = named(song, [t for t in tracks if t.id in ids])
    return ToolResult(
        f"Muted {what} in {places(song, [s.id for s, _ in changed])}",
        tuple(PutLayer(s.id, replace(layer, muted=True)) for s, layer in changed),
    )


def unmute(context: ToolContext, track: str, section: str | None) -> ToolResult:
    """Let tracks sound again: the track, its muted layers, or, where it does not play, what it plays elsewhere."""
    song = context.song
    tracks = tracks_named(song, track)
    if section is not None and not is_all(section):
        return _unmuted_in(song, tracks, section)
    muted = [t for t in tracks if t.muted]
    if muted:
        edits: tuple[Edit, ...] = tuple(PutTrack(replace(t, muted=False)) for t in muted)
        return ToolResult(f"Unmuted {named(song, muted)}{_solo_note(song, muted)}", edits)
    ids = {t.id for t in tracks}
    layers = [(s, layer) for s, layer in song.layers() if layer.track in ids and layer.muted]
    if not layers:
        return ToolResult(f"{_are(tracks)} not muted already{_solo_note(song, tracks)}")
    back = [t for t in tracks if t.id in {layer.track for _, layer in layers}]
    where = places(song, [s.id for s, _ in layers])
    edits = tuple(PutLayer(s.id, replace(layer, muted=False)) for s, layer in layers)
    return ToolResult(f"Unmuted {names(back)} in {where}{_solo_note(song, back)}", edits)


def _unmuted_in(song: Song, tracks: tuple[Track, ...], section: str) -> ToolResult:
    """Unmute in some sections; only where nothing there is muted, bring in what does not play there."""
    sections = sections_named(song, section)
    ids = {t.id for t in tracks}
    there = [t for t in tracks if any(layer.track == t.id for s in sections for layer in s.layers)]
    found = returned(song, there, [s for s in sections if any(layer.track in ids for layer in s.layers)])
    if not found.edits:
        found = returned(song, tracks, [s for s in sections if not s.locked])
    if found.edits:
        return ToolResult(f"{found.told(song)}{_solo_note(song, found.tracks)}", found.edits)
    locked = [s.id for s in sections if s.locked and not ids & {layer.track for layer in s.layers}]
    if locked:
        raise CannotDo(f"{names(tracks)} does not play in {places(song, locked)}, and that is locked; unlock first")
    if not there:
        raise NotInSong(f"{names(tracks)} plays nowhere: add a loop for it?")
    return ToolResult(f"{names(there)} in {_where(song, section)} sounds already{_solo_note(song, there)}")


def _solo_note(song: Song, tracks: tuple[Track, ...] | list[Track]) -> str:
    """Why tracks are not heard although they are not muted; "" where they are."""
    solo = [t for t in song.tracks if t.solo]
    if not solo or any(t.solo for t in tracks):
        return ""
    return f"; not heard while {names(solo)} {'is' if len(solo) == 1 else 'are'} on solo"


def _where(song: Song, section: str) -> str:
    return places(song, [s.id for s in sections_named(song, section)])


def _are(tracks: tuple[Track, ...]) -> str:
    return f"{names(tracks)} {'is' if len(tracks) == 1 else 'are'}"
