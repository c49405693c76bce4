"""What the notes of a sound say about its key: pitch-class profiles, each of which a key model may read by turning.

Every row holds twelve numbers from C. Turned so that a key's tonic comes first, the same row means the same thing in
every key, so that one set of weights serves all twelve.
"""

from typing import Final

import numpy as np

from loopmind_chat.library.analysis.key_notes import NOTES, Doubles, SoundingNotes

ROWS: Final = (
    "notes", "upper peaks", "bass", "lowest", "highest", "notes at first", "lowest at first", "notes at last",
    "lowest at last", "highest at last", "presence", "loudness", "major chords", "minor chords", "fifths",
)  # fmt: skip
_AUDIBLE: Final = 0.02
_BASS_NOTES: Final = 30
_UPPER: Final = 36
_STRONG: Final = 0.35
_PRESENT: Final = 0.3
_FIRST: Final = 0.15
_FIRST_FRAMES: Final = 6
_LAST: Final = 0.25
_FRAMES_MIN: Final = 2


def key_evidence(heard: SoundingNotes) -> Doubles | None:
    """Profiles of shape (15, 12), a row for each of ``ROWS``; None where hardly anything sounds."""
    loudest = heard.amplitude.max(axis=1)
    audible = loudest > _AUDIBLE
    if np.count_nonzero(audible) < _FRAMES_MIN:
        return None
    amplitude, loud = heard.amplitude[audible], np.sqrt(loudest[audible])[:, None]
    root, notes = np.sqrt(amplitude), heard.strength[audible]
    classes = notes.reshape(len(notes), -1, 12).max(axis=1)
    strong = notes > _STRONG * notes.max(axis=1, keepdims=True)
    lowest = _marked(np.argmax(strong, axis=1)) * loud
    highest = _marked(NOTES - 1 - np.argmax(strong[:, ::-1], axis=1)) * loud
    first = max(_FRAMES_MIN, min(round(_FIRST * len(notes)), _FIRST_FRAMES))
    last = max(_FRAMES_MIN, round(_LAST * len(notes)))
    present = classes > _PRESENT * classes.max(axis=1, keepdims=True)
    major, minor, fifths = _chords(classes)
    return np.stack(
        (
            _shares(classes),
            _shares(_folded(root[:, _UPPER:])),
            _shares(_folded(notes[:, :_BASS_NOTES])),
            _shares(lowest),
            _shares(highest),
            _shares(classes[:first]),
            _shares(lowest[:first]),
            _shares(classes[-last:]),
            _shares(lowest[-last:]),
            _shares(highest[-last:]),
            present.mean(axis=0) / 2,
            _shares(_folded(amplitude)),
            major,
            minor,
            fifths,
        )
    )


def _chords(classes: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """How much of a major chord, a minor chord, and a fifth sounds at once on each root."""
    fifth = np.minimum(classes, np.roll(classes, -7, axis=1))
    major = np.minimum(fifth, np.roll(classes, -4, axis=1)).mean(axis=0)
    minor = np.minimum(fifth, np.roll(classes, -3, axis=1)).mean(axis=0)
    whole = major.sum() + minor.sum() + 0.02 * classes.max() + 1e-9
    return major / whole, minor / whole, _shares(fifth + 1e-6)


def _marked(column: np.ndarray) -> Doubles:
    """1 for the pitch class of one note a frame; shape (frames, 12)."""
    marks = np.zeros((len(column), 12))
    marks[np.arange(len(column)), column % 12] = 1.0
    return marks


def _folded(grid: Doubles) -> Doubles:
    """Notes of all octaves, the first a C, as pitch classes."""
    padded = np.pad(grid, ((0, 0), (0, -grid.shape[1] % 12)))
    folded: Doubles = padded.reshape(len(grid), -1, 12).sum(axis=1)
    return folded


def _shares(profile: Doubles) -> Doubles:
    """The mean over the frames, as shares of its sum."""
    mean = profile.mean(axis=0)
    total = float(mean.sum())
    return mean / total if total > 0 else np.full(12, 1 / 12)
