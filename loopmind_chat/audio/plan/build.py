"""From a song to its mix plan."""

from collections.abc import Iterable
from dataclasses import replace

from loopmind_chat.audio.plan.loops import loop_events
from loopmind_chat.audio.plan.shots import shot_events
from loopmind_chat.audio.plan.transitions import TRANSITION_STRIP, with_transitions
from loopmind_chat.audio.plan.values import Clip, Event, MixPlan, SectionMark, Strip
from loopmind_chat.audio.plan.variants import clip_of, lasting_effects
from loopmind_chat.song.model import Song, Track
from loopmind_chat.song.units import frames_of
from loopmind_chat.song.vocabulary import MixMode


def build_plan(song: Song) -> MixPlan:
    """The plan of a whole song: pure, the same song gives an equal plan.

    Muted layers are left out. Muted tracks keep their events and have ``audible`` False, so that they can be
    brought in without another plan.
    """
    tracks = {track.id: track for track in song.tracks}
    toned = song.mix is not MixMode.RAW
    clips = {
        layer.id: clip_of(layer, tracks[layer.track], song.tempo, toned=toned)
        for _, layer in song.layers()
        if not layer.muted
    }
    loops = loop_events(song, clips)
    bare = MixPlan(
        title=song.title,
        tempo=song.tempo,
        beats_per_bar=song.beats_per_bar,
        mode=song.mix,
        seed=song.seed,
        frames=frames_of(song.beats, song.tempo),
        strips=_strips(song.tracks),
        events=_sorted([*loops, *shot_events(song, clips, loops)]),
        clips=tuple(clips.values()),
        sections=_marks(song),
    )
    whole = with_transitions(bare, song)
    events = _sorted(whole.events)
    return replace(whole, events=events, clips=_in_order_of_hearing(whole.clips, events), strips=_heard(whole, song))


def _strips(tracks: Iterable[Track]) -> tuple[Strip, ...]:
    tracks = tuple(tracks)
    any_solo = any(track.solo for track in tracks)
    return tuple(
        Strip(
            id=track.id,
            name=track.name,
            role=track.role,
            gain_db=track.gain_db,
            pan=track.pan,
            audible=not track.muted and (track.solo or not any_solo),
            fx=lasting_effects(track.fx),
        )
        for track in tracks
    )


def _heard(plan: MixPlan, song: Song) -> tuple[Strip, ...]:
    """The strips, and one for the sounds of transitions where there are any; a solo silences it too."""
    if not any(event.track == TRANSITION_STRIP.id for event in plan.events):
        return plan.strips
    return (*plan.strips, replace(TRANSITION_STRIP, audible=not any(track.solo for track in song.tracks)))


def _marks(song: Song) -> tuple[SectionMark, ...]:
    return tuple(
        SectionMark(
            id=section.id,
            name=section.name or section.id,
            start=frames_of(bar * song.beats_per_bar, song.tempo),
            end=frames_of((bar + section.bars) * song.beats_per_bar, song.tempo),
            start_bar=bar,
            bars=section.bars,
        )
        for bar, section in song.starts()
    )


def _sorted(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.start, event.track, event.clip, event.offset)))


def _in_order_of_hearing(clips: Iterable[Clip], events: Iterable[Event]) -> tuple[Clip, ...]:
    by_key = {clip.key: clip for clip in clips}
    return tuple(by_key[key] for key in dict.fromkeys(event.clip for event in events))
