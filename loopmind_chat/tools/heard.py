"""What the song holds but the mixer does not sound, and the words that say so."""

from collections.abc import Sequence
from typing import Final

from loopmind_chat.song.model import Layer, Section, Song
from loopmind_chat.song.vocabulary import EffectKind, Role, TransitionKind

_NOT_YET: Final = " (it is in the song, but not heard yet)"
_WHOLE_TRACKS_ONLY: Final = frozenset({EffectKind.WIDEN})
_LOOPS_ONLY: Final = frozenset({EffectKind.CHOP})


def layer_effect_note(kind: EffectKind, layers: Sequence[Layer]) -> str:
    """What to add about an effect put on single layers: "" where it sounds on one of them at least."""
    if kind in _WHOLE_TRACKS_ONLY or (kind in _LOOPS_ONLY and all(layer.pattern is not None for layer in layers)):
        return _NOT_YET
    return ""


def transition_note(song: Song, section: Section, kind: TransitionKind) -> str:
    """What to add about the way a section is entered."""
    place = song.sections.index(section)
    if kind is TransitionKind.CROSSFADE:
        return _NOT_YET
    if place == 0 and kind is not TransitionKind.IMPACT:
        return " (not heard: nothing comes before it)"
    if kind is TransitionKind.FILL and not _has_drum_loop(song.sections[place - 1]):
        return f" (not heard: a fill needs a drum loop in {song.sections[place - 1].name})"
    return ""


def swing_note(song: Song) -> str:
    """What to add about swing: it moves single hits, not what is inside a loop."""
    if any(layer.pattern is not None for _, layer in song.layers()):
        return ", on single hits; loops keep their own"
    return " (not heard yet: it moves single hits, and all of this song is loops)"


def _has_drum_loop(section: Section) -> bool:
    return any(layer.role is Role.DRUMS and layer.pattern is None and not layer.muted for layer in section.layers)
