"""Articles and verbs that agree with the nouns which slots have put beside them: "an organ", "the drums are"."""

import re
from typing import Final

_PLURALS: Final = (
    "drums|beats|percs|keys|chords|leads|melodies|pads|vocals|voices|effects|hats|stabs|bells|strings|adlibs|808s|"
    "hooks|choruses|refrains|verses|intros|outros|bridges|breakdowns|breaks|builds|buildups|drops|solos|endings|"
    "bagpipes|steel drums|prechoruses|synths|samples|plucks|guitars|lyrics"
)
_THINGS: Final = r"(?! (?:loop|sample|track|sound|part|pattern|line|section|solo|fill|break|layer|one|thing)s?\b)"
_VERBS: Final = {
    "is": "are", "was": "were", "isn't": "aren't", "wasn't": "weren't", "doesn't": "don't", "does": "do", "has": "have",
    "needs": "need", "sounds": "sound", "feels": "feel", "seems": "seem", "wants": "want", "bores": "bore",
    "clashes": "clash", "sucks": "suck", "stays": "stay", "gets": "get", "plays": "play", "lacks": "lack",
    "drags": "drag", "goes": "go", "hits": "hit", "comes": "come", "starts": "start", "lasts": "last", "works": "work",
    "slaps": "slap", "kills": "kill", "ruins": "ruin", "bangs": "bang", "knocks": "knock",
}  # fmt: skip
_AFTER_NOUN: Final = re.compile(rf"\b((?:the|my|those|these|both|all) (?:\w+ )?(?:{_PLURALS})) ({'|'.join(_VERBS)})\b")
_BEFORE_NOUN: Final = re.compile(rf"\b(is|was|does|has|isn't|doesn't)( the (?:{_PLURALS}))\b{_THINGS}")
_NO_ADJECTIVE: Final = r"(?:on|in|to|for|of|after|before|with|and|the|from|into|over|bit|little) "
_ONE_OF_MANY: Final = re.compile(rf"\b(?:a|an) ((?:(?!{_NO_ADJECTIVE})[\w-]+ ){{0,3}}(?:{_PLURALS}))\b{_THINGS}")
_POINTED_AT: Final = re.compile(rf"\b(this|that) ((?:{_PLURALS}))\b{_THINGS}")
_ARTICLE: Final = re.compile(r"\b(a|an) (?=(\S+))")
_LIKE_CONSONANTS: Final = re.compile(r"u(?:k\b|ku|n[is]|se|til|\b)|eu|one\b|once\b", re.IGNORECASE)
_LIKE_VOWELS: Final = re.compile(r"[aeiou]|8|1[18]\b|(?:r&b|rnb|mp3|fx|mc|lfo|hour|honest|sfx|x\b)", re.IGNORECASE)


def agreeing(sentence: str) -> str:
    """The sentence with "a" or "an" as the next word wants, and with the plural where the noun is one."""
    said = _ONE_OF_MANY.sub(r"some \1", sentence)
    said = _POINTED_AT.sub(lambda match: f"{'these' if match[1] == 'this' else 'those'} {match[2]}", said)
    said = _AFTER_NOUN.sub(lambda match: f"{match[1]} {_VERBS[match[2]]}", said)
    said = _BEFORE_NOUN.sub(lambda match: f"{_VERBS[match[1]]}{match[2]}", said)
    return _ARTICLE.sub(lambda match: f"{_article(match[2])} ", said)


def _article(following: str) -> str:
    if _LIKE_CONSONANTS.match(following):
        return "a"
    return "an" if _LIKE_VOWELS.match(following) else "a"
