"""Answers to questions about a track, a section, or a track in a section."""

from collections.abc import Iterable, Sequence

from loopmind_chat.compose.fit import fit_note
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import UNPITCHED
from loopmind_chat.tools.answers import changes, song_answer
from loopmind_chat.tools.describe import clock
from loopmind_chat.tools.mix_words import decibels, effects_told, levels_told, track_mix
from loopmind_chat.tools.reasons import reasons, tempo_told
from loopmind_chat.tools.spec import ToolContext
from loopmind_chat.tools.targets import Placed, layers_named, listed, loop_name, places, shown, with_article

_TAG = 0.5
"""Confidence from which a tag is a word that a loop goes by."""


def track_answer(context: ToolContext, tracks: Sequence[Track], section: str | None, about: str) -> str:
    """One thing about tracks, wherever they play or in one section."""
    if about == "changes":
        return changes(context)
    if about == "levels" and section is None:
        return levels_told(tracks)
    if about == "why":
        return reasons(context, _layers_of(context, tracks, section))
    return "; ".join(_of_track(context, track, section, about) for track in tracks)


def section_answer(context: ToolContext, sections: Sequence[Section], about: str) -> str:
    """One thing about sections; what is the same all through the song is said of the song."""
    if about in {"tempo", "key", "style", "title", "changes"}:
        return song_answer(context, about)
    if about == "why":
        return reasons(context, [(s, layer) for s in sections for layer in s.layers])
    return "; ".join(f"{section.name}: {_of_section(context, section, about)}" for section in sections)


def _layers_of(context: ToolContext, tracks: Sequence[Track], section: str | None) -> tuple[Placed, ...]:
    return tuple(placed for track in tracks for placed in layers_named(context.song, track.id, section))


def _of_track(context: ToolContext, track: Track, section: str | None, about: str) -> str:  # noqa: PLR0911 - a table
    song, name = context.song, shown(track.name)
    layers = [p for p in song.layers() if p[1].track == track.id]
    if section is not None:
        layers = list(layers_named(song, track.id, section))
    if not layers:
        return f"{name} plays nothing"
    where = places(song, [s.id for s, _ in layers])
    loops = {layer.loop: layer for _, layer in layers}.values()
    match about:
        case "tempo" | "key" | "style":
            return f"{name}: {'; '.join(_of_loop(context, layer, about) for layer in loops)}"
        case "length":
            bars = sum(layer.beats for _, layer in layers) / song.beats_per_bar
            return f"{name} plays for {bars:g} bars: {where}"
        case "form":
            return f"{name} plays in {where}"
        case "mix":
            own = effects_told(list({e.kind: e for _, x in layers for e in x.fx}.values()))
            return f"{name}: {', '.join([track_mix(track) or decibels(0.0), *own])}"
        case "levels":
            return f"{name} in {where}: {listed(_levels(layers))}"
        case _:
            muted = " (muted)" if track.muted else ""
            return f"{name}{muted} plays {listed([loop_name(context, layer) for layer in loops])} in {where}"


def _levels(layers: Iterable[Placed]) -> list[str]:
    return list(dict.fromkeys("muted" if layer.muted else decibels(layer.gain_db) for _, layer in layers))


def _of_loop(context: ToolContext, layer: Layer, about: str) -> str:
    """One thing about a loop as it plays."""
    facts, name = context.library.get(layer.loop), f"'{loop_name(context, layer)}'"
    if facts is None:
        return f"{name} is not in the library any more"
    match about:
        case "tempo":
            return f"{name} {tempo_told(facts.bpm, layer, context.song) if facts.bpm else 'has no tempo of its own'}"
        case "key":
            return f"{name} {_key(facts, layer)}"
        case _:
            tags = sorted(
                (tag for tag, sure in facts.tags.items() if sure >= _TAG and tag != facts.role),
                key=lambda t: -facts.tags[t],
            )
            return f"{name} goes by {listed([*map(shown, tags)]) or 'nothing but its name'}"


def _key(facts: LoopFacts, layer: Layer) -> str:
    if facts.key is None:
        return "has no key" if layer.role in UNPITCHED else "has no key that is known"
    moved = fit_note(1.0, layer.semitones)
    return f"is in {facts.key}{f', moved {moved}' if moved else ''}"


def _of_section(context: ToolContext, section: Section, about: str) -> str:
    song = context.song
    begins = f"{section.bars} bars from bar {song.start_bar(section.id) + 1}"
    match about:
        case "length":
            return f"{begins}, {clock(section.bars * song.beats_per_bar * 60.0 / song.tempo)}"
        case "form":
            return f"section {song.sections.index(section) + 1} of {len(song.sections)}, {begins}"
        case "loops":
            return "; ".join(_playing(context, section, loops=True)) or "silence"
        case "levels":
            return ", ".join(_section_levels(song, section)) or "silence"
        case "mix":
            return _section_mix(song, section)
        case _:
            return f"{begins}; energy {section.energy:.0%}; {listed(_playing(context, section)) or 'silence'}"


def _playing(context: ToolContext, section: Section, *, loops: bool = False) -> list[str]:
    """The tracks that are heard in a section, with their loops where asked."""
    tracks = {track.id: track for track in context.song.tracks if not track.muted}
    heard: dict[str, list[str]] = {}
    for layer in section.layers:
        if layer.track in tracks and not layer.muted:
            heard.setdefault(layer.track, []).append(loop_name(context, layer))
    return [
        f"{shown(tracks[track].name)} plays {listed(list(dict.fromkeys(names)))}"
        if loops
        else shown(tracks[track].name)
        for track, names in heard.items()
    ]


def _section_levels(song: Song, section: Section) -> list[str]:
    tracks = {track.id: track for track in song.tracks}
    told = {}
    for layer in section.layers:
        track = tracks[layer.track]
        silent = layer.muted or track.muted
        told[layer.track] = f"{shown(track.name)} {'muted' if silent else decibels(layer.gain_db + track.gain_db)}"
    return list(told.values())


def _section_mix(song: Song, section: Section) -> str:
    kind = section.transition.kind.replace("_", " ") if section.transition else ""
    entered = f"entered by {with_article(kind)}" if kind else "no transition"
    tracks = {track.id: track for track in song.tracks}
    own = {
        layer.track: f"{shown(tracks[layer.track].name)} {', '.join(effects_told(layer.fx))}"
        for layer in section.layers
        if layer.fx
    }
    return "; ".join([entered, *own.values()])
