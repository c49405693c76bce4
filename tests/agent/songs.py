"""Songs for the agent's tests."""

from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import Role, SectionKind

FORM = (("intro", 8), ("verse", 16), ("hook", 8), ("verse", 16), ("hook", 8), ("outro", 8))
TRACKS = (
    ("drums", "drums"),
    ("hats", "percussion"),
    ("808", "bass"),
    ("melody", "melody"),
    ("pad", "pad"),
    ("vocal", "vocal"),
)


def full_song(
    form: tuple[tuple[str, int], ...] = FORM, tracks: tuple[tuple[str, str], ...] = TRACKS, *, tempo: float = 140.0
) -> Song:
    """Trap, 140 BPM, A minor; every track plays in every section."""
    rows = tuple(Track(id=f"t{i}", name=name, role=Role(role)) for i, (name, role) in enumerate(tracks, 1))
    sections = tuple(
        Section(
            id=f"s{i}",
            kind=SectionKind(kind),
            bars=bars,
            layers=tuple(
                Layer(
                    id=f"l{i}-{row.id}",
                    track=row.id,
                    role=row.role,
                    loop=f"{row.name}-loop",
                    path=f"/loops/{row.name} loop.wav",
                    beats=bars * 4.0,
                    loop_beats=16.0,
                )
                for row in rows
            ),
        )
        for i, (kind, bars) in enumerate(form, 1)
    )
    song = Song(genre="trap", mood="dark", tempo=tempo, key=parse_key("A minor"), tracks=rows, sections=sections)
    return apply(Song(), ReplaceSong(song))
