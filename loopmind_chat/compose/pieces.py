"""What a one-shot is, finer than its role: which piece of the kit, or which kind of effect."""

from enum import StrEnum
from itertools import pairwise
from typing import Final

from loopmind_chat.compose.wording import loop_words, singular, word_set, words_of
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role


class Piece(StrEnum):
    """A piece of a kit, or a kind of effect; its value is the name of the track it gets."""

    KICK = "Kick"
    SNARE = "Snare"
    CLAP = "Clap"
    HATS = "Hats"
    OPEN_HATS = "Open hats"
    RIM = "Rim"
    SHAKER = "Shaker"
    COWBELL = "Cowbell"
    TOM = "Tom"
    PERC = "Perc"
    RIDE = "Ride"
    CRASH = "Crash"
    BASS = "808"
    IMPACT = "Impact"
    RISER = "Riser"
    FALL = "Downlifter"
    STAB = "Stab"
    VOICE = "Vocal"
    NOISE = "Noise"


_WORDS: Final[tuple[tuple[Piece, frozenset[str]], ...]] = tuple(
    (piece, word_set(words))
    for piece, words in (
        (Piece.RISER, "riser rise uplifter sweepup upsweep buildup swell reverse reversed rev reversecrash"),
        (Piece.FALL, "downlifter fall downer downsweep sweepdown"),
        (Piece.IMPACT, "impact boom slam cineboom braam subdrop"),
        (Piece.CRASH, "crash splash china cymbalhard cymbalsoft"),
        (Piece.OPEN_HATS, "openhat ohh oh hho openhh cymbalopen"),
        (Piece.HATS, "hihat hat hh chh hhc closedhat ch cymbalclosed cymbalpedal"),
        (Piece.CLAP, "clap clp snap fingersnap"),
        (Piece.RIM, "rim rimshot sidestick stick clave click"),
        (Piece.SNARE, "snare sn sd snr"),
        (Piece.KICK, "kick bd bassdrum kik kck"),
        (Piece.SHAKER, "shaker shake maraca cabasa egg"),
        (Piece.COWBELL, "cowbell agogo bell"),
        (Piece.TOM, "tom tomtom"),
        (Piece.RIDE, "ride cymbal"),
        (Piece.BASS, "808 sub reese"),
    )
)
"""In order of how sure a word is: a "hat" beats a "hit"."""

_KIT: Final = frozenset({Piece.OPEN_HATS, Piece.HATS, Piece.CLAP, Piece.RIM, Piece.SNARE, Piece.KICK, Piece.TOM,
                         Piece.RIDE, Piece.CRASH})  # fmt: skip
_TOPS: Final = frozenset({Piece.SHAKER, Piece.COWBELL})
_WHOLE: Final = word_set("beat full break amen groove drumloop breakbeat fullbeat")
_PASSING: Final = word_set("fill roll build buildup riser")
_AMBIENCE: Final = word_set("ambience ambient vinyl hiss crackle noise rain texture atmo atmosphere foley room drone")


_USUAL: Final = {
    Role.PERCUSSION: Piece.PERC,
    Role.BASS: Piece.BASS,
    Role.VOCAL: Piece.VOICE,
    Role.MELODY: Piece.STAB,
    Role.CHORDS: Piece.STAB,
    Role.PAD: Piece.STAB,
    Role.FX: Piece.NOISE,
}
"""What a one-shot is taken for where no word says more."""


def piece_of(facts: LoopFacts) -> Piece | None:
    """Which piece a loop or a one-shot is: words of its name first, then its tags, then its role."""
    named = pieces_named(facts)
    if named:
        return named[0]
    if facts.is_loop:
        return None
    return _by_sound(facts) if facts.role is Role.DRUMS else _USUAL[facts.role]


def pieces_named(facts: LoopFacts) -> list[Piece]:
    """The pieces that the name, then the tags, speak of, the surest first, each once."""
    return [piece for piece in dict.fromkeys(_said(facts)) if _plausible(piece, facts)]


def is_whole_beat(facts: LoopFacts) -> bool:
    """Whether a loop of drums is a beat by itself, not some pieces of one ("hats only") nor a fill."""
    words = _name_words(facts)
    if words & _PASSING:
        return False
    return bool(words & _WHOLE) or len(pieces_named(facts)) not in {1, 2}


def is_passing(facts: LoopFacts) -> bool:
    """Whether a loop is a fill, a roll or a build: something that leads somewhere."""
    return bool(_name_words(facts) & _PASSING)


def is_ambience(facts: LoopFacts) -> bool:
    """Whether an effect is a bed to lie under the music rather than an event."""
    return bool(loop_words(facts) & _AMBIENCE)


def _said(facts: LoopFacts) -> list[Piece]:
    name = words_of(facts.name)
    heard = [word for tag, sure in facts.tags.items() if sure >= 0.5 for word in words_of(tag)]  # noqa: PLR2004
    said = _spoken(frozenset(name) | {a + b for a, b in pairwise(name)}) + _spoken(frozenset(heard))
    opened = "open" in name or "open" in heard
    return [Piece.OPEN_HATS if opened and piece is Piece.HATS else piece for piece in said]


def _spoken(words: frozenset[str]) -> list[Piece]:
    known = words | {singular(word) for word in words} | {word.rstrip("s") for word in words}
    return [piece for piece, meant in _WORDS if known & meant]


def _plausible(piece: Piece, facts: LoopFacts) -> bool:
    if piece in {Piece.RISER, Piece.FALL}:
        return facts.role is Role.FX or (not facts.is_loop and facts.role in {Role.PERCUSSION, Role.DRUMS})
    if piece is Piece.IMPACT:
        return not facts.is_loop and facts.role in {Role.FX, Role.PERCUSSION}
    if piece in _KIT:
        return facts.role in {Role.DRUMS, Role.PERCUSSION, Role.FX}
    if piece in _TOPS:
        return facts.role in {Role.DRUMS, Role.PERCUSSION}
    return facts.role is Role.BASS


def _by_sound(facts: LoopFacts) -> Piece:
    """A drum hit that nothing names: low is a kick, high is a hat, the rest is a snare."""
    if facts.brightness_hz is None:
        return Piece.PERC
    if facts.brightness_hz < 600:  # noqa: PLR2004 - Hz
        return Piece.KICK
    return Piece.HATS if facts.brightness_hz > 6500 else Piece.SNARE  # noqa: PLR2004 - Hz


def _name_words(facts: LoopFacts) -> frozenset[str]:
    """The words of a loop's name, without plural endings."""
    return frozenset(singular(word) for word in words_of(facts.name))
