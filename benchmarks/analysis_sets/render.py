"""From plans to sound: parts played, mixed, put in a room, ended one way or another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, sosfilt

from analysis_sets.drum_sounds import stroke
from analysis_sets.item import RATE, Part, Plan
from analysis_sets.sound_font import Segment, play
from analysis_sets.voices import tone

Wave = NDArray[np.float64]
_RING_S = 1.5


def rendered(plans: Sequence[Plan], *, font: bool = True) -> list[NDArray[np.float32]]:
    """Each plan as stereo samples (frames, 2) at 44,100 Hz. Without ``font`` every instrument is made here."""
    wanted = [
        (number, place, Segment(part, plan.bpm, plan.cents, plan.beats * 60 / plan.bpm))
        for number, plan in enumerate(plans)
        for place, part in enumerate(plan.parts)
        if part.instrument.startswith(("gm:", "kit:gm"))
    ]
    played = play([segment for *_, segment in wanted]) if font else []
    sounds = {(n, p): wave for (n, p, _), wave in zip(wanted, played, strict=False)}
    return [_mixed(plan, [sounds.get((n, p)) for p in range(len(plan.parts))]) for n, plan in enumerate(plans)]


def _mixed(plan: Plan, ready: Sequence[Wave | None]) -> NDArray[np.float32]:
    random = np.random.default_rng([plan.seed, 77])
    length = round(plan.beats * 60 / plan.bpm * RATE)
    buffer = np.zeros((length + int(_RING_S * RATE), 2))
    for part, wave in zip(plan.parts, ready, strict=True):
        heard = wave if wave is not None else _played(plan, part)
        heard = heard[: len(buffer)] * part.gain / (np.abs(heard).max() or 1.0)
        pan = random.uniform(0.35, 0.65) if len(plan.parts) > 1 else 0.5
        buffer[: len(heard)] += heard[:, None] * np.array([1 - pan, pan])
    if "room" in plan.traits:
        buffer = _room(buffer, random)
    if "dull" in plan.traits:
        buffer = sosfilt(butter(2, 4500, fs=RATE, output="sos"), buffer, axis=0)
    if not np.isfinite(buffer).all():
        raise ValueError(f"{plan.name}: a voice went wild")
    ended = _ended(plan, buffer, length)
    ended *= 10 ** (-random.uniform(0.5, 10) / 20) / (np.abs(ended).max() or 1.0)
    if "hiss" in plan.traits:
        ended += 0.003 * random.standard_normal(ended.shape)
    lead = np.zeros((round(plan.lead_s * RATE), 2))
    return np.concatenate([lead, ended]).astype(np.float32)


def _ended(plan: Plan, buffer: Wave, length: int) -> Wave:
    """The loop with what rings on folded into its beginning, cut off, or left after it."""
    body, ring = buffer[:length].copy(), buffer[length:]
    if plan.ending == "wrapped":
        at = min(len(ring), length)
        body[:at] += ring[:at]
    elif plan.ending == "tail":
        extra = ring[: round(plan.tail_s * RATE)]
        fade = np.linspace(1, 0, len(extra))[:, None] ** 0.5
        return np.concatenate([body, extra * fade])
    elif plan.ending == "silence":
        return np.concatenate([body, np.zeros((round(plan.tail_s * RATE), 2))])
    return body


def _room(buffer: Wave, random: np.random.Generator) -> Wave:
    time = np.arange(int(random.uniform(0.3, 1.2) * RATE)) / RATE
    echo = random.standard_normal((len(time), 2)) * np.exp(-time * 6.9 / time[-1])[:, None]
    wet = fftconvolve(buffer, echo / np.sqrt((echo**2).sum()), axes=0)[: len(buffer)]
    return np.asarray(buffer + random.uniform(0.1, 0.35) * wet)


def _played(plan: Plan, part: Part) -> Wave:
    """A part played by what is made here."""
    second = 60.0 / plan.bpm
    buffer = np.zeros(round((plan.beats * second + _RING_S) * RATE))
    if part.hits:
        kit = part.instrument.partition(":")[2]
        for hit in part.hits:
            sound = stroke("real" if kit.startswith("real") else "synth", hit.drum, plan.seed // 1000)
            _add(buffer, sound * hit.velocity, round(hit.start * second * RATE))
        return buffer
    voice = part.instrument.partition(":")[2]
    voice = voice if part.instrument.startswith("synth:") else "keys"
    for note in part.notes:
        pitch = note.pitch + plan.cents / 100
        sound = tone(voice, pitch, note.length * second, plan.seed)
        _add(buffer, sound * note.velocity, round(note.start * second * RATE))
    return buffer


def _add(buffer: Wave, sound: Wave, at: int) -> None:
    room = len(buffer) - at
    if room > 0:
        buffer[at : at + len(sound)] += sound[:room]
