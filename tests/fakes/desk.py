"""A desk without anything behind it: a small song, scripted turns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from loopmind_chat.agent.events import CallFinished, CallStarted, ReplyText, Thinking, TurnEvent, TurnFinished
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.keys import Key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import MixMode, Role, SectionKind
from loopmind_chat.tui.desk import Report, Say

FORM = ((SectionKind.INTRO, 4), (SectionKind.VERSE, 16), (SectionKind.HOOK, 8), (SectionKind.OUTRO, 4))
LOOPS = tuple(
    LoopFacts(
        id=f"{number:012x}",
        path=f"/loops/{name}.wav",
        name=name,
        duration_s=6.857,
        sample_rate=44_100,
        channels=2,
        is_loop=True,
        bpm=140.0,
        bars=4.0,
        beats=16.0,
        key=Key(9, "minor"),
        role=role,
    )
    for number, (name, role) in enumerate(
        (("Trap Drums", Role.DRUMS), ("808 Slide", Role.BASS), ("Dark [bold] Bells", Role.MELODY), ("Choir", Role.PAD))
    )
)


def small_song() -> Song:
    """Four sections, a track for each of LOOPS; the drums rest in the intro."""
    tracks = tuple(Track(id=f"t{i}", name=f.role.title(), role=f.role) for i, f in enumerate(LOOPS))
    sections = []
    for number, (kind, bars) in enumerate(FORM):
        layers = tuple(
            Layer(
                id=f"l{number}{i}",
                track=f"t{i}",
                role=facts.role,
                loop=facts.id,
                path=facts.path,
                beats=bars * 4.0,
                loop_beats=16.0,
            )
            for i, facts in enumerate(LOOPS)
            if not (facts.role is Role.DRUMS and kind is SectionKind.INTRO)
        )
        sections.append(Section(id=f"s{number}", kind=kind, bars=bars, energy=0.2 + 0.2 * number, layers=layers))
    song = Song(
        title="Test", genre="trap", mood="dark", tempo=140.0, key=Key(9, "minor"), tracks=tracks,
        sections=tuple(sections),
    )  # fmt: skip
    return apply(Song(), ReplaceSong(song))


class FakeDesk:
    """Answers "tape" by changing the mix, refuses a banjo, and everything else by words alone."""

    def __init__(self, song: Song | None = None) -> None:
        self._song = small_song() if song is None else song
        self.playing = False
        self.beat = 0.0
        self.closed = False
        self.said: list[str] = []
        self.problem: str | None = None
        self.past: tuple[TurnRecord, ...] = ()

    def song(self) -> Song:
        return self._song

    def status(self) -> PlayerStatus:
        return PlayerStatus(
            playing=self.playing,
            beat=self.beat,
            tempo=140.0,
            device="fake",
            level_db=(-9.0, -12.0),
            problem=self.problem,
        )

    def loops(self) -> Sequence[LoopFacts]:
        return LOOPS

    def history(self) -> Sequence[TurnRecord]:
        return self.past

    def model_state(self) -> str:
        return ""

    def model_line(self) -> str:
        return "The language model is Fake."

    def commands(self) -> Sequence[str]:
        return ("/compose_song", "/play", "/set_mix_mode")

    def turn(self, text: str, cancelled: Callable[[], bool]) -> Iterator[TurnEvent]:
        self.said.append(text)
        yield Thinking()
        calls: tuple[CallOutcome, ...] = ()
        reply = "nothing to do"
        if "tape" in text and not cancelled():
            yield CallStarted("set_mix_mode", {"mode": "tape"})
            self._song = replace(self._song, mix=MixMode.TAPE)
            calls = (CallOutcome("set_mix_mode", {"mode": "tape"}, ok=True, summary="The mix is tape now."),)
            yield CallFinished(calls[0], {})
            reply = calls[0].summary
        if "banjo" in text:
            args = {"role": "banjo", "query": "darker"}
            calls = (CallOutcome("swap_loop", args, ok=False, summary='no track is called "banjo"; there is: Drums'),)
            yield CallStarted("swap_loop", args)
            yield CallFinished(calls[0], {})
            reply = 'No track is called "banjo"; there is: Drums.'
        yield ReplyText(reply)
        yield TurnFinished(TurnRecord(text, reply, calls, 1, 0.1, self._song))

    def play_or_stop(self) -> None:
        self.playing = not self.playing

    def close(self) -> None:
        self.closed = True


class FakeOpening:
    """Opens at once."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def open(self, say: Say) -> FakeDesk:
        say("opened")
        return self.desk

    def bring_loops(self, desk: object, say: Say, report: Report) -> None:
        assert desk is self.desk
        report("scanning", 4, 4)
        say("4 loops")
