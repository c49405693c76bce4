"""The one file that names concrete parts: starts them in order, stops them in reverse."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from loopmind_chat import weights
from loopmind_chat.agent.events import TurnEvent
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.errors import SessionError, WeightsError
from loopmind_chat.home import Home, find_home
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song
from loopmind_chat.tui.desk import Desk, Report, Say

if TYPE_CHECKING:
    from loopmind_chat.agent.conversation import Conversation
    from loopmind_chat.agent.model import ChatModel
    from loopmind_chat.audio.on_demand import PlayerOnDemand
    from loopmind_chat.audio.player import Player
    from loopmind_chat.library.embed import TextEmbedder
    from loopmind_chat.library.library import Library
    from loopmind_chat.tools.ports import Cancelled, Exporter, ExportOutcome
    from loopmind_chat.tools.studio import Studio
    from loopmind_chat.tui.app import LoopMindApp

_HISTORY: Final = 50


@contextmanager
def open_library(*, writable: bool) -> Iterator["Library"]:
    """The user's library; with ``writable``, LibraryLocked where another process holds it."""
    from loopmind_chat.library.library import Library  # noqa: PLC0415 - numpy and more

    home = find_home()
    with Library.open(home, _embedder(home), must_write=writable) as library:
        yield library


@contextmanager
def open_conversation(session_path: Path, *, understands: bool = True) -> Iterator["Conversation"]:
    """A conversation without a screen: the player starts only when something is to be heard.

    Without ``understands`` the language model is not started: slash commands do not need it.
    """
    from loopmind_chat.audio.on_demand import PlayerOnDemand  # noqa: PLC0415 - the same

    home = find_home()
    with ExitStack() as parts:
        player = PlayerOnDemand(lambda: _start_player(home))
        parts.callback(player.close)
        studio = _studio(home, session_path, player, parts, autoplay=False)
        model = _model(home, parts) if understands else "it was not started"
        yield _conversation(studio, model)


def open_app(*, folder: Path | None, session: Path | None) -> "LoopMindApp":
    """The screen; everything behind it is opened once its first frame is shown."""
    from loopmind_chat.tui.app import LoopMindApp  # noqa: PLC0415 - Textual, only where a screen is wanted

    return LoopMindApp(StudioOpening(find_home(), folder=folder, session=session))


class StudioOpening:
    """Opens everything, in the screen's worker thread."""

    def __init__(self, home: Home, *, folder: Path | None, session: Path | None) -> None:
        self._home = home
        self._folder = folder
        self._session = session

    def open(self, say: Say) -> "StudioDesk":
        """Session, library, player and model."""
        parts = ExitStack()
        with ExitStack() as undo:
            undo.callback(parts.close)
            player = _start_player(self._home)
            parts.callback(player.close)
            path = self._session or new_session_path(self._home.sessions)
            studio = _studio(self._home, path, player, parts, autoplay=True)
            model = _model(self._home, parts)
            conversation = _conversation(studio, model)
            undo.pop_all()
        say(f"session: {path}")
        return StudioDesk(conversation, model, player, parts)

    def bring_loops(self, desk: Desk, say: Say, report: Report) -> None:
        """Scan the folder asked for; else use what is known; else write the starter pack and scan it."""
        if not isinstance(desk, StudioDesk):
            raise TypeError("this opening opened another desk")
        studio = desk.studio
        if self._folder is not None:
            say(studio.use_folder(self._folder, progress=report, cancelled=desk.closing))
            return
        if studio.reader().loops():
            return
        from loopmind_chat.starter import write_pack  # noqa: PLC0415 - scipy

        say("no folder of your own yet: the starter pack is being written, three kits of loops made on this machine")
        write_pack(self._home.starter, lambda done, total, _file: report("writing the starter pack", done, total))
        if not desk.closing():
            say(studio.use_folder(self._home.starter, progress=report, cancelled=desk.closing))


class StudioDesk:
    """The open studio, as the screen needs it: see :class:`loopmind_chat.tui.desk.Desk`."""

    def __init__(
        self, conversation: "Conversation", model: "ChatModel | str", player: "Player", parts: ExitStack
    ) -> None:
        self._conversation = conversation
        self._model = model
        self._player = player
        self._parts = parts
        self._closing = False

    @property
    def studio(self) -> "Studio":
        """What turns work on."""
        return self._conversation.studio

    def closing(self) -> bool:
        """Whether the screen has gone."""
        return self._closing

    def song(self) -> Song:
        """The song as it stands."""
        return self.studio.session.song

    def status(self) -> PlayerStatus:
        """The transport and the engine, now."""
        return self._player.status()

    def loops(self) -> Sequence[LoopFacts]:
        """The loops in use."""
        return self.studio.reader().loops()

    def history(self) -> Sequence[TurnRecord]:
        """The turns of the session so far."""
        return self.studio.session.turns(_HISTORY)

    def model_state(self) -> str:
        """A few words on the language model, where it is not simply there."""
        if isinstance(self._model, str):
            return "no model: / only"
        if self._model.error:
            return "model failed: / only"
        return "" if self._model.ready else "model loading"

    def commands(self) -> Sequence[str]:
        """Slash commands to complete."""
        from loopmind_chat.tools.registry import all_tools  # noqa: PLC0415 - every family of tools
        from loopmind_chat.tools.slash import SHORT_FORMS  # noqa: PLC0415 - the same

        return [f"/{name}" for name in (*SHORT_FORMS, *all_tools())]

    def turn(self, text: str, cancelled: Callable[[], bool]) -> Iterator[TurnEvent]:
        """Take one turn of the conversation."""
        return self._conversation.turn(text, cancelled)

    def play_or_stop(self) -> None:
        """Toggle the transport."""
        if self._player.status().playing:
            self._player.stop()
        else:
            self._player.play()

    def close(self) -> None:
        """End the child processes."""
        self._closing = True
        self._parts.close()


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


def _studio(home: Home, path: Path, player: "Player | PlayerOnDemand", parts: ExitStack, *, autoplay: bool) -> "Studio":
    from loopmind_chat.library.library import Library  # noqa: PLC0415 - behind the first frame
    from loopmind_chat.session.session import Session  # noqa: PLC0415 - the same
    from loopmind_chat.tools.studio import Studio  # noqa: PLC0415 - the same

    session = Session.open(path)
    with ExitStack() as undo:
        undo.callback(session.close)
        library = Library.open(home, _embedder(home))
        parts.callback(library.close)
        if autoplay:  # somebody will be waiting for words to be understood
            library.warm_up()
        studio = Studio(session, library, player, _exporter(home), autoplay=autoplay)
        parts.callback(studio.close)
        undo.pop_all()
    return studio


def _model(home: Home, parts: ExitStack) -> "ChatModel | str":
    """The language model, loading; or why there is none."""
    from loopmind_chat.agent.llama_process import LlamaProcess  # noqa: PLC0415 - behind the first frame

    try:
        model = LlamaProcess(weights.locate(home, "chat"), logs=home.logs)
    except WeightsError as fault:
        return str(fault)
    parts.callback(model.close)
    return model


def _conversation(studio: "Studio", model: "ChatModel | str") -> "Conversation":
    from loopmind_chat.agent.conversation import Conversation  # noqa: PLC0415 - behind the first frame

    if isinstance(model, str):
        return Conversation(studio, no_model=model)
    return Conversation(studio, model)


def _embedder(home: Home) -> "TextEmbedder":
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
