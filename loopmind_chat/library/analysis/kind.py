"""Loop or one-shot: by words, ACID data and length where they tell, by the shape of the sound where not."""

from collections.abc import Sequence
from typing import Final

from loopmind_chat.library.analysis.names import NameFacts, phrases
from loopmind_chat.library.analysis.role import meanings
from loopmind_chat.library.analysis.role_features import onsets_of, seconds_of
from loopmind_chat.library.analysis.role_model import load_model
from loopmind_chat.library.analysis.spectrum import Floats
from loopmind_chat.library.analysis.tempo import gives_whole_bpm
from loopmind_chat.library.analysis.words import CONTINUOUS_PHRASES, LOOP_PHRASES, ONE_SHOT_PHRASES, PHRASE_WORDS_MAX
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.soundfiles.chunks import Acid

SHORTEST_LOOP_S: Final = 0.35
"""Shorter than two beats at the fastest tempo: never a loop."""
_TOO_SHORT: Final = 8.0
_WHOLE: Final = 1.25
"""A length that is whole bars at a whole tempo, in what has onsets enough."""
_LOOP_WORD: Final = 3.5
_ONE_SHOT_WORD: Final = -4.0
_STRUCK_WORD: Final = -1.5
_STRUCK_TONES: Final = frozenset(("808", "808s"))
"""A bass that is struck like a drum: a short one that nobody calls a loop is a hit."""
_PASSING_WORD: Final = -4.5
"""A riser or an impact is heard once, however long; "Riser 4 Bars" does not go round."""
_CONTINUOUS_WORD: Final = 1.5
_TEMPO_NAMED: Final = 3.0
_BARE_TEMPO: Final = 2.0
_FOLDER_LOOP: Final = 1.0
"""For a folder of "Drum Loops"; one called "Loops" and no more says nothing: people call any folder of sounds that."""
_FOLDER_ONE_SHOT: Final = -1.2
_ACID_ONE_SHOT: Final = -2.0
_STRUCK_LONGEST_S: Final = 2.5
_FEW_ONSETS: Final = 2


def loop_odds(name: NameFacts, features: Floats, acid: Acid | None, *, bare_fits: bool) -> float:
    """Log odds that a sound is a loop, given its ``role_features``.

    ``bare_fits``: a number in its name gives whole bars at its length.
    """
    odds = shape_odds(features) + said_odds(name, features, bare_fits=bare_fits)
    return odds + (_ACID_ONE_SHOT if acid is not None and acid.one_shot else 0.0)


def shape_odds(features: Floats) -> float:
    """Log odds of a loop by the sound alone."""
    return load_model().loop_odds(features) + whole_odds(features)


def whole_odds(features: Floats) -> float:
    """What the length of a sound adds to the log odds of a loop, beside what the model makes of it."""
    seconds = seconds_of(features)
    whole = onsets_of(features) > _FEW_ONSETS and gives_whole_bpm(seconds)
    return (_WHOLE if whole else -_WHOLE) - (_TOO_SHORT if seconds < SHORTEST_LOOP_S else 0.0)


def said_odds(name: NameFacts, features: Floats, *, bare_fits: bool) -> float:
    """What the names of file and folders add to the log odds of a loop."""
    odds = _by_words(name, seconds_of(features))
    if name.explicit_bpm is not None:
        return odds + _TEMPO_NAMED
    return odds + (_BARE_TEMPO if bare_fits else 0.0)


def _by_words(name: NameFacts, seconds: float) -> float:
    struck = [meaning for _, _, meaning in meanings(name.words) if meaning.one_shot]
    goes_on = not CONTINUOUS_PHRASES.isdisjoint(name.words)
    passing = not goes_on and any(meaning.role is Role.FX for meaning in struck)
    odds = _PASSING_WORD if passing else _CONTINUOUS_WORD if goes_on else 0.0
    odds += _going_round(name.words, _LOOP_WORD, _ONE_SHOT_WORD)
    for folder in name.folders[:2]:
        if not LOOP_PHRASES.issuperset(folder):
            odds += _going_round(folder, _FOLDER_LOOP, _FOLDER_ONE_SHOT)
    hit = struck or not _STRUCK_TONES.isdisjoint(name.words)
    return odds + (_STRUCK_WORD if hit and seconds < _STRUCK_LONGEST_S else 0.0)


def _going_round(words: Sequence[str], loop_word: float, one_shot_word: float) -> float:
    found = {phrase for _, _, phrase in phrases(words, PHRASE_WORDS_MAX)}
    loop, one_shot = bool(found & LOOP_PHRASES), bool(found & ONE_SHOT_PHRASES)
    if loop == one_shot:  # "Loops and One Shots" says nothing
        return 0.0
    return loop_word if loop else one_shot_word
