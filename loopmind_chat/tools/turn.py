"""One turn: calls in order on a scratch copy of the song, round by round, one commit, then the effects."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from loopmind_chat.errors import CannotDo, LoopMindError, SessionError, TurnCancelled
from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.song.edits import apply_all
from loopmind_chat.song.model import Song
from loopmind_chat.tools.binding import bind
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.effects import Effect, Open, Scan
from loopmind_chat.tools.past import PastOfTurn
from loopmind_chat.tools.ports import Cancelled
from loopmind_chat.tools.registry import tool_named
from loopmind_chat.tools.spec import Tool, ToolResult
from loopmind_chat.tools.stoppable import run_stoppable
from loopmind_chat.tools.studio import Studio
from loopmind_chat.tools.targets import cleaned, shown
from loopmind_chat.tools.telling import joined, plain, sentences
from loopmind_chat.tools.turn_rounds import ROUNDS_MAX, Came, Further
from loopmind_chat.tools.turn_watcher import TurnWatcher, Unwatched

__all__ = ["CALLS_MAX", "Call", "TurnWatcher", "Unwatched", "run_turn"]

CALLS_MAX: Final = 24
"""Calls in one turn; the rest is dropped and said."""
SAME_MAX: Final = 2
"""How often the same call may come; one more ends the turn."""

THINKING_S: Final = 30.0
"""How long the tools of one turn may take together; scans, exports and other effects apart."""

_ALONE: Final = frozenset({"undo", "redo", "open_session"})


def run_turn(  # noqa: PLR0913 - what a turn is made of, each by name
    studio: Studio,
    calls: Sequence[Call],
    *,
    say: str,
    refs: Mapping[str, Path] | None = None,
    reply: str | None = None,
    watcher: TurnWatcher | None = None,
    cancelled: Cancelled | None = None,
    started: float | None = None,
    closing: str = "",
    further: Further | None = None,
) -> TurnRecord:
    """Run the calls and store the turn; what cannot be done is dropped and said, never raised.

    ``reply`` is what to answer where there is no call, ``closing`` what to add where there is one. ``started`` is when
    the user pressed Enter, by ``time.monotonic``. ``further`` gives the calls of the next round, told what the last
    came to. Raises TurnCancelled where ``cancelled`` turns true before the commit, and what ``further`` raises: the
    song is as before.
    """
    turn = _Turn(studio, dict(refs or {}), watcher or Unwatched(), cancelled or (lambda: False), studio.session.song)
    turn.closing = closing
    began = time.monotonic() if started is None else started
    try:
        turn.check()
        if calls and calls[0].tool in _ALONE:
            return turn.alone(calls[0], calls[1:], say, began)
        turn.run(calls, further)
        turn.check()  # from here on the turn is one undo step further
        return turn.commit(say, reply, began)
    except SessionError as fault:
        # the turn could not be stored: nothing happened, and the user is told
        outcomes = tuple(replace(outcome, ok=False, summary=str(fault)) for outcome in turn.outcomes)
        song, revision = studio.session.song, studio.session.revision
        return TurnRecord(say, sentences([str(fault)]), outcomes, revision, time.monotonic() - began, song)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one call wants done after the commit."""

    number: int
    """Place of its outcome in the turn."""
    effects: tuple[Effect, ...]
    edits: bool
    """Whether it changed the song too: then it went well whatever its effects come to."""
    data: Mapping[str, Any]


@dataclass(slots=True)
class _Turn:
    studio: Studio
    refs: Mapping[str, Path]
    watcher: TurnWatcher
    cancelled: Cancelled
    song: Song
    outcomes: list[CallOutcome] = field(default_factory=list)
    wanted: list[_Wanted] = field(default_factory=list)
    """What is to be done after the commit, call by call."""
    left_s: float = field(default_factory=lambda: THINKING_S)
    """Seconds that the tools have left."""
    came: list[Came] = field(default_factory=list)
    """What each call came to before the commit."""
    seen: Counter[str] = field(default_factory=Counter)
    """How often each call came."""
    closing: str = ""

    def check(self) -> None:
        """Raise TurnCancelled where the user has stopped the turn."""
        if self.cancelled():
            raise TurnCancelled("stopped; the song is as it was")

    def run(self, calls: Sequence[Call], further: Further | None) -> None:
        """Run the calls in order on the scratch copy, and round by round what follows on them."""
        for number in range(1, ROUNDS_MAX + 1):
            before = len(self.came)
            if not calls or not all(self._may_go_on(call) for call in calls) or further is None:
                return
            if number == ROUNDS_MAX:
                self.closing = f"that was {ROUNDS_MAX} rounds of calls: stopped there"
                return
            self.check()
            then = further(tuple(self.came[before:]), self.song)
            calls, self.closing = then.calls, then.closing

    def _may_go_on(self, call: Call) -> bool:
        """Run a call; False where the turn has come to a limit, which is said."""
        self.check()
        same = repr((call.tool, sorted(call.args.items())))
        self.seen[same] += 1
        if len(self.came) >= CALLS_MAX:
            self._refuse(call, f"that was more than {CALLS_MAX} calls in one turn: stopped there")
            return False
        if self.seen[same] > SAME_MAX:
            self._refuse(call, "the same call came three times: stopped there")
            return False
        if call.tool in _ALONE:
            changed = self.song != self.studio.session.song
            later = "; said now, it takes back this turn" if call.tool == "undo" and changed else ""
            self._refuse(call, f"{_words(call.tool)} was left out: it stands alone in a turn{later}")
        else:
            self._run_one(call)
        return True

    def commit(self, say: str, reply: str | None, began: float) -> TurnRecord:
        """Store the turn, hand the song to the player, then do what the calls wanted besides."""
        session = self.studio.session
        before = session.revision
        record = session.commit(say, self._reply(reply), self.outcomes, self.song, time.monotonic() - began)
        if record.revision != before:
            self.studio.show_song()
        if not self.wanted:
            return record
        for wanted in self.wanted:
            self._perform(wanted)
        final = replace(
            record, reply=self._reply(reply), calls=tuple(self.outcomes), elapsed_s=time.monotonic() - began
        )
        try:
            return session.amend(final)
        except SessionError as fault:  # the song is stored already; only what its effects came to is not
            return replace(final, reply=f"{final.reply} {sentences([str(fault)])}")

    def alone(self, call: Call, rest: Sequence[Call], say: str, began: float) -> TurnRecord:
        """Undo, redo or open: no scratch copy, no tool but this one; the rest is left out, and said.

        The other way round, the rest would be what the next undo takes back.
        """
        self.watcher.call_started(call)
        left = [CallOutcome(other.tool, plain(other.args), ok=False, summary=_left_out(other, call)) for other in rest]
        try:
            args = bind(tool_named(call.tool), call.args, self.refs)
            if call.tool == "open_session":
                return self._open(Path(str(args["path"])), left, say, began)
            return self._step(call.tool, left, say, began)
        except SessionError:
            raise
        except LoopMindError as fault:
            self._refuse(call, str(fault))
            for outcome in left:
                self._finish(outcome)
            return self.commit(say, None, began)

    def _open(self, path: Path, left: Sequence[CallOutcome], say: str, began: float) -> TurnRecord:
        """Open another session; the turn is kept in neither."""
        try:
            summary = self.studio.perform(Open(path))
        except SessionError as fault:
            raise CannotDo(str(fault)) from fault
        for outcome in (CallOutcome("open_session", {"path": str(path)}, ok=True, summary=summary), *left):
            self._finish(outcome)
        opened = self.studio.session
        reply = self._reply(None)
        return TurnRecord(say, reply, tuple(self.outcomes), opened.revision, time.monotonic() - began, opened.song)

    def _step(self, tool: str, left: Sequence[CallOutcome], say: str, began: float) -> TurnRecord:
        """One step back or forth on the undo line."""
        session = self.studio.session
        is_undo = tool == "undo"
        said = session.undoable() if is_undo else session.redoable()
        if said is None:
            raise CannotDo("there is nothing to take back" if is_undo else "there is nothing to bring back")
        summary = f'{"Took back" if is_undo else "Brought back"}: "{shown(said)}"'
        outcomes = [CallOutcome(tool, {}, ok=True, summary=summary), *left]
        step = session.undo if is_undo else session.redo
        reply = sentences([*(outcome.summary for outcome in outcomes), self.closing])
        record = step(say, reply, outcomes, time.monotonic() - began)
        if record is None:
            raise SessionError(f"the {tool} has gone meanwhile: say it once more")
        for outcome in outcomes:
            self._finish(outcome)
        self.studio.show_song()
        return record

    def _run_one(self, call: Call) -> None:
        self.watcher.call_started(call)
        args: Mapping[str, object] = call.args
        try:
            found = tool_named(call.tool)
            args = bind(found, call.args, self.refs)
            result = self._result(found, args)
            song = apply_all(self.song, result.edits)
            scanned = [
                self.studio.perform(effect, self.watcher.progress, self.cancelled)
                for effect in result.effects
                if isinstance(effect, Scan)  # what follows in the turn may need its loops
            ]
        except TurnCancelled:
            raise
        except LoopMindError as fault:
            self._refuse(call, str(fault), args)
            return
        summary = joined(result.summary, *scanned)
        had, has = self.song.loops(), song.loops()
        brought, gone = tuple(x for x in has if x not in had), tuple(x for x in had if x not in has)
        outcome = CallOutcome(found.name, plain(args), True, summary, brought, result.offer, gone)  # noqa: FBT003 - ok
        self.song = song
        self.came.append(Came(call, outcome, told_only=not result.edits and not result.effects))
        later = tuple(effect for effect in result.effects if not isinstance(effect, Scan))
        if later:
            self.wanted.append(_Wanted(len(self.outcomes), later, bool(result.edits), result.data))
            self.outcomes.append(outcome)
        else:
            self._finish(outcome, result.data)

    def _result(self, found: Tool, args: Mapping[str, object]) -> ToolResult:
        """What the tool gives, in the time that is left."""
        session, outcomes = self.studio.session, tuple(self.outcomes)
        unstored = None
        if self.song != session.song:
            unstored = TurnRecord("", "", outcomes, session.revision, 0.0, self.song)
        context = self.studio.context(self.song, PastOfTurn(session, outcomes, unstored))
        began = time.monotonic()
        try:
            return run_stoppable(lambda: found.run(context, **args), self.cancelled, self.left_s)
        finally:
            self.left_s -= time.monotonic() - began

    def _perform(self, wanted: _Wanted) -> None:
        """Do after the commit what a call wanted; what goes wrong is said with it."""
        outcome = self.outcomes[wanted.number]
        for effect in wanted.effects:
            try:
                said = self.studio.perform(effect, self.watcher.progress, self.cancelled)
            except LoopMindError as fault:
                kept = outcome.summary if wanted.edits else ""
                outcome = replace(outcome, ok=wanted.edits, summary=joined(kept, str(fault)))
                break
            outcome = replace(outcome, summary=joined(outcome.summary, said))
        self.outcomes[wanted.number] = outcome
        self.watcher.call_finished(outcome, wanted.data)

    def _refuse(self, call: Call, why: str, args: Mapping[str, object] | None = None) -> None:
        outcome = CallOutcome(call.tool, plain(args or call.args), ok=False, summary=cleaned(why))
        self.came.append(Came(call, outcome))
        self._finish(outcome)

    def _finish(self, outcome: CallOutcome, data: Mapping[str, Any] | None = None) -> None:
        self.outcomes.append(outcome)
        self.watcher.call_finished(outcome, data or {})

    def _reply(self, reply: str | None) -> str:
        if not self.outcomes:
            return reply or "Nothing to do."
        return sentences([*(outcome.summary for outcome in self.outcomes), self.closing])


def _left_out(call: Call, alone: Call) -> str:
    """What to say of a call that came after one that stands alone."""
    return cleaned(f"{_words(call.tool)} was left out: {_words(alone.tool)} stands alone in a turn; ask for it now")


def _words(tool: str) -> str:
    """A tool's name as words."""
    return tool.removesuffix("_session").replace("_", " ")[:40]
