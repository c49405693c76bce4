"""One section at a time: made new, made anew, or with more and less going on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from loopmind_chat.compose.arrange import Plan, layers_of, section_of
from loopmind_chat.compose.cast import Casting
from loopmind_chat.compose.chance import dice
from loopmind_chat.compose.choose import AVOIDED
from loopmind_chat.compose.energy import usual_energy, voices_at
from loopmind_chat.compose.levels import energy_gain
from loopmind_chat.compose.parts import Part, Place, call, parts_of
from loopmind_chat.compose.present import company_of, scorer_of, setting_of, voices_of
from loopmind_chat.compose.transitions import usual_transition
from loopmind_chat.compose.voices import Take, Voice, take_of
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.edits import BARS_MAX
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Section, Song, Track, fresh_id, fresh_ids
from loopmind_chat.song.vocabulary import Role, SectionKind

_CONTRASTING: Final = frozenset({SectionKind.BRIDGE, SectionKind.BREAKDOWN, SectionKind.SOLO})
_TUNEFUL: Final = (Role.MELODY, Role.CHORDS)
_RHYTHM: Final = frozenset({Role.DRUMS, Role.PERCUSSION, Role.BASS})
_CONTRAST_SLACK: Final = 1.0
"""How much worse than the voice's own loop a contrasting one may suit the song."""


@dataclass(frozen=True, slots=True)
class NewSection:
    """A section, the tracks it needs that the song lacks, and what there is to say about it."""

    section: Section
    tracks: tuple[Track, ...] = ()
    notes: tuple[str, ...] = ()


def make_section(  # noqa: PLR0913 - the agreed interface
    song: Song,
    kind: SectionKind,
    bars: int,
    loops: Sequence[LoopFacts],
    affinity: Mapping[str, float],
    *,
    energy: float | None = None,
    seed: int = 0,
    like: Section | None = None,
) -> NewSection:
    """A section for a song that is there: on its tracks, of its loops, with others where the section is a contrast.

    ``like`` is a section whose energy it takes. Raises ComposeError where the song has nothing to make it of.
    """
    if not 1 <= bars <= BARS_MAX:
        raise ComposeError(f"a section is 1 to {BARS_MAX} bars long, not {bars}")
    library = _by_id(loops)
    voices = voices_of(song, library)
    if not voices:
        raise ComposeError("the song has no loops to make a section of; compose one first")
    notes: tuple[str, ...] = ()
    if kind in _CONTRASTING:
        voices, notes = _contrasting(song, voices, library, affinity, seed)
    setting = setting_of(song)
    nth = 1 + sum(section.kind is kind for section in song.sections)
    level = energy if energy is not None else like.energy if like is not None else None
    place = Place(
        kind=kind, bars=bars, nth=nth, of=nth,
        energy=usual_energy(kind, nth, seed=seed) if level is None else level,
    )  # fmt: skip
    before = song.sections[-1].bars if song.sections else 0
    plan = Plan(
        place=place,
        transition=usual_transition(setting.genre, kind, nth, bars_before=before, seed=seed),
        parts=parts_of(place, voices, setting.genre, seed),
    )
    return NewSection(section_of(plan, fresh_id(song, "s"), fresh_ids(song, "l")), (), notes)


def regenerate_section(
    song: Song, section_id: str, loops: Sequence[LoopFacts], affinity: Mapping[str, float], *, seed: int
) -> NewSection:
    """The section made anew: other loops where there are any, another arrangement in any case; locked layers stay.

    Raises ComposeError where the section is locked or not there.
    """
    old = song.section(section_id)
    if old is None:
        raise ComposeError("that section is not in the song")
    if old.locked:
        raise ComposeError(f"{old.name} is locked; unlock it first")
    library = _by_id(loops)
    fixed = tuple(layer for layer in old.layers if layer.locked)
    voices, notes = _recast(song, old, library, affinity, seed)
    held = {layer.track for layer in fixed}
    voices = tuple(voice for voice in voices if voice.track.id not in held)
    setting = setting_of(song)
    nth = _nth(song, old)
    place = Place(
        kind=old.kind, bars=old.bars, nth=nth, of=sum(s.kind is old.kind for s in song.sections), energy=old.energy
    )
    parts = parts_of(place, voices, setting.genre, seed)
    plan = Plan(place=place, transition=old.transition, parts=parts)
    made = section_of(plan, old.id, fresh_ids(song, "l"))
    section = replace(made, name=old.name, layers=(*fixed, *made.layers))
    return NewSection(section, _missing(song, voices, section), notes)


def with_energy(
    song: Song, section: Section, energy: float, loops: Sequence[LoopFacts], affinity: Mapping[str, float]
) -> NewSection:
    """The section with more or less going on: voices come in or go, all a little louder or softer; locked ones stay."""
    if not 0.0 <= energy <= 1.0:
        raise ComposeError(f"energy is 0 to 1, not {energy:g}")
    library = _by_id(loops)
    voices = voices_of(song, library)
    place = Place(kind=section.kind, bars=section.bars, nth=_nth(song, section), of=1, energy=energy)
    calling = call(place, voices, setting_of(song).genre, song.seed)
    wanted = voices_at(energy, len(voices))
    step = energy_gain(energy) - energy_gain(section.energy)
    layers = tuple(_louder(layer, step) for layer in section.layers)
    playing = {layer.track for layer in layers}
    if energy < section.energy:
        order = [voice.track.id for voice in calling]
        staying = {layer.track for layer in layers if layer.locked}
        rest = sorted(playing - staying, key=lambda t: order.index(t) if t in order else -1)
        staying |= set(rest[: max(wanted - len(staying), 0 if staying else 1)])
        layers = tuple(layer for layer in layers if layer.track in staying)
        return NewSection(replace(section, energy=energy, layers=layers))
    coming = [voice for voice in calling if voice.track.id not in playing][: max(0, wanted - len(playing))]
    notes: tuple[str, ...] = ()
    if not coming and energy > section.energy and len(playing) >= len(voices):
        coming, notes = _newcomer(song, library, affinity)
    ids = fresh_ids(song, "l")
    gain = energy_gain(energy)
    parts = [Part(voice=v, start=0, end=section.bars, take=_busiest(v, energy)) for v in coming]
    layers += tuple(layer for part in parts for layer in layers_of(part, ids, gain_db=gain))
    made = replace(section, energy=energy, layers=layers)
    return NewSection(made, _missing(song, tuple(coming), made), notes)


def _by_id(loops: Sequence[LoopFacts]) -> dict[str, LoopFacts]:
    return {facts.id: facts for facts in sorted(loops, key=lambda f: (f.id, f.path), reverse=True)}


def _nth(song: Song, section: Section) -> int:
    same = [s.id for s in song.sections if s.kind is section.kind]
    return same.index(section.id) + 1 if section.id in same else len(same) + 1


def _louder(layer: Layer, step: float) -> Layer:
    if layer.locked or not step:
        return layer
    return replace(layer, gain_db=round(max(-60.0, min(12.0, layer.gain_db + step)), 1))


def _busiest(voice: Voice, energy: float) -> int:
    return len(voice.takes) - 1 if voice.programmed and energy > 0.8 else 0  # noqa: PLR2004 - as loud as a hook


def _missing(song: Song, voices: Sequence[Voice], section: Section) -> tuple[Track, ...]:
    used = {layer.track for layer in section.layers}
    return tuple(v.track for v in voices if v.track.id in used and song.track(v.track.id) is None)


def _contrasting(
    song: Song, voices: tuple[Voice, ...], library: Mapping[str, LoopFacts], affinity: Mapping[str, float], seed: int
) -> tuple[tuple[Voice, ...], tuple[str, ...]]:
    """The voices with another tune where the library has one that fits: a bridge is heard as new."""
    used = frozenset(song.loops())
    changed = []
    notes = []
    scorer = scorer_of(song, _sorted(library), affinity, seed=seed, avoid=used)
    casting = Casting(
        setting=setting_of(song), scorer=scorer, seed=seed, roles=frozenset(Role), chosen=company_of(song, library)
    )
    for voice in voices:
        if voice.role not in _TUNEFUL or voice.programmed:
            changed.append(voice)
            continue
        fresh = [f for f in scorer.loops if f.role is voice.role and f.is_loop and f.id not in used]
        rows = casting.ranked(voice.role, fresh, f"bridge {voice.track.name}")
        if not rows or rows[0][0] < _worth(casting, voice, library) - _CONTRAST_SLACK:
            changed.append(voice)
            continue
        _, facts, fit = rows[0]
        used |= {facts.id}
        changed.append(replace(voice, takes=(take_of(facts, fit, voice.role),)))
        notes.append(f"{voice.track.name.lower()} from {facts.name}")
    return tuple(changed), tuple(notes)


def _worth(casting: Casting, voice: Voice, library: Mapping[str, LoopFacts]) -> float:
    """What the voice's own loop scores in the same company, were it new."""
    own = library.get(voice.takes[0].loop)
    if own is None:
        return -10.0
    rows = casting.ranked(voice.role, [own], f"bridge {voice.track.name}")
    return rows[0][0] + AVOIDED if rows else -10.0


def _recast(
    song: Song, old: Section, library: Mapping[str, LoopFacts], affinity: Mapping[str, float], seed: int
) -> tuple[tuple[Voice, ...], tuple[str, ...]]:
    """The song's voices, each that plays in the section with another loop where there is one that fits."""
    chance = dice(seed, f"recast {old.id}")
    here = {layer.track for layer in old.layers}
    used = {layer.loop for layer in old.layers}
    scorer = scorer_of(song, _sorted(library), affinity, seed=seed, avoid=frozenset(used))
    casting = Casting(
        setting=setting_of(song), scorer=scorer, seed=seed, roles=frozenset(Role), chosen=company_of(song, library)
    )
    changed = []
    for voice in voices_of(song, library):
        stays = voice.role in _RHYTHM and chance.random() < 0.5  # noqa: PLR2004 - the beat often carries on
        fresh = [
            f for f in scorer.loops if f.role is voice.role and f.is_loop and f.id not in used and not voice.programmed
        ]
        rows = (
            [] if stays or voice.track.id not in here else casting.ranked(voice.role, fresh, f"anew {voice.track.name}")
        )
        if not rows:
            turned = voice.takes[1:] + voice.takes[:1] if not voice.programmed else voice.takes
            changed.append(replace(voice, takes=turned))
            continue
        _, facts, fit = rows[0]
        used.add(facts.id)
        takes: tuple[Take, ...] = (take_of(facts, fit, voice.role),)
        changed.append(replace(voice, takes=takes))
    return tuple(changed), ()


def _newcomer(
    song: Song, library: Mapping[str, LoopFacts], affinity: Mapping[str, float]
) -> tuple[list[Voice], tuple[str, ...]]:
    """A voice that the song does not have yet, for a section that should be fuller than all of it."""
    roles = {track.role for track in song.tracks}
    scorer = scorer_of(song, _sorted(library), affinity, seed=song.seed, avoid=frozenset(song.loops()))
    casting = Casting(
        setting=setting_of(song), scorer=scorer, seed=song.seed, roles=frozenset(Role), chosen=company_of(song, library)
    )
    for role in (Role.PERCUSSION, Role.PAD, Role.MELODY, Role.CHORDS, Role.VOCAL):
        fresh = [f for f in scorer.loops if f.role is role and f.is_loop and f.id not in scorer.wish.avoid]
        rows = [] if role in roles else casting.ranked(role, fresh, f"newcomer {role}")
        if rows:
            _, facts, fit = rows[0]
            track = Track(id=fresh_id(song, "t"), name=str(role).capitalize(), role=role)
            return [Voice(track=track, takes=(take_of(facts, fit, role),))], (f"{role} from {facts.name}",)
    return [], ()


def _sorted(library: Mapping[str, LoopFacts]) -> list[LoopFacts]:
    return [library[loop_id] for loop_id in sorted(library)]
