"""Plays a song: prepares its audio in the background, and tells the engine's process what to do."""

import os
import queue
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from loopmind_chat.audio.engine.conductor import Conductor
from loopmind_chat.audio.engine.link import Link, Message
from loopmind_chat.audio.engine.preparation import Preparation
from loopmind_chat.audio.engine.prepare_pool import PreparePool
from loopmind_chat.audio.plan import Clip
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.home import Home
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song

_ANSWER_S: Final = 3.0
_JOIN_S: Final = 2.0
_WORKERS_MAX: Final = 4


class Player:
    """The transport of the song that is being made. Its methods return at once, but for ``devices`` and ``close``.

    One thread takes the commands in order; processes of their own prepare the audio and play it. ``device`` is an
    output's name, "silent", or None for the system's default.
    """

    def __init__(self, home: Home, *, device: str | None = None, engine_arguments: Sequence[str] = ()) -> None:
        self._inbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._names: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        self._device = device
        self._arguments = tuple(engine_arguments)
        self._log = home.logs / "engine.log"
        self._closed = False
        self._newest: tuple[Song, int] | None = None
        self._pool = PreparePool(
            home.prepared, home.logs / "prepare.log", max(1, min(os.cpu_count() or 1, _WORKERS_MAX))
        )
        self._preparation = Preparation(self._pool, self._prepared, self._pool.size)
        self._conductor = Conductor(self._start_engine, self._preparation, _finder(home.prepared), self._log)
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)
        self._thread.start()
        self._post(self._conductor.warm)

    def set_song(self, song: Song, revision: int) -> None:
        """Play this song from the next bar line for which its audio is there; the newest revision wins."""
        self._newest = (song, revision)
        self._post(self._take_newest)

    def play(self, bar: int | None = None) -> None:
        """Start where it stands, or at a bar counted from 0."""
        self._post(partial(self._conductor.play, bar))

    def stop(self) -> None:
        """Stand still at the start of the song, or of the section that is looped."""
        self._command({"do": "stop"})

    def pause(self) -> None:
        """Stand still where it is."""
        self._command({"do": "pause"})

    def seek(self, bar: int) -> None:
        """Go to a bar, playing or not."""
        self._post(partial(self._conductor.seek, bar))

    def loop_section(self, section_id: str | None) -> None:
        """Repeat a section, from the next bar line on; None: play on."""
        self._post(partial(self._conductor.loop, section_id))

    def audition(self, path: str | Path, facts: LoopFacts | None = None) -> None:
        """Play a loop by itself over the ducked song; with its facts, in the song's tempo and key."""
        self._post(partial(self._conductor.audition, str(path), facts))

    def status(self) -> PlayerStatus:
        """How things stand now."""
        return self._conductor.status()

    def devices(self) -> list[str]:
        """Names of the outputs there are, the default first, "silent" last; waits for the engine's answer."""
        while not self._names.empty():
            self._names.get()
        self._command({"do": "devices"})
        try:
            return self._names.get(timeout=_ANSWER_S)
        except queue.Empty:
            return []

    def set_device(self, name: str | None) -> None:
        """Play on another output; None: the system's default."""
        self._device = name
        self._command({"do": "device", "name": name})

    def close(self) -> None:
        """End the processes within two seconds."""
        self._closed = True
        self._preparation.close()
        self._inbox.put(None)
        self._thread.join(timeout=_JOIN_S)
        self._conductor.close()
        self._pool.close()

    def _post(self, action: Callable[[], None]) -> None:
        self._inbox.put(action)

    def _command(self, message: Message) -> None:
        self._post(partial(self._conductor.command, message))

    def _take_newest(self) -> None:
        """Of several songs that came while one was planned, only the last is planned."""
        newest, self._newest = self._newest, None
        if newest is not None:
            self._conductor.set_song(*newest)

    def _prepared(self, clip: Clip, result: Path | str) -> None:
        self._post(partial(self._conductor.clip_done, clip, result))

    def _start_engine(self) -> Link:
        device = [] if self._device is None else ["--device", self._device]
        return Link(
            [*device, *self._arguments], self._log, self._heard, lambda: self._post(self._conductor.engine_gone)
        )

    def _heard(self, fact: Message) -> None:
        """Sort a fact, on the link's thread."""
        match fact["fact"]:
            case "devices":
                self._names.put(fact["names"])
            case "clip lost":
                self._post(partial(self._conductor.clip_lost, fact["key"]))
            case _:
                self._conductor.fact(fact)

    def _run(self) -> None:
        while (action := self._inbox.get()) is not None and not self._closed:
            try:
                action()
            except Exception as fault:  # noqa: BLE001 - the end of this thread: a fault must not silence all that follows
                self._conductor.fault(fault)


def _finder(folder: Path) -> Callable[[Clip], Path | None]:
    """Where a clip's prepared audio is, if it is there."""

    def find(clip: Clip) -> Path | None:
        from loopmind_chat.audio.prepare import Preparer  # noqa: PLC0415 - numpy is not needed for the first frame

        preparer = Preparer(folder)
        return preparer.path_of(clip) if preparer.is_ready(clip) else None

    return find
