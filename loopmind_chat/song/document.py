"""The song as JSON: one form for `--json`, the session file and exports (``docs/schema/song.json``)."""

from collections.abc import Mapping, Sequence
from typing import Any

from loopmind_chat.errors import SongError
from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.model import Effect, Layer, Section, Song, Track, Transition
from loopmind_chat.song.vocabulary import EffectKind, MixMode, Role, SectionKind, TransitionKind

Document = dict[str, Any]
"""A JSON object."""


def to_document(song: Song) -> Document:
    """The song as a JSON object."""
    return {
        "title": song.title,
        "genre": song.genre,
        "mood": song.mood,
        "tempo": song.tempo,
        "key": str(song.key) if song.key else None,
        "meter": f"{song.beats_per_bar}/4",
        "mix": str(song.mix),
        "swing": song.swing,
        "seed": song.seed,
        "seconds": round(song.seconds, 3),
        "form": song.form,
        "tracks": [_track(track) for track in song.tracks],
        "sections": [_section(bar, section) for bar, section in song.starts()],
    }


def from_document(document: Mapping[str, Any]) -> Song:
    """The song that :func:`to_document` wrote. Raises SongError where it is not one."""
    try:
        song = Song(
            title=document["title"],
            genre=document["genre"],
            mood=document["mood"],
            tempo=float(document["tempo"]),
            key=parse_key(document["key"]) if document["key"] else None,
            beats_per_bar=int(document["meter"].split("/")[0]),
            mix=MixMode(document["mix"]),
            swing=float(document.get("swing", 0.0)),
            seed=int(document["seed"]),
            tracks=tuple(_read_track(track) for track in document["tracks"]),
            sections=tuple(_read_section(section) for section in document["sections"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise SongError(f"not a song document: {fault}") from fault
    return apply(Song(), ReplaceSong(song))


def _track(track: Track) -> Document:
    return {
        "id": track.id,
        "name": track.name,
        "role": str(track.role),
        "gain_db": track.gain_db,
        "pan": track.pan,
        "muted": track.muted,
        "solo": track.solo,
        "fx": _effects(track.fx),
    }


def _section(start_bar: int, section: Section) -> Document:
    transition = section.transition
    return {
        "id": section.id,
        "name": section.name,
        "kind": str(section.kind),
        "bars": section.bars,
        "start_bar": start_bar,
        "energy": section.energy,
        "transition": {"kind": str(transition.kind), "beats": transition.beats} if transition else None,
        "locked": section.locked,
        "layers": [_layer(layer) for layer in section.layers],
    }


def _layer(layer: Layer) -> Document:
    return {
        "id": layer.id,
        "track": layer.track,
        "role": str(layer.role),
        "loop": layer.loop,
        "path": layer.path,
        "gain_db": layer.gain_db,
        "muted": layer.muted,
        "semitones": layer.semitones,
        "stretch": layer.stretch,
        "start_beat": layer.start_beat,
        "beats": layer.beats,
        "offset_beats": layer.offset_beats,
        "loop_beats": layer.loop_beats,
        "pattern": list(layer.pattern) if layer.pattern is not None else None,
        "fx": _effects(layer.fx),
        "locked": layer.locked,
    }


def _effects(effects: Sequence[Effect]) -> list[Document]:
    return [{"kind": str(effect.kind), "amount": effect.amount} for effect in effects]


def _read_track(document: Document) -> Track:
    return Track(
        id=document["id"],
        name=document["name"],
        role=Role(document["role"]),
        gain_db=float(document["gain_db"]),
        pan=float(document["pan"]),
        muted=bool(document["muted"]),
        solo=bool(document["solo"]),
        fx=_read_effects(document["fx"]),
    )


def _read_section(document: Document) -> Section:
    transition = document["transition"]
    return Section(
        id=document["id"],
        kind=SectionKind(document["kind"]),
        bars=int(document["bars"]),
        energy=float(document["energy"]),
        transition=Transition(TransitionKind(transition["kind"]), float(transition["beats"])) if transition else None,
        locked=bool(document["locked"]),
        layers=tuple(_read_layer(layer) for layer in document["layers"]),
    )


def _read_layer(document: Document) -> Layer:
    pattern = document["pattern"]
    return Layer(
        id=document["id"],
        track=document["track"],
        role=Role(document["role"]),
        loop=document["loop"],
        path=document["path"],
        gain_db=float(document["gain_db"]),
        muted=bool(document["muted"]),
        semitones=int(document["semitones"]),
        stretch=float(document["stretch"]),
        start_beat=float(document["start_beat"]),
        beats=float(document["beats"]),
        offset_beats=float(document["offset_beats"]),
        loop_beats=float(document["loop_beats"]),
        pattern=tuple(float(beat) for beat in pattern) if pattern is not None else None,
        fx=_read_effects(document["fx"]),
        locked=bool(document["locked"]),
    )


def _read_effects(documents: Sequence[Document]) -> tuple[Effect, ...]:
    return tuple(Effect(EffectKind(effect["kind"]), float(effect["amount"])) for effect in documents)
