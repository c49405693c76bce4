"""From a sound file to a clip: decoded, cut to its period, varied, stretched, transposed, with its seam closed."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from loopmind_chat.audio.plan.values import LEAD, Clip
from loopmind_chat.audio.stretch import Stretcher
from loopmind_chat.song.model import Effect
from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.song.vocabulary import EffectKind, Role
from loopmind_chat.soundfiles.read import DELAY_REMOVED, as_stereo, read_sound, resampled

Samples = npt.NDArray[np.float32]

_WHOLE: Final = 0.003
"""A file this near to its period is taken to be just that long: bent to it, it comes round without a gap."""
_VARISPEED: Final = 0.0004
"""Up to this (0.7 cents) a loop is resampled to its period: nobody hears it, and Rubber Band need not touch it."""
_ROLL_S: Final = 0.25
"""How much of a loop is stretched beyond both its ends, so that its ends sound like its middle."""
_CRISP: Final = frozenset({Role.DRUMS, Role.PERCUSSION})
_SEAM_Z: Final = 6.0
_SILENT: Final = 1e-4
_SEAM: Final = 240
_SEAM_CRISP: Final = 64
_SLICE_FADE: Final = 96
_SETTLE: Final = SAMPLE_RATE // 4
"""Frames after which a high-pass has forgotten that it began."""
_CHOPPED: Final = (0, 1, 0, 3, 4, 5, 4, 4, 0, 1, 6, 3, 4, 7, 4, 4)


def render_clip(clip: Clip, stretcher: Stretcher) -> Samples:
    """The clip's audio, shape (LEAD + frames, 2) at the engine's rate, finite; raises UnreadableAudio, StretchFailed.

    A loop has ``ceil(clip.frames)`` frames after its lead, and the lead is what it plays before it comes round.
    A one-shot is transposed as a sampler would, by its speed, after a silent lead.
    """
    if clip.made is not None:
        from loopmind_chat.audio.made import made_sound  # noqa: PLC0415 - few songs need it

        return _with_silent_lead(made_sound(clip.made, math.ceil(clip.frames)))
    sound = read_sound(clip.path)
    samples = as_stereo(sound.samples)
    if not clip.repeats:
        return _with_silent_lead(_one_shot(samples, sound.rate, clip))
    audio = _loop(samples, sound.rate, clip, stretcher, padded=DELAY_REMOVED in sound.notes)
    lasting = [effect for effect in clip.fx if effect.kind not in {EffectKind.REVERSE, EffectKind.CHOP}]
    return np.ascontiguousarray(_around(audio, clip, lasting) if lasting else audio)


def with_tone(audio: Samples, clip: Clip) -> Samples:
    """A clip's audio with the tone of its role; a loop as if it had gone round before."""
    from loopmind_chat.audio.strips import BLOCK_MAX, Board, tone_plugins  # noqa: PLC0415 - slow to import

    before = np.zeros((0, 2), np.float32)
    if clip.repeats:
        turn = audio[LEAD:]
        # the lead is the end of the turn before it: what comes before the lead ends as much earlier
        before = np.take(turn, np.arange(-_SETTLE - LEAD, -LEAD), axis=0, mode="wrap")
    whole = np.concatenate((before, audio))
    board = Board(tuple(tone_plugins(clip.role)))
    parts = [board(whole[first : first + BLOCK_MAX]) for first in range(0, len(whole), BLOCK_MAX)]
    return np.ascontiguousarray(np.concatenate(parts)[len(before) :])


def _one_shot(samples: Samples, rate: int, clip: Clip) -> Samples:
    if any(effect.kind is EffectKind.REVERSE for effect in clip.fx):
        samples = samples[::-1]
    # played faster by an interval it sounds higher by it, as if the file had a higher rate
    audio = resampled(np.ascontiguousarray(samples), round(rate * 2.0 ** (clip.semitones / 12.0)), SAMPLE_RATE).copy()
    fade = min(LEAD, len(audio))
    audio[len(audio) - fade :] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
    lasting = [effect for effect in clip.fx if effect.kind not in {EffectKind.REVERSE, EffectKind.CHOP}]
    return _affected(np.concatenate((audio, np.zeros((SAMPLE_RATE, 2), np.float32))), lasting) if lasting else audio


def _loop(samples: Samples, rate: int, clip: Clip, stretcher: Stretcher, *, padded: bool) -> Samples:
    """LEAD frames before the loop's beginning, then ``ceil(clip.frames)``."""
    body, exact = _body(samples, rate, clip, padded=padded)
    crisp = clip.role in _CRISP
    for effect in clip.fx:
        if effect.kind is EffectKind.REVERSE:
            body = body[::-1]
        elif effect.kind is EffectKind.CHOP:
            body = _chopped(body, clip.beats)
    body = closed(np.ascontiguousarray(body), _SEAM_CRISP if crisp else _SEAM)
    wanted = math.ceil(clip.frames)
    period = exact * SAMPLE_RATE / rate
    ratio = clip.frames / period
    bend = abs(ratio - 1.0) <= _VARISPEED
    before = _roll(rate)
    wrapped = np.take(body, np.arange(-before, len(body) + before), axis=0, mode="wrap")
    if bend and clip.semitones == 0:
        made = _resampled_by(wrapped, clip.frames / exact)
        zero = before * clip.frames / exact
    else:
        made = resampled(wrapped, rate, SAMPLE_RATE)
        made = stretcher(made, SAMPLE_RATE, ratio, float(clip.semitones), crisp=crisp)
        zero = before * SAMPLE_RATE / rate * ratio
    first = round(zero) - LEAD
    out = np.zeros((LEAD + wanted, 2), np.float32)
    part = made[max(first, 0) : first + len(out)]
    out[: len(part)] = part
    return out


def _body(samples: Samples, rate: int, clip: Clip, *, padded: bool) -> tuple[Samples, float]:
    """One turn of the loop as it lies in the file, and how many frames of the file it should last, to a fraction.

    What is longer is cut, what is shorter padded; a file that is a period long but for a hair is one, unless a hair of
    its end is padding.
    """
    exact = clip.frames / clip.stretch * rate / SAMPLE_RATE
    if abs(len(samples) - exact) <= _WHOLE * exact and not (padded and len(samples) > exact):
        return samples, float(len(samples))
    frames = max(1, round(exact))
    if len(samples) >= frames:
        return samples[:frames], exact
    body = np.zeros((frames, 2), np.float32)
    fade = min(LEAD, len(samples))
    body[: len(samples)] = samples
    body[len(samples) - fade : len(samples)] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
    return body, exact


def closed(body: Samples, length: int) -> Samples:
    """The loop with its end bent to meet its beginning, where it would click as it comes round.

    Its last ``length`` frames pass over into the mirror image of its first, turned about the first sample, which
    has both its value and its slope there.
    """
    if len(body) < 4 * length or seam_z(body) <= _SEAM_Z or np.abs(body[-length:]).max() < _SILENT:
        return body  # out of silence, the beginning is an attack like any other
    bent = body.copy()
    approach = 2.0 * body[0] - body[length:0:-1]
    weight = (0.5 - 0.5 * np.cos(np.pi * np.arange(1, length + 1) / length)).astype(np.float32)[:, None]
    bent[-length:] = body[-length:] * (1.0 - weight) + approach * weight
    return bent


def seam_z(body: Samples) -> float:
    """How far the second difference at the seam stands out of the 20 ms around it, in times its RMS."""
    around = np.take(body.mean(axis=1), np.arange(-480, 480), mode="wrap")
    bends = np.diff(around, 2)
    # bends[i] lies around sample i + 1; the seam is between samples 479 and 480
    spread = float(np.sqrt(np.mean(np.square(np.delete(bends, [478, 479])))))
    return float(np.abs(bends[478:480]).max() / max(spread, 1e-7))


def _chopped(body: Samples, beats: float) -> Samples:
    """The loop in slices of half a beat, put in another order."""
    count = max(2, round(beats * 2))
    edges = np.linspace(0, len(body), count + 1).round().astype(int)
    parts = []
    for index in range(count):
        turn, place = divmod(index, len(_CHOPPED))
        source = min(turn * len(_CHOPPED) + _CHOPPED[place], count - 1)
        length = edges[index + 1] - edges[index]
        part = np.zeros((length, 2), np.float32)
        cut = body[edges[source] : edges[source] + length]
        part[: len(cut)] = cut
        if source != index:
            fade = min(_SLICE_FADE, length // 2)
            part[:8] *= np.linspace(0.0, 1.0, 8, dtype=np.float32)[: len(part), None]
            part[length - fade :] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
        parts.append(part)
    return np.concatenate(parts)


def _around(audio: Samples, clip: Clip, effects: Sequence[Effect]) -> Samples:
    """A loop with effects, in its second turn: what rings out of its end is heard at its beginning."""
    turn = audio[LEAD:]
    tempo = clip.beats * 60.0 * SAMPLE_RATE / clip.frames
    twice = _affected(np.concatenate((audio, turn)), effects, tempo)
    return twice[len(turn) :]


def _affected(audio: Samples, effects: Sequence[Effect], tempo: float = 120.0) -> Samples:
    from pedalboard._pedalboard import Pedalboard  # noqa: PLC0415 - slow to import, and most loops have no effects

    from loopmind_chat.audio.strips import effect_plugins, widened, width_of  # noqa: PLC0415 - the same

    made = Pedalboard(list(effect_plugins(effects, tempo)))(np.ascontiguousarray(audio), SAMPLE_RATE)
    return widened(made, width_of(effects))


def _resampled_by(samples: Samples, ratio: float) -> Samples:
    """The samples at ``ratio`` times their number."""
    if abs(ratio - 1.0) * len(samples) < 0.01:  # noqa: PLR2004 - a hundredth of a frame
        return samples
    import soxr  # noqa: PLC0415 - not every loop needs it

    return np.asarray(soxr.resample(samples, 1.0, ratio, quality="HQ"), dtype=np.float32)


def _roll(rate: int) -> int:
    """Frames of ``rate`` that are about _ROLL_S long and a whole number of frames at the engine's rate."""
    step = rate // math.gcd(rate, SAMPLE_RATE)
    return max(1, round(_ROLL_S * rate / step)) * step


def _with_silent_lead(audio: Samples) -> Samples:
    return np.concatenate((np.zeros((LEAD, 2), np.float32), audio.astype(np.float32)))
