"""Arranging: the sections of a form, filled with the layers of a cast."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from loopmind_chat.compose.cast import Cast
from loopmind_chat.compose.chance import lot
from loopmind_chat.compose.energy import usual_energy
from loopmind_chat.compose.forms import Form
from loopmind_chat.compose.genres import Genre
from loopmind_chat.compose.levels import energy_gain
from loopmind_chat.compose.parts import Part, Place, parts_of
from loopmind_chat.compose.pieces import Piece
from loopmind_chat.compose.transitions import usual_transition
from loopmind_chat.compose.voices import Voice
from loopmind_chat.song.model import Effect, Layer, Section, Transition
from loopmind_chat.song.vocabulary import SectionKind, TransitionKind

_BEATS_PER_BAR: Final = 4
_K = SectionKind
_STRUCK: Final = {_K.HOOK: 1.0, _K.DROP: 1.0, _K.VERSE: 0.3}
"""How often an impact marks the first beat of a section, against the genre's habit in hooks."""
_FILTER_AMOUNT: Final = 0.5
_RISER_BEATS_MAX: Final = 32.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A section before its layers are written: its place, how it is entered, and its parts."""

    place: Place
    transition: Transition | None
    parts: tuple[Part, ...]
    hits: tuple[tuple[Voice, float, float], ...] = ()
    """Voices that strike once: where, and for how many beats."""


def plan_form(form: Form, cast: Cast, genre: Genre, *, lift: float, seed: int) -> tuple[Plan, ...]:
    """The plans of all sections of a form."""
    totals = Counter(kind for kind, _ in form)
    seen: Counter[SectionKind] = Counter()
    places: list[Place] = []
    transitions: list[Transition | None] = []
    for i, (kind, bars) in enumerate(form):
        seen[kind] += 1
        before = form[i - 1][1] if i else 0
        transitions.append(usual_transition(genre, kind, seen[kind], bars_before=before, seed=seed))
        energy = usual_energy(kind, seen[kind], lift=lift, seed=seed)
        after = form[i + 1][0] if i + 1 < len(form) else None
        places.append(
            Place(kind=kind, bars=bars, nth=seen[kind], of=totals[kind], energy=energy, lift=lift, after=after)
        )
    plans: list[Plan] = []
    for i, place in enumerate(places):
        entered_next = transitions[i + 1] if i + 1 < len(places) else None
        known = replace(place, fill_next=is_kind(entered_next, TransitionKind.FILL), cut_next=_cuts(entered_next))
        parts = parts_of(known, cast.voices, genre, seed)
        plans.append(Plan(place=known, transition=transitions[i], parts=_unlike(parts, known, plans, seed)))
    return tuple(_with_hits(plans, cast.hits, genre.impacts, seed))


def is_kind(transition: Transition | None, kind: TransitionKind) -> bool:
    """Whether a transition is of a kind."""
    return transition is not None and transition.kind is kind


def section_of(plan: Plan, section_id: str, layer_ids: Iterator[str]) -> Section:
    """The section that a plan describes."""
    gain = energy_gain(plan.place.energy)
    layers = [layer for part in plan.parts for layer in layers_of(part, layer_ids, gain_db=gain)]
    layers += [voice.takes[0].layer(next(layer_ids), voice.track.id, at, beats) for voice, at, beats in plan.hits]
    return Section(
        id=section_id,
        kind=plan.place.kind,
        bars=plan.place.bars,
        energy=plan.place.energy,
        transition=plan.transition,
        layers=tuple(layers),
    )


def layers_of(part: Part, layer_ids: Iterator[str], *, gain_db: float = 0.0) -> Iterator[Layer]:
    """The layers of a part: one, and another for the bar of a fill."""
    take, track = part.voice.takes[part.take], part.voice.track.id
    end = part.end - 1 if part.fill and part.end - part.start > 1 else part.end
    start = float(part.start * _BEATS_PER_BAR)
    layer = take.layer(next(layer_ids), track, start, float((end - part.start) * _BEATS_PER_BAR), gain_db=gain_db)
    yield replace(layer, fx=(Effect(part.filtered, _FILTER_AMOUNT),)) if part.filtered else layer
    if end < part.end and part.voice.fill is not None:
        fill = replace(take, pattern=part.voice.fill)
        yield fill.layer(next(layer_ids), track, float(end * _BEATS_PER_BAR), float(_BEATS_PER_BAR), gain_db=gain_db)


def _cuts(transition: Transition | None) -> bool:
    return transition is not None and transition.kind in {TransitionKind.DROP_OUT, TransitionKind.TAPE_STOP}


def _outline(parts: Sequence[Part]) -> frozenset[tuple[str, int, int, int]]:
    return frozenset((p.voice.track.id, p.start, p.end, p.take) for p in parts)


def _unlike(parts: tuple[Part, ...], place: Place, before: Sequence[Plan], seed: int) -> tuple[Part, ...]:
    """The parts, changed a little where a section of the same kind and length was just like this one."""
    same = [plan for plan in before if plan.place.kind is place.kind and plan.place.bars == place.bars]
    if place.kind in {_K.HOOK, _K.DROP} and place.nth % 2 == 0:
        return parts
    changes = _small_changes(parts, place, seed)
    while any(_outline(plan.parts) == _outline(parts) for plan in same):
        changed = next(changes, None)
        if changed is None:
            return parts
        parts = changed
    return parts


def _small_changes(parts: tuple[Part, ...], place: Place, seed: int) -> Iterator[tuple[Part, ...]]:
    """Ways to vary a section: another take, a late entry, a rest before the end."""
    line = 8 if place.bars >= 16 else 4  # noqa: PLR2004 - on the eight where there is room
    rows = sorted(parts, key=lambda p: lot(seed, f"vary {place.kind} {place.nth}", p.voice.track.name))
    for part in rows:
        if len(part.voice.takes) > 1:
            other = replace(part, take=(part.take + 1) % len(part.voice.takes))
            yield tuple(other if p is part else p for p in parts)
    for part in rows:
        if len(parts) > 1 and part.start == 0 and part.end > line:
            yield tuple(replace(p, start=line) if p is part else p for p in parts)
    for part in rows:
        rest = 2 if len(parts) > 1 else 1
        if part.end - part.start > 2 * rest:
            yield tuple(replace(p, end=p.end - rest) if p is part else p for p in parts)


def _with_hits(plans: list[Plan], hits: Sequence[Voice], habit: float, seed: int) -> Iterator[Plan]:
    """The plans with the user's own risers before borders and impacts on them, in place of the made ones."""
    risers = [voice for voice in hits if voice.piece is Piece.RISER]
    impacts = [voice for voice in hits if voice.piece in {Piece.IMPACT, Piece.CRASH}]
    falls = [voice for voice in hits if voice.piece is Piece.FALL]
    for i, plan in enumerate(plans):
        place, transition = plan.place, plan.transition
        strikes: list[tuple[Voice, float, float]] = []
        wants_impact = is_kind(transition, TransitionKind.IMPACT)
        if i and impacts and (wants_impact or lot(seed, "impact", f"{i}") < habit * _STRUCK.get(place.kind, 0.0)):
            strikes.append((impacts[0], 0.0, float(_BEATS_PER_BAR)))
            transition = None if wants_impact else transition
        elif i and falls and place.kind in {_K.BREAKDOWN, _K.BRIDGE}:
            strikes.append((falls[0], 0.0, float(_BEATS_PER_BAR)))
        if risers and is_kind(transition, TransitionKind.RISER):
            transition = None
        if risers and i + 1 < len(plans) and is_kind(plans[i + 1].transition, TransitionKind.RISER):
            strikes.append(_rising(risers[0], place.bars * _BEATS_PER_BAR))
        yield replace(plan, transition=transition, hits=tuple(strikes))


def _rising(voice: Voice, section_beats: float) -> tuple[Voice, float, float]:
    """A riser that ends where the section ends; a long one is joined on its way."""
    natural = voice.takes[0].loop_beats
    beats = min(natural, section_beats, _RISER_BEATS_MAX)
    late = replace(voice.takes[0], offset_beats=natural - beats)
    return replace(voice, takes=(late,)), section_beats - beats, beats
