"""Commands in, facts out: one JSON object a line, named by ``do`` and ``fact``.

Commands: plan (revision, plan, clips), clip (key, path), play (bar), pause, stop, seek (bar), loop (section),
audition (path), devices, device (name). Facts: status, devices (names), clip lost (key, why),
failed (what, why).
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TextIO

from loopmind_chat.audio.engine.clips import Clips, mapped
from loopmind_chat.audio.engine.deck import Deck
from loopmind_chat.audio.engine.mixing import Mixing
from loopmind_chat.audio.engine.outputs import Outputs
from loopmind_chat.audio.engine.reading import Reading
from loopmind_chat.audio.plan import LEAD
from loopmind_chat.errors import LoopMindError

Message = Mapping[str, Any]
DeckMaker = Callable[[str, int, Clips], Deck]
"""Makes a deck of a plan's JSON, its revision and its clips."""
_TICK_S = 0.04
_HEARTBEAT_S = 1.0


class Server:
    """Does what the commands say, and reports 25 times a second while something plays."""

    def __init__(self, mixing: Mixing, outputs: Outputs, make_deck: DeckMaker, facts: TextIO) -> None:
        self._mixing = mixing
        self._outputs = outputs
        self._make_deck = make_deck
        self._facts = facts
        self._talking = threading.Lock()
        self._clips = Clips({})
        self._deck: Deck | None = None
        self._ended = threading.Event()
        self._reading = Reading(mixing, outputs)
        self._commands: dict[str, Callable[[Message], None]] = {
            "plan": self._plan,
            "clip": self._clip,
            "play": self._play,
            "pause": lambda _: mixing.pause(),
            "stop": lambda _: mixing.jump(mixing.transport.stop),
            "seek": self._seek,
            "loop": self._loop,
            "audition": self._audition,
            "devices": lambda _: self._say({"fact": "devices", "names": outputs.names()}),
            "device": self._device,
        }

    def serve(self, commands: TextIO) -> None:
        """Serve until the commands end."""
        self._mixing.start()
        threading.Thread(target=self._report, name="report", daemon=True).start()
        threading.Thread(target=self._outputs.names, name="look for outputs", daemon=True).start()
        for line in commands:
            self.do(json.loads(line))
        self._ended.set()
        self._outputs.close()
        self._mixing.close()

    def do(self, message: Message) -> None:
        """Do one command. What cannot be done is reported, and the next one is served all the same."""
        try:
            self._commands[message["do"]](message)
        except (LoopMindError, OSError, ValueError, KeyError) as fault:
            self._say({"fact": "failed", "what": str(message.get("do")), "why": str(fault)})

    def _plan(self, message: Message) -> None:
        self._clips = Clips(message["clips"], known=self._clips)
        for key, why in self._clips.unreadable.items():
            self._say({"fact": "clip lost", "key": key, "why": why})
        deck = self._make_deck(message["plan"], int(message["revision"]), self._clips)
        self._deck = deck
        self._mixing.post(lambda: self._mixing.transport.put(deck))

    def _clip(self, message: Message) -> None:
        try:
            late = self._clips.add(message["key"], message["path"])
        except (OSError, ValueError) as fault:
            self._say({"fact": "clip lost", "key": message["key"], "why": str(fault)})
            return
        if late and self._deck is not None:
            deck = self._deck.again()
            self._mixing.post(lambda: self._mixing.transport.put(deck))

    def _play(self, message: Message) -> None:
        bar = message.get("bar")
        self._mixing.problem = None
        self._mixing.jump(lambda: self._mixing.transport.play(bar))
        self._outputs.open()

    def _seek(self, message: Message) -> None:
        self._mixing.jump(lambda: self._mixing.transport.seek(int(message["bar"])))

    def _loop(self, message: Message) -> None:
        self._mixing.post(lambda: self._mixing.transport.loop_section(message["section"]))

    def _audition(self, message: Message) -> None:
        clip = mapped(message["path"])[LEAD:] if message["path"] else None
        self._mixing.jump(lambda: self._mixing.transport.audition(clip))
        self._outputs.open()

    def _device(self, message: Message) -> None:
        playing = self._mixing.transport.playing
        self._outputs.choose(message["name"])
        if playing:
            self._outputs.open()

    def _report(self) -> None:
        """Say how things stand, often while something plays, and watch the device."""
        last: Message = {}
        said_at = 0.0
        while not self._ended.wait(_TICK_S):
            self._reading.watch()
            now = time.monotonic()
            status = self._reading.status()
            if status != last or now - said_at > _HEARTBEAT_S:
                self._say(status)
                last, said_at = status, now

    def _say(self, fact: Message) -> None:
        line = json.dumps(fact)
        try:
            with self._talking:
                print(line, file=self._facts, flush=True)
        except (BrokenPipeError, ValueError):
            self._ended.set()  # nobody listens any more; the commands will end too
