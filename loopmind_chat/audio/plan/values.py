"""The values of a mix plan, and their JSON form. Positions are frames at the engine's rate, from the song's start."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from loopmind_chat.errors import AudioError
from loopmind_chat.song.model import Effect
from loopmind_chat.song.units import Frames, frames_of
from loopmind_chat.song.vocabulary import EffectKind, MixMode, Role, TransitionKind

LEAD: Final = 240
"""Frames (5 ms) that every prepared clip holds before its beginning: what a loop plays just before it comes round.

A seam is a crossfade from the end of one turn into the lead of the next, done before the beat: the attack on the
beat is whole, and a loop that goes on sounds as if it had never been cut.
"""

CLIP_VERSION: Final = 4
"""Raise it where the same clip would be prepared another way, so that no old audio is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """Audio as it must be prepared: a loop at this tempo and pitch, a one-shot, or a sound made by formula."""

    key: str = ""
    """20 hex digits that name the prepared audio; see :func:`clip_with_key`."""
    loop: str
    """Id of the loop; "" for a sound made by formula."""
    path: str = ""
    made: TransitionKind | None = None
    """The transition whose sound is made by formula."""
    role: Role
    stretch: float = 1.0
    """Length out over length in."""
    semitones: int = 0
    frames: float = 0.0
    """Exact period of a loop, or length of a made sound, in frames; 0: a one-shot, as long as its file."""
    beats: float = 0.0
    """The period in beats."""
    fx: tuple[Effect, ...] = ()
    """Effects that are part of the prepared audio."""
    toned: bool = False
    """Whether the tone of its role (high-pass and gentle cuts) is part of it too."""

    @property
    def repeats(self) -> bool:
        """True for loops."""
        return self.frames > 0 and self.made is None


@dataclass(frozen=True, slots=True)
class Event:
    """A stretch of a clip in the song."""

    clip: str
    track: str
    start: int
    end: int
    """First frame after it; a clip that ends sooner is silent from there on."""
    offset: int
    """Frame of the clip heard at ``start``; as low as ``-LEAD``."""
    gain: float = 1.0
    """Linear."""
    fade_in: int = 0
    """Frames from ``start`` over which it rises, in a straight line."""
    fade_out: int = 0
    """Frames before ``end`` over which it falls, in a straight line."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A track as the mixer sees it."""

    id: str
    name: str
    role: Role
    gain_db: float = 0.0
    pan: float = 0.0
    audible: bool = True
    """False where it is muted, or where another track is solo."""
    fx: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionMark:
    """Where a section lies."""

    id: str
    name: str
    start: int
    end: int
    start_bar: int
    bars: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A transition that is done to the sound of the tracks, between two frames."""

    kind: TransitionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MixPlan:
    """Everything the mixer needs to know, apart from the audio itself."""

    title: str = ""
    tempo: float
    beats_per_bar: int = 4
    mode: MixMode = MixMode.POLISHED
    seed: int = 0
    frames: int
    """Length of the song, tails apart."""
    strips: tuple[Strip, ...] = ()
    clips: tuple[Clip, ...] = ()
    """In the order in which they are first heard."""
    events: tuple[Event, ...] = ()
    """In order of their start."""
    sections: tuple[SectionMark, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def last_frame(self) -> int:
        """First frame after every event: the song's end, or later where one-shots ring out."""
        return max(self.frames, max((event.end for event in self.events), default=0))

    def bar_frame(self, bar: int) -> Frames:
        """Frame at which a bar starts; also beyond the song's end."""
        return frames_of(bar * self.beats_per_bar, self.tempo)

    def next_bar(self, frame: int) -> int:
        """The first bar that starts at ``frame`` or later."""
        bar = max(0, int(frame / self.bar_frame(1)) - 1)
        while self.bar_frame(bar) < frame:
            bar += 1
        return bar

    def section(self, section_id: str) -> SectionMark | None:
        """Where the section of that id lies."""
        return next((mark for mark in self.sections if mark.id == section_id), None)

    def clip(self, key: str) -> Clip | None:
        """The clip of that key."""
        return next((clip for clip in self.clips if clip.key == key), None)

    def only(self, track_id: str) -> "MixPlan":
        """The plan of one track alone, heard whether or not it is muted."""
        strips = tuple(replace(strip, audible=True) for strip in self.strips if strip.id == track_id)
        events = tuple(event for event in self.events if event.track == track_id)
        used = {event.clip for event in events}
        return replace(self, strips=strips, events=events, clips=tuple(c for c in self.clips if c.key in used))

    def to_json(self) -> str:
        """One line of JSON that :meth:`from_json` reads back to an equal plan."""
        return json.dumps(asdict(self), separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "MixPlan":
        """The plan that :meth:`to_json` wrote. Raises AudioError where it is not one."""
        try:
            return _plan(json.loads(text))
        except (KeyError, TypeError, ValueError) as fault:
            raise AudioError(f"not a mix plan: {fault}") from fault


def clip_with_key(clip: Clip) -> Clip:
    """The clip with the key that follows from everything its sound depends on."""
    facts = [
        CLIP_VERSION,
        clip.loop,
        clip.made,
        clip.role,
        round(clip.stretch, 6),
        clip.semitones,
        round(clip.frames, 3),
        round(clip.beats, 6),
        [[effect.kind, round(effect.amount, 4)] for effect in clip.fx],
        clip.toned,
    ]
    digest = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    return replace(clip, key=digest[:20])


def _plan(document: Mapping[str, Any]) -> MixPlan:
    return MixPlan(
        title=document["title"],
        tempo=float(document["tempo"]),
        beats_per_bar=int(document["beats_per_bar"]),
        mode=MixMode(document["mode"]),
        seed=int(document["seed"]),
        frames=int(document["frames"]),
        strips=tuple(_strip(strip) for strip in document["strips"]),
        clips=tuple(_clip(clip) for clip in document["clips"]),
        events=tuple(Event(**event) for event in document["events"]),
        sections=tuple(SectionMark(**mark) for mark in document["sections"]),
        passages=tuple(Passage(**{**p, "kind": TransitionKind(p["kind"])}) for p in document["passages"]),
    )


def _strip(document: Mapping[str, Any]) -> Strip:
    return Strip(**{**document, "role": Role(document["role"]), "fx": _effects(document["fx"])})


def _clip(document: Mapping[str, Any]) -> Clip:
    made = TransitionKind(document["made"]) if document["made"] is not None else None
    return Clip(**{**document, "role": Role(document["role"]), "made": made, "fx": _effects(document["fx"])})


def _effects(documents: list[Mapping[str, Any]]) -> tuple[Effect, ...]:
    return tuple(Effect(EffectKind(effect["kind"]), float(effect["amount"])) for effect in documents)
