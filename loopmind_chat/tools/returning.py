"""A track's own loops, brought into sections where it is silent: "add drums to the intro", "bring the drums back"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loopmind_chat.compose.levels import energy_gain
from loopmind_chat.song.edits import Edit, PutLayer, PutTrack, resized
from loopmind_chat.song.model import Effect, Layer, Section, Song, Track, fresh_ids
from loopmind_chat.tools.targets import named, places


@dataclass(frozen=True, slots=True)
class Return:
    """What lets tracks sound in some sections again, and where; empty where they do already."""

    tracks: tuple[Track, ...]
    sections: tuple[Section, ...]
    brought: tuple[str, ...]
    """Ids of the layers that were not there before."""
    edits: tuple[Edit, ...]
    quiet_elsewhere: bool = False
    """Whether the tracks were muted as a whole, and stay silent in the other sections."""

    def told(self, song: Song) -> str:
        """In words: "Brought drums back: intro"."""
        where = places(song, [section.id for section in self.sections])
        verb = "Brought in" if self.brought else "Unmuted"
        still = "; still muted elsewhere" if self.quiet_elsewhere else ""
        return f"{verb} {named(song, self.tracks)}: {where}{still}"


def returned(song: Song, tracks: Sequence[Track], sections: Sequence[Section]) -> Return:
    """Let tracks sound in sections: muted layers unmuted, and where there are none, what the track plays elsewhere.

    What it plays in a section of the same kind comes first, then what it plays nearest by. A track that is muted as a
    whole stays silent in the other sections.
    """
    ids = fresh_ids(song, "l")
    edits: list[Edit] = []
    brought: list[str] = []
    heard: dict[str, Section] = {}
    touched: dict[str, Track] = {}
    here = {section.id for section in sections}
    for track in tracks:
        for section in sections:
            own = [layer for layer in section.layers if layer.track == track.id]
            new = [] if own else list(_from_elsewhere(song, track, section, ids))
            silent = [replace(layer, muted=False) for layer in own if layer.muted]
            if new or silent or (own and track.muted):
                heard[section.id], touched[track.id] = section, track
            brought += [layer.id for layer in new]
            edits += [PutLayer(section.id, layer) for layer in (*silent, *new)]
        if track.muted and track.id in touched:
            edits.append(PutTrack(replace(track, muted=False)))
            edits += [
                PutLayer(section.id, replace(layer, muted=True))
                for section, layer in song.layers()
                if layer.track == track.id and section.id not in here and not layer.muted
            ]
    was_muted = any(track.muted for track in touched.values()) and len(here) < len(song.sections)
    return Return(tuple(touched.values()), tuple(heard.values()), tuple(brought), tuple(edits), was_muted)


def silent_in(song: Song, tracks: Sequence[Track], section: Section) -> list[Track]:
    """Those of the tracks that are not heard in a section but play in another."""
    playing = {layer.track for _, layer in song.layers()}
    return [track for track in tracks if track.id in playing and not _sounds(track, section)]


def _sounds(track: Track, section: Section) -> bool:
    return not track.muted and any(layer.track == track.id and not layer.muted for layer in section.layers)


def _from_elsewhere(song: Song, track: Track, section: Section, ids: Iterator[str]) -> Iterator[Layer]:
    """What a track plays in the section most like this one, cut or drawn out to its length, at its energy."""
    at = song.sections.index(section)
    places_of = [(n, s) for n, s in enumerate(song.sections) if any(layer.track == track.id for layer in s.layers)]
    if not places_of:
        return
    _, source = min(places_of, key=lambda place: (place[1].kind is not section.kind, abs(place[0] - at), place[0]))
    louder = energy_gain(section.energy) - energy_gain(source.energy)
    always = _shared_effects(song, track)
    own = replace(source, layers=tuple(layer for layer in source.layers if layer.track == track.id))
    for layer in resized(own, section.bars, song.beats_per_bar).layers:
        yield replace(
            layer,
            id=next(ids),
            muted=False,
            locked=False,
            gain_db=round(max(-60.0, min(12.0, layer.gain_db + louder)), 1),
            fx=tuple(effect for effect in layer.fx if effect in always),
        )


def _shared_effects(song: Song, track: Track) -> set[Effect]:
    """Effects that every layer of the track has: the others were put on for one section."""
    sets = [set(layer.fx) for _, layer in song.layers() if layer.track == track.id]
    return set.intersection(*sets) if sets else set()
