"""The amounts in a sentence: "140", "one forty", "minus six dB", "two and a half minutes", "an octave".

Numbers are copied into calls, never spelt by the model: what is not found here cannot be written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from loopmind_chat.song.find import section_kind

_UNITS: Final = {
    "bpm": ("bpm", 1.0), "bpms": ("bpm", 1.0), "db": ("db", 1.0), "dbs": ("db", 1.0), "decibel": ("db", 1.0),
    "decibels": ("db", 1.0), "dee-bees": ("db", 1.0), "bar": ("bars", 1.0), "bars": ("bars", 1.0),
    "measure": ("bars", 1.0), "measures": ("bars", 1.0), "beat": ("beats", 1.0), "beats": ("beats", 1.0),
    "s": ("seconds", 1.0), "sec": ("seconds", 1.0), "secs": ("seconds", 1.0), "second": ("seconds", 1.0),
    "seconds": ("seconds", 1.0), "m": ("seconds", 60.0), "min": ("seconds", 60.0), "mins": ("seconds", 60.0),
    "minute": ("seconds", 60.0), "minutes": ("seconds", 60.0), "%": ("share", 0.01), "percent": ("share", 0.01),
    "per cent": ("share", 0.01), "pct": ("share", 0.01), "semitone": ("semitones", 1.0),
    "semitones": ("semitones", 1.0), "semis": ("semitones", 1.0), "half-step": ("semitones", 1.0),
    "half-steps": ("semitones", 1.0), "half-tone": ("semitones", 1.0), "half-tones": ("semitones", 1.0),
    "whole-step": ("semitones", 2.0), "whole-steps": ("semitones", 2.0), "whole-tone": ("semitones", 2.0),
    "whole-tones": ("semitones", 2.0), "tone": ("semitones", 2.0), "tones": ("semitones", 2.0),
    "octave": ("semitones", 12.0), "octaves": ("semitones", 12.0),
}  # fmt: skip
_ALONE: Final = {
    "half-step": ("semitones", 1.0), "half-tone": ("semitones", 1.0), "whole-step": ("semitones", 2.0),
    "whole-tone": ("semitones", 2.0), "octave": ("semitones", 12.0), "semitone": ("semitones", 1.0),
    "minor-third": ("semitones", 3.0), "major-third": ("semitones", 4.0), "perfect-fifth": ("semitones", 7.0),
    "perfect-fourth": ("semitones", 5.0), "tritone": ("semitones", 6.0), "half": ("", 0.5), "halfway": ("share", 0.5),
    "quarter": ("share", 0.25), "full": ("share", 1.0), "fully": ("share", 1.0), "max": ("share", 1.0),
    "maximum": ("share", 1.0), "completely": ("share", 1.0), "all-the-way": ("share", 1.0), "couple": ("", 2.0),
    "dozen": ("", 12.0),
}  # fmt: skip
"""Words that are an amount without a number before them."""
_WITH_ARTICLE: Final = {
    "fifth": ("semitones", 7.0), "fourth": ("semitones", 5.0), "third": ("share", 0.33), "bar": ("bars", 1.0),
    "measure": ("bars", 1.0), "beat": ("beats", 1.0), "minute": ("seconds", 60.0), "tone": ("semitones", 2.0),
    "step": ("semitones", 2.0), "db": ("db", 1.0), "decibel": ("db", 1.0),
}  # fmt: skip
"""Words that are an amount after "a": "up a fifth", "a minute of techno"."""
_PHRASES: Final = (
    (re.compile(r"\b([LR]) ?(\d{1,3})\b"), r"\2 \1"),
    (re.compile(r"\bbeats (?:per|a|/) ?min(?:ute)?\b", re.IGNORECASE), "bpm"),
    (re.compile(r"\bhalf a (step|tone)\b", re.IGNORECASE), r"half-\1"),
    (re.compile(r"\bfull (step|tone)s?\b", re.IGNORECASE), r"whole-\1"),
    (re.compile(r"\b(half|whole)[\s-]+(steps?|tones?)\b", re.IGNORECASE), r"\1-\2"),
    (re.compile(r"\bsemi[\s-]tone", re.IGNORECASE), "semitone"),
    (re.compile(r"\b(minor|major) third\b", re.IGNORECASE), r"\1-third"),
    (re.compile(r"\bperfect (fourth|fifth)\b", re.IGNORECASE), r"perfect-\1"),
    (re.compile(r"\ball the way\b", re.IGNORECASE), "all-the-way"),
    (re.compile(r"\bper cent\b", re.IGNORECASE), "percent"),
)
_ONES: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_TEENS: Final = 10
_MINUTE: Final = 60.0
_PARTS: Final = {"half": 0.5, "quarter": 0.25, "third": 0.33, "quarters": 0.25, "thirds": 0.33}
_MACHINES: Final = {303.0, 606.0, 707.0, 808.0, 909.0}
"""Numbers that are instruments."""
_TOKEN: Final = re.compile(
    r"(?P<clock>(?<![\d:.])\d{1,2}:[0-5]\d(?!\d))"
    r"|(?P<sign>(?<![\w)])[-\u2212+](?=\d))?(?<![\w@#.])(?P<number>\d{1,6}(?:[.,]\d{1,3})?)(?P<percent>\s?%)?"
    r"(?P<of>\s?(?:/|out of)\s?(?:10|ten)\b)?"
    r"|(?P<word>[^\W\d_]+(?:['\u2019-][^\W\d_]+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit, as said."""

    value: float
    unit: str = ""
    """bpm, db, bars, beats, seconds, share, semitones, seed, or "" where none was said."""
    signed: bool = False
    """Whether its sign was said: "-6 dB", "minus six", "+3"."""


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    """In lower case; "" for a number in digits."""
    measure: Measure | None = None
    before: str = ""
    """The word right before it."""


def measures_of(sentence: str) -> tuple[Measure, ...]:
    """The amounts that a sentence names, each once, in order."""
    for pattern, better in _PHRASES:
        sentence = pattern.sub(better, sentence)
    return tuple(dict.fromkeys(_measures(_tokens(sentence))))


def ordinals_of(sentence: str) -> tuple[int, ...]:
    """The places in a list that a sentence names: "the second one", "number 3", "option two"; the last is -1."""
    found = [_ORDINALS[word] for word in re.findall(r"[a-z0-9]+", sentence.lower()) if word in _ORDINALS]
    return tuple(dict.fromkeys(found))


_ORDINALS: Final = {
    "first": 1, "1st": 1, "1": 1, "one": 1, "second": 2, "2nd": 2, "2": 2, "two": 2, "third": 3, "3rd": 3, "3": 3,
    "three": 3, "fourth": 4, "4th": 4, "4": 4, "four": 4, "fifth": 5, "5th": 5, "5": 5, "five": 5, "last": -1,
    "final": -1, "a": 1, "b": 2, "c": 3,
}  # fmt: skip


def _tokens(sentence: str) -> list[_Token]:
    tokens: list[_Token] = []
    word_before = ""
    for match in _TOKEN.finditer(sentence):
        if match["word"] is not None:
            words = match["word"].lower().replace("\u2019", "'")
            parts = [words] if words in _UNITS or words in _ALONE else words.split("-")
            tokens += [_Token(part) for part in parts]
            word_before = parts[-1]
            continue
        tokens.append(_Token("", _in_digits(match), word_before if sentence[match.start() - 1 :][:1].isspace() else ""))
        word_before = ""
    return tokens


def _in_digits(match: re.Match[str]) -> Measure:
    if match["clock"]:
        minutes, seconds = match["clock"].split(":")
        return Measure(int(minutes) * _MINUTE + int(seconds), "seconds")
    value = float(match["number"].replace(",", "."))
    if match["of"]:
        return Measure(value / 10.0, "share")
    if match["percent"]:
        value, unit = value / 100.0, "share"
    else:
        unit = ""
    sign = (match["sign"] or "").strip()
    return Measure(-value if sign in {"-", "\u2212"} else value, unit, signed=bool(sign))


def _measures(tokens: Sequence[_Token]) -> Iterator[Measure]:
    place = 0
    while place < len(tokens):
        found, used = _measure_at(tokens, place)
        if found is not None:
            yield found
        place += used


def _measure_at(tokens: Sequence[_Token], place: int) -> tuple[Measure | None, int]:
    """The amount that begins at a token, and how many tokens it takes; (None, 1) where none does."""
    token = tokens[place]
    minus = token.word in {"minus", "negative"}
    if minus and place + 1 < len(tokens):
        inner, used = _measure_at(tokens, place + 1)
        if inner is not None and not inner.signed:
            return Measure(-inner.value, inner.unit, signed=True), used + 1
        return None, 1
    number, used = _number_at(tokens, place)
    if number is None:
        return _alone(tokens, place)
    number, used = _with_part(tokens, place, number, used)
    return _with_unit(tokens, place, number, used)


def _number_at(tokens: Sequence[_Token], place: int) -> tuple[Measure | None, int]:
    token = tokens[place]
    if token.measure is not None:
        return token.measure, 1
    value, used = _spelt([t.word for t in tokens[place : place + 6]])
    return (Measure(float(value)), used) if used else (None, 1)


def _with_part(tokens: Sequence[_Token], place: int, number: Measure, used: int) -> tuple[Measure, int]:
    """With what makes it a broken number: "two and a half", "three quarters"."""
    words = [t.word for t in tokens[place + used : place + used + 3]]
    if words == ["and", "a", "half"]:
        return Measure(number.value + 0.5, number.unit, number.signed), used + 3
    if words[:1] and words[0] in {"quarters", "thirds"}:
        return Measure(round(number.value * _PARTS[words[0]], 2), "share"), used + 1
    return number, used


def _with_unit(tokens: Sequence[_Token], place: int, number: Measure, used: int) -> tuple[Measure | None, int]:
    if number.unit:
        return number, used
    after = tokens[place + used].word if place + used < len(tokens) else ""
    before = tokens[place].before or (tokens[place - 1].word if place else "")
    if number.value in _MACHINES and after in {"", "s"}:
        return None, used + (after == "s")  # "the 808s"
    if after in _UNITS:
        unit, factor = _UNITS[after]
        used += 1
        half = [t.word for t in tokens[place + used : place + used + 3]] == ["and", "a", "half"]
        value = number.value + 0.5 if half else number.value  # "two minutes and a half"
        return Measure(value * factor, unit, number.signed), used + 3 * half
    if before in {"seed", "bar"}:
        return Measure(number.value, {"seed": "seed", "bar": "bars"}[before]), used
    spelt_one = tokens[place].word == "one" and used == 1
    if spelt_one or number.value in _MACHINES or section_kind(before) is not None:
        return None, used  # "another one", "the 808", "hook 2": no amounts
    return number, used


def _alone(tokens: Sequence[_Token], place: int) -> tuple[Measure | None, int]:
    word = tokens[place].word
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if word == "half" and following in {"a", "an"} and place + 2 < len(tokens):
        unit, factor = _UNITS.get(tokens[place + 2].word, ("", 1.0))
        if unit:
            return Measure(0.5 * factor, unit), 3
    if word in _ALONE:
        unit, value = _ALONE[word]
        used = 1
        if word in {"couple", "dozen"}:
            skip = 2 if following == "of" else 1
            return _with_unit(tokens, place, Measure(value), skip)
        return Measure(value, unit), used
    if word in {"a", "an"} and following in _WITH_ARTICLE:
        unit, value = _WITH_ARTICLE[following]
        return Measure(value, unit), 2
    return None, 1


def _spelt(words: Sequence[str]) -> tuple[int, int]:
    """The number that the words begin with, and how many words it takes; (0, 0) where they begin with none."""
    if list(words[:2]) == ["a", "hundred"]:
        words = ["one", *words[1:]]
    value, used = _below_hundred(words)
    if not used:
        return 0, 0
    rest = words[used:]
    if rest[:1] == ["hundred"]:
        skip = 2 if rest[1:2] == ["and"] else 1
        tail, tail_used = _below_hundred(rest[skip:])
        return (value * 100 + tail, used + skip + tail_used) if tail_used else (value * 100, used + 1)
    if rest[:1] == ["oh"] and _ONES.get(rest[1] if len(rest) > 1 else "", 99) < _TEENS:
        return value * 100 + _ONES[rest[1]], used + 2  # "one oh five"
    tail, tail_used = _below_hundred(rest)
    if tail_used and tail >= _TEENS and 1 <= value <= 2:  # noqa: PLR2004 - "one forty", "two ten": a tempo in two numbers
        return value * 100 + tail, used + tail_used
    return value, used


def _below_hundred(words: Sequence[str]) -> tuple[int, int]:
    if not words:
        return 0, 0
    if words[0] in _ONES:
        return _ONES[words[0]], 1
    if words[0] not in _TENS:
        return 0, 0
    if len(words) > 1 and 1 <= _ONES.get(words[1], 0) < _TEENS:  # "ninety two"
        return _TENS[words[0]] + _ONES[words[1]], 2
    return _TENS[words[0]], 1
