"""A library of real loops, a song composed of them, and a player that plays it on the silent device."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agent_sets.agents import Primed
from agent_sets.desk import Listener, Place, Writer
from loopmind_chat.agent.conversation import Conversation
from loopmind_chat.audio.player import Player
from loopmind_chat.home import Home, find_home
from loopmind_chat.library.library import Library
from loopmind_chat.library.minilm import MiniLm
from loopmind_chat.session.session import Session
from loopmind_chat.song.model import Song
from loopmind_chat.starter.pack import write_pack
from loopmind_chat.tools.studio import Studio

_FORM: Final = "intro 8, verse 16, hook 8, verse 16, hook 8, outro 8"
_COMPOSE: Final = f'compose_song genre=trap mood=dark bpm=140 key="A minor" seed=7 form="{_FORM}"'
_STARTS_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Real:
    """The library with the song."""

    home: Home
    library: Library
    song: Song


@contextmanager
def real_library(folder: Path | None, work: Path | None = None) -> Iterator[Real]:
    """Scan a folder of loops (None: the starter pack) into a home of its own, and compose a song of them."""
    place = work or Path(tempfile.gettempdir()) / "loopmind-agent-real"
    home = Home(place, find_home().models)
    home.root.mkdir(parents=True, exist_ok=True)
    if folder is None:
        folder = home.starter
        write_pack(folder)
    words = MiniLm(lambda: home.models / "all-minilm-l6-v2", log=home.logs / "text.log")
    with Library.open(home, words, must_write=True) as library:
        library.scan([folder.resolve()])
        yield Real(home, library, _composed(library))


def _composed(library: Library) -> Song:
    with tempfile.TemporaryDirectory(prefix="loopmind-agent-") as name:
        studio = Studio(Session.open(Path(name) / "new.loopmind"), library, Listener(), Writer([]), autoplay=False)
        model = Primed("composer")
        model.prime(_COMPOSE)
        for _ in Conversation(studio, model).turn("compose"):
            pass
        song = studio.session.song
        studio.close()
    if not song.sections:
        raise RuntimeError("nothing could be composed of these loops")
    return song


@contextmanager
def place_of(*, real: bool, folder: Path | None, playing: bool, typing_s: float) -> Iterator[Place]:
    """Where the cases are run: on the shelf, or on real loops; with ``playing``, while a real song plays."""
    if not real and not playing:
        yield Place(typing_s=typing_s)
        return
    with ExitStack() as parts:
        found = parts.enter_context(real_library(folder))
        place = Place(typing_s=typing_s)
        if real:
            place = Place(library=found.library, song_of=lambda _: found.song, typing_s=typing_s)
        if not playing:
            yield place
            return
        player = _started(found, parts)
        if real:
            place = Place(place.library, _Handing(player), place.song_of, typing_s)
        yield place
        if not player.status().playing:
            raise RuntimeError(f"it stopped playing meanwhile: {player.status().problem or 'no reason given'}")


def _started(found: Real, parts: ExitStack) -> Player:
    """A player that plays the song on the silent device, round and round."""
    player = Player(found.home, device="silent")
    parts.callback(player.close)
    player.set_song(found.song, 1)
    player.loop_section(found.song.sections[2].id)
    player.play(0)
    late = time.monotonic() + _STARTS_S
    while not player.status().playing:
        if time.monotonic() > late:
            raise RuntimeError(f"nothing plays: {player.status().problem or 'no reason given'}")
        time.sleep(0.1)
    return player


class _Handing:
    """Hands songs to the player, counting up."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._count = 1

    def __call__(self, song: Song) -> None:
        self._count += 1
        self._player.set_song(song, self._count)
