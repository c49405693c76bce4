"""What sounds next: play, pause, seek, loop, and the hand-over from one plan to another at a bar line."""

from dataclasses import dataclass

import numpy as np

from loopmind_chat.audio.engine.deck import Deck
from loopmind_chat.audio.engine.grid import landing
from loopmind_chat.audio.engine.marks import Mark, Marks, Peak
from loopmind_chat.audio.engine.ring import Block

CROSSFADE = 480
"""10 ms. The fade ends on the bar line, so that the downbeat keeps its attack."""
DUCK = 0.2
"""Gain of the song under an audition."""
_RISE = np.linspace(0.0, 1.0, CROSSFADE, endpoint=False, dtype=np.float32)[:, None]
_FADE_IN = np.linspace(0.0, 1.0, 96, endpoint=False, dtype=np.float32)[:, None]


@dataclass(slots=True)
class _Turn:
    """A hand-over under way: at ``line`` the music goes on at ``frame`` of ``deck``."""

    line: int
    deck: Deck
    frame: int


class Transport:
    """Makes the next frames of the output. One thread owns it; others only look at its fields."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.deck: Deck | None = None
        self.playing = False
        self.position = 0
        """The next frame of the deck to be rendered."""
        self.loop: str | None = None
        self.produced = 0
        """Frames of output made so far."""
        self.ended = 0
        """Frame of the output at which the song came to its end, where it did."""
        self._pending: Deck | None = None
        self._leap = False
        self._wanted_bar: int | None = None
        self._turn: _Turn | None = None
        self._fade_in = 0
        self._audition: Block | None = None
        self._auditioned = 0
        self._song_gain = 1.0

    @property
    def active(self) -> bool:
        """Whether there is anything to render."""
        return self._audition is not None or (self.playing and self.deck is not None)

    def put(self, deck: Deck) -> None:
        """Hand over to another plan: at the next bar line while playing, else at once. The last one put wins."""
        if self.playing and self.deck is not None:
            self._pending = deck
            return
        if self.deck is None:
            self._take(deck, self._first_frame(deck))
        else:
            self._take(deck, landing(self.deck.grid, deck.grid, self.position) if self.position else 0)

    def play(self, bar: int | None = None) -> None:
        """Start, at a bar or where it stands; without a plan yet, as soon as there is one."""
        if self.deck is not None and not self.deck.grid.bars:
            self.deck = None  # a song of nothing would end at once, before the one that is being prepared is there
        if bar is not None:
            self.seek(bar)
        if self.playing:
            return
        self.playing, self.ended = True, 0
        if self.deck is not None:
            self._take(self.deck, self.position)

    def seek(self, bar: int) -> None:
        """Go to a bar at once."""
        if self.deck is None:
            self._wanted_bar = bar
            return
        deck = self._newest() or self.deck
        self._take(deck, deck.grid.bar_frame(max(0, min(bar, deck.grid.bars - 1))))
        if deck.grid.span_at(self.position) != deck.grid.span(self.loop):
            self.loop = None

    def pause(self, heard: Mark | None = None) -> None:
        """Stand still where it was heard last."""
        self.playing, self.ended = False, 0
        deck = self._newest()
        if self.deck is None or deck is None:
            return
        place = heard or Mark(self.produced, self.position, self.deck.grid, self.deck.revision)
        self._take(deck, _same_place(place, deck))

    def stop(self) -> None:
        """Stand still at the start of the song, or of the section that is looped."""
        self.pause()
        self._audition = None
        span = self.deck.grid.span(self.loop) if self.deck else None
        self.position = self.deck.grid.bar_frame(span.start_bar) if self.deck and span else 0

    def loop_section(self, section_id: str | None) -> None:
        """Repeat a section; where another one is playing, go there at the next bar line."""
        self._leap = False
        self.loop = section_id
        newest = self._newest()
        if self.deck is None or newest is None:
            return
        span = newest.grid.span(section_id)
        here = self.deck.grid.span_at(self.position)
        self.loop = span.id if span else None
        if span is None or (here and here.id == span.id):
            return
        if self.playing:
            self._leap = True
        else:
            self.position = newest.grid.bar_frame(span.start_bar)

    def audition(self, clip: Block | None) -> None:
        """Play a clip over the ducked song; None ends it."""
        self._audition = clip
        self._auditioned = 0

    def next_block(self, frames: int) -> Block:
        """The next frames of output: the song, its hand-overs, what is auditioned."""
        out = np.zeros((frames, 2), np.float32)
        filled = 0
        while filled < frames and self.playing and self.deck is not None:
            filled += self._render_some(self.deck, out[filled:], self.produced + filled)
        if self._audition is not None or self._song_gain < 1.0:
            self._mix_audition(out)
        self._note_level(out)
        self.produced += frames
        return out

    def _render_some(self, deck: Deck, out: Block, output: int) -> int:
        """Fill the beginning of ``out``, up to the next moment at which something is decided."""
        if self._turn is None and self.position >= deck.grid.frames:
            self._end(output)
            return 0
        if self._turn is None:
            self._decide(deck)
        turn = self._turn
        count = min(len(out), (turn.line if turn else self._next_decision(deck)) - self.position)
        block = out[:count]
        block[:] = deck.render(self.position, count)
        if turn:
            self._blend(block, turn)
        self._rise(block)
        self.position += count
        if turn and self.position == turn.line:
            self._go_on(turn.deck, turn.frame, output + count)
        return count

    def _end(self, output: int) -> None:
        self.playing, self.position, self.ended = False, 0, output
        self.deck, self._pending = self._newest(), None

    def _decide(self, deck: Deck) -> None:
        """Begin a hand-over where the position is one crossfade away from a line at which there is one."""
        line = self.position + CROSSFADE
        at_loop_end = line == self._loop_end(deck)
        at_bar = deck.grid.next_line(line) == line
        if not at_loop_end and not (at_bar and (self._pending is not None or self._leap)):
            return
        target = self._pending or deck.again()
        span = target.grid.span(self.loop)
        back = span is not None and (at_loop_end or self._leap)
        frame = target.grid.bar_frame(span.start_bar) if span and back else landing(deck.grid, target.grid, line)
        self._turn = _Turn(line, target, frame)
        target.warm(self._turn.frame - CROSSFADE)
        self._pending, self._leap = None, False

    def _next_decision(self, deck: Deck) -> int:
        """The next frame after the position at which a hand-over may begin."""
        moments = [deck.grid.frames]
        if self._pending is not None or self._leap:
            moments.append(deck.grid.next_line(self.position + CROSSFADE + 1) - CROSSFADE)
        end = self._loop_end(deck)
        if end is not None:
            moments.append(end - CROSSFADE)
        return min(moment for moment in moments if moment > self.position)

    def _loop_end(self, deck: Deck) -> int | None:
        span = deck.grid.span(self.loop)
        if span is None:
            return None
        end = deck.grid.bar_frame(span.end_bar)
        return end if self.position <= end - CROSSFADE and deck.grid.span_at(self.position) == span else None

    def _blend(self, block: Block, turn: _Turn) -> None:
        """Fade from what sounds to what will, at equal gain, over the frames before the line."""
        done = CROSSFADE - (turn.line - self.position)
        rise = _RISE[done : done + len(block)]
        block *= 1.0 - rise
        block += turn.deck.render(turn.frame - (turn.line - self.position), len(block)) * rise

    def _first_frame(self, deck: Deck) -> int:
        """Where the first plan starts: at the bar or the section that was asked for before it came."""
        span = deck.grid.span(self.loop)
        bar = self._wanted_bar if self._wanted_bar is not None else span.start_bar if span else 0
        return deck.grid.bar_frame(max(0, min(bar, deck.grid.bars - 1)))

    def _newest(self) -> Deck | None:
        return self._pending or (self._turn.deck if self._turn else self.deck)

    def _go_on(self, deck: Deck, frame: int, output: int) -> None:
        """From this frame of the output on, ``deck`` is what plays."""
        self.deck, self.position, self._turn = deck, frame, None
        if self.loop is not None and deck.grid.span(self.loop) is None:
            self.loop = None
        self.marks.place(Mark(output, frame, deck.grid, deck.revision))

    def _take(self, deck: Deck, frame: int) -> None:
        """Let a plan go on at a frame after a cut."""
        self._pending, self._leap = None, False
        self._go_on(deck, frame, self.produced)
        if self.playing:
            deck.warm(frame)
        self._begin()

    def _begin(self) -> None:
        """What comes next follows a cut, and fades in; the song's first attack stays whole."""
        self._fade_in = 0 if self.position == 0 else len(_FADE_IN)

    def _rise(self, block: Block) -> None:
        if self._fade_in:
            count = min(self._fade_in, len(block))
            start = len(_FADE_IN) - self._fade_in
            block[:count] *= _FADE_IN[start : start + count]
            self._fade_in -= count

    def _mix_audition(self, out: Block) -> None:
        """Lay the clip over the song, which steps aside and comes back over a block."""
        clip = self._audition
        target = DUCK if clip is not None else 1.0
        out *= np.linspace(self._song_gain, target, len(out), dtype=np.float32)[:, None]
        self._song_gain = target
        if clip is None:
            return
        part = clip[self._auditioned : self._auditioned + len(out)]
        out[: len(part)] += part
        np.clip(out, -1.0, 1.0, out=out)
        self._auditioned += len(part)
        if self._auditioned >= len(clip):
            self._audition = None

    def _note_level(self, out: Block) -> None:
        left, right = np.abs(out).max(axis=0) if len(out) else (0.0, 0.0)
        self.marks.level(Peak(self.produced + len(out), float(left), float(right)))


def _same_place(heard: Mark, deck: Deck) -> int:
    """Frame of ``deck`` for a place that was heard, perhaps in the plan before."""
    return heard.frame if heard.grid == deck.grid else landing(heard.grid, deck.grid, heard.frame)
