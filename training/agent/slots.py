"""What a slot of a phrase may stand for: how it is said, and what it means in a call."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from loopmind_chat.agent import mentions
from loopmind_chat.song.model import Section, Song, Track
from loopmind_chat.song.vocabulary import ROLE_SYNONYMS, SECTION_SYNONYMS, Role, SectionKind
from training.agent import amounts, missing, song_words, sound_words, things, words
from training.agent.world import WORLD

_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
_SHORT_ORDINALS: Final = ("1st", "2nd", "3rd", "4th", "5th", "6th")
_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEMPOS: Final = (
    70, 75, 80, 85, 88, 90, 92, 95, 100, 105, 110, 115, 120, 122, 124, 126, 128, 130, 132, 135, 138, 140, 142, 144,
    145, 150, 155, 160, 165, 170, 172, 174, 175, 180,
)  # fmt: skip
_STEPS: Final = ("C", "D", "E", "F", "G", "A", "B")
_SECTIONS_SAID: Final = ("the {}s", "the {}s", "all the {}s", "every {}", "both {}s", "{}s", "all {}s", "each {}")


class NothingToSay(Exception):
    """The song has nothing that the slot could stand for."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in a slot."""

    said: str
    means: str


Filler = Callable[[random.Random, Song, str], Filling]


def fill(dice: random.Random, song: Song, slot: str) -> Filling:
    """A filling for a slot such as "track", "track:drums" or "section2". Raises NothingToSay, KeyError."""
    name, _, detail = slot.partition(":")
    return FILLERS[name.rstrip("0123456789")](dice, song, detail)


def spelt(number: int) -> str:
    """A number from 0 to 199 in words, as producers say a tempo: 140 is "one forty"."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _TENS[tens - 2] + (f" {_UNITS[unit]}" if unit else "")
    rest = number - 100
    return f"one {spelt(rest)}" if rest >= 10 else f"a hundred and {_UNITS[rest]}" if rest else "a hundred"


def _track(dice: random.Random, song: Song, detail: str) -> Filling:
    wanted = {Role(role) for role in detail.split(",")} if detail else set(Role)
    tracks = [track for track in song.tracks if track.role in wanted]
    if not tracks:
        raise NothingToSay
    said = dice.choice(_track_names(song, dice.choice(tracks)))
    return Filling(said, _only(mentions.tracks_of(song, said)))


def _track_names(song: Song, track: Track) -> list[str]:
    name = track.name if track.name.isupper() else track.name.lower()
    names = [name, name, name]
    alone = sum(other.role is track.role for other in song.tracks) == 1
    if alone:
        names += [str(track.role), str(track.role)]
        names += [word for word, role in ROLE_SYNONYMS.items() if role is track.role and not word.isdecimal()]
    return names


def _section(dice: random.Random, song: Song, detail: str) -> Filling:
    sections = [s for s in song.sections if not detail or str(s.kind) in detail.split(",")]
    if not sections:
        raise NothingToSay
    said = dice.choice(_section_names(song, dice.choice(sections)))
    return Filling(said, _only(mentions.sections_of(song, said)))


def _section_names(song: Song, section: Section) -> list[str]:
    alike = [other for other in song.sections if other.kind is section.kind]
    place = alike.index(section)
    called = [str(section.kind)] * 3 + [word for word, kind in SECTION_SYNONYMS.items() if kind is section.kind]
    names = []
    for word in called:
        if len(alike) == 1:
            names += [f"the {word}", f"the {word}"]
            continue
        names += [
            f"the {word}",
            f"the {_ORDINALS[place]} {word}",
            f"{word} {place + 1}",
            f"the {_SHORT_ORDINALS[place]} {word}",
        ]
        names += [f"{word} {_UNITS[place + 1]}"]
        if place == len(alike) - 1:
            names += [f"the last {word}", f"the final {word}"]
    return names


def _sections(dice: random.Random, song: Song, detail: str) -> Filling:
    """All sections of a kind."""
    kinds = {s.kind for s in song.sections if not detail or str(s.kind) in detail.split(",")}
    many = sorted(kind for kind in kinds if sum(s.kind is kind for s in song.sections) > 1)
    if not many:
        raise NothingToSay
    kind = dice.choice(many)
    word = dice.choice([str(kind), str(kind), *(w for w, k in SECTION_SYNONYMS.items() if k is kind and w[-1] != "s")])
    said = dice.choice(_SECTIONS_SAID).format(word)
    return Filling(said, _only(mentions.sections_of(song, said)))


def _place(dice: random.Random, song: Song, detail: str) -> Filling:
    """One section, or all of a kind."""
    if dice.random() < 0.3:
        try:
            return _sections(dice, song, detail)
        except NothingToSay:
            pass  # no kind comes twice: one section it is
    return _section(dice, song, detail)


def _kind(dice: random.Random, _song: Song, detail: str) -> Filling:
    kind = SectionKind(dice.choice(detail.split(","))) if detail else dice.choice(list(SectionKind))
    called = [word for word, other in SECTION_SYNONYMS.items() if other is kind]
    return Filling(dice.choice([str(kind), str(kind), *called]), str(kind))


def _role(dice: random.Random, _song: Song, detail: str) -> Filling:
    role = Role(dice.choice(detail.split(","))) if detail else dice.choice(list(Role))
    return Filling(dice.choice([str(role), str(role), *(w for w, r in ROLE_SYNONYMS.items() if r is role)]), str(role))


def _number(low: int, high: int, *, step: int = 1, in_words: float = 0.15) -> Filler:
    def filler(dice: random.Random, _song: Song, _detail: str) -> Filling:
        number = dice.randrange(low, high + 1, step)
        return Filling(spelt(number) if dice.random() < in_words and number < 200 else str(number), str(number))

    return filler


def _bpm(dice: random.Random, _song: Song, _detail: str) -> Filling:
    number = dice.choice(_TEMPOS) if dice.random() < 0.6 else dice.randint(55, 190)
    return Filling(spelt(number), str(number)) if dice.random() < 0.15 else Filling(str(number), str(number))


def _key(dice: random.Random, _song: Song, _detail: str) -> Filling:
    step = dice.choice(_STEPS)
    sign = dice.choice(("", "", "", "#", "b")) if step not in "EB" else dice.choice(("", "b"))
    if step in "CF" and sign == "b":
        sign = "#"
    mode = dice.choice(("minor", "minor", "minor", "major"))
    signs = {"": ("",), "#": ("#", "#", " sharp", "-sharp", "♯"), "b": ("b", "b", " flat", "-flat", "♭")}
    long_sign = dice.choice(signs[sign])
    ending = dice.choice(
        (" minor", " minor", " min", "m", " Minor", "min", "-minor")
        if mode == "minor"
        else (" major", " major", " maj", " Major", "maj", "-major")
    )
    said = step + (sign if ending == "m" else long_sign) + ending
    if dice.random() < 0.2 and ending != "m":
        said = said.lower()
    return Filling(said, _only(mentions.keys_of(f"in {said}")))


def _seconds(dice: random.Random, _song: Song, _detail: str) -> Filling:
    minutes = dice.choice((1, 2, 2, 3, 3, 4, 5))
    number = dice.choice((str(minutes), _UNITS[minutes]))
    said = dice.choice((f"{number} minutes", f"{number} minutes", f"{minutes} min", f"{minutes * 60} seconds"))
    return Filling(said.replace("1 minutes", "1 minute").replace("one minutes", "one minute"), str(minutes * 60))


def _length(dice: random.Random, _song: Song, _detail: str) -> Filling:
    """A length before a noun: "two minute", "90 second"."""
    minutes = dice.choice((1, 2, 2, 3, 3, 4, 5))
    number = dice.choice((str(minutes), _UNITS[minutes]))
    said = dice.choice((f"{number} minute", f"{number} minute", f"{minutes}-minute", f"{minutes * 60} second"))
    return Filling(said, str(minutes * 60))


def _share(dice: random.Random, _song: Song, _detail: str) -> Filling:
    percent = dice.choice((10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90))
    return Filling(dice.choice((f"{percent}%", f"{percent} percent", f"{percent} %")), f"{percent / 100:g}")


def _db(dice: random.Random, _song: Song, _detail: str) -> Filling:
    number = dice.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12))
    unit = dice.choice(("db", "dB", " decibels", " db", " dB"))
    said = dice.choice((str(number), str(number), _UNITS[number]))
    return Filling(f"{said}{unit}" if unit[0] == " " or said.isdigit() else f"{said} {unit}", str(number))


def _choice(options: tuple[str, ...]) -> Filler:
    def filler(dice: random.Random, _song: Song, _detail: str) -> Filling:
        said = dice.choice(options)
        return Filling(said, said)

    return filler


def _step(dice: random.Random, _song: Song, detail: str) -> Filling:
    """A step of a level, "up" or "down" by ``detail``: "a bit", "way"."""
    said, size = dice.choice((
        ("a bit", "a bit "), ("a little", "a bit "), ("a touch", "a bit "), ("slightly", "a bit "), ("a tad", "a bit "),
        ("a smidge", "a bit "), ("a hair", "a bit "), ("just a bit", "a bit "), ("a little bit", "a bit "),
        ("a lot", "way "), ("way", "way "), ("much", "way "), ("a whole lot", "way "), ("massively", "way "),
    ))  # fmt: skip
    return Filling(said, f"{size}{detail}")


def _called(ways: Mapping[str, tuple[str, ...]]) -> Filler:
    """One of several values, or of those in the slot's detail ("tapestop,fill"), in one of the ways of saying it."""
    values = {value.replace("_", ""): value for value in ways}

    def filler(dice: random.Random, _song: Song, detail: str) -> Filling:
        means = values[dice.choice(detail.split(",") if detail else sorted(values))]
        return Filling(dice.choice(ways[means]), means)

    return filler


def _spot(dice: random.Random, song: Song, detail: str) -> Filling:
    """A section without its article, as in terse orders: "hook 2", "bridge"."""
    named = _section(dice, song, detail)
    if named.means not in {section.name for section in song.sections}:
        raise NothingToSay  # "hook 8" for the hook, of several, to have 8 bars
    return Filling(named.said.removeprefix("the "), named.means)


def _nth(_dice: random.Random, song: Song, detail: str) -> Filling:
    """The number of one of several sections of a kind, such as "verse,2": for "verse 1 and 2"."""
    kind, number = (detail or "verse,2").split(",")
    if sum(s.kind == kind for s in song.sections) < max(2, int(number)):
        raise NothingToSay
    return Filling(number, f"{kind} {number}")


def _amount(said_and_meant: Callable[[random.Random, str], tuple[str, str]]) -> Filler:
    return lambda dice, _song, detail: Filling(*said_and_meant(dice, detail))


def _may_lack(way: missing.Way) -> Filler:
    def filler(dice: random.Random, song: Song, detail: str) -> Filling:
        found = way(dice, song, detail)
        if found is None:
            raise NothingToSay
        return Filling(*found)

    return filler


def _only(found: tuple[str, ...]) -> str:
    if len(found) != 1:
        raise NothingToSay
    return found[0]


FILLERS: Final[Mapping[str, Filler]] = {
    "track": _track, "section": _section, "sections": _sections, "place": _place, "kind": _kind,
    "role": _role, "bpm": _bpm, "key": _key, "seconds": _seconds, "length": _length,
    "share": _share, "db": _db, "step": _step, "bars": _number(2, 32, step=2), "semitones": _number(1, 7),
    "seed": _number(1, 999, in_words=0.0), "bar": _number(1, 64, in_words=0.05), "count": _number(2, 6),
    "spot": _spot, "nth": _nth, "span": _amount(amounts.span), "beats": _amount(amounts.beats),
    "gain": _amount(amounts.gain), "part": _amount(amounts.part),
    "effect": _called(sound_words.EFFECTS), "effectverb": _called(sound_words.EFFECT_VERBS),
    "effectlook": _called(sound_words.EFFECT_LOOKS), "entrance": _called(sound_words.ENTRANCES),
    "genre": _choice(words.GENRES), "mood": _choice(words.MOODS), "wish": _choice(words.WISHES),
    "tone": _choice(tuple(wish for wish in words.WISHES if wish not in words.LEVEL_WISHES)),
    "instrument": _choice(words.INSTRUMENTS), "sound": _choice(words.SOUNDS), "title": _choice(words.TITLES),
    **{name: _amount(way) for name, way in song_words.WAYS.items()},
    "flaw": _choice(words.FLAWS), "trait": _choice(words.TRAITS), "likeness": _amount(things.likeness),
    "feel": _choice(tuple(mood for mood in words.MOODS if mood not in {"fast", "slow", "raw", "hype"})),
    "side": _choice(("left", "right")), "pick": _amount(things.pick),
    "thing": _amount(things.thing), "member": _amount(things.member),
    **{name: _may_lack(way) for name, way in missing.WAYS.items()},
    **{name: _choice(options) for name, options in WORLD.items()},
}  # fmt: skip
"""How to fill each slot, by its name."""
