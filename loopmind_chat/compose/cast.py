"""Casting: which loops play in a song, and which one-shots stand in where loops are missing."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from loopmind_chat.compose.chance import dice
from loopmind_chat.compose.choose import KEPT, Chosen, Scorer
from loopmind_chat.compose.fit import SUSTAINED_SECONDS, Fit, fit_loop, rising_fit
from loopmind_chat.compose.patterns import fill_for, patterns_for
from loopmind_chat.compose.pieces import Piece, is_ambience, is_passing, is_whole_beat, piece_of, pieces_named
from loopmind_chat.compose.setting import Setting
from loopmind_chat.compose.voices import Take, Voice, ordered, take_of
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Track
from loopmind_chat.song.vocabulary import Role, SectionKind

_EXTRAS: Final = {Role.PAD: 0.35, Role.PERCUSSION: 0.65, Role.VOCAL: 0.55, Role.FX: 0.3}
"""How often a role that a song can do without is cast where there is a loop for it."""
_COUNTER: Final = 0.6
"""How often there is a second melody."""
_TOPS: Final = 0.35
"""How often a loop of hats is laid over a whole beat."""
_EXTRA_COST_MAX: Final = 1.0
"""An extra that fits worse than this is left out."""
_ALTERNATE_SLACK: Final = 1.1
"""How far below the first choice an alternate may score."""
_ANCHORED: Final = 100.0
"""Lifts the anchor above every other loop."""
_TAKES: Final = {Role.MELODY: 3, Role.CHORDS: 2, Role.DRUMS: 2, Role.BASS: 2, Role.VOCAL: 2, Role.PERCUSSION: 2}
_ORDER: Final = (Role.MELODY, Role.CHORDS, Role.DRUMS, Role.BASS, Role.PERCUSSION, Role.PAD, Role.VOCAL, Role.FX)
"""Who chooses first: the idea, its harmony, then what carries them."""
_CORE: Final = (Role.DRUMS, Role.BASS)
_KIT: Final = ((Piece.KICK,), (Piece.SNARE, Piece.CLAP), (Piece.HATS,), (Piece.OPEN_HATS,))
_COLOURS: Final = (Piece.SHAKER, Piece.RIM, Piece.PERC, Piece.COWBELL, Piece.TOM, Piece.RIDE)
_DOUBTFUL: Final = frozenset({Role.VOCAL, Role.MELODY, Role.CHORDS})
_SURE: Final = 0.4
"""How sure the role of a one-shot must be before it is struck as a voice or a tune."""
_MELODIC: Final = frozenset({Role.MELODY, Role.CHORDS, Role.PAD})


@dataclass(frozen=True, slots=True)
class Cast:
    """The voices of a song, the hits that mark its borders, and what could not be had."""

    voices: tuple[Voice, ...]
    hits: tuple[Voice, ...]
    notes: tuple[str, ...]


@dataclass
class Casting:
    """Chooses voices one after the other, each beside those chosen before."""

    setting: Setting
    scorer: Scorer
    seed: int
    roles: frozenset[Role]
    insisted: frozenset[Role] = frozenset()
    """Roles that the user asked for by name."""
    expected: frozenset[Role] = frozenset()
    """Roles that are cast wherever there is a loop for them."""
    chosen_sources: bool = False
    """Whether the user said which loops to use: what is missing then is no surprise."""
    anchor: str | None = None
    chosen: list[Chosen] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def cast(self) -> Cast:
        """All voices of the song."""
        anchor = next((facts for facts in self.scorer.loops if facts.id == self.anchor), None)
        order = _ORDER if anchor is None else (anchor.role, *(role for role in _ORDER if role is not anchor.role))
        for role in order:
            if role in self.roles and (self._wanted(role) or (anchor is not None and role is anchor.role)):
                self._fill(role)
        self._stand_in_for_harmony()
        self._note_gaps()
        return Cast(ordered(self.voices), tuple(self._hits()), tuple(self.notes))

    def ranked(self, role: Role, loops: Iterable[LoopFacts], purpose: str) -> list[tuple[float, LoopFacts, Fit]]:
        """The loops that fit in a role, best first, ties by id; the anchor before all."""
        rows = []
        for facts in loops:
            fit = fit_loop(facts, tempo=self.setting.tempo, key=self.setting.key, role=role)
            if fit is not None:
                score = self.scorer.score(facts, fit, self.chosen, purpose=purpose)
                rows.append((score + (_ANCHORED if facts.id == self.anchor else 0.0), facts, fit))
        return sorted(rows, key=lambda row: (-row[0], row[1].id))

    def _fill(self, role: Role) -> None:
        match role:
            case Role.DRUMS:
                self._cast_drums()
            case Role.PERCUSSION:
                if not self._cast_loops(role):
                    self._cast_colours()
            case Role.BASS:
                _ = self._cast_loops(role) or self._program(role, (Piece.BASS,))
            case Role.VOCAL:
                _ = self._cast_loops(role) or self._program(role, (Piece.VOICE,))
            case Role.PAD:
                _ = self._cast_loops(role) or self._cast_sustained()
            case Role.FX:
                self._cast_bed()
            case _:
                self._cast_loops(role)

    def _wanted(self, role: Role) -> bool:
        in_hook = self.setting.genre.presence[SectionKind.HOOK].get(role, 0.0)
        rare = role in {Role.DRUMS, Role.PERCUSSION} and in_hook < 0.7  # noqa: PLR2004 - a genre of pads
        if rare and role not in self.insisted | self.expected:
            return dice(self.seed, f"extra {role}").random() < 0.6 * in_hook
        if role in self.insisted | self.expected or role not in _EXTRAS:
            return True
        if role is Role.PAD and not any(voice.role in {Role.MELODY, Role.CHORDS} for voice in self.voices):
            return True
        lively = self.setting.genre.presence
        usual = max(likings.get(role, 0.0) for likings in lively.values())
        share = _EXTRAS[role] if usual < 0.97 else 1.0  # noqa: PLR2004 - a role that the genre cannot do without
        few = sum(1 for other in Role if any(f.role is other for f in self.scorer.loops)) <= 4  # noqa: PLR2004
        return few or dice(self.seed, f"extra {role}").random() < share

    def _cast_loops(self, role: Role, loops: Sequence[LoopFacts] | None = None) -> bool:
        """Cast the best loops of a role as its voice, with alternates; whether there was one."""
        pool = [f for f in self.scorer.loops if f.role is role and f.is_loop] if loops is None else loops
        rows = self.ranked(role, pool, str(role))
        extra = role in _EXTRAS and role not in self.insisted
        rows = [r for r in rows if not extra or r[2].cost <= _EXTRA_COST_MAX or r[1].id == self.anchor]
        if not rows:
            return False
        first = rows[0][1:]
        self.chosen.append(Chosen(*first))
        takes = [first]
        mark = rows[0][0] - (_ANCHORED if first[0].id == self.anchor else 0.0)
        mark -= KEPT if first[0].id in self.scorer.wish.keep else 0.0
        for score, facts, fit in rows[1:]:
            if len(takes) < _TAKES.get(role, 1) and score >= mark - _ALTERNATE_SLACK:
                takes.append((facts, fit))
        counter = self._counter(role, takes)
        self._add(role, takes, constant=first[0].id == self.anchor)
        if counter:
            self._add(role, [counter], rank=1)
        return True

    def _counter(self, role: Role, takes: list[tuple[LoopFacts, Fit]]) -> tuple[LoopFacts, Fit] | None:
        """A second melody, taken from among the alternates."""
        if role is not Role.MELODY or len(takes) < 2:  # noqa: PLR2004 - there is none to spare
            return None
        if dice(self.seed, "counter").random() > _COUNTER:
            return None
        facts, fit = takes.pop()
        self.chosen.append(Chosen(facts, fit))
        return facts, fit

    def _cast_drums(self) -> None:
        loops = [f for f in self.scorer.loops if f.role is Role.DRUMS and f.is_loop]
        whole = [f for f in loops if is_whole_beat(f)]
        if self._cast_loops(Role.DRUMS, whole):
            tops = [f for f in loops if pieces_named(f) in ([Piece.HATS], [Piece.SHAKER]) and not is_passing(f)]
            if tops and dice(self.seed, "tops").random() < _TOPS:
                self._cast_piece(tops, Piece.HATS)
            return
        parts = [f for f in loops if not is_whole_beat(f) and not is_passing(f)]
        covered: set[Piece] = set()
        for pieces in _KIT:
            if covered.isdisjoint(pieces):
                fresh = [f for f in parts if covered.isdisjoint(pieces_named(f)) and set(pieces) & {*pieces_named(f)}]
                part = self._cast_piece(fresh, pieces[0])
                covered |= {*pieces_named(part)} if part else set()
                _ = part or self._program(Role.DRUMS, pieces)

    def _cast_piece(self, loops: Sequence[LoopFacts], piece: Piece) -> LoopFacts | None:
        """Cast the best loop of one piece of the kit, or of a few of them."""
        rows = self.ranked(Role.DRUMS, loops, piece)
        if not rows:
            return None
        self.chosen.append(Chosen(*rows[0][1:]))
        self._add(Role.DRUMS, [rows[0][1:]], name=piece, piece=piece)
        return rows[0][1]

    def _cast_colours(self) -> None:
        """One or two pieces of percussion, programmed."""
        chance = dice(self.seed, "colours")
        colours = list(_COLOURS)
        chance.shuffle(colours)
        added = 0
        for piece in colours:
            if added < 2 and self._program(Role.PERCUSSION, (piece,)):  # noqa: PLR2004 - more would crowd the beat
                added += 1

    def _cast_sustained(self) -> bool:
        """A long tone laid under the song where there is no pad."""
        tones = [
            f for f in self.scorer.loops
            if f.duration_s >= SUSTAINED_SECONDS and (f.role in _MELODIC) and (not f.is_loop or f.bpm is None)
        ]  # fmt: skip
        return self._cast_loops(Role.PAD, tones)

    def _cast_bed(self) -> None:
        """A texture: vinyl, rain, a drone; or a loop of effects."""
        beds = [f for f in self.scorer.loops if f.role is Role.FX and _is_bed(f)]
        rows = self.ranked(Role.FX, [f for f in beds if f.is_loop], "bed")
        rows += self.ranked(Role.PAD, [f for f in beds if not f.is_loop], "bed")
        rows = [row for row in rows if row[2].loop_beats > 0]
        if rows:
            _, facts, fit = max(rows, key=lambda row: (row[0], row[1].id))
            self.chosen.append(Chosen(facts, fit))
            self._add(Role.FX, [(facts, fit)])

    def _stand_in_for_harmony(self) -> None:
        """Tones struck in a pattern, where no loop has a tune."""
        if any(voice.role in {Role.MELODY, Role.CHORDS} for voice in self.voices):
            return
        for role in (Role.MELODY, Role.CHORDS):
            if role in self.roles and self._program(role, (Piece.STAB,)):
                return

    def _program(self, role: Role, pieces: tuple[Piece, ...]) -> bool:
        """Cast the best one-shot of those pieces, with a plain and a busy pattern; whether there was one."""
        shots = [f for f in self.scorer.loops if _plays(f, role) and not f.is_loop and piece_of(f) in pieces]
        shots = [f for f in shots if role not in _DOUBTFUL or f.role_confidence >= _SURE or f.id == self.anchor]
        rows = [row for row in self.ranked(role, shots, pieces[0]) if row[2].loop_beats == 0]
        if not rows:
            return False
        _, facts, fit = rows[0]
        piece = piece_of(facts) or pieces[0]
        chance = dice(self.seed, f"pattern {piece}")
        takes = [
            take_of(facts, fit, role, pattern=pattern, piece=piece)
            for pattern in dict.fromkeys(patterns_for(piece, self.setting.genre.feel, chance))
        ]
        self.chosen.append(Chosen(facts, fit))
        name = _programmed_name(piece, facts)
        rank = 1 if piece is Piece.OPEN_HATS else self._rank(role) if role is Role.PERCUSSION else 0
        voice = Voice(
            track=_track(name, role, self._rank(role), chance), takes=tuple(takes), rank=rank, piece=piece,
            fill=fill_for(piece, chance), constant=facts.id == self.anchor,
        )  # fmt: skip
        self.voices.append(voice)
        return True

    def _hits(self) -> Iterable[Voice]:
        """Impacts, crashes and risers that mark the borders."""
        if Role.FX not in self.roles:
            return
        for pieces in ((Piece.IMPACT, Piece.CRASH), (Piece.RISER,), (Piece.FALL,)):
            shots = [f for f in self.scorer.loops if piece_of(f) in pieces and f.role not in _MELODIC]
            rows = self.ranked(Role.FX, shots, pieces[0])
            if rows:
                _, facts, fit = rows[0]
                piece = piece_of(facts) or pieces[0]
                take = _struck(facts, fit, piece, self.setting.tempo)
                yield Voice(track=Track(id="", name=piece, role=Role.FX), takes=(take,), piece=piece)

    def _add(  # noqa: PLR0913 - what a track and a voice are made of
        self, role: Role, takes: Sequence[tuple[LoopFacts, Fit]], *, rank: int = 0, name: str = "",
        piece: Piece | None = None, constant: bool = False,
    ) -> None:  # fmt: skip
        chance = dice(self.seed, f"track {role} {name}")
        count = self._rank(role)
        title = name or (str(role).capitalize() if role is not Role.FX else "FX")
        if not name and count:
            title = f"{title} {count + 1}"
        voice = Voice(
            track=_track(title, role, count, chance),
            takes=tuple(take_of(facts, fit, role) for facts, fit in takes),
            rank=rank, piece=piece, constant=constant,
        )  # fmt: skip
        self.voices.append(voice)

    def _rank(self, role: Role) -> int:
        return sum(voice.role is role for voice in self.voices)

    def _note_gaps(self) -> None:
        """Say which parts could not be cast, and why."""
        have = {voice.role for voice in self.voices}
        tonal = have & {Role.MELODY, Role.CHORDS, Role.PAD, Role.VOCAL}
        for role in _ORDER:
            if role not in self.roles or role in have:
                continue
            there = [f for f in self.scorer.loops if f.role is role and f.is_loop]
            if there and (role not in _EXTRAS or role in self.insisted):
                self.notes.append(f"no {role} loop fits {self.setting.tempo:g} BPM{_in_key(self.setting)}")
            elif role in self.insisted or (role in _CORE and not self.chosen_sources):
                self.notes.append(f"no {role} here, so the song goes without")
        if not tonal and not self.chosen_sources and self.roles & {Role.MELODY, Role.CHORDS}:
            self.notes.append("there is nothing with a tune in it, so this is a beat")


def _is_bed(facts: LoopFacts) -> bool:
    if facts.is_loop:
        return piece_of(facts) is None
    return facts.duration_s >= SUSTAINED_SECONDS and is_ambience(facts) and piece_of(facts) is Piece.NOISE


def _plays(facts: LoopFacts, role: Role) -> bool:
    if role in {Role.DRUMS, Role.PERCUSSION}:
        return facts.role in {Role.DRUMS, Role.PERCUSSION}
    if role in _MELODIC:
        return facts.role in _MELODIC
    return facts.role is role


def _programmed_name(piece: Piece, facts: LoopFacts) -> str:
    if piece is Piece.BASS:
        return "808" if "808" in facts.name or "808" in facts.tags else "Bass"
    return {Piece.STAB: "Melody", Piece.VOICE: "Vocal"}.get(piece, str(piece))


def _track(name: str, role: Role, count: int, chance: random.Random) -> Track:
    """A new track; what is not the first of its kind steps a little aside."""
    side = chance.choice((-1.0, 1.0))
    if role is Role.PERCUSSION:
        return Track(id="", name=name, role=role, pan=round(side * (0.2 + 0.1 * count), 2))
    if role in {Role.MELODY, Role.CHORDS} and count:
        return Track(id="", name=name, role=role, gain_db=-2.0, pan=round(side * 0.25, 2))
    if name in {Piece.HATS, Piece.OPEN_HATS, Piece.RIDE}:
        return Track(id="", name=name, role=role, pan=round(side * 0.12, 2))
    return Track(id="", name=name, role=role)


def _struck(facts: LoopFacts, fit: Fit, piece: Piece, tempo: float) -> Take:
    """A hit that rings out; a riser is laid like a loop instead, so that its end can meet the border."""
    if piece is not Piece.RISER:
        return take_of(facts, Fit(1.0, 0, 0.0, fit.cost), Role.FX, pattern=(0.0,), piece=piece)
    return take_of(facts, rising_fit(facts, fit, tempo), Role.FX, piece=piece)


def _in_key(setting: Setting) -> str:
    return f" in {setting.key}" if setting.key else ""
