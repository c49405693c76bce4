"""Random songs: what a sentence may be about."""

import random
from typing import Final

from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.keys import Key
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import Role, SectionKind

FORMS: Final = (
    "intro verse hook verse hook outro",
    "intro verse hook verse hook bridge hook outro",
    "intro verse prechorus hook verse prechorus hook bridge hook outro",
    "verse hook verse hook",
    "intro hook verse hook verse hook outro",
    "intro build drop breakdown build drop outro",
    "intro verse build drop verse build drop outro",
    "intro verse hook breakdown hook outro",
    "intro verse hook verse hook solo hook outro",
    "intro drop outro",
    "intro verse verse hook verse hook hook",
    "hook verse hook bridge",
    "intro verse outro",
)
BARS: Final = (4, 8, 8, 8, 16, 16, 12, 2, 32)
TRACKS: Final[dict[Role, tuple[str, ...]]] = {
    Role.DRUMS: ("Drums", "Kick", "Snare", "Clap", "Beat", "Break"),
    Role.PERCUSSION: ("Hats", "Percussion", "Shaker", "Open hats", "Ride", "Conga", "Tambourine"),
    Role.BASS: ("Bass", "808", "Sub", "Reese", "Bassline"),
    Role.MELODY: ("Melody", "Lead", "Guitar", "Piano", "Flute", "Arp", "Bells", "Sax"),
    Role.CHORDS: ("Chords", "Keys", "Rhodes", "Organ", "Stabs", "Guitar chords"),
    Role.PAD: ("Pad", "Strings", "Choir", "Drone"),
    Role.VOCAL: ("Vocal", "Vocals", "Vox", "Vocal chop", "Adlibs"),
    Role.FX: ("FX", "Riser", "Impact", "Noise", "Vinyl"),
}
"""What tracks are called, by role."""
_USUAL: Final = {
    Role.DRUMS: 0.97,
    Role.PERCUSSION: 0.7,
    Role.BASS: 0.9,
    Role.MELODY: 0.85,
    Role.CHORDS: 0.55,
    Role.PAD: 0.5,
    Role.VOCAL: 0.45,
    Role.FX: 0.4,
}
_SECOND: Final = 0.15
_PLAYS: Final = 0.8


def random_song(dice: random.Random) -> Song:
    """A song such as the composer makes: a form, tracks by role, layers in most sections."""
    tracks = [_track(number, role, name) for number, (role, name) in enumerate(_cast(dice), 1)]
    sections = tuple(
        _section(dice, number, SectionKind(kind), tracks) for number, kind in enumerate(dice.choice(FORMS).split(), 1)
    )
    key = Key(dice.randrange(12), dice.choice(("minor", "minor", "major"))) if dice.random() < 0.9 else None
    song = Song(tempo=float(dice.randint(60, 180)), key=key, tracks=tuple(tracks), sections=sections)
    return apply(Song(), ReplaceSong(song))


def _cast(dice: random.Random) -> list[tuple[Role, str]]:
    cast: list[tuple[Role, str]] = []
    for role, share in _USUAL.items():
        if dice.random() < share:
            names = dice.sample(TRACKS[role], 2)
            if dice.random() < 0.5:  # the role's own name is the commonest
                names[0] = TRACKS[role][0]
            cast.append((role, names[0]))
            if dice.random() < _SECOND and names[1] != names[0]:
                cast.append((role, names[1]))
    return cast or [(Role.DRUMS, "Drums")]


def _track(number: int, role: Role, name: str) -> Track:
    return Track(id=f"t{number}", name=name, role=role)


def _section(dice: random.Random, number: int, kind: SectionKind, tracks: list[Track]) -> Section:
    bars = dice.choice(BARS)
    layers = tuple(
        Layer(
            id=f"l{number}-{track.id}",
            track=track.id,
            role=track.role,
            loop=f"{track.name}-loop",
            path=f"/loops/{track.name} loop.wav",
            beats=bars * 4.0,
            loop_beats=16.0,
        )
        for track in tracks
        if dice.random() < _PLAYS
    )
    return Section(id=f"s{number}", kind=kind, bars=bars, layers=layers)
