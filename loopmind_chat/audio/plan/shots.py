"""One-shots in time: struck at the beats of a pattern, ringing out, choking themselves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from loopmind_chat.audio.plan.values import Clip, Event
from loopmind_chat.audio.plan.variants import pace_of
from loopmind_chat.song.model import Layer, Song
from loopmind_chat.song.units import SAMPLE_RATE, frames_of
from loopmind_chat.song.vocabulary import Role

_TINY: Final = 1e-6
RING: Final = 6 * SAMPLE_RATE
"""Longest that a one-shot sounds, in frames."""
_CHOKE: Final = 480
"""Frames (10 ms) over which a one-shot gives way to the next."""
_LET_GO: Final = 9_600
SWING_BEATS: Final = 1.0 / 12.0
"""How late the second sixteenth of a pair is at full swing: two thirds of the way instead of half."""


@dataclass(frozen=True, slots=True)
class _Hit:
    frame: int
    clip: Clip
    track: str
    gain: float


def shot_events(song: Song, clips: Mapping[str, Clip], loops: Iterable[Event]) -> list[Event]:
    """The events of all one-shots. ``clips`` is by layer id; ``loops`` are the events of loops, which cut a bass."""
    by_track: dict[str, list[_Hit]] = defaultdict(list)
    for hit in _hits(song, clips):
        by_track[hit.track].append(hit)
    bars_in: dict[str, list[int]] = defaultdict(list)
    for event in loops:
        bars_in[event.track].append(event.start)
    return [event for track, hits in by_track.items() for event in _rung(hits, bars_in[track])]


def hit_beats(layer: Layer, origin: float, beats_per_bar: int, swing: float) -> Iterator[float]:
    """Beats from the song's start at which a layer's pattern strikes; ``origin`` is its section's start."""
    pattern = layer.pattern or ()
    if not pattern:
        return
    turn = (int(max(pattern) / beats_per_bar + _TINY) + 1) * beats_per_bar
    start = origin + layer.start_beat
    repeat = 0
    while repeat * turn < layer.beats - _TINY:
        for beat in pattern:
            into = repeat * turn + beat
            if 0 <= into < layer.beats - _TINY:
                yield swung(start + into, swing)
        repeat += 1


def swung(beat: float, swing: float) -> float:
    """The beat as it is played: every second sixteenth is late."""
    sixteenth = beat * 4.0
    odd = abs(sixteenth - round(sixteenth)) < _TINY and round(sixteenth) % 2 == 1
    return beat + swing * SWING_BEATS if odd else beat


def _hits(song: Song, clips: Mapping[str, Clip]) -> Iterator[_Hit]:
    tracks = {track.id: track for track in song.tracks}
    for bar, section in song.starts():
        for layer in section.layers:
            clip = clips.get(layer.id)
            if clip is None or layer.pattern is None:
                continue
            gain = 10.0 ** (layer.gain_db / 20.0)
            pace = pace_of(layer, tracks[layer.track])
            paced = replace(layer, pattern=tuple(beat * pace for beat in layer.pattern))
            for beat in hit_beats(paced, bar * song.beats_per_bar, song.beats_per_bar, song.swing):
                yield _Hit(frames_of(beat, song.tempo), clip, layer.track, gain)


def _rung(hits: list[_Hit], loop_starts: list[int]) -> Iterator[Event]:
    """Each hit until it has rung out or is choked: by the same sound, and on a bass by whatever comes next."""
    hits = sorted(hits, key=lambda hit: hit.frame)
    for index, hit in enumerate(hits):
        rivals = [
            other.frame
            for other in hits[index + 1 : index + 65]
            if other.frame > hit.frame and (other.clip.key == hit.clip.key or hit.clip.role is Role.BASS)
        ]
        if hit.clip.role is Role.BASS:
            rivals.extend(start for start in loop_starts if start > hit.frame)
        limit = hit.frame + RING
        end = min([*rivals, limit])
        fade_out = min(_LET_GO if end == limit else _CHOKE, (end - hit.frame) // 2)
        yield Event(hit.clip.key, hit.track, hit.frame, end, 0, hit.gain, 0, fade_out)
