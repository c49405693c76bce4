"""Who plays in a section, from which bar to which, and with which take."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from loopmind_chat.compose.chance import dice, lot
from loopmind_chat.compose.energy import voices_at
from loopmind_chat.compose.genres import Genre
from loopmind_chat.compose.habits import DANCE
from loopmind_chat.compose.voices import Voice
from loopmind_chat.song.vocabulary import EffectKind, Role, SectionKind

_K = SectionKind
_SUMMITS: Final = frozenset({_K.HOOK, _K.DROP})
_RHYTHM: Final = frozenset({Role.DRUMS, Role.BASS, Role.PERCUSSION})
_PHRASE: Final = 8
_HALF_PHRASE: Final = 4
_FEW: Final = 2
"""Voices up to which sections differ by filters too: there is little else to tell them apart by."""
_FILTERS: Final = {
    _K.INTRO: EffectKind.LOWPASS,
    _K.BREAKDOWN: EffectKind.LOWPASS,
    _K.BRIDGE: EffectKind.HIGHPASS,
    _K.BUILD: EffectKind.HIGHPASS,
    _K.OUTRO: EffectKind.LOWPASS,
}
_SMALL: Final = 5
"""Voices up to which the first hook already has all of them; beyond, it keeps one in reserve."""
_TASTE: Final = 0.36
"""How much the seed bends who is called for a kind of section."""
_WHIM: Final = 0.08
"""How much it bends that from one section to the next of the same kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A voice in a section."""

    voice: Voice
    start: int
    """First bar."""
    end: int
    """Bar after the last."""
    take: int = 0
    fill: bool = False
    """Whether its last bar leads into the next section."""
    filtered: EffectKind | None = None
    """A filter over the whole part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a section stands in its song."""

    kind: SectionKind
    bars: int
    nth: int
    """Which of its kind, from 1."""
    of: int
    """How many of its kind there are."""
    energy: float
    lift: float = 0.0
    """The mood's share of the energy."""
    after: SectionKind | None = None
    """The kind of the section that follows."""
    fill_next: bool = False
    """Whether the next section is entered by a fill."""
    cut_next: bool = False
    """Whether everything stops right before the next section anyway."""


def parts_of(place: Place, voices: Sequence[Voice], genre: Genre, seed: int) -> tuple[Part, ...]:
    """The parts of a section."""
    if not voices:
        return ()
    beds = [voice for voice in voices if voice.role is Role.FX and len(voices) > 1]
    players = [voice for voice in voices if voice not in beds]
    called = call(place, players, genre, seed)
    count = how_many(place, len(players))
    chance = dice(seed, f"parts {place.kind} {place.nth}")
    parts = [Part(voice=v, start=0, end=place.bars, take=_take(place, v, seed)) for v in called[:count]]
    waiting = [Part(voice=v, start=0, end=place.bars, take=_take(place, v, seed)) for v in called[count:]]
    parts = _moved_within(place, parts, waiting, genre, chance)
    if len(players) <= _FEW:
        parts = [replace(p, filtered=_FILTERS.get(place.kind)) if not p.voice.programmed else p for p in parts]
    lying = [Part(voice=v, start=0, end=place.bars) for v in beds if _lies(place, v, genre, seed)]
    return tuple(_led_out(place, [*parts, *lying], genre, chance))


def _lies(place: Place, bed: Voice, genre: Genre, seed: int) -> bool:
    """Whether a texture lies under a section; one that lies under the verse lies under the hook too."""
    liking = genre.presence[place.kind].get(Role.FX, 0.3)
    if place.kind in _SUMMITS:
        liking = max(liking, genre.presence[_K.VERSE].get(Role.FX, 0.3))
    return 0.15 + 0.7 * lot(seed, "bed", bed.track.name) < liking


def call(place: Place, voices: Sequence[Voice], genre: Genre, seed: int) -> list[Voice]:
    """The voices in the order in which this section calls them."""
    likings = genre.presence[place.kind]

    def liking(voice: Voice) -> float:
        name = voice.track.name
        taste = _TASTE * (lot(seed, f"taste {place.kind}", name) - 0.5)
        whim = _WHIM * (lot(seed, f"whim {place.kind} {place.nth}", name) - 0.5)
        second = 0.45 if voice.rank and not (place.kind in _SUMMITS and place.nth > 1) else 0.0
        constant = 0.6 if voice.constant and place.kind is not _K.BREAKDOWN else 0.0
        return likings.get(voice.role, 0.3) + taste + whim - second * likings.get(voice.role, 0.3) + constant

    return sorted(voices, key=lambda voice: (-liking(voice), voice.track.name, voice.track.id))


def how_many(place: Place, total: int) -> int:
    """How many voices play at once: fewer than all wherever it is not a summit."""
    count = voices_at(place.energy, total, lift=place.lift)
    if place.kind in _SUMMITS:
        return max(count, total - (1 if total > _SMALL and place.nth == 1 and place.of > 1 else 0))
    quiet = place.kind in {_K.INTRO, _K.OUTRO, _K.BREAKDOWN}
    return max(1, min(count, room_below_summit(total), max(1, total // 2) if quiet else total))


def room_below_summit(total: int) -> int:
    """The most voices that may play outside hooks and drops, so that these are always fuller."""
    return total - 2 if total > _SMALL else total - 1


def _take(place: Place, voice: Voice, seed: int) -> int:
    """Which take: busier patterns and the first loops in summits, other loops where a part comes back."""
    if len(voice.takes) == 1 or voice.constant:
        return 0
    if voice.programmed:
        return 1 if place.kind in _SUMMITS | {_K.BUILD} else 0
    if place.kind in _SUMMITS or (place.nth == 1 and place.kind in {_K.INTRO, _K.VERSE, _K.PRECHORUS}):
        return 0
    if place.kind in {_K.BRIDGE, _K.SOLO}:
        return len(voice.takes) - 1
    if place.kind is _K.VERSE:
        varied = lot(seed, f"verse {place.nth}", voice.track.name) < 0.65  # noqa: PLR2004 - most voices, not all
        return (place.nth - 1) % len(voice.takes) if varied else 0
    return 1 if lot(seed, f"take {place.kind} {place.nth}", voice.track.name) < 0.35 else 0  # noqa: PLR2004


def _moved_within(  # noqa: PLR0911 - one case a kind of section
    place: Place, parts: list[Part], waiting: list[Part], genre: Genre, chance: random.Random
) -> list[Part]:
    """The parts with entries and exits inside the section, on lines of eight bars where there is room."""
    bars = place.bars
    match place.kind:
        case _K.INTRO:
            return _gathering(parts, waiting, bars, genre, chance)
        case _K.OUTRO:
            return _leaving(parts, bars, genre, chance)
        case _K.BUILD:
            return _gathering(parts, waiting, bars, genre, chance)
        case _K.BREAKDOWN if bars >= 2 * _PHRASE and waiting:
            return [*parts, replace(waiting[0], start=_line(bars // 2))]
        case _ if bars >= 2 * _PHRASE:
            full = len(parts) >= room_below_summit(len(parts) + len(waiting))
            return _turning(place, parts, [] if full else waiting, chance)
        case _K.VERSE if place.nth > 1 and len(parts) > 2:  # noqa: PLR2004 - somebody has to play on
            return _resting(parts, chance)
        case _:
            return parts


def _gathering(parts: list[Part], waiting: list[Part], bars: int, genre: Genre, chance: random.Random) -> list[Part]:
    """One after the other comes in; the first is there from the start."""
    if bars < _PHRASE:
        return parts
    step = _PHRASE if bars >= 2 * _PHRASE else _HALF_PHRASE
    lines = list(range(step, bars, step))
    if genre.presence[_K.INTRO] is DANCE[_K.INTRO] and bars >= 2 * _PHRASE:
        parts, waiting = parts + waiting[:1], waiting[1:]
    head = max(1, len(parts) - len(lines))
    late = parts[head:]
    if step == _HALF_PHRASE and chance.random() < 0.55:  # noqa: PLR2004 - a short intro is often one block
        return parts
    return parts[:head] + [
        replace(part, start=lines[min(i, len(lines) - 1)]) for i, part in enumerate(late)
    ]  # fmt: skip


def _leaving(parts: list[Part], bars: int, genre: Genre, chance: random.Random) -> list[Part]:
    """One after the other goes; the last one called goes first."""
    if bars < _HALF_PHRASE or len(parts) < 2:  # noqa: PLR2004 - somebody has to play on
        return parts
    line = _line(bars // 2)
    if bars < 2 * _PHRASE and chance.random() < 0.4:  # noqa: PLR2004 - a short outro is often one block
        return parts
    dance = genre.presence[_K.OUTRO] is DANCE[_K.OUTRO]
    early = [p for p in parts if (p.voice.role not in _RHYTHM) is dance] or parts[-1:]
    early = early[-max(1, len(parts) // 2) :]
    if len(early) == len(parts):
        early = early[1:]
    going = chance.sample(early, k=max(1, len(early) - 1)) if len(early) > 1 else early
    return [replace(part, end=line) if part in going else part for part in parts]


def _turning(place: Place, parts: list[Part], waiting: list[Part], chance: random.Random) -> list[Part]:
    """A long section turns at its middle: somebody comes in, changes over, or rests."""
    bars = place.bars
    line = _line(bars // 2)
    tuneful = [p for p in parts if p.voice.role not in _RHYTHM]
    spare = [p for p in parts[2:] if not p.voice.constant and (len(tuneful) > 1 or p not in tuneful)]
    roll = chance.random()
    if place.kind in _SUMMITS:
        last = [p for p in spare if p.voice.rank or p.voice.role in {Role.PERCUSSION, Role.PAD, Role.FX, Role.VOCAL}]
        if last and roll < 0.6:  # noqa: PLR2004 - the summit grows
            later = _line(bars * 3 // 4) if bars >= 4 * _PHRASE else line
            starts = dict(zip((id(p) for p in reversed(last)), (line, later), strict=False))
            if bars < 4 * _PHRASE:
                starts = {id(last[-1]): line}
            return [replace(p, start=starts.get(id(p), p.start)) for p in parts]
        return parts
    if waiting and roll < 0.30:  # noqa: PLR2004 - add 52 %, drop 34 %, swap 14 % of the changes
        return [*parts, replace(waiting[0], start=line)]
    if spare and roll < 0.48:  # noqa: PLR2004 - the same table
        one = chance.choice(spare)
        comes = chance.random() < 0.6  # noqa: PLR2004 - rather in than out
        moved = replace(one, start=line) if comes else replace(one, end=line)
        return [moved if p is one else p for p in parts]
    if spare and waiting and roll < 0.56:  # noqa: PLR2004 - the same table
        gone = spare[-1]
        return [*(replace(p, end=line) if p is gone else p for p in parts), replace(waiting[0], start=line)]
    return parts


def _resting(parts: list[Part], chance: random.Random) -> list[Part]:
    """A short verse that comes again: somebody joins it late."""
    late = chance.choice(parts[1:])
    return [replace(p, start=_HALF_PHRASE) if p is late and p.end > _HALF_PHRASE else p for p in parts]


def _led_out(place: Place, parts: list[Part], genre: Genre, chance: random.Random) -> list[Part]:
    """The end of a section, as it leads to the next: a fill, or the beat stops for a bar."""
    if place.after is None or place.bars < _HALF_PHRASE:
        return parts
    if place.fill_next:
        return [replace(p, fill=p.end == place.bars and p.voice.fill is not None) for p in parts]
    stops = place.after in _SUMMITS and not place.cut_next and place.bars >= _PHRASE
    if not stops or chance.random() >= genre.drop_outs:
        return parts
    length = 2 if place.bars >= 2 * _PHRASE and chance.random() < 0.25 else 1  # noqa: PLR2004 - rarely two bars
    gone = {Role.DRUMS, Role.PERCUSSION} | ({Role.BASS} if chance.random() < 0.5 else set())  # noqa: PLR2004
    if all(p.voice.role in gone for p in parts):
        return parts
    return [
        replace(p, end=place.bars - length) if p.voice.role in gone and p.end > place.bars - length > p.start else p
        for p in parts
    ]


def _line(bar: int) -> int:
    """The line of eight bars, else of four, at or before a bar."""
    return bar // _PHRASE * _PHRASE or bar // _HALF_PHRASE * _HALF_PHRASE or bar
