"""The one file that names concrete parts: starts them in order, stops them in reverse."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from loopmind_chat.errors import LibraryError, SessionError
from loopmind_chat.home import Home, find_home
from loopmind_chat.song.model import Song
from loopmind_chat.tui.desk import Desk, Report, Say
from loopmind_chat.tui.studio_desk import StudioDesk

if TYPE_CHECKING:
    from loopmind_chat.agent.conversation import Conversation
    from loopmind_chat.agent.model_switch import ModelSwitch
    from loopmind_chat.audio.on_demand import PlayerOnDemand
    from loopmind_chat.audio.player import Player
    from loopmind_chat.library.embed import TextEmbedder
    from loopmind_chat.library.library import Library
    from loopmind_chat.tools.ports import Cancelled, Exporter, ExportOutcome
    from loopmind_chat.tools.studio import Studio
    from loopmind_chat.tui.app import LoopMindApp


@contextmanager
def open_library(*, writable: bool) -> Iterator["Library"]:
    """The user's library; with ``writable``, LibraryLocked where another process holds it."""
    from loopmind_chat.library.library import Library  # noqa: PLC0415 - numpy and more

    home = find_home()
    with Library.open(home, _embedder(home), must_write=writable) as library:
        yield library


@contextmanager
def open_conversation(
    session_path: Path, *, understands: bool = True, model: str | None = None
) -> Iterator["Conversation"]:
    """A conversation without a screen: the player starts only when something is to be heard.

    Without ``understands`` the language model is not started: slash commands do not need it. ``model`` is the name,
    path or URL of one.
    """
    from loopmind_chat.audio.on_demand import PlayerOnDemand  # noqa: PLC0415 - the same

    home = find_home()
    with ExitStack() as parts:
        player = PlayerOnDemand(lambda: _start_player(home))
        parts.callback(player.close)
        library = _library(home, parts, busy=lambda: player.status().playing)
        studio = _studio(home, session_path, library, player, parts, autoplay=False)
        yield _conversation(studio, _model(home, parts, model, start=understands))


def open_app(*, folder: Path | None, session: Path | None, model: str | None = None) -> "LoopMindApp":
    """The screen; everything behind it is opened once its first frame is shown.

    ``model`` is the name, path or URL of a language model.
    """
    from loopmind_chat.tui.app import LoopMindApp  # noqa: PLC0415 - Textual, only where a screen is wanted

    return LoopMindApp(StudioOpening(find_home(), folder=folder, session=session, model=model))


class StudioOpening:
    """Opens everything, in the screen's worker thread."""

    def __init__(self, home: Home, *, folder: Path | None, session: Path | None, model: str | None = None) -> None:
        self._home = home
        self._model = model
        self._folder = folder
        self._session = session

    def open(self, say: Say) -> StudioDesk:
        """Session, library, player and model."""
        parts = ExitStack()
        _make_home(self._home)
        with ExitStack() as undo:
            undo.callback(parts.close)
            path = self._session or new_session_path(self._home.sessions)
            player = _start_player(self._home)
            parts.callback(player.close)
            library = _library(self._home, parts, busy=lambda: player.status().playing)
            library.warm_up()  # somebody will be waiting for words to be understood
            studio = _studio(self._home, path, library, player, parts, autoplay=True)
            model = _model(self._home, parts, self._model, say=say)
            conversation = _conversation(studio, model)
            undo.pop_all()
        say(f"session: {path}")
        if library.read_only:
            say("another LoopMind has this library open: songs work here, but no scan, correction or rating")
        for notice in library.notices:
            say(notice)
        return StudioDesk(conversation, model, player, parts)

    def bring_loops(self, desk: Desk, say: Say, report: Report) -> None:
        """Scan the folder asked for; else use what is known; else write the starter pack and scan it."""
        if not isinstance(desk, StudioDesk):
            raise TypeError("this opening opened another desk")
        with desk.busy():
            self._bring_loops(desk, say, report)

    def _bring_loops(self, desk: StudioDesk, say: Say, report: Report) -> None:
        studio = desk.studio
        if self._folder is not None:
            say(studio.use_folder(self._folder, progress=report, cancelled=desk.closing))
            return
        if known := studio.reader().loops():
            say(f"{len(known):,} loops {_of_folders(studio.session.folders)}")
            return
        from loopmind_chat.starter.apart import write_pack_apart  # noqa: PLC0415 - behind the first frame

        say("no folder of your own yet: the starter pack is being written, three kits of loops made on this machine")

        def tell(done: int, total: int, _file: str) -> None:
            report("writing the starter pack", done, total)

        report("writing the starter pack", 0, 0)
        log = self._home.logs / "starter.log"
        if write_pack_apart(self._home.starter, log=log, report=tell, cancelled=desk.closing):
            say(studio.use_folder(self._home.starter, progress=report, cancelled=desk.closing))


def _of_folders(folders: Sequence[Path]) -> str:
    return f"of {', '.join(map(str, folders))}" if folders else "of every folder scanned so far: /folder PATH takes one"


def new_session_path(folder: Path) -> Path:
    """A name not yet taken for a session that the user has not named. Raises SessionError where none can be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise SessionError(f"no session can be kept in {folder} ({fault.strerror}): name one with --session") from fault
    number = 1
    while (path := folder / f"song-{number:03d}.loopmind").exists():
        number += 1
    return path


def _make_home(home: Home) -> None:
    """Make the folder of everything. Raises LibraryError where that cannot be."""
    try:
        home.root.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise LibraryError(
            f"{home.root} cannot be made ({(fault.strerror or str(fault)).lower()}): set LOOPMIND_HOME to a folder "
            "that can be written"
        ) from fault


def _library(home: Home, parts: ExitStack, *, busy: Callable[[], bool]) -> "Library":
    from loopmind_chat.library.library import Library  # noqa: PLC0415 - behind the first frame

    library = Library.open(home, _embedder(home), busy=busy)
    parts.callback(library.close)
    return library


def _studio(  # noqa: PLR0913 - the parts of a studio
    home: Home, path: Path, library: "Library", player: "Player | PlayerOnDemand", parts: ExitStack, *, autoplay: bool
) -> "Studio":
    from loopmind_chat.session.session import Session  # noqa: PLC0415 - behind the first frame
    from loopmind_chat.tools.studio import Studio  # noqa: PLC0415 - the same

    studio = Studio(Session.open(path), library, player, _exporter(home), autoplay=autoplay)
    parts.callback(studio.close)
    return studio


def _model(
    home: Home, parts: ExitStack, name: str | None, *, start: bool = True, say: Say | None = None
) -> "ModelSwitch":
    """The language model, loading; without one, the switch knows why. ``say`` tells what becomes of a change."""
    from loopmind_chat.agent import model_choice  # noqa: PLC0415 - behind the first frame
    from loopmind_chat.agent.model_switch import ModelSwitch  # noqa: PLC0415 - the same

    model = ModelSwitch(
        lambda wanted: model_choice.open_model(wanted, home),
        model_choice.wanted_model(name) if start else None,
        listed=lambda: model_choice.listing(home),
        tell=say,
    )
    parts.callback(model.close)
    return model


def _conversation(studio: "Studio", model: "ModelSwitch") -> "Conversation":
    from loopmind_chat.agent.conversation import Conversation  # noqa: PLC0415 - behind the first frame

    studio.model = model
    return Conversation(studio, model)


def _embedder(home: Home) -> "TextEmbedder":
    from loopmind_chat import weights  # noqa: PLC0415 - behind the first frame
    from loopmind_chat.library.minilm import MiniLm  # noqa: PLC0415 - numpy

    return MiniLm(lambda: weights.locate(home, "text-embedding"), log=home.logs / "embedder.log")


def _start_player(home: Home) -> "Player":
    from loopmind_chat.audio.player import Player  # noqa: PLC0415 - starts processes

    return Player(home)


def _exporter(home: Home) -> "Exporter":
    def export(
        song: Song,
        path: Path,
        *,
        stems: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: "Cancelled | None" = None,
    ) -> "ExportOutcome":
        from loopmind_chat.audio.export import render_song  # noqa: PLC0415 - pedalboard and more

        return render_song(song, path, home=home, stems=stems, progress=progress, cancelled=cancelled)

    return export
