"""One loop, laid into sections of a song that is there."""

from collections.abc import Sequence
from dataclasses import replace

from loopmind_chat.compose.chance import dice
from loopmind_chat.compose.fit import Fit, fit_loop, rising_fit
from loopmind_chat.compose.levels import energy_gain
from loopmind_chat.compose.patterns import patterns_for
from loopmind_chat.compose.pieces import Piece, piece_of
from loopmind_chat.compose.present import setting_of
from loopmind_chat.compose.voices import Take, take_of
from loopmind_chat.errors import ComposeError, NotInSong
from loopmind_chat.song.find import find_tracks
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Section, Song, Track, fresh_id, fresh_ids
from loopmind_chat.song.vocabulary import Role, SectionKind

_SUMMITS = frozenset({SectionKind.HOOK, SectionKind.DROP})
_STRUCK_ONCE = frozenset({Piece.IMPACT, Piece.CRASH, Piece.FALL, Piece.NOISE})


def make_layers(
    song: Song,
    facts: LoopFacts,
    sections: Sequence[Section],
    *,
    track_name: str | None = None,
    role: Role | None = None,
) -> tuple[tuple[Track, ...], dict[str, tuple[Layer, ...]]]:
    """The track that a loop needs, and its layers by section id.

    A loop plays throughout; a piece of a kit plays a pattern of the genre; an impact strikes first thing; a riser
    ends with the section. Raises ComposeError where the loop does not fit the song.
    """
    role = role or facts.role
    fit = fit_loop(facts, tempo=song.tempo, key=song.key, role=role)
    if fit is None and facts.bpm is None:
        fit = fit_loop(facts, tempo=song.tempo, key=song.key, role=Role.PAD)
    if fit is None:
        own = f"{facts.bpm:g} BPM" if facts.bpm else "no tempo of its own"
        raise ComposeError(f"{facts.name} has {own} and cannot be played at {song.tempo:g} BPM")
    track = _track_for(song, facts, role, track_name)
    ids = fresh_ids(song, "l")
    layers: dict[str, tuple[Layer, ...]] = {}
    for section in sections:
        take, start, beats = _laid(song, facts, fit, role, section)
        layers[section.id] = (take.layer(next(ids), track.id, start, beats, gain_db=energy_gain(section.energy)),)
    return (track,), layers


def _laid(song: Song, facts: LoopFacts, fit: Fit, role: Role, section: Section) -> tuple[Take, float, float]:
    """The take for a section, where it starts, and how long it is heard, in beats."""
    length = float(section.bars * song.beats_per_bar)
    piece = piece_of(facts)
    if piece is Piece.RISER:
        rising = rising_fit(facts, fit, song.tempo)
        beats = min(rising.loop_beats, length)
        take = replace(take_of(facts, rising, role, piece=piece), offset_beats=rising.loop_beats - beats)
        return take, length - beats, beats
    if fit.loop_beats > 0:
        return take_of(facts, fit, role), 0.0, length
    if piece is None or piece in _STRUCK_ONCE:
        return take_of(facts, fit, role, pattern=(0.0,), piece=piece or Piece.PERC), 0.0, min(4.0, length)
    plain, busy = patterns_for(piece, setting_of(song).genre.feel, dice(song.seed, f"pattern {piece}"))
    pattern = busy if section.kind in _SUMMITS else plain
    return take_of(facts, fit, role, pattern=pattern, piece=piece), 0.0, length


def _track_for(song: Song, facts: LoopFacts, role: Role, name: str | None) -> Track:
    """The track of that name, or a new one; a name already taken gets a number."""
    if name:
        try:
            return find_tracks(song, name)[0]
        except NotInSong:
            return Track(id=fresh_id(song, "t"), name=name, role=role)
    piece = piece_of(facts)
    plain = (
        str(piece) if piece is not None and not facts.is_loop else "FX" if role is Role.FX else str(role).capitalize()
    )
    taken = {track.name for track in song.tracks}
    count = 1
    title = plain
    while title in taken:
        count += 1
        title = f"{plain} {count}"
    return Track(id=fresh_id(song, "t"), name=title, role=role)
