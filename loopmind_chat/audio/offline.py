"""The mixer driven offline: all clips made first, then the song from end to end."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from loopmind_chat.audio.mixer import LoadClip, Mixer
from loopmind_chat.audio.plan import Clip, MixPlan
from loopmind_chat.audio.prepare import Preparer
from loopmind_chat.audio.strips import Samples
from loopmind_chat.errors import SoundFileError, StretchFailed
from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.song.vocabulary import EffectKind, TransitionKind

TAIL: Final = 2 * SAMPLE_RATE
"""Longest that a song rings on after its last bar, in frames."""
_INAUDIBLE: Final = 10.0 ** (-70.0 / 20.0)
_FADE: Final = SAMPLE_RATE // 4
_BLOCK: Final = 1 << 17
_WORKERS: Final = 2


def prepare_clips(clips: Sequence[Clip], preparer: Preparer, took: Callable[[int], None]) -> list[str]:
    """Make all clips; return a line for each that cannot be made. ``took(1)`` after each; what it raises ends all.

    Stretching leaves the interpreter free, so two at a time are faster than one.
    """
    notes = []
    with ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1)) as pool:
        try:
            for note in pool.map(partial(_prepared, preparer), clips):
                if note is not None:
                    notes.append(note)
                took(1)
        finally:
            pool.shutdown(cancel_futures=True)
    return list(dict.fromkeys(notes))


class OfflineMix:
    """Renders plans whole, before the master. ``check`` is called now and then; what it raises ends the render."""

    def __init__(self, load: LoadClip, check: Callable[[], None]) -> None:
        self._load = load
        self._check = check

    def whole(self, plan: MixPlan) -> Samples:
        """The song with its tail until that has died away, at most TAIL; never shorter than the song."""
        mix = self._rendered(plan, _longest(plan))
        tail = np.flatnonzero(np.abs(mix[plan.frames :]).max(axis=1) > _INAUDIBLE)
        return _faded(mix[: plan.frames + (int(tail[-1]) + 1 if len(tail) else 0)], plan.frames)

    def part(self, plan: MixPlan, frames: int) -> Samples:
        """The first ``frames``, with the tail faded as :meth:`whole` fades it."""
        return _faded(self._rendered(plan, frames), plan.frames)

    def _rendered(self, plan: MixPlan, frames: int) -> Samples:
        mixer = Mixer(plan, self._load)
        out = np.empty((frames, 2), np.float32)
        for start in range(0, frames, _BLOCK):
            self._check()
            count = min(_BLOCK, frames - start)
            out[start : start + count] = mixer.render(start, count)
        return out


def _prepared(preparer: Preparer, clip: Clip) -> str | None:
    """Make one clip; say why where it cannot be."""
    try:
        preparer.prepare(clip)
    except (SoundFileError, StretchFailed) as fault:
        return f"{Path(clip.path).name} is silent: {fault}"
    return None


def _longest(plan: MixPlan) -> int:
    """Frames of the song with all that may ring on."""
    rings = any(effect.kind in {EffectKind.REVERB, EffectKind.DELAY} for strip in plan.strips for effect in strip.fx)
    rings = rings or any(passage.kind is TransitionKind.REVERB_TAIL for passage in plan.passages)
    return plan.frames + TAIL if rings else min(plan.last_frame, plan.frames + TAIL)


def _faded(mix: Samples, frames: int) -> Samples:
    """The mix with the last of its tail faded, in place."""
    fade = min(_FADE, len(mix) - frames)
    if fade > 0:
        mix[len(mix) - fade :] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
    return mix
