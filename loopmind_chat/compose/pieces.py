"""What a one-shot is, finer than its role: which piece of the kit, or which kind of effect."""

from enum import StrEnum
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
        (Piece.RISER, "riser rise uplifter sweepup upsweep build swell"),
        (Piece.FALL, "downlifter fall downer downsweep sweepdown"),
        (Piece.IMPACT, "impact boom hit slam cineboom braam subdrop thud"),
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

_EFFECTS: Final = frozenset({Piece.RISER, Piece.FALL, Piece.IMPACT})
_KIT: Final = frozenset({Piece.OPEN_HATS, Piece.HATS, Piece.CLAP, Piece.RIM, Piece.SNARE, Piece.KICK, Piece.TOM,
                         Piece.RIDE, Piece.CRASH})  # fmt: skip
_TOPS: Final = frozenset({Piece.SHAKER, Piece.COWBELL})
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
    said = _said(facts)
    for piece in said:
        if _plausible(piece, facts):
            return piece
    if facts.is_loop:
        return None
    return _by_sound(facts) if facts.role is Role.DRUMS else _USUAL[facts.role]


def is_ambience(facts: LoopFacts) -> bool:
    """Whether an effect is a bed to lie under the music rather than an event."""
    return bool(loop_words(facts) & _AMBIENCE)


def _said(facts: LoopFacts) -> list[Piece]:
    name = frozenset(words_of(facts.name))
    joined = frozenset(a + b for a, b in zip(words_of(facts.name), words_of(facts.name)[1:], strict=False))
    heard = frozenset(word for tag, sure in facts.tags.items() if sure >= 0.5 for word in words_of(tag))  # noqa: PLR2004
    by_name = [piece for piece, words in _WORDS if (name | joined | {w.rstrip("s") for w in name}) & words]
    by_tag = [piece for piece, words in _WORDS if (heard | {w.rstrip("s") for w in heard}) & words]
    return by_name + by_tag


def _plausible(piece: Piece, facts: LoopFacts) -> bool:
    if piece in _EFFECTS:
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
    if facts.brightness_hz < 900:  # noqa: PLR2004 - Hz
        return Piece.KICK
    return Piece.HATS if facts.brightness_hz > 6500 else Piece.SNARE  # noqa: PLR2004 - Hz


_BEAT_WORDS: Final = word_set("beat drum full break amen groove kit drumloop breakbeat stem")


def is_whole_beat(facts: LoopFacts) -> bool:
    """Whether a loop of drums is a whole beat rather than one piece of it ("hats loop")."""
    named = {piece for piece in _said(facts) if _plausible(piece, facts)}
    return len(named) != 1 or bool(_name_words(facts) & _BEAT_WORDS)


def _name_words(facts: LoopFacts) -> frozenset[str]:
    """The words of a loop's name, without plural endings."""
    return frozenset(singular(word) for word in words_of(facts.name))
