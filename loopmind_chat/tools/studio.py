"""The studio: the open session with the library and the player, and what performs effects."""

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from loopmind_chat.errors import CannotDo, NoSuchLoop
from loopmind_chat.session.session import Session
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tools.effects import (
    Audition,
    Effect,
    Export,
    FixLoop,
    LoopSection,
    Open,
    Play,
    RateLoop,
    Redo,
    Save,
    Scan,
    Stop,
    Undo,
)
from loopmind_chat.tools.outputs import export_target, stems_folder
from loopmind_chat.tools.ports import Cancelled, Exporter, LibraryPort, ModelPort, PlayerPort, Progress
from loopmind_chat.tools.spec import LibraryReader, Past, ToolContext
from loopmind_chat.tools.targets import cleaned

Listener = Callable[[TurnRecord], None]


def _quiet(_what: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


class Studio:
    """Holds what a turn works on. Turns come one at a time; reading from other threads is safe."""

    def __init__(
        self, session: Session, library: LibraryPort, player: PlayerPort, exporter: Exporter, *, autoplay: bool = True
    ) -> None:
        self.session = session
        self.library = library
        self.player = player
        self._exporter = exporter
        self._autoplay = autoplay
        self.model: ModelPort | None = None
        self._listeners: list[Listener] = []
        session.listen(self._publish)
        self.show_song()

    def reader(self) -> LibraryReader:
        """The loops in use by this session."""
        return self.library.view(self.session.folders)

    def context(self, song: Song, past: Past | None = None) -> ToolContext:
        """What a tool may read, with ``song`` as the scratch copy; ``past`` in place of the session's own."""
        return ToolContext(song, self.reader(), past or self.session)

    def listen(self, listener: Listener) -> None:
        """Call ``listener`` after each stored turn, of whichever session is open; it must not wait."""
        self._listeners.append(listener)

    def show_song(self) -> None:
        """Hand the session's song to the player, which returns at once."""
        self.player.set_song(self.session.song, self.session.revision)

    def perform(self, effect: Effect, progress: Progress = _quiet, cancelled: Cancelled = _never) -> str:  # noqa: C901, PLR0911 - one case an effect: a table in code
        """Do what a call wanted besides changing the song; gives what to say of it, "" for nothing.

        Raises LoopMindError where it cannot be done. Undo and redo belong to the turn: see ``run_turn``.
        """
        match effect:
            case Play(bar, asked):
                return self._play(bar, asked=asked)
            case Stop():
                self.player.stop()
                return ""
            case LoopSection(section_id):
                self.player.loop_section(section_id)
                return ""
            case Export():
                return self._export(effect, progress, cancelled)
            case Save(path):
                return self._save(path)
            case Open(path):
                return self.open_session(path)
            case Scan(folder, add):
                return self.use_folder(folder, add=add, progress=progress, cancelled=cancelled)
            case FixLoop(loop_id, changes):
                self.library.fix(loop_id, changes)
                return ""
            case RateLoop(loop_id, rating):
                self.library.rate(loop_id, rating)
                return ""
            case Audition(loop_id):
                return self._audition(loop_id)
            case Undo() | Redo():
                raise CannotDo("undo and redo stand alone in a turn")
            case _:
                assert_never(effect)

    def use_folder(
        self, folder: Path, *, add: bool = False, progress: Progress = _quiet, cancelled: Cancelled = _never
    ) -> str:
        """Index a folder and use its loops from now on; gives what to say of it."""
        place = folder.expanduser().absolute()
        if not place.is_dir():
            what = "is a file, not a folder" if place.exists() else "is not there"
            raise CannotDo(f"the folder {cleaned(str(folder))} {what}")
        report = self.library.scan(
            [place],
            progress=lambda step: progress(f"{step.stage} the loops", step.done, step.total),
            cancelled=cancelled,
        )
        if report.cancelled:
            raise CannotDo(f"the scan of {cleaned(str(place))} was stopped; it goes on from there when you ask again")
        usable = len(self.library.view([place]).loops())
        if not usable:
            files = "1 file" if report.failed == 1 else f"{report.failed} files"
            unusable = f"; {files} in it cannot be used" if report.failed else ""
            raise CannotDo(f"there are no loops in {cleaned(str(place))}{unusable}")
        before = self.session.folders if add else ()
        self.session.set_folders([*(f for f in before if f != place), place])
        beside = f", beside {len(self.session.folders) - 1} more" if len(self.session.folders) > 1 else ""
        return f"Using the {usable} loops of {cleaned(str(place))}{beside} ({report.line()})"

    def open_session(self, path: Path) -> str:
        """Open another session in place of this one; gives what to say of it."""
        place = path.expanduser().absolute()
        if place == self.session.path:
            return f"{cleaned(place.name)} is open already"
        opened = Session.open(place, create=False)
        self.session.close()
        self.session = opened
        opened.listen(self._publish)
        self.player.stop()
        self.show_song()
        return f"Opened {cleaned(place.name)}: {len(opened.song.sections)} sections"

    def close(self) -> None:
        """Close the session. The library and the player belong to whoever made them."""
        self.session.close()

    def _publish(self, record: TurnRecord) -> None:
        for listener in tuple(self._listeners):
            listener(record)

    def _play(self, bar: int | None, *, asked: bool) -> str:
        if not asked and (not self._autoplay or self.player.status().playing):
            return ""
        self.player.play(bar)
        status = self.player.status()
        return status.problem or "" if asked else ""

    def _audition(self, loop_id: str) -> str:
        facts = self.reader().get(loop_id)
        if facts is None:
            raise NoSuchLoop(f"there is no loop {loop_id}")
        self.player.audition(facts.path)
        return ""

    def _save(self, path: Path | None) -> str:
        if path is None:
            return f"Saved: everything up to now is in {cleaned(str(self.session.path))}"
        return f"Saved a copy as {cleaned(str(self.session.save_copy(path)))}"

    def _export(self, wanted: Export, progress: Progress, cancelled: Cancelled) -> str:
        song, session = self.session.song, self.session.path
        exports = session.parent / "exports"
        target = export_target(wanted.path, suffix=wanted.suffix, title=song.title, exports=exports)
        stems = stems_folder(target) if wanted.stems else None
        try:
            target.parent.mkdir(exist_ok=True)
        except OSError as fault:
            raise CannotDo(f"no folder {cleaned(str(exports))} can be made: {fault.strerror}") from fault
        report = self._exporter(
            song,
            target,
            stems=stems,
            progress=lambda done, total: progress("exporting", done, total),
            cancelled=cancelled,
        )
        also = f" and the stems to {cleaned(str(stems))}" if stems is not None else ""
        return "; ".join([f"Wrote {cleaned(str(target))}{also}", *report.notes])
