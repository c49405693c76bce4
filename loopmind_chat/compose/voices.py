"""Voices: the tracks of a song with what each can play, before it is decided when."""

from dataclasses import dataclass, replace
from typing import Final

from loopmind_chat.compose.fit import Fit
from loopmind_chat.compose.levels import level_of
from loopmind_chat.compose.patterns import Beat
from loopmind_chat.compose.pieces import Piece
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Track
from loopmind_chat.song.vocabulary import Role

TRACK_ORDER: Final = (
    Role.DRUMS, Role.PERCUSSION, Role.BASS, Role.CHORDS, Role.PAD, Role.MELODY, Role.VOCAL, Role.FX,
)  # fmt: skip
"""Rows of the timeline, from the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One loop, or one pattern of a one-shot, ready to be laid anywhere."""

    loop: str
    path: str
    role: Role
    gain_db: float = 0.0
    semitones: int = 0
    stretch: float = 1.0
    loop_beats: float
    offset_beats: float = 0.0
    pattern: Beat | None = None

    def layer(self, layer_id: str, track: str, start: float, beats: float, *, gain_db: float = 0.0) -> Layer:
        """A layer of this take, from ``start`` for ``beats``."""
        return Layer(
            id=layer_id,
            track=track,
            role=self.role,
            loop=self.loop,
            path=self.path,
            gain_db=round(max(-60.0, min(12.0, self.gain_db + gain_db)), 1),
            semitones=self.semitones,
            stretch=self.stretch,
            start_beat=start,
            beats=beats,
            offset_beats=self.offset_beats,
            loop_beats=self.loop_beats,
            pattern=self.pattern,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A track, and the takes it can choose among: the first is its own, the others vary it."""

    track: Track
    takes: tuple[Take, ...]
    rank: int = 0
    """0 for the first voice of a role; later ones come in where it is full."""
    piece: Piece | None = None
    fill: Beat | None = None
    """One bar that leads into the next section."""
    constant: bool = False
    """It plays nearly everywhere: the song is built around it."""

    @property
    def role(self) -> Role:
        """What it does in the song."""
        return self.track.role

    @property
    def programmed(self) -> bool:
        """Whether its takes are patterns: the second is then the busier one."""
        return self.takes[0].pattern is not None


def take_of(facts: LoopFacts, fit: Fit, role: Role, *, pattern: Beat | None = None, piece: Piece | None = None) -> Take:
    """A loop as a take in a role; one-shots need a pattern."""
    return Take(
        loop=facts.id,
        path=facts.path,
        role=role,
        gain_db=level_of(facts, role, piece),
        semitones=fit.semitones,
        stretch=fit.stretch,
        loop_beats=fit.loop_beats,
        pattern=pattern,
    )


def take_of_layer(layer: Layer) -> Take:
    """What a layer of a song plays, so that it can be laid elsewhere."""
    return Take(
        loop=layer.loop,
        path=layer.path,
        role=layer.role,
        gain_db=layer.gain_db,
        semitones=layer.semitones,
        stretch=layer.stretch,
        loop_beats=layer.loop_beats,
        offset_beats=layer.offset_beats,
        pattern=layer.pattern,
    )


def ordered(voices: list[Voice]) -> tuple[Voice, ...]:
    """The voices in the order of the timeline's rows."""
    return tuple(sorted(voices, key=lambda voice: (TRACK_ORDER.index(voice.role), voice.rank)))


def with_track_ids(voices: tuple[Voice, ...], ids: list[str]) -> tuple[Voice, ...]:
    """The voices with the ids given to their tracks, in order."""
    return tuple(replace(v, track=replace(v.track, id=i)) for v, i in zip(voices, ids, strict=True))
