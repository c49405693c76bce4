"""Genres: tempo, form, who plays when, and the beat that one-shots make.

The figures are what producers teach each other, checked against counts over annotated songs; each is a habit with a
weight, never a rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from loopmind_chat.compose.habits import (
    BAND,
    BEAT,
    CLUB_ENTRANCES,
    DANCE,
    DRIFT,
    DUSTY,
    DUSTY_ENTRANCES,
    EVEN,
    GROOVE,
    LONG,
    SHORT,
    SOFT_ENTRANCES,
    URBAN_ENTRANCES,
    WIDE,
    Entrances,
    Lengths,
    Presence,
)
from loopmind_chat.compose.moods import MOODS
from loopmind_chat.compose.wording import singular, words_of
from loopmind_chat.song.vocabulary import SectionKind

__all__ = ["GENRES", "MOODS", "NEUTRAL", "Feel", "Genre", "genre_named"]


class Feel(StrEnum):
    """The pulse that one-shot drums are programmed to."""

    HALF_TIME = "half time"
    DRILL = "drill"
    BACKBEAT = "backbeat"
    FOUR = "four on the floor"
    BREAK = "break"
    DEMBOW = "dembow"
    LOG_DRUM = "log drum"
    SPARSE = "sparse"


LETTERS: Final = {
    "I": SectionKind.INTRO, "V": SectionKind.VERSE, "P": SectionKind.PRECHORUS, "H": SectionKind.HOOK,
    "B": SectionKind.BRIDGE, "K": SectionKind.BREAKDOWN, "U": SectionKind.BUILD, "D": SectionKind.DROP,
    "S": SectionKind.SOLO, "O": SectionKind.OUTRO,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Genre:
    """What is usual in a genre."""

    name: str
    words: str
    """Phrases it is known by, parted by commas."""
    tempo: tuple[float, float]
    usual_tempo: float
    bars: tuple[int, int, int]
    """Shortest, longest and most usual length where none is asked for."""
    forms: Mapping[str, float]
    """Rows of section letters (I V P H B K U D S O) with their weights."""
    lengths: Lengths = field(default_factory=lambda: SHORT)
    presence: Presence = field(default_factory=lambda: BEAT)
    entrances: Entrances = field(default_factory=lambda: URBAN_ENTRANCES)
    feel: Feel = Feel.BACKBEAT
    swing: float = 0.0
    minor: float = 0.6
    """Share of its songs that are in minor."""
    mood: str = ""
    """What it tends to sound like, where no mood is asked for."""
    moods: str = ""
    """Moods that suggest it, where no genre is asked for."""
    impacts: float = 0.5
    """How often an impact of the user's own marks the first beat of a hook or a drop."""
    drop_outs: float = 0.4
    """How often the beat stops for a bar before a hook."""

    @cached_property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """Its names as rows of words, longest first."""
        names = [*self.words.split(","), self.name]
        rows = {tuple(singular(word) for word in words_of(name)) for name in names}
        return tuple(sorted(rows - {()}, key=lambda row: (-len(row), row)))

    @cached_property
    def known_words(self) -> frozenset[str]:
        """The single words among its names."""
        return frozenset(row[0] for row in self.phrases if len(row) == 1)


_RAP_FORMS: Final = {
    "IHVHVHO": 0.22, "IVHVHO": 0.12, "IVHVHBHO": 0.14, "IHVHVHBHO": 0.08, "IVPHVPHO": 0.08, "HVHVHO": 0.08,
    "IVHVHKHO": 0.12, "IVHVHVHO": 0.08, "IHVPHVPHO": 0.08,
}  # fmt: skip
_SUNG_FORMS: Final = {
    "IVPHVPHBHO": 0.26, "IVHVHBHO": 0.20, "IVPHVPHBHH": 0.14, "IVHVHBHHO": 0.12, "IVPHVPHKHO": 0.10,
    "IHVPHVPHBHO": 0.10, "IVVHVHBHO": 0.08,
}  # fmt: skip
_CLUB_FORMS: Final = {
    "IVKUDVKUDO": 0.26, "IVUDKUDO": 0.24, "IVDKUDO": 0.16, "IVKUDKUDO": 0.16, "IUDVKUDO": 0.18,
}  # fmt: skip
_BAND_FORMS: Final = {
    "IVHVHSHO": 0.28, "IVHVHBHO": 0.28, "IVPHVPHSHO": 0.16, "IVVHVHSHHO": 0.16, "VHVHBHO": 0.12,
}  # fmt: skip

GENRES: Final[tuple[Genre, ...]] = (
    Genre(
        name="trap", words="trap beat,trap soul,rage", tempo=(120, 160), usual_tempo=140, bars=(64, 104, 84),
        forms=_RAP_FORMS, feel=Feel.HALF_TIME, minor=0.92, mood="dark", moods="dark aggressive mysterious",
        drop_outs=0.5, impacts=0.6,
    ),
    Genre(
        name="drill", words="uk drill,ny drill,new york drill", tempo=(136, 150), usual_tempo=142, bars=(64, 100, 80),
        forms={"IHVHVHO": 0.40, "IHVHVH": 0.16, "IVHVHO": 0.18, "IHVHVBHO": 0.14, "IHVHVHKHO": 0.12},
        feel=Feel.DRILL, minor=0.95, mood="dark", moods="dark aggressive", drop_outs=0.55,
    ),
    Genre(
        name="boom bap", words="boombap,old school hip hop,90s hip hop,golden era", tempo=(80, 100), usual_tempo=90,
        bars=(56, 92, 72),
        forms={"IVHVHO": 0.28, "IVHVHVHO": 0.30, "IHVHVHO": 0.18, "IVHVHBHO": 0.12, "IVHVSHO": 0.12},
        entrances=DUSTY_ENTRANCES, presence=DUSTY, feel=Feel.BACKBEAT, swing=0.35, impacts=0.0,
        minor=0.75, mood="nostalgic", moods="nostalgic",
    ),
    Genre(
        name="hip hop", words="hiphop,rap", tempo=(80, 130), usual_tempo=92, bars=(60, 108, 80),
        forms=_RAP_FORMS, feel=Feel.BACKBEAT, swing=0.15, minor=0.75, moods="",
    ),
    Genre(
        name="lo-fi", words="lofi,lofi hip hop,chillhop,study beats,jazzhop", tempo=(65, 92), usual_tempo=80,
        bars=(36, 60, 48),
        forms={"IVHVO": 0.12, "IVHVHO": 0.36, "IVHKVHO": 0.22, "IHVHO": 0.18, "IVHBHO": 0.12},
        lengths={**SHORT, SectionKind.VERSE: {16: 0.5, 8: 0.5}, SectionKind.HOOK: {8: 0.6, 16: 0.4}},
        entrances=DUSTY_ENTRANCES, presence=DUSTY, feel=Feel.BACKBEAT, swing=0.4, impacts=0.0,
        minor=0.6, mood="chill nostalgic",
        moods="chill nostalgic sad dreamy", drop_outs=0.35,
    ),
    Genre(
        name="house", words="deep house,tech house,progressive house,garage,uk garage,disco", tempo=(116, 130),
        usual_tempo=124, bars=(96, 168, 128), forms=_CLUB_FORMS, lengths=LONG, presence=DANCE,
        entrances=CLUB_ENTRANCES, impacts=0.9, feel=Feel.FOUR,
        swing=0.08, minor=0.7, mood="", moods="happy energetic funky",
    ),
    Genre(
        name="techno", words="hard techno,minimal,acid,industrial,trance,psytrance", tempo=(125, 148), usual_tempo=132,
        bars=(112, 192, 144),
        forms={"IVVKDVO": 0.28, "IVUDKUDO": 0.26, "IVDVKUDO": 0.26, "IVKUDO": 0.20},
        lengths=LONG, presence=DANCE, entrances=CLUB_ENTRANCES, impacts=0.9, feel=Feel.FOUR, minor=0.9, mood="dark",
        moods="energetic", drop_outs=0.45,
    ),
    Genre(
        name="drum and bass", words="dnb,jungle,liquid,neurofunk,breakcore,breakbeat", tempo=(160, 180),
        usual_tempo=174, bars=(112, 176, 136),
        forms={"IUDKUDO": 0.44, "IVUDKUDO": 0.26, "IKUDVKUDO": 0.16, "IUDVKDO": 0.14},
        lengths=LONG, presence=DANCE, entrances=CLUB_ENTRANCES, impacts=0.9, feel=Feel.BREAK,
        minor=0.85, mood="energetic",
        moods="energetic aggressive",
    ),
    Genre(
        name="ambient", words="drone,atmospheric,soundscape,meditation,new age", tempo=(50, 90), usual_tempo=70,
        bars=(48, 88, 64),
        forms={"IVHVO": 0.34, "IVHO": 0.26, "IVKHO": 0.22, "IVBHO": 0.18},
        lengths=WIDE, presence=DRIFT, entrances=SOFT_ENTRANCES, feel=Feel.SPARSE, minor=0.6, mood="dreamy",
        moods="dreamy", drop_outs=0.0, impacts=0.0,
    ),
    Genre(
        name="r&b", words="rnb,soul,neo soul,neosoul,slow jam", tempo=(60, 112), usual_tempo=86, bars=(64, 96, 76),
        forms=_SUNG_FORMS, lengths=EVEN, presence=BAND, feel=Feel.BACKBEAT, swing=0.25, minor=0.6, mood="romantic",
        impacts=0.25,        moods="romantic",
    ),
    Genre(
        name="pop", words="dance pop,synth pop,synthpop,indie pop,k pop,kpop", tempo=(95, 132), usual_tempo=118,
        bars=(72, 116, 92), forms=_SUNG_FORMS, lengths=EVEN, presence=BAND, entrances=CLUB_ENTRANCES,
        feel=Feel.BACKBEAT, minor=0.45, mood="bright", moods="bright happy",
    ),
    Genre(
        name="phonk", words="drift phonk,memphis", tempo=(120, 162), usual_tempo=140, bars=(48, 80, 60),
        forms={"IDKDO": 0.34, "IHDKDO": 0.20, "IVDKDO": 0.20, "IDVKDO": 0.14, "IHVHKHO": 0.12},
        feel=Feel.HALF_TIME, minor=0.95, mood="dark aggressive", moods="aggressive", drop_outs=0.55,
    ),
    Genre(
        name="reggaeton", words="dembow,latin,perreo,dancehall,moombahton", tempo=(86, 112), usual_tempo=95,
        bars=(60, 96, 76),
        forms={"IHVPHVHBHO": 0.34, "IHVHVHO": 0.24, "IVPHVPHBHO": 0.24, "IVHVHBHO": 0.18},
        lengths=EVEN, presence=GROOVE, feel=Feel.DEMBOW, minor=0.8, mood="energetic", moods="",
    ),
    Genre(
        name="afrobeats", words="afrobeat,afro,afropop,afro fusion", tempo=(95, 118), usual_tempo=104,
        bars=(64, 104, 80),
        forms={"IHVHVBHO": 0.38, "IVHVHBHO": 0.28, "IHVHVHO": 0.18, "IVPHVPHBHO": 0.16},
        presence=GROOVE, feel=Feel.DEMBOW, swing=0.15, minor=0.6, mood="happy", moods="",
    ),
    Genre(
        name="amapiano", words="log drum,gqom,afro house,afrohouse", tempo=(106, 118), usual_tempo=112,
        bars=(80, 128, 96),
        forms={"IVKUDVKDO": 0.36, "IVHVHKHO": 0.32, "IVDKDO": 0.32},
        lengths=LONG, presence=GROOVE, entrances=CLUB_ENTRANCES, feel=Feel.LOG_DRUM, swing=0.2, minor=0.75,
        mood="chill", moods="",
    ),
    Genre(
        name="rock", words="indie,indie rock,punk,metal,alternative,grunge,country,blues,folk", tempo=(90, 160),
        usual_tempo=120, bars=(76, 124, 96), forms=_BAND_FORMS, lengths=EVEN, presence=BAND, feel=Feel.BACKBEAT,
        minor=0.45, moods="",
    ),
    Genre(
        name="electronic", words="edm,electro,electronica,dubstep,future bass,synthwave,idm,glitch,dance,downtempo",
        tempo=(90, 150), usual_tempo=124, bars=(76, 132, 100),
        forms={
            "IVPHVPHBHO": 0.18, "IVUHVUHKHO": 0.22, "IVHVHKHO": 0.20, "IHVHBHHO": 0.12, "IVUHKUHO": 0.16,
            "IVPHKVPHO": 0.12,
        },
        lengths={**EVEN, SectionKind.INTRO: {8: 0.55, 4: 0.25, 16: 0.20}, SectionKind.OUTRO: {8: 0.7, 16: 0.3}},
        presence={**DANCE, SectionKind.INTRO: {**BEAT[SectionKind.INTRO]}},
        entrances=CLUB_ENTRANCES, feel=Feel.FOUR, minor=0.65, moods="",
    ),
    Genre(
        name="cinematic", words="score,soundtrack,film,trailer,orchestral,epic", tempo=(60, 120), usual_tempo=84,
        bars=(40, 76, 56),
        forms={"IVUHKUHO": 0.34, "IVHKHO": 0.30, "IVBUHO": 0.36},
        lengths={**EVEN, SectionKind.VERSE: {8: 0.6, 16: 0.4}, SectionKind.BUILD: {8: 0.7, 16: 0.3}},
        presence=DRIFT, entrances=SOFT_ENTRANCES, feel=Feel.SPARSE, minor=0.75, mood="epic", moods="epic",
        drop_outs=0.3,
    ),
)  # fmt: skip
"""Every genre with habits of its own."""

NEUTRAL: Final = Genre(
    name="", words="", tempo=(70, 160), usual_tempo=110, bars=(60, 108, 80), minor=0.6,
    forms={"IVHVHBHO": 0.30, "IVHVHO": 0.15, "IVPHVPHBHO": 0.20, "IHVHVHO": 0.20, "IVHVHKHO": 0.15},
    lengths=EVEN, presence=BEAT,
)  # fmt: skip
"""For a genre that has no habits here: its words still choose the loops."""


@lru_cache(maxsize=256)
def genre_named(words: str) -> Genre | None:
    """The genre that the words name ("uk drill", "lo fi", "dnb"), the longest name first; None where none does."""
    said = tuple(singular(word) for word in words_of(words))
    best: tuple[int, Genre] | None = None
    for genre in GENRES:
        for phrase in genre.phrases:
            found = any(said[i : i + len(phrase)] == phrase for i in range(len(said)))
            if found and (best is None or len(phrase) > best[0]):
                best = (len(phrase), genre)
    return best[1] if best else None
