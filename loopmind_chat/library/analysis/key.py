"""The key of a pitched sound, or of a single note its root; doubt is allowed.

The notes that sound (``key_notes``) make profiles (``key_evidence``), which a small network fitted on music of known
key reads from every tonic (``key_model``). A name that tells the key wins over the audio.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from loopmind_chat.library.analysis.key_evidence import key_evidence
from loopmind_chat.library.analysis.key_model import key_odds
from loopmind_chat.library.analysis.key_notes import Doubles, SoundingNotes, sounding_notes
from loopmind_chat.library.analysis.names import NamedKey
from loopmind_chat.library.analysis.spectrum import Floats
from loopmind_chat.song.keys import Key

SURE_ENOUGH: Final = 0.45
"""The probability under which no key is given: about one loop in eight that has one, and most drums."""
_ROOT_AGREES: Final = 0.9
"""A root in the name with the mode from the audio is this much as sure as the name."""
_ROOT_ALONE: Final = 0.3
_PEAKED_MIN: Final = 0.15
"""How uneven a profile must be (0 flat, 1 a few pitches) to have a key at all."""
_FEW: Final = 5
_SINGLE_PITCH: Final = 0.62
"""A profile with this share in one class is a single note."""
_ONE_NOTE: Final = 0.2
"""The same share where the sound is known to be one note."""
_NOTE_SURE: Final = 0.5
_PARTIALS: Final = ((0, 1.0), (12, 0.8), (19, 0.65), (24, 0.5), (28, 0.4))


@dataclass(frozen=True, slots=True)
class KeyGuess:
    """A key and how sure it is, 0..1: of those given 0.8, four in five are right."""

    key: Key
    confidence: float


def find_key(signal: Floats, rate: int, named: NamedKey | None, *, one_note: bool = False) -> KeyGuess | None:
    """The key of mono audio; the name's wins, and settles the tonic where it tells no mode. None: cannot be told.

    ``one_note``: the sound is a single note, so that its root is all there is to find.
    """
    if named is not None and named.key is not None:
        return KeyGuess(named.key, named.sure)
    heard = sounding_notes(signal, rate)
    evidence = key_evidence(heard) if heard is not None else None
    if heard is None or evidence is None or peakedness(evidence[0]) < _PEAKED_MIN:
        return KeyGuess(Key(named.tonic, "minor"), _ROOT_ALONE) if named is not None else None
    if named is None and evidence[0].max() > (_ONE_NOTE if one_note else _SINGLE_PITCH):
        # one note has no mode; minor, so that its root goes where the roots of other loops go
        return KeyGuess(_key(1, root_of(heard)), _NOTE_SURE)
    odds = key_odds(evidence)
    if named is not None:
        mode = int(np.argmax(odds[:, named.tonic]))
        return KeyGuess(_key(mode, named.tonic), round(named.sure * _ROOT_AGREES, 3))
    mode, tonic = divmod(int(np.argmax(odds)), 12)
    confidence = round(float(odds[mode, tonic]), 3)
    return KeyGuess(_key(mode, tonic), confidence) if confidence >= SURE_ENOUGH else None


def peakedness(profile: Doubles) -> float:
    """0 for twelve equal classes, 1 where five hold everything."""
    return float((np.sort(profile)[::-1][:_FEW].sum() - _FEW / 12) / (1 - _FEW / 12))


def root_of(heard: SoundingNotes) -> int:
    """Pitch class, from C, of the note whose row of partials holds the most."""
    strength = np.sqrt(heard.amplitude).sum(axis=0)
    reach = np.zeros_like(strength)
    for semitones, weight in _PARTIALS:
        reach[: len(reach) - semitones] += weight * strength[semitones:]
    return int(np.argmax(reach)) % 12


def _key(mode: int, tonic: int) -> Key:
    return Key(tonic, "minor" if mode else "major")
