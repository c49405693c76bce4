"""Another loop in the place of one that plays: what fits, what the wish asks for, and why."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from loopmind_chat.compose.carried import CARRIES, carried, is_akin
from loopmind_chat.compose.choose import Chosen, Scorer, Wish
from loopmind_chat.compose.fit import Fit, fit_loop
from loopmind_chat.compose.levels import level_of
from loopmind_chat.compose.moods import mood_of, moods_named
from loopmind_chat.compose.pieces import Piece, is_whole_beat, piece_of, pieces_named
from loopmind_chat.compose.said import adjustments, brief_of, merits, reason_of
from loopmind_chat.compose.wishes import (
    Direction,
    change,
    directions_in,
    goes,
    other_words,
    reach,
    unlike,
    unwanted_words,
)
from loopmind_chat.compose.wording import loop_words
from loopmind_chat.song.find import role_of
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Song
from loopmind_chat.song.vocabulary import Role

_TOWARDS: Final = 2.0
_UNLIKE: Final = 0.5
"""What it costs a loop to be otherwise unlike the one it takes the place of."""
_CARRIED: Final = 4.0
"""Words of a wish that a loop goes by: more than all the rest together."""
_AKIN: Final = 0.8
_MEANING: Final = 2.0
_MOOD_BESIDE_WORDS: Final = 0.35
"""Where a wish has words of its own, meaning weighs more and the song's mood less."""
_A_LITTLE: Final = 0.5
"""Of a clear step: what can just be heard, where nothing does more; the reply gives the figure."""
_LOUDER_DB: Final = 3.0
_KIN: Final = ((Piece.SNARE, Piece.CLAP, Piece.RIM), (Piece.IMPACT, Piece.CRASH))
_MELODIC: Final = frozenset({Role.MELODY, Role.CHORDS, Role.PAD})
_BEATS: Final = frozenset({Role.DRUMS, Role.PERCUSSION})


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish, taken apart."""

    wanted: tuple[Direction, ...]
    words: tuple[str, ...]
    """Words that the loop should go by; the name of the role itself says nothing."""
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A loop that could take a place, with the reason told to the user."""

    facts: LoopFacts
    fit: Fit
    score: float
    reason: str
    gain_db: float = 0.0
    """What is added to a layer's gain so that it stays as loud in the song."""
    brief: str = ""
    """What it has that was asked for, without a figure."""
    meets: bool = True
    """Whether it goes by the words that were asked for."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A loop that fits the song, before it is decided what counts."""

    candidate: Candidate
    does: int
    """How far it goes the ways that are wished: 2 clearly, 1 a little, 0 not."""
    own: bool
    """Whether it does the same job as the one in place; else it is of a kindred role."""


def asked_of(wish: str, role: Role | None) -> Asked:
    """What a wish asks of a loop, for a role where one is given."""
    words = tuple(word for word in other_words(wish) if role is None or role_of(word) is not role)
    return Asked(directions_in(wish), words, unwanted_words(wish))


def swap_candidates(  # noqa: PLR0913 - the agreed interface
    song: Song,
    layers: Sequence[Layer],
    loops: Sequence[LoopFacts],
    affinity: Mapping[str, float],
    *,
    facts_of: Callable[[str], LoopFacts | None],
    wish: str = "",
    seed: int = 0,
) -> list[Candidate]:
    """Loops that could play in place of ``layers``, best first, ties by id; empty where nothing does what is wished.

    What goes by the words of the wish comes first, of the role and then of kindred roles; a relative wish ("darker",
    "less busy") is measured against the loop that plays longest in the layers, and decides among those, or, without
    words, alone. A sole loop in ``loops`` was named by the user: it may be of any role.
    """
    if not layers:
        return []
    role, struck = layers[0].role, layers[0].pattern is not None
    old, playing, asked = facts_of(_longest(layers)), {layer.loop for layer in layers}, asked_of(wish, role)
    company, named = _company(song, playing, facts_of), len(loops) == 1
    scorer = Scorer(
        wish=_wish_of(song, asked, seed), loops=sorted(loops, key=lambda facts: facts.id), affinity=affinity
    )
    found = []
    for facts in sorted((f for f in loops if f.id not in playing), key=lambda f: f.id):
        own = named or _can_stand_in(facts, role, struck=struck, old=old)
        if not own and not (facts.is_loop and _may_be_kindred(facts, role, asked, old, struck=struck)):
            continue
        share, does = carried(facts, asked.words), _does(facts, old, asked.wanted)
        carries = bool(asked.words) and share >= CARRIES
        if not (named or carries or (does and (own or _is_melodic(facts, role, asked, struck=struck)))):
            continue
        fit = fit_loop(facts, tempo=song.tempo, key=song.key, role=role)
        if fit is None or (asked.unwanted and carried(facts, asked.unwanted) > 0 and not named):
            continue
        score = scorer.score(facts, fit, company, purpose="swap") + _bonus(facts, old, asked, share)
        said = list(merits(facts, old, asked.wanted, asked.words, asked.unwanted))
        candidate = Candidate(
            facts, fit, score, reason_of([*said, *adjustments(facts, fit, song.key)]),
            _gain(facts, old, role, asked.wanted), brief_of(said), meets=named or not asked.words or carries,
        )  # fmt: skip
        found.append(_Found(candidate, does, own))
    if asked.wanted and old is not None and carried(old, asked.words) >= CARRIES and not named:
        found = [each for each in found if each.does and each.candidate.meets]  # darker strings, where strings play
    return [each.candidate for each in (found if named else _in_order(found, asked))]


def _wish_of(song: Song, asked: Asked, seed: int) -> Wish:
    """What every loop is scored by: the mood that the words name, else the song's; none beside a direction."""
    words = " ".join(asked.words)
    if moods_named(words):
        return Wish(mood=mood_of(words), meaning_weight=_MEANING, seed=seed)
    mood = mood_of("" if asked.wanted else song.mood)
    if words:
        return Wish(mood=mood, mood_weight=_MOOD_BESIDE_WORDS, meaning_weight=_MEANING, seed=seed)
    return Wish(mood=mood, seed=seed)


def _bonus(facts: LoopFacts, old: LoopFacts | None, asked: Asked, share: float) -> float:
    """What a loop gains by what was asked for; ``share`` of the words it goes by."""
    total = _CARRIED * share + _AKIN * is_akin(facts, asked.words)
    if asked.wanted:
        total += _TOWARDS * sum(_reach(direction, facts, old) for direction in asked.wanted)
        total -= _UNLIKE * unlike(facts, old, asked.wanted) if old is not None else 0.0
    return total


def _in_order(found: Sequence[_Found], asked: Asked) -> list[_Found]:
    """The best first: words before directions before the rest; empty where nothing goes the ways that are wished."""

    def ranked(each: _Found) -> tuple[int, bool, float, str]:
        return -each.does, not each.own, -each.candidate.score, each.candidate.facts.id

    carrying = sorted((f for f in found if asked.words and f.candidate.meets), key=ranked)
    rest = [f for f in found if not (asked.words and f.candidate.meets)]
    own = [f for f in rest if f.own]
    near = [f for f in own if f.does == 2]  # noqa: PLR2004 - clearly
    if asked.wanted and not near and not carrying:
        near = [f for f in rest if f.does == 2] or [f for f in own if f.does]  # noqa: PLR2004 - the same
    return carrying + sorted(near, key=ranked)


def swapped(layer: Layer, candidate: Candidate) -> Layer:
    """The layer with the candidate in place of its loop: same track, same place, same length."""
    facts, fit = candidate.facts, candidate.fit
    struck = fit.loop_beats == 0
    return replace(
        layer,
        loop=facts.id,
        path=facts.path,
        semitones=fit.semitones,
        stretch=fit.stretch,
        loop_beats=fit.loop_beats,
        offset_beats=0.0,
        pattern=(layer.pattern or (0.0,)) if struck else None,
        gain_db=round(max(-60.0, min(12.0, layer.gain_db + candidate.gain_db)), 1),
    )


def _longest(layers: Sequence[Layer]) -> str:
    """The loop that plays for the most beats."""
    beats: Counter[str] = Counter()
    for layer in layers:
        beats[layer.loop] += round(layer.beats * 1000)
    return min(beats, key=lambda loop: (-beats[loop], loop))


def _can_stand_in(facts: LoopFacts, role: Role, *, struck: bool, old: LoopFacts | None) -> bool:
    """Whether a loop does the same job: a snare for a snare, a whole beat for a whole beat."""
    if struck:
        return not facts.is_loop and _same_piece(facts, old, role)
    if facts.role is not role:
        return False
    if role is Role.DRUMS and facts.is_loop and old is not None and old.is_loop:
        return is_whole_beat(facts) == is_whole_beat(old) and (is_whole_beat(old) or _share_pieces(facts, old))
    return facts.is_loop or role is Role.PAD or (role is Role.FX and old is not None and not old.is_loop)


def _may_be_kindred(facts: LoopFacts, role: Role, asked: Asked, old: LoopFacts | None, *, struck: bool) -> bool:
    """Whether a loop of another role, or one in place of single hits, could do the job if it is what is asked for."""
    if _is_melodic(facts, role, asked, struck=struck):
        return True
    if not asked.words:
        return False
    if struck:
        return facts.role is role and role not in _BEATS and role is not Role.FX
    if facts.role is role:
        return False
    if {role, facts.role} <= _BEATS:
        return old is None or role is not Role.DRUMS or is_whole_beat(old)
    return role in _MELODIC and facts.role in _MELODIC | {Role.VOCAL}


def _is_melodic(facts: LoopFacts, role: Role, asked: Asked, *, struck: bool) -> bool:
    """Whether a loop of another melodic role may do what a direction asks for."""
    return bool(asked.wanted) and role in _MELODIC and facts.role in _MELODIC and facts.is_loop and not struck


def _share_pieces(facts: LoopFacts, old: LoopFacts) -> bool:
    """Whether two loops of some pieces of a kit have one in common: hats for hats."""
    new_pieces, old_pieces = set(pieces_named(facts)), set(pieces_named(old))
    return not new_pieces or not old_pieces or bool(new_pieces & old_pieces)


def _same_piece(facts: LoopFacts, old: LoopFacts | None, role: Role) -> bool:
    if old is None:
        return facts.role is role
    new_piece, old_piece = piece_of(facts), piece_of(old)
    if role in _MELODIC and facts.role in _MELODIC:
        return True
    return new_piece is old_piece or any(new_piece in kin and old_piece in kin for kin in _KIN)


def _company(song: Song, leaving: set[str], facts_of: Callable[[str], LoopFacts | None]) -> list[Chosen]:
    """The song's other loops, as they play."""
    company: dict[str, Chosen] = {}
    for _, layer in song.layers():
        facts = facts_of(layer.loop)
        if facts is not None and layer.loop not in leaving:
            company[layer.loop] = Chosen(facts, Fit(layer.stretch, layer.semitones, layer.loop_beats, 0.0))
    return list(company.values())


def _does(facts: LoopFacts, old: LoopFacts | None, wanted: Sequence[Direction]) -> int:
    """How far a loop goes every way that is wished: 2 clearly, 1 a little, 0 not."""
    if old is None or all(_goes(direction, facts, old, 1.0) for direction in wanted):
        return 2
    return int(all(_goes(direction, facts, old, _A_LITTLE) for direction in wanted))


def _goes(direction: Direction, facts: LoopFacts, old: LoopFacts, share: float) -> bool:
    goes_there = goes(direction, facts, old, share=share)
    return bool(direction.tags & loop_words(facts)) if goes_there is None else goes_there


def _reach(direction: Direction, facts: LoopFacts, old: LoopFacts | None) -> float:
    """0 to 1: how well a loop answers a direction."""
    tagged = 0.25 if direction.tags & loop_words(facts) else 0.0
    far = reach(direction, facts, old) if old is not None else None
    return tagged if far is None else 0.75 * far + tagged


def _gain(facts: LoopFacts, old: LoopFacts | None, role: Role, wanted: Sequence[Direction]) -> float:
    """The gain that keeps a layer as loud, or, where louder or softer is the wish, a few dB of that."""
    if old is None:
        return 0.0
    even = level_of(facts, role, piece_of(facts)) - level_of(old, role, piece_of(old))
    loud = next((direction.pull for direction in wanted if direction.pull.measure == "loudness_lufs"), None)
    if loud is not None:
        even += min(_LOUDER_DB, change(loud, facts, old) or loud.least) * (1 if loud.up else -1)
    return round(even, 1)
