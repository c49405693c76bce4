"""How people really type: courtesies, fillers, slips of the finger, no capitals."""

import random
from typing import Final

_BEFORE: Final = (
    "please", "can you", "could you", "hey,", "ok", "okay,", "ok now", "now", "alright,", "yo,", "yo", "pls", "so",
    "and", "can u", "could you please", "i want you to", "let's", "maybe", "hmm,", "also", "then", "just", "well,",
    "would you", "i'd like you to", "bro,", "dude,", "hi,", "right,", "oh and", "next,", "please can you", "lets",
    "wait,", "one more thing:", "i think you should", "you could", "would you mind:", "kindly", "gonna need you to",
)  # fmt: skip
_AFTER: Final = (
    "please", "pls", "plz", "thanks", "thx", "for me", "now", "ok?", "if you can", "bro", "man", "my friend", "mate",
    "asap", "real quick", "would ya", "haha", "lol", "cheers", "if possible", "right now", "i think", "maybe", "!",
    "!!", "...", ".", ".", ".", "?", "will you", "for a change", "i guess", "yeah?", "or so",
)  # fmt: skip
_SHORT: Final = {
    "you": "u", "please": "plz", "your": "ur", "are": "r", "to": "2", "for": "4", "with": "w/", "and": "n",
    "something": "smth", "because": "bc", "really": "rly", "okay": "k", "the": "da", "that": "dat", "going to": "gonna",
    "want to": "wanna", "give me": "gimme", "volume": "vol", "drums": "drumz", "section": "sec", "without": "w/o",
}  # fmt: skip
_NEIGHBOURS: Final = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_TYPO_MIN: Final = 4


def dressed(dice: random.Random, sentence: str) -> str:
    """The sentence with courtesies and fillers, as often as people use them; what it asks stays."""
    said = sentence
    if dice.random() < 0.22:
        said = f"{dice.choice(_BEFORE)} {said}"
    if dice.random() < 0.2:
        after = dice.choice(_AFTER)
        said = f"{said}{after}" if after[0] in ".!?" else f"{said} {after}"
    if dice.random() < 0.2:
        said = said[:1].upper() + said[1:]
    if dice.random() < 0.08:
        said = said.lower()
    if dice.random() < 0.03:
        said = said.upper()
    return said


def misspelt(dice: random.Random, sentence: str, kept: set[str], slips: int) -> str:
    """The sentence with slips of the finger in words other than ``kept`` (lower case)."""
    words = sentence.split(" ")
    open_to = [
        place
        for place, word in enumerate(words)
        if len(word) >= _TYPO_MIN and word.isalpha() and word.lower() not in kept
    ]
    for place in dice.sample(open_to, min(slips, len(open_to))):
        words[place] = _slip(dice, words[place])
    return " ".join(words)


def shortened(dice: random.Random, sentence: str) -> str:
    """The sentence in the short spelling of messages: "u", "plz"."""
    said = f" {sentence} "
    for long, short in _SHORT.items():
        if dice.random() < 0.5:
            said = said.replace(f" {long} ", f" {short} ")
    return said.strip()


def _slip(dice: random.Random, word: str) -> str:
    place = dice.randrange(1, len(word))
    match dice.randrange(4):
        case 0:  # two letters change places
            place = min(place, len(word) - 2)
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case 1:
            return word[:place] + word[place + 1 :]
        case 2:
            return word[:place] + word[place] + word[place:]
        case _:
            near = _NEIGHBOURS.get(word[place].lower(), word[place])
            return word[:place] + dice.choice(near) + word[place + 1 :]
