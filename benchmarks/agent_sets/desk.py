"""One case run through the real conversation: a session on disk, a library in memory, and ports that remember."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from agent_sets import rules_besides, rules_layers, rules_sections, rules_song
from agent_sets.agents import Primed
from agent_sets.cases import Case
from agent_sets.look import Look
from agent_sets.rules import judge
from agent_sets.shelf import Shelf
from agent_sets.songs import song_called
from loopmind_chat.agent.conversation import Conversation
from loopmind_chat.agent.events import TurnFinished
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.session.session import Session
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tools.ports import LibraryPort
from loopmind_chat.tools.studio import Studio

WISHES = (rules_song, rules_sections, rules_layers, rules_besides)
"""Modules that define wishes by being imported."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a case came to."""

    case: Case
    problems: tuple[str, ...]
    """Of the way that came nearest; empty: what was asked happened and nothing else."""
    alone: bool
    """Whether the song, the transport, the files and the library are as they were."""
    got: tuple[str, ...]
    """Names of the tools that were called, in order; ("none",) or ("ask",) where none was."""
    seconds: float
    """From handing over the sentence to the last event, by the caller's clock."""
    reply: str
    calls: str

    @property
    def right(self) -> bool:
        """Whether the line of the table counts it: a song that is to be left alone, or what was asked."""
        return self.alone if self.case.leaves_song else not self.problems


def _not_heard(_song: Song) -> None:
    """Nothing plays."""


@dataclass
class Listener:
    """The player port; remembers what it was told, and hands songs on to whoever really plays."""

    told: list[str] = field(default_factory=list)
    playing: bool = False
    hand_on: Callable[[Song], None] = _not_heard

    def set_song(self, song: Song, revision: int) -> None:
        """Hand it on."""
        del revision  # each case begins to count anew
        self.hand_on(song)

    def play(self, bar: int | None = None) -> None:
        """Remember it."""
        self.playing = True
        self.told.append("play" if bar is None else f"play {bar}")

    def stop(self) -> None:
        """Remember it."""
        self.playing = False
        self.told.append("stop")

    def loop_section(self, section_id: str | None) -> None:
        """Remember it."""
        self.told.append(f"loop {section_id}")

    def audition(self, path: str) -> None:
        """Remember it."""
        self.told.append(f"audition {path}")

    def status(self) -> PlayerStatus:
        """Playing or not."""
        return PlayerStatus(playing=self.playing, device="none")


@dataclass(frozen=True)
class Written:
    """An export that went well."""

    notes: tuple[str, ...] = ()


@dataclass
class Writer:
    """The exporter port; remembers what it was told."""

    told: list[str]

    def __call__(self, song: Song, path: Path, *, stems: Path | None = None, **_more: Any) -> Written:  # noqa: ANN401 - progress and the like
        """Remember the format."""
        del song
        self.told.append(f"export {path.suffix[1:]}{' stems' if stems else ''}")
        return Written()


@dataclass(frozen=True, slots=True)
class Place:
    """Where cases are run: the library behind the conversation, and what a session begins with."""

    library: LibraryPort | None = None
    """None: a fresh shelf for each case."""
    hand_on: Callable[[Song], None] = _not_heard
    """Told of each song that a case makes."""
    song_of: Callable[[str], Song] = song_called
    typing_s: float = 0.0
    """How long the user takes to type: the model reads the song ahead meanwhile."""


def run_case(case: Case, model: Primed, place: Place) -> Verdict:
    """Say the earlier turns and then the sentence; judge what is left."""
    with tempfile.TemporaryDirectory(prefix="loopmind-agent-", ignore_cleanup_errors=True) as name:
        return _run(case, model, place, Path(name))


def _run(case: Case, model: Primed, place: Place, home: Path) -> Verdict:
    listener = Listener(hand_on=place.hand_on)
    told = listener.told
    library = place.library or Shelf(told)
    _furnish(home)
    session = Session.open(home / "now.loopmind")
    start = place.song_of(case.song)
    if start != session.song:
        session.commit("start", "", [], start)
    studio = Studio(session, library, listener, Writer(told), autoplay=False)
    try:
        talk = Conversation(studio, model)
        past = [start]
        for turn in case.earlier:
            model.prime(turn.do)
            record, _ = _turn(talk, turn.say.replace("{home}", str(home)))
            if not record.calls and turn.do.split()[0] not in {"none", "ask"}:
                raise ValueError(f"{case.family}: an earlier turn was not done: {turn.say}")
            past.append(record.song)
        told.clear()
        files = set(home.iterdir())
        if place.typing_s:
            time.sleep(place.typing_s)
        model.ask_for(case)
        record, seconds = _turn(talk, case.say.replace("{home}", str(home)))
        told += _files_told(home, files, studio)
        look = Look(past[-1], studio.session.song, past, studio.reader(), record.reply, record.calls, told)
        return _verdict(case, look, record, seconds)
    finally:
        studio.close()


def _turn(talk: Conversation, say: str) -> tuple[TurnRecord, float]:
    began = time.perf_counter()
    for event in talk.turn(say):
        if isinstance(event, TurnFinished):
            return event.record, time.perf_counter() - began
    raise RuntimeError("a turn without an end")


def _furnish(home: Path) -> None:
    """What sentences with paths speak of: two folders of loops, and an older session."""
    for folder in ("drill", "MyLoops"):
        (home / folder).mkdir()
    old = Session.open(home / "old.loopmind")
    old.commit("start", "", [], song_called("sketch"))
    old.close()


def _files_told(home: Path, files: set[Path], studio: Studio) -> list[str]:
    if studio.session.path.name != "now.loopmind":
        return [f"open {studio.session.path.name}"]
    return [f"save {path.name}" for path in sorted(home.iterdir()) if path not in files and path.suffix == ".loopmind"]


def _verdict(case: Case, look: Look, record: TurnRecord, seconds: float) -> Verdict:
    looks = [replace(look, told=list(look.told)) for _ in range(len(case.ways) + 1)]
    alone = not judge(["unchanged"], looks[-1])
    tried = [judge(way, each) for way, each in zip(case.ways, looks, strict=False)]
    problems = min(tried, key=len)
    got = tuple(call.tool for call in record.calls) or (
        ("ask",) if rules_besides.is_question(record.reply) else ("none",)
    )
    calls = "; ".join(
        f"{call.tool} {dict(call.args)}{'' if call.ok else f' REFUSED: {call.summary}'}" for call in record.calls
    )
    return Verdict(case, tuple(problems), alone, got, seconds, record.reply, calls)
