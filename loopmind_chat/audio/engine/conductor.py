"""Keeps the engine in step with the song: which plan it should play, which clips that needs, what was asked of it."""

import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from loopmind_chat.audio.engine.grid import grid_of, landing
from loopmind_chat.audio.engine.link import Message
from loopmind_chat.audio.engine.upcoming import in_order_of_need, needed_within
from loopmind_chat.audio.plan import Clip, MixPlan, build_plan, clip_with_key
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song
from loopmind_chat.song.units import SAMPLE_RATE, frames_of
from loopmind_chat.song.vocabulary import Role

FIRST_BARS: Final = 2
"""Bars whose clips must be there before a plan is handed over; the rest comes while it plays."""
_AHEAD_S: Final = 0.35
_TICK_S: Final = 0.06
"""A report comes each 40 ms; the place is carried on no further than to the next."""
_RESTART_S: Final = 60.0


class Engine(Protocol):
    """The engine's process, as the conductor sees it."""

    def send(self, message: Message) -> None:
        """Send a command."""

    def close(self) -> None:
        """End it."""


class Prepares(Protocol):
    """The background preparation, as the conductor sees it."""

    def want(self, clips: Sequence[Clip]) -> None:
        """From now on prepare these, the first first."""


class Conductor:
    """All its methods run on one thread, but for ``status``, ``fact`` and ``close``, which any may call."""

    def __init__(
        self,
        start_engine: Callable[[], Engine],
        preparation: Prepares,
        ready_path: Callable[[Clip], Path | None],
        log: Path,
    ) -> None:
        self._start_engine = start_engine
        self._preparation = preparation
        self._ready_path = ready_path
        self._log = log
        self._engine: Engine | None = None
        self._starting = threading.Lock()
        self._closed = False
        self._replaced = False
        """Whether the engine is not the one that was told where to stand."""
        self._died_at: float | None = None
        self._plan: MixPlan | None = None
        self._revision = 0
        self._sent: MixPlan | None = None
        self._paths: dict[str, str] = {}
        self._failed: dict[str, str] = {}
        self._bar = 0
        self._loop: str | None = None
        self._song: Song | None = None
        self._auditioned = ""
        self._problem: str | None = None
        self._status = PlayerStatus()
        self._status_at = 0.0

    # what the user's side asks

    def set_song(self, song: Song, revision: int) -> None:
        """Play this song as soon as the audio of its next bars is there."""
        self._song, self._plan, self._revision = song, build_plan(song), revision
        self._failed, self._problem = {}, None
        for clip in self._plan.clips:
            if clip.key not in self._paths:
                path = self._ready_path(clip)
                if path is not None:
                    self._paths[clip.key] = str(path)
        self._prepare()
        self._hand_over()

    def play(self, bar: int | None) -> None:
        """Start, where it stands or at a bar."""
        self._moved(bar)
        self.command({"do": "play", "bar": bar})

    def seek(self, bar: int) -> None:
        """Go to a bar."""
        self._moved(bar)
        self.command({"do": "seek", "bar": bar})

    def loop(self, section_id: str | None) -> None:
        """Repeat a section."""
        self._loop = section_id
        self.command({"do": "loop", "section": section_id})

    def audition(self, path: str, facts: LoopFacts | None) -> None:
        """Play a loop by itself, as it would sound in the song where its facts are known."""
        clip = self._as_heard_in_song(path, facts)
        self._auditioned = clip.key
        ready = self._ready_path(clip)
        if ready is not None:
            self.command({"do": "audition", "path": str(ready)})
        else:
            self._prepare(first=(clip,))

    def warm(self) -> None:
        """Start the engine before it is needed."""
        self._running()

    def command(self, message: Message) -> None:
        """Send a command to the engine, starting it where it does not run; after ``close``, nothing."""
        engine = self._running()
        if engine is not None:
            engine.send(message)

    def close(self) -> None:
        """End the engine for good. Any thread may call it."""
        with self._starting:
            self._closed = True
        if self._engine is not None:
            self._engine.close()

    def status(self) -> PlayerStatus:
        """How things stand; between two reports of the engine the place moves on by the clock."""
        status, since = self._status, min(time.monotonic() - self._status_at, _TICK_S)
        plan = self._plan
        keys = [clip.key for clip in plan.clips] if plan else []
        done = sum(key in self._paths or key in self._failed for key in keys)
        return replace(
            status,
            beat=status.beat + since * status.tempo / 60.0 if status.playing else status.beat,
            preparing=(done, len(keys)),
            problem=self._problem or status.problem,
        )

    # what comes back

    def clip_done(self, clip: Clip, result: Path | str) -> None:
        """A clip is prepared, or cannot be: then it stays silent, and that is said."""
        if isinstance(result, str):
            self._failed[clip.key] = result
            self._problem = f"{Path(clip.path).name or clip.made} is silent: {result}"
        else:
            self._paths[clip.key] = str(result)
            if clip.key == self._auditioned:
                self._auditioned = ""
                self.command({"do": "audition", "path": str(result)})
            if self._sent is not None and self._sent is self._plan:
                self.command({"do": "clip", "key": clip.key, "path": str(result)})
        self._hand_over()

    def fact(self, fact: Message) -> None:
        """A fact from the engine."""
        if fact["fact"] == "status":
            self._status_at = time.monotonic()
            self._status = PlayerStatus(
                playing=fact["playing"],
                beat=fact["beat"],
                tempo=fact["tempo"],
                revision=fact["revision"],
                loop_section=fact["loop"],
                level_db=(fact["level"][0], fact["level"][1]),
                underruns=fact["underruns"],
                device=fact["device"],
                silent=fact["silent"],
                problem=fact["problem"],
            )

    def clip_lost(self, key: str) -> None:
        """The engine could not read a prepared file: it is prepared again."""
        self._paths.pop(key, None)
        self._prepare()

    def engine_gone(self) -> None:
        """The engine's process died: start it again at its place, stopped; a second time only when asked to play."""
        now = time.monotonic()
        again = self._died_at is None or now - self._died_at > _RESTART_S
        self._died_at = now
        self._engine, self._sent, self._replaced = None, None, True
        self._status = replace(self._status, playing=False)
        self._bar = int(self._status.beat / (self._plan.beats_per_bar if self._plan else 4))
        if not again:
            self._problem = f"the sound engine keeps stopping; its log is {self._log}"
            return
        self._problem = "the sound engine stopped and was started again; play goes on from here"
        self._hand_over()

    def fault(self, fault: Exception) -> None:
        """Something of ours failed: it is said, the log says more, and what plays goes on."""
        self._problem = f"the player failed ({type(fault).__name__}: {fault}); its log is {self._log}"
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("a", encoding="utf-8") as log:
            traceback.print_exception(fault, file=log)

    # how

    def _running(self) -> Engine | None:
        with self._starting:
            if self._engine is None and not self._closed:
                self._engine = self._start_engine()
            return self._engine

    def _moved(self, bar: int | None) -> None:
        """The user goes elsewhere: what is heard there is prepared first."""
        self._problem = None
        if bar is not None:
            self._bar = bar
            self._prepare(bar)
        self._hand_over()

    def _as_heard_in_song(self, path: str, facts: LoopFacts | None) -> Clip:
        song = self._song
        if facts is None or song is None:
            return clip_with_key(
                Clip(loop=facts.id if facts else path, path=path, role=facts.role if facts else Role.FX)
            )
        from loopmind_chat.compose.fit import fit_loop  # noqa: PLC0415 - brings the whole composer along

        fit = fit_loop(facts, tempo=song.tempo, key=song.key)
        if fit is None or not fit.loop_beats:
            semitones = fit.semitones if fit else 0
            return clip_with_key(Clip(loop=facts.id, path=path, role=facts.role, semitones=semitones))
        return clip_with_key(
            Clip(
                loop=facts.id,
                path=path,
                role=facts.role,
                stretch=fit.stretch,
                semitones=fit.semitones,
                frames=fit.loop_beats * 60.0 / song.tempo * SAMPLE_RATE,
                beats=fit.loop_beats,
            )
        )

    def _prepare(self, bar: int | None = None, first: tuple[Clip, ...] = ()) -> None:
        if self._plan is None:
            self._preparation.want(first)
            return
        frame = self._plan.bar_frame(bar) if bar is not None else self._place(self._plan)
        missing = [c for c in in_order_of_need(self._plan, frame) if c.key not in self._paths | self._failed.keys()]
        self._preparation.want([*first, *missing])

    def _hand_over(self) -> None:
        """Send the newest plan, once what it needs first is there; until then the old one plays."""
        plan = self._plan
        if plan is None or plan is self._sent:
            return
        needed = needed_within(plan, self._place(plan), FIRST_BARS * plan.bar_frame(1))
        if needed <= self._paths.keys() | self._failed.keys():
            clips = {clip.key: self._paths[clip.key] for clip in plan.clips if clip.key in self._paths}
            self.command({"do": "plan", "revision": self._revision, "plan": plan.to_json(), "clips": clips})
            self._sent = plan
            if self._replaced:
                self._replaced = False
                self.command({"do": "loop", "section": self._loop})
                self.command({"do": "seek", "bar": self._bar})

    def _place(self, plan: MixPlan) -> int:
        """The frame at which ``plan`` will begin to be heard."""
        heard, status = self._sent, self.status()
        if heard is None:
            return plan.bar_frame(self._bar)
        old, new = grid_of(heard), grid_of(plan)
        frame: int = frames_of(status.beat, old.tempo)
        if status.playing:
            frame = old.next_line(frame + round(_AHEAD_S * SAMPLE_RATE))
        return landing(old, new, frame)
