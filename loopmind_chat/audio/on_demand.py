"""A player that starts its processes when something is to be heard: most commands only edit."""

import threading
from collections.abc import Callable
from typing import Protocol

from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.song.model import Song


class FullPlayer(Protocol):
    """What is started on demand: see :class:`loopmind_chat.audio.player.Player`."""

    def set_song(self, song: Song, revision: int) -> None:
        """Take a song."""

    def play(self, bar: int | None = None) -> None:
        """Start."""

    def stop(self) -> None:
        """Stop."""

    def loop_section(self, section_id: str | None) -> None:
        """Repeat a section."""

    def audition(self, path: str) -> None:
        """Play one file alone."""

    def status(self) -> PlayerStatus:
        """Where the transport stands."""

    def devices(self) -> list[str]:
        """Names of the outputs."""

    def set_device(self, name: str | None) -> None:
        """Play on another output."""

    def close(self) -> None:
        """End the processes."""


class PlayerOnDemand:
    """Remembers the song until ``play`` or ``audition``; from then on it is the real player."""

    def __init__(self, start: Callable[[], FullPlayer]) -> None:
        self._start = start
        self._player: FullPlayer | None = None
        self._song: tuple[Song, int] = (Song(), 0)
        self._loop: str | None = None
        self._lock = threading.Lock()

    def set_song(self, song: Song, revision: int) -> None:
        """Remember the song, or hand it on."""
        self._song = (song, revision)
        if self._player is not None:
            self._player.set_song(song, revision)

    def play(self, bar: int | None = None) -> None:
        """Start the player, then the transport."""
        self._started().play(bar)

    def stop(self) -> None:
        """Stop, where anything plays."""
        if self._player is not None:
            self._player.stop()

    def loop_section(self, section_id: str | None) -> None:
        """Repeat a section once there is a player."""
        self._loop = section_id
        if self._player is not None:
            self._player.loop_section(section_id)

    def audition(self, path: str) -> None:
        """Start the player, then the file."""
        self._started().audition(path)

    def status(self) -> PlayerStatus:
        """The player's, or that of one that stands still."""
        if self._player is not None:
            return self._player.status()
        return PlayerStatus(tempo=self._song[0].tempo, revision=self._song[1])

    def devices(self) -> list[str]:
        """Names of the outputs there are."""
        return self._started().devices()

    def set_device(self, name: str | None) -> None:
        """Play on another output."""
        self._started().set_device(name)

    def close(self) -> None:
        """End the processes, where there are any."""
        if self._player is not None:
            self._player.close()

    def _started(self) -> FullPlayer:
        with self._lock:
            if self._player is None:
                self._player = self._start()
                self._player.set_song(*self._song)
                if self._loop is not None:
                    self._player.loop_section(self._loop)
            return self._player
