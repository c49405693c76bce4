"""How people really type: courtesies, fillers, slang, telegrams, slips of the finger. What is asked stays."""

import random
import re
from collections.abc import Callable, Collection
from typing import Final

from loopmind_chat.compose.wording import word_set
from training.agent import habits
from training.agent.agreement import agreeing

CLEAN: Final = 0.6
"""Share of sentences that stay as they are but for a capital and a full stop."""
_AGREES: Final = 0.92
_KINDS_MAX: Final = 3
_SPARED: Final = 0.6
_TYPO_MIN: Final = 4
_NUMBER: Final = re.compile(r"\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen|half|minus)$")
_NEEDS_ARTICLE: Final = word_set("bit little lot touch tad hair smidge minor min major maj flat sharp few sec")
_ARTICLES: Final = frozenset({"the", "a", "an"})
_ARTICLE_TELLS: Final = word_set("put place stick i we do play")
"""Verbs whose meaning lies in the article: "put a hook after the verse" adds, "put the hook after the verse" moves."""

Kept = Collection[str]
"""Words, in lower case, whose spelling the wanted answer depends on."""


def as_typed(dice: random.Random, sentence: str, kept: Kept) -> str:
    """The sentence as somebody types it; most sentences are typed with care."""
    said = agreeing(sentence) if dice.random() < _AGREES else sentence
    if dice.random() < CLEAN:
        return _careful(dice, said)
    rough = said
    for _ in range(4):
        kinds = dice.choices(_KINDS, _SHARES, k=dice.randint(1, _KINDS_MAX))
        for kind in sorted(set(kinds), key=_KINDS.index):
            rough = kind(dice, rough, kept)
        if rough != said:
            break
    return rough


def _careful(dice: random.Random, sentence: str) -> str:
    if dice.random() < 0.3:
        sentence = sentence[:1].upper() + sentence[1:]
        if dice.random() < 0.5 and sentence[-1].isalnum():
            sentence += "."
    return sentence


def _introduced(dice: random.Random, sentence: str, _kept: Kept) -> str:
    if _is_imperative(sentence) and dice.random() < 0.7:
        return f"{dice.choice(habits.BEFORE_REQUEST)} {sentence}"
    return f"{dice.choice(habits.BEFORE)} {sentence}"


def _in_context(dice: random.Random, sentence: str, _kept: Kept) -> str:
    return f"{dice.choice(habits.CONTEXTS)} {sentence}"


def _closed(dice: random.Random, sentence: str, _kept: Kept) -> str:
    ends = habits.AFTER_REQUEST if _is_imperative(sentence) and dice.random() < 0.6 else habits.AFTER
    end = dice.choice(ends)
    if not end[0].isalnum():
        return f"{sentence.rstrip('.?!,')}{end}"
    return f"{sentence}{dice.choice((' ', ' ', ', '))}{end}" if sentence[-1].isalnum() else f"{sentence} {end}"


def _hesitating(dice: random.Random, sentence: str, kept: Kept) -> str:
    """A filler between two words that are not both of one name."""
    words = sentence.split(" ")
    gaps = [n for n in range(1, len(words)) if not (_is_kept(words[n - 1], kept) or _is_kept(words[n], kept))]
    if not gaps:
        return sentence
    place = dice.choice(gaps)
    filler = dice.choice(habits.FILLERS)
    said = dice.choice((filler, filler, f"{filler},"))
    return " ".join([*words[:place], said, *words[place:]])


def _in_slang(dice: random.Random, sentence: str, kept: Kept) -> str:
    said = f" {sentence} "
    for long, short in habits.SLANG.items():
        if long not in kept and dice.random() < 0.6:
            said = re.sub(rf"(?i)(?<=\s){re.escape(long)}(?=[\s,.?!])", dice.choice(short), said)
    return said.strip()


def _as_telegram(dice: random.Random, sentence: str, _kept: Kept) -> str:
    """Without articles and most small words, as in a telegram or from someone who learns the language."""
    words = sentence.split(" ")
    tells = words[0].lower() in _ARTICLE_TELLS
    left = [
        word
        for word, following in zip(words, [*words[1:], ""], strict=True)
        if word not in habits.DROPPED
        or (tells and word in _ARTICLES)
        or following in _NEEDS_ARTICLE
        or following == ""
        or (word not in {"the", "some"} and _NUMBER.search(following))
        or dice.random() < (0.1 if word in _ARTICLES else 0.5)
    ]
    return " ".join(left) if len(left) > 1 else sentence


def _without_apostrophes(_dice: random.Random, sentence: str, _kept: Kept) -> str:
    return sentence.replace("'", "").replace("\u2019", "")


def _cased(dice: random.Random, sentence: str, _kept: Kept) -> str:
    way = dice.random()
    if way < 0.45:
        return sentence.lower()
    if way < 0.75:
        return sentence[:1].upper() + sentence[1:]
    return sentence.upper() if way < 0.93 else " ".join(word[:1].upper() + word[1:] for word in sentence.split(" "))


def _punctuated(dice: random.Random, sentence: str, _kept: Kept) -> str:
    """No punctuation at all, as dictated; or a lot of it."""
    if dice.random() < 0.5:
        return re.sub(r"[,;:!?]+(?=\s|$)|\.+(?=\s|$)", "", sentence).strip() or sentence
    if dice.random() < 0.5:
        return f"{sentence.rstrip('.?!')}{dice.choice(('!!!', '???', '....', '!?', '…', ' !!', ' ??', '!!1'))}"
    return re.sub(r" (?=(?:and|then|but|so|please) )", dice.choice((", ", "... ", " - ")), sentence)


def _stretched(dice: random.Random, sentence: str, kept: Kept) -> str:
    words = sentence.split(" ")
    for place, word in enumerate(words):
        if word.lower() in habits.STRETCHED and not _is_kept(word, kept) and dice.random() < 0.7:
            drawn = word[:1] + word[1] * 3 + word[2:] if word in {"way", "yeah", "hey"} else word
            words[place] = drawn if drawn != word else word + word[-1] * dice.randint(2, 4)
    return " ".join(words)


def _with_emoji(dice: random.Random, sentence: str, _kept: Kept) -> str:
    return f"{sentence} {dice.choice(habits.EMOJI) * dice.choice((1, 1, 1, 2, 3))}"


def _repeated(dice: random.Random, sentence: str, kept: Kept) -> str:
    words = sentence.split(" ")
    places = [n for n, word in enumerate(words) if word.isalpha() and not _is_kept(word, kept)]
    if not places or len(words) == 1:
        return sentence
    place = dice.choice(places)
    return " ".join([*words[: place + 1], *words[place:]])


def _misheard(dice: random.Random, sentence: str, kept: Kept) -> str:
    """One word for another that sounds alike, or spelt as across the ocean."""
    table = dice.choice((habits.SOUNDALIKES, habits.SOUNDALIKES, habits.SPELLINGS))
    words = sentence.split(" ")
    places = [n for n, word in enumerate(words) if word in table and not _is_kept(word, kept)]
    if places:
        place = dice.choice(places)
        words[place] = table[words[place]]
    return " ".join(words)


def _spaced(dice: random.Random, sentence: str, kept: Kept) -> str:
    """A space too few ("makeit") or too many ("lou der")."""
    words = sentence.split(" ")
    free = [n for n, word in enumerate(words) if word.isalpha() and not _is_kept(word, kept)]
    pairs = [n for n in free if n + 1 in free]
    long = [n for n in free if len(words[n]) > _TYPO_MIN]
    if pairs and (dice.random() < 0.6 or not long):
        place = dice.choice(pairs)
        return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])
    if not long:
        return sentence
    place = dice.choice(long)
    cut = dice.randint(2, len(words[place]) - 2)
    words[place] = f"{words[place][:cut]} {words[place][cut:]}"
    return " ".join(words)


def misspelt(dice: random.Random, sentence: str, kept: Kept) -> str:
    """The sentence with one slip of the finger, or two; seldom in the words that are kept, for those can be mended."""
    words = sentence.split(" ")
    spared = kept if dice.random() < _SPARED else ()
    places = [
        n for n, word in enumerate(words) if len(word) >= _TYPO_MIN and word.isalpha() and word.lower() not in spared
    ]
    for place in dice.sample(places, min(dice.choice((1, 1, 1, 2)), len(places))):
        words[place] = _slip(dice, words[place])
    return " ".join(words)


def _slip(dice: random.Random, word: str) -> str:
    place = dice.randrange(1, len(word))
    match dice.randrange(6):
        case 0:  # two letters change places
            place = min(place, len(word) - 2)
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case 1:
            return word[:place] + word[place + 1 :]
        case 2:
            return word[:place] + word[place] + word[place:]
        case 3:  # vowels left out
            return (
                word[0] + re.sub(r"[aeiou](?!$)", "", word[1:])
                if len(word) > _TYPO_MIN
                else word[:place] + word[place + 1 :]
            )
        case 4:  # the finger hits two keys
            near = habits.NEIGHBOURS.get(word[place].lower(), "")
            return word[:place] + (dice.choice(near) if near else "") + word[place:]
        case _:
            near = habits.NEIGHBOURS.get(word[place].lower(), word[place])
            return word[:place] + dice.choice(near) + word[place + 1 :]


def _is_imperative(sentence: str) -> bool:
    words = [*re.split(r"[^\w']+", sentence.lower()), ""]
    return words[0] in habits.VERBS and words[1] not in {"you", "i", "we", "they", "people", "producers"}


def _is_kept(word: str, kept: Kept) -> bool:
    return word.lower().strip(",.?!\"'") in kept or not word.isascii() or "@" in word


_NOISE: Final[dict[Callable[[random.Random, str, Kept], str], float]] = {
    _as_telegram: 1.4, _in_slang: 1.3, _misheard: 0.5, misspelt: 2.2, _spaced: 0.5, _hesitating: 1.0, _repeated: 0.3,
    _stretched: 0.7, _without_apostrophes: 1.0, _introduced: 2.6, _in_context: 1.1, _closed: 2.2, _punctuated: 1.0,
    _with_emoji: 0.5, _cased: 1.6,
}  # fmt: skip
_KINDS: Final = (*_NOISE,)
_SHARES: Final = (*_NOISE.values(),)
