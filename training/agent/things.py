"""Things as sentences name them: with the article they take, by their number, by what they are like."""

import random
from typing import Final

from loopmind_chat.song.vocabulary import ROLE_SYNONYMS, Role
from training.agent import words

SaidAndMeant = tuple[str, str]
_COUNTED: Final = (
    ("first", "1st", "one"),
    ("second", "2nd", "two"),
    ("third", "3rd", "three"),
    ("fourth", "4th", "four"),
)
_USUAL_COUNT: Final = 3
"""Suggestions that are made where nobody says how many."""


def thing(dice: random.Random, detail: str) -> SaidAndMeant:
    """A flute, some strings, an 808; it means the thing alone. ``detail``: "instrument", "sound", or either."""
    named = {"instrument": words.INSTRUMENTS, "sound": words.SOUNDS}.get(detail, words.INSTRUMENTS + words.SOUNDS)
    means = dice.choice(named)
    return with_article(dice, means), means


def member(dice: random.Random, detail: str) -> SaidAndMeant:
    """A role as a new part of the song: "a bass", "some percussion". ``detail``: the roles that it may be."""
    role = Role(dice.choice(detail.split(","))) if detail else dice.choice(list(Role))
    called = [word for word, other in ROLE_SYNONYMS.items() if other is role and not word.startswith("effect")]
    # "add an effect" asks for no loop of effects
    return with_article(dice, dice.choice([str(role), str(role), *called])), str(role)


def likeness(dice: random.Random, _detail: str) -> SaidAndMeant:
    """What something sounds like: "a broken piano", which means it without its article."""
    said = dice.choice(words.LIKENESSES)
    return said, said.split(" ", 1)[1]


def pick(dice: random.Random, detail: str) -> SaidAndMeant:
    """One of suggestions that were numbered; ``detail``: how many there were, or three."""
    count = int(detail or _USUAL_COUNT)
    place = dice.randrange(count)
    ordinal, short, spelt = _COUNTED[place]
    names = [f"the {ordinal}", f"the {ordinal} one", f"the {short}", f"the {short} one", f"number {place + 1}"]
    names += [f"number {spelt}", f"no. {place + 1}", f"option {place + 1}", f"option {spelt}", f"#{place + 1}"]
    if place == count - 1:
        names += ["the last one", "the last", "the final one", "the bottom one"] * 2
    elif place == 0:
        names += ["the top one", "the very first one"]
    elif count == _USUAL_COUNT:
        names += ["the middle one"]
    return dice.choice(names), str(place + 1)


def with_article(dice: random.Random, named: str) -> str:
    """The name of a thing as it follows "add" or "for"."""
    many = named.endswith("s") and not named.endswith(("bass", "ss"))
    if many or named.endswith(tuple(words.UNCOUNTED)):
        return dice.choice((named, f"some {named}"))
    return f"an {named}" if named[0] in "aeio8" else f"a {named}"
