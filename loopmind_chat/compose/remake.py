"""Whole songs out of songs: a remix on the same idea, and the same idea in another genre."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from loopmind_chat.compose.brief import Brief, Composition
from loopmind_chat.compose.choose import Scorer, Wish
from loopmind_chat.compose.fit import STRETCH_MAX
from loopmind_chat.compose.forms import sample_form
from loopmind_chat.compose.genres import NEUTRAL, Genre, genre_named
from loopmind_chat.compose.moods import mood_of
from loopmind_chat.compose.setting import find_tempo
from loopmind_chat.compose.song import Ground, compose, in_order
from loopmind_chat.compose.voices import TRACK_ORDER
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.edits import ReplaceSong, SetTempo, apply
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Section, Song, Track, fresh_ids
from loopmind_chat.song.vocabulary import Role, SectionKind

Slot = tuple[SectionKind, int, Section | None]
"""A place in the new form, with the old section that has something locked in it."""

_BEAT: Final = frozenset({Role.DRUMS, Role.PERCUSSION})


def remix_song(song: Song, loops: Sequence[LoopFacts], affinity: Mapping[str, float], *, seed: int) -> Composition:
    """Another song on the same idea: its tempo, key, genre and form, other loops; what is locked stays."""
    _need_sections(song)
    slots: list[Slot] = [(s.kind, s.bars, s) for s in song.sections]
    locked = _locked_loops(song)
    avoid = frozenset(song.loops()) - locked
    return _remade(song, slots, Ground(loops=loops, affinity=affinity, keep=locked, avoid=avoid), seed=seed)


def transfer_genre(
    song: Song, genre: str, loops: Sequence[LoopFacts], affinity: Mapping[str, float], *, seed: int
) -> Composition:
    """The same tunes in another genre: form, tempo, density and drums change; what is locked stays."""
    _need_sections(song)
    found = genre_named(genre) or NEUTRAL
    tempo, notes = _tempo_in(song, found, loops, seed)
    moved = apply(song, SetTempo(tempo)) if tempo != song.tempo else song
    tuneful = {layer.loop for _, layer in song.layers() if layer.role not in _BEAT}
    beat = {layer.loop for _, layer in song.layers() if layer.role in _BEAT}
    locked = _locked_loops(song)
    ground = Ground(loops=loops, affinity=affinity, keep=frozenset(tuneful) | locked, avoid=frozenset(beat) - locked)
    slots = _slots(moved, sample_form(found, bars=None, seed=seed))
    made = _remade(replace(moved, genre=" ".join(genre.split())), slots, ground, seed=seed)
    return Composition(made.song, (*notes, *made.notes))


def _need_sections(song: Song) -> None:
    if not song.sections:
        raise ComposeError("there is no song yet; compose one first")


def _locked_loops(song: Song) -> frozenset[str]:
    return frozenset(layer.loop for section, layer in song.layers() if layer.locked or section.locked)


def _tempo_in(song: Song, genre: Genre, loops: Sequence[LoopFacts], seed: int) -> tuple[float, tuple[str, ...]]:
    """The tempo in the new genre: the song's own where it is usual there, else one that its loops can be played at."""
    low, high = genre.tempo
    if low <= song.tempo <= high:
        return song.tempo, ()
    used = set(song.loops())
    own = [facts for facts in in_order(loops) if facts.id in used and facts.role not in _BEAT]
    brief = Brief(genre=genre.name, seed=seed)
    tempo = find_tempo(brief, genre, mood_of(song.mood), Scorer(wish=Wish(seed=seed), loops=own or in_order(loops)))
    ratio = song.tempo / tempo
    fixed = [layer for section, layer in song.layers() if (layer.locked or section.locked) and layer.pattern is None]
    if any(not 1 / STRETCH_MAX <= layer.stretch * ratio <= STRETCH_MAX for layer in fixed):
        return song.tempo, (f"stays at {song.tempo:g} BPM: what is locked cannot be stretched to {tempo:g}",)
    return tempo, ()


def _slots(song: Song, form: Sequence[tuple[SectionKind, int]]) -> list[Slot]:
    """The new form, with each old section that holds something locked in the place of its like."""
    slots: list[Slot] = [(kind, bars, None) for kind, bars in form]
    for i, old in enumerate(song.sections):
        if not old.locked and not any(layer.locked for layer in old.layers):
            continue
        nth = sum(s.kind is old.kind for s in song.sections[:i])
        same = [j for j, slot in enumerate(slots) if slot[0] is old.kind]
        if nth < len(same) and slots[same[nth]][2] is None:
            slots[same[nth]] = (old.kind, old.bars, old)
        else:
            slots.insert(round(i / len(song.sections) * len(slots)), (old.kind, old.bars, old))
    return slots


def _remade(song: Song, slots: Sequence[Slot], ground: Ground, *, seed: int) -> Composition:
    """A new song in a given form, its locked sections and layers put back in."""
    brief = Brief(
        genre=song.genre, mood=song.mood, bpm=song.tempo, key=song.key, seed=seed, title=song.title,
        form=tuple((kind, bars) for kind, bars, _ in slots),
    )  # fmt: skip
    try:
        made = compose(brief, ground)
    except ComposeError:
        if not _locked_loops(song):
            raise
        return _held(song, slots, seed)
    tracks, places = _shared_tracks(song, made.song)
    layer_ids = fresh_ids(song, "l")
    sections = tuple(
        _merged(new, old, places, layer_ids, section_id)
        for new, (_, _, old), section_id in zip(made.song.sections, slots, _section_ids(song, slots), strict=True)
    )
    used = {layer.track for section in sections for layer in section.layers}
    whole = replace(
        made.song, tracks=tuple(track for track in tracks if track.id in used), sections=sections, mix=song.mix,
        swing=max(song.swing, made.song.swing) if any(s.locked for s in song.sections) else made.song.swing,
    )  # fmt: skip
    return Composition(apply(Song(), ReplaceSong(whole)), made.notes)


def _shared_tracks(old: Song, new: Song) -> tuple[list[Track], dict[str, str]]:
    """All tracks, those of one name merged so that levels and effects stay; and the new ids by the ones made."""
    by_name = {(track.name, track.role): track for track in old.tracks}
    ids = fresh_ids(old, "t")
    places: dict[str, str] = {}
    added = []
    for track in new.tracks:
        same = by_name.get((track.name, track.role))
        places[track.id] = same.id if same else next(ids)
        if same is None:
            added.append(replace(track, id=places[track.id]))
    return sorted([*old.tracks, *added], key=lambda track: TRACK_ORDER.index(track.role)), places


def _section_ids(song: Song, slots: Sequence[Slot]) -> list[str]:
    ids = fresh_ids(song, "s")
    return [old.id if old is not None else next(ids) for _, _, old in slots]


def _merged(
    new: Section, old: Section | None, places: Mapping[str, str], layer_ids: Iterator[str], section_id: str
) -> Section:
    """The new section under the old one's id, around what is locked in the old one."""
    if old is not None and old.locked:
        return old
    fixed = tuple(layer for layer in old.layers if layer.locked) if old is not None else ()
    roles = {layer.role for layer in fixed}
    free = tuple(
        replace(layer, id=next(layer_ids), track=places[layer.track]) for layer in new.layers if layer.role not in roles
    )
    return replace(new, id=section_id, layers=(*fixed, *free))


def _held(song: Song, slots: Sequence[Slot], seed: int) -> Composition:
    """What is locked and nothing else, where nothing else fits."""
    sections = tuple(
        old if old.locked else replace(old, layers=tuple(layer for layer in old.layers if layer.locked))
        for _, _, old in slots
        if old is not None
    )
    whole = replace(song, sections=sections, seed=seed)
    return Composition(apply(Song(), ReplaceSong(whole)), ("nothing but what is locked fits",))
