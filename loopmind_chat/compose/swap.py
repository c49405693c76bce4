"""Another loop in the place of one that plays: what fits, what the wish asks for, and why."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from loopmind_chat.compose.choose import Chosen, Scorer, Wish
from loopmind_chat.compose.fit import Fit, fit_loop
from loopmind_chat.compose.levels import level_of
from loopmind_chat.compose.moods import mood_of
from loopmind_chat.compose.pieces import Piece, is_whole_beat, piece_of
from loopmind_chat.compose.wishes import Direction, change, directions_in, goes, other_words, reach, told, unlike
from loopmind_chat.compose.wording import loop_words, singular
from loopmind_chat.song.keys import Key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Song
from loopmind_chat.song.vocabulary import UNPITCHED, Role

_TOWARDS: Final = 2.0
_UNLIKE: Final = 0.5
"""What it costs a loop to be otherwise unlike the one it takes the place of."""
_WORDS: Final = 1.0
_A_LITTLE: Final = 0.5
"""Of a clear step: what can just be heard, where nothing does more; the reply gives the figure."""
_LOUDER_DB: Final = 3.0
_KIN: Final = ((Piece.SNARE, Piece.CLAP, Piece.RIM), (Piece.IMPACT, Piece.CRASH))
_MELODIC: Final = frozenset({Role.MELODY, Role.CHORDS, Role.PAD})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A loop that could take a place, with the reason told to the user."""

    facts: LoopFacts
    fit: Fit
    score: float
    reason: str
    gain_db: float = 0.0
    """What is added to a layer's gain so that it stays as loud in the song."""


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

    A relative wish ("darker", "less busy") is measured against the loop that plays longest in the layers. Where no
    loop of the role meets it, loops of kindred roles are looked at, and then loops that meet it a little. A sole loop
    in ``loops`` was named by the user: it may be of any role.
    """
    if not layers:
        return []
    old = facts_of(_longest(layers))
    role, struck = layers[0].role, layers[0].pattern is not None
    playing = {layer.loop for layer in layers}
    named = len(loops) == 1
    pool = sorted((f for f in loops if f.id not in playing), key=lambda f: f.id)
    wanted = directions_in(wish)
    words = frozenset(singular(word) for word in other_words(wish))
    scorer = Scorer(
        wish=Wish(mood=mood_of("" if wanted else song.mood), seed=seed),
        loops=sorted(loops, key=lambda f: f.id),
        affinity=affinity,
    )
    company = _company(song, playing, facts_of)

    def found(stands_in: Callable[[LoopFacts], bool], share: float) -> list[Candidate]:
        candidates = []
        for facts in filter(stands_in, pool):
            fit = fit_loop(facts, tempo=song.tempo, key=song.key, role=role)
            if fit is None or (struck and fit.loop_beats > 0 and not named) or not _does(facts, old, wanted, share):
                continue
            score = scorer.score(facts, fit, company, purpose="swap")
            score += _TOWARDS * sum(_reach(d, facts, old) for d in wanted)
            score -= _UNLIKE * unlike(facts, old, wanted) if wanted and old is not None else 0.0
            score += _WORDS * (len(words & loop_words(facts)) / len(words) if words else 0.0)
            reason = ", ".join([*_merits(facts, old, wanted, words), *_adjustments(facts, fit, song.key)])
            gain = _gain(facts, old, role, wanted)
            candidates.append(Candidate(facts, fit, score, reason or "another one of its kind", gain))
        return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.facts.id))

    def own(facts: LoopFacts) -> bool:
        return named or _can_stand_in(facts, role, struck=struck, old=old)

    def kindred(facts: LoopFacts) -> bool:
        return role in _MELODIC and facts.role in _MELODIC and facts.is_loop and not struck

    best = found(own, 1.0)
    if wanted and not best:
        best = found(kindred, 1.0) or found(own, _A_LITTLE)
    return best


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
        return is_whole_beat(facts) == is_whole_beat(old)
    return facts.is_loop or role is Role.PAD or (role is Role.FX and old is not None and not old.is_loop)


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


def _does(facts: LoopFacts, old: LoopFacts | None, wanted: Sequence[Direction], share: float) -> bool:
    """Whether a loop goes every way that is wished, by so much of a clear step."""
    if old is None:
        return True
    for direction in wanted:
        goes_there = goes(direction, facts, old, share=share)
        if goes_there is False or (goes_there is None and not direction.tags & loop_words(facts)):
            return False
    return True


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


def _merits(
    facts: LoopFacts, old: LoopFacts | None, wanted: Sequence[Direction], words: frozenset[str]
) -> Iterator[str]:
    """What a loop has that was asked for, or else how bright it is beside the old one."""
    yield from (told(direction, facts, old) if old else direction.told for direction in wanted)
    matched = sorted(words & loop_words(facts))
    if matched:
        yield " ".join(matched)
    if not wanted and not matched and facts.brightness_hz and old is not None and old.brightness_hz:
        share = facts.brightness_hz / old.brightness_hz - 1.0
        much = f"{abs(share) * 100:.0f} % {'brighter' if share > 0 else 'darker'}"
        yield much if abs(share) >= 0.05 else "as bright"  # noqa: PLR2004 - nobody hears less


def _adjustments(facts: LoopFacts, fit: Fit, key: Key | None) -> Iterator[str]:
    """What is done to a loop so that it fits: its key, its tempo."""
    if facts.role not in UNPITCHED and facts.is_loop:
        if facts.key is None:
            yield "key unknown"
        elif fit.semitones:
            many = "s" if abs(fit.semitones) > 1 else ""
            yield f"{facts.key} {'up' if fit.semitones > 0 else 'down'} {abs(fit.semitones)} semitone{many}"
        else:
            yield "same key" if facts.key == key else f"{facts.key}, the same notes"
    if fit.stretch != 1.0 and fit.note:
        yield fit.note.split(", ")[0]
