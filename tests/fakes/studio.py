"""A studio with a real session and fakes behind it, and songs to work on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.errors import ExportFailed, NoDevice
from loopmind_chat.session.session import Session
from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import Role, SectionKind
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.commands import answer_command
from loopmind_chat.tools.slash import SlashCalls, parse_slash
from loopmind_chat.tools.studio import Studio
from loopmind_chat.tools.turn import run_turn
from tests.fakes.library import A_MINOR, FakeLibrary, kit

FORM = (
    (SectionKind.INTRO, 8), (SectionKind.VERSE, 16), (SectionKind.HOOK, 8), (SectionKind.VERSE, 16),
    (SectionKind.HOOK, 8), (SectionKind.BREAKDOWN, 8), (SectionKind.HOOK, 8), (SectionKind.OUTRO, 8),
)  # fmt: skip


def trap_song() -> Song:
    """Drums, hats (percussion), bass, melody and pad over FORM; the intro has pad alone, the breakdown no drums."""
    loops = {facts.name.split("_140")[0]: facts for facts in kit()}
    rows = [("drums", "Plain_Drums"), ("hats", "Plain_Percussion"), ("bass", "Plain_Bass"), ("melody", "Plain_Melody")]
    rows.append(("pad", "Plain_Pad"))
    tracks = tuple(Track(id=f"t{i}", name=name, role=loops[loop].role) for i, (name, loop) in enumerate(rows, 1))
    sections, number = [], 0
    for place, (kind, bars) in enumerate(FORM, 1):
        layers = []
        for track, (_, loop) in zip(tracks, rows, strict=True):
            facts = loops[loop]
            silent = {SectionKind.INTRO: set(Role) - {Role.PAD}, SectionKind.BREAKDOWN: {Role.DRUMS, Role.PERCUSSION}}
            if facts.role in silent.get(kind, set()):
                continue
            number += 1
            layer = Layer(
                id=f"l{number}",
                track=track.id,
                role=facts.role,
                loop=facts.id,
                path=facts.path,
                beats=bars * 4.0,
                loop_beats=16.0,
            )
            layers.append(layer)
        sections.append(Section(id=f"s{place}", kind=kind, bars=bars, layers=tuple(layers)))
    song = Song(
        title="Night", genre="trap", mood="dark", tempo=140.0, key=A_MINOR, tracks=tracks, sections=tuple(sections)
    )
    return apply(Song(), ReplaceSong(song))


@dataclass
class FakePlayer:
    """Remembers what it was told; with ``device`` False it cannot play."""

    device: bool = True
    playing: bool = False
    told: list[tuple[Any, ...]] = field(default_factory=list)
    song: Song = field(default_factory=Song)

    def set_song(self, song: Song, revision: int) -> None:
        self.song = song
        self.told.append(("song", revision))

    def play(self, bar: int | None = None) -> None:
        if not self.device:
            raise NoDevice("no sound: there is no device")
        self.playing = True
        self.told.append(("play", bar))

    def stop(self) -> None:
        self.playing = False
        self.told.append(("stop",))

    def loop_section(self, section_id: str | None) -> None:
        self.told.append(("loop", section_id))

    def audition(self, path: str) -> None:
        self.told.append(("audition", path))

    def status(self) -> PlayerStatus:
        return PlayerStatus(playing=self.playing, device="fake")


@dataclass(frozen=True)
class FakeExport:
    notes: tuple[str, ...] = ()


@dataclass
class FakeExporter:
    """Writes the song's title; fails where told to."""

    fails: bool = False
    notes: tuple[str, ...] = ()
    written: list[tuple[Path, Path | None]] = field(default_factory=list)

    def __call__(
        self,
        song: Song,
        path: Path,
        *,
        stems: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> FakeExport:
        if self.fails or (cancelled is not None and cancelled()):
            raise ExportFailed("the disk is full")
        if progress is not None:
            progress(1, 1)
        path.write_text(song.title)
        self.written.append((path, stems))
        return FakeExport(self.notes)


@dataclass
class Desk:
    """A studio to talk to, line by line."""

    studio: Studio
    library: FakeLibrary
    player: FakePlayer
    exporter: FakeExporter

    @property
    def song(self) -> Song:
        return self.studio.session.song

    def say(self, text: str) -> TurnRecord:
        """A slash command, as the conversation takes it."""
        parsed = parse_slash(text)
        if isinstance(parsed, SlashCalls):
            return run_turn(self.studio, parsed.calls, say=text, refs=parsed.refs)
        return answer_command(self.studio, parsed, text)

    def call(self, *calls: tuple[str, Mapping[str, object]], refs: Mapping[str, Path] | None = None) -> TurnRecord:
        return run_turn(self.studio, [Call(tool, args) for tool, args in calls], say="test", refs=refs)

    def only(self, text: str) -> CallOutcome:
        """The one outcome of a slash command."""
        (outcome,) = self.say(text).calls
        return outcome


def make_desk(folder: Path, song: Song | None = None, library: FakeLibrary | None = None) -> Desk:
    """A desk with a session in ``folder`` that holds ``song`` (the trap song; ``Song()`` for none)."""
    session = Session.open(folder / "night.loopmind")
    start = trap_song() if song is None else song
    if start != session.song:
        session.commit("start", "", [], start)
    library, player, exporter = library or FakeLibrary(), FakePlayer(), FakeExporter()
    return Desk(Studio(session, library, player, exporter), library, player, exporter)


def locked(song: Song, section: str) -> Song:
    """The song with a section locked."""
    sections = tuple(replace(s, locked=s.name == section or s.locked) for s in song.sections)
    return apply(Song(), ReplaceSong(replace(song, sections=sections)))
