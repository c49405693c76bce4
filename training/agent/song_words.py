"""How people say what a whole song has: tempo, steps of pitch, lengths, forms, casts. Each way with what it means.

Every function takes the dice and the slot's detail, and gives what is said and what stands for it in a call.
"""

import random
from collections.abc import Callable, Mapping
from typing import Final

from loopmind_chat.song.vocabulary import SectionKind
from training.agent import talk_words
from training.agent.words import MOODS

Way = Callable[[random.Random, str], tuple[str, str]]
_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEMPOS: Final = (
    60, 65, 70, 72, 75, 78, 80, 82, 84, 85, 86, 88, 90, 92, 93, 94, 95, 96, 98, 100, 102, 104, 105, 108, 110, 112, 115,
    118, 120, 122, 124, 125, 126, 127, 128, 130, 132, 134, 135, 136, 138, 140, 142, 144, 145, 146, 148, 150, 155, 160,
    162, 165, 168, 170, 172, 174, 175, 176, 180, 185, 190,
)  # fmt: skip
_NUDGES: Final = (1, 2, 2, 3, 4, 5, 5, 5, 6, 8, 10, 10, 10, 12, 15, 20, 25, 30)
_INTERVALS: Final = (
    ("a semitone", 1), ("one semitone", 1), ("1 semitone", 1), ("a half step", 1), ("half a step", 1),
    ("a half-step", 1), ("a half tone", 1), ("one half step", 1), ("a whole step", 2), ("a whole tone", 2),
    ("a tone", 2), ("a full step", 2), ("two semitones", 2), ("2 semitones", 2), ("2 half steps", 2),
    ("a couple of semitones", 2), ("3 semitones", 3), ("three semitones", 3), ("a minor third", 3), ("3 st", 3),
    ("a major third", 4), ("4 semitones", 4), ("two whole steps", 4), ("a fourth", 5), ("a perfect fourth", 5),
    ("five semitones", 5), ("a tritone", 6), ("6 semitones", 6), ("a fifth", 7), ("a perfect fifth", 7),
    ("seven semitones", 7), ("an octave", 12), ("one octave", 12), ("a full octave", 12), ("12 semitones", 12),
)  # fmt: skip
_PARTS: Final = (
    ("drums", "drums", "beat"), ("bass", "bass", "bassline"), ("melody", "melody", "lead"), ("chords", "keys"),
    ("pads", "pads", "pad"), ("vocals", "vocals", "vox"), ("percussion", "perc"), ("fx", "effects"),
)  # fmt: skip
"""What parts are called, one group a role."""
_SECTIONS: Final[tuple[tuple[str, SectionKind], ...]] = (
    ("intro", SectionKind.INTRO), ("verse", SectionKind.VERSE), ("hook", SectionKind.HOOK),
    ("chorus", SectionKind.HOOK), ("bridge", SectionKind.BRIDGE), ("drop", SectionKind.DROP),
    ("breakdown", SectionKind.BREAKDOWN), ("outro", SectionKind.OUTRO), ("solo", SectionKind.SOLO),
    ("build", SectionKind.BUILD), ("pre-chorus", SectionKind.PRECHORUS),
)  # fmt: skip
_FORMS: Final = (
    "intro verse hook", "intro verse hook outro", "intro verse hook verse hook outro", "verse hook verse hook",
    "intro verse chorus verse chorus", "intro verse chorus bridge chorus outro", "intro build drop breakdown drop",
    "intro drop outro", "verse pre-chorus chorus", "hook verse hook", "intro hook verse hook outro",
    "intro verse chorus solo outro", "intro build drop outro", "verse hook", "intro drop breakdown drop outro",
)  # fmt: skip


def tempo(dice: random.Random, _detail: str) -> tuple[str, str]:
    """A tempo with its unit, or without: "140bpm", "one-forty", "128.5 BPM", "a hundred and twenty"."""
    number = dice.choice(_TEMPOS)
    if dice.random() < 0.06:
        return f"{number}.5{dice.choice((' bpm', 'bpm', ''))}", f"{number}.5"
    way = dice.random()
    if way < 0.8:
        unit = dice.choice(
            (" bpm", " bpm", " bpm", "bpm", "bpm", " BPM", "BPM", " Bpm", " beats per minute", "", "", "")
        )
        return f"{number}{unit}", str(number)
    said = _tempo_in_words(dice, number)
    return said + dice.choice(("", "", " bpm", " beats per minute")), str(number)


def nudge(dice: random.Random, _detail: str) -> tuple[str, str]:
    """Some BPM more or fewer, without the unit."""
    number = dice.choice(_NUDGES)
    if number == 2 and dice.random() < 0.5:
        return dice.choice(("a couple of", "a couple")), "2"
    return (_below_hundred(number) if dice.random() < 0.25 else str(number)), str(number)


def interval(dice: random.Random, detail: str) -> tuple[str, str]:
    """A step of pitch, with the detail "down" a negative one: "a whole step" is 2."""
    said, semitones = dice.choice(_INTERVALS)
    return said, str(-semitones if detail == "down" else semitones)


def lasting(dice: random.Random, _detail: str) -> tuple[str, str]:
    """How long a song lasts: "two and a half minutes", "2:30", "90s"."""
    minutes = dice.choice((1, 2, 2, 3, 3, 4, 5))
    seconds = minutes * 60
    ways = [
        (f"{minutes}:30", seconds + 30), (f"{minutes}:15", seconds + 15), (f"{minutes}:45", seconds + 45),
        (f"{minutes}:00", seconds), (f"{minutes}.5 minutes", seconds + 30), (f"{seconds}s", seconds),
        (f"{seconds} secs", seconds), (f"{seconds} sec", seconds), (f"{minutes} mins", seconds),
        (f"{seconds + 30} seconds", seconds + 30), (f"{minutes} and a half minutes", seconds + 30),
        ("half a minute", 30), ("a minute", 60), ("a minute and a half", 90), ("ninety seconds", 90),
        ("sixty seconds", 60), ("thirty seconds", 30), ("45 seconds", 45), ("30 seconds", 30),
    ]  # fmt: skip
    if minutes > 1:
        word = _ONES[minutes]
        ways += [(f"{word} and a half minutes", seconds + 30), (f"{word} minutes", seconds), (f"{word} mins", seconds)]
    said, means = dice.choice(ways)
    return said, str(means)


def long(dice: random.Random, _detail: str) -> tuple[str, str]:
    """A length before a noun: "90-second", "two and a half minute"."""
    minutes = dice.choice((1, 2, 2, 3, 3, 4, 5))
    ways = [
        (f"{minutes} min", minutes * 60), (f"{minutes}-min", minutes * 60), (f"{minutes * 60}-second", minutes * 60),
        (f"{minutes}:30", minutes * 60 + 30), (f"{_ONES[minutes]}-minute", minutes * 60), ("30 second", 30),
        (f"{minutes}.5 minute", minutes * 60 + 30), ("ninety second", 90), ("45 second", 45), ("60 sec", 60),
        (f"{_ONES[minutes]} and a half minute", minutes * 60 + 30),
    ]  # fmt: skip
    said, means = dice.choice(ways)
    return said, str(means)


def song_bars(dice: random.Random, _detail: str) -> tuple[str, str]:
    """How many bars a whole song has."""
    number = dice.choice((8, 16, 24, 32, 32, 40, 48, 64, 64, 72, 80, 96, 100, 112, 128))
    said = _below_hundred(number) if number < 100 and dice.random() < 0.2 else str(number)
    return said, str(number)


def cast(dice: random.Random, _detail: str) -> tuple[str, str]:
    """Two or three parts: "drums and bass"."""
    return _listed(dice, [dice.choice(names) for names in dice.sample(_PARTS, dice.choice((2, 2, 3)))])


def part(dice: random.Random, _detail: str) -> tuple[str, str]:
    """One part of a cast, as said."""
    said = dice.choice(dice.choice(_PARTS))
    return said, said


def moods(dice: random.Random, _detail: str) -> tuple[str, str]:
    """Two moods in one: "dark and moody", "sad but hopeful"."""
    one, other = dice.sample(MOODS, 2)
    said = f"{one}{dice.choice((' and ', ' and ', ' but ', ', ', ' & ', ', '))}{other}"
    return said, said


def form(dice: random.Random, _detail: str) -> tuple[str, str]:
    """A form: "intro 8 verse 16 hook 8", "an 8 bar intro, then a 16 bar verse and a hook"."""
    names = dice.choice(_FORMS).split()
    kinds = dict(_SECTIONS)
    style = dice.choice(("plain", "after", "before", "before", "words", "mixed"))
    bars = [0 if style == "plain" or (style == "mixed" and dice.random() < 0.4) else _bars(dice) for _ in names]
    means = ", ".join(
        f"{kinds[name]} {count}" if count else str(kinds[name]) for name, count in zip(names, bars, strict=True)
    )
    joint = dice.choice((", ", ", ", " then ", " - ", ", then ", " > "))
    unit = dice.choice((" bar", " bars", "-bar", " bars of"))
    said = [_section_said(name, count, style, unit) for name, count in zip(names, bars, strict=True)]
    if joint == ", " and dice.random() < 0.3:
        return f"{', '.join(said[:-1])} and {said[-1]}", means
    if style in {"after", "plain"} and dice.random() < 0.4:
        joint = " "
    return joint.join(said), means


def _section_said(name: str, bars: int, style: str, unit: str) -> str:
    if not bars:
        return name
    if style == "after":
        return f"{name} {bars}"
    number = _below_hundred(bars) if style == "words" else str(bars)
    return f"{number}{unit} {name}"


def _bars(dice: random.Random) -> int:
    return dice.choice((2, 4, 4, 8, 8, 8, 8, 12, 16, 16, 16, 24, 32))


def _listed(dice: random.Random, names: list[str]) -> tuple[str, str]:
    """Things one after the other, and the same written down as in a call: as said."""
    last = dice.choice((" and ", " and ", " & ", " + ", ", "))
    said = f"{', '.join(names[:-1])}{last}{names[-1]}"
    return said, said


def _tempo_in_words(dice: random.Random, number: int) -> str:
    if number < 100:
        return _below_hundred(number)
    rest = number - 100
    if not rest:
        return dice.choice(("a hundred", "one hundred"))
    if rest < 10:
        return dice.choice((f"one oh {_ONES[rest]}", f"a hundred and {_ONES[rest]}"))
    words = _below_hundred(rest)
    return dice.choice(
        (f"one {words}", f"one-{words}", f"a hundred and {words}", f"one hundred {words}", f"one {words}")
    )


def _below_hundred(number: int) -> str:
    if number < 17:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]}teen".replace("eightteen", "eighteen")
    tens, unit = divmod(number, 10)
    return _TENS[tens - 2] + (f" {_ONES[unit]}" if unit else "")


def _one_of(options: tuple[str, ...]) -> Way:
    def way(dice: random.Random, _detail: str) -> tuple[str, str]:
        said = dice.choice(options)
        return said, said

    return way


def scene(dice: random.Random, _detail: str) -> tuple[str, str]:
    """A scene that a song is to be like: "a chase through the streets"; without its article in a call."""
    said = dice.choice(talk_words.SCENES)
    return said, said.removeprefix("a ").removeprefix("an ").removeprefix("the ")


WAYS: Final[Mapping[str, Way]] = {
    "tempo": tempo, "nudge": nudge, "interval": interval, "lasting": lasting, "long": long, "total": song_bars,
    "cast": cast, "castpart": part, "form": form, "moods": moods, "scene": scene,
    "source": _one_of(talk_words.SOURCES), "artist": _one_of(talk_words.ARTISTS),
    "context": _one_of(talk_words.CONTEXTS), "story": _one_of(talk_words.STORIES), "coda": _one_of(talk_words.CODAS),
}  # fmt: skip
"""The ways by the name of their slot."""
