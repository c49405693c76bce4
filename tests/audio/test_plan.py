import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loopmind_chat.audio.plan import LEAD, Event, MixPlan, build_plan, clip_with_key
from loopmind_chat.errors import AudioError
from loopmind_chat.song.model import Effect, Transition
from loopmind_chat.song.units import frames_of
from loopmind_chat.song.vocabulary import EffectKind, MixMode, Role, TransitionKind
from tests.audio.factories import loop_layer, rich_song, section, shot_layer, song

FILE = Path("/nowhere/loop.wav")


def full_level(event: Event) -> int:
    """Frame at which an event has reached its level."""
    return event.start + event.fade_in if event.fade_in == LEAD else event.start


def test_a_plan_reads_back_from_json_and_is_the_same_each_time(tmp_path: Path) -> None:
    made = rich_song(tmp_path)
    plan = build_plan(made)
    assert MixPlan.from_json(plan.to_json()) == plan
    assert build_plan(made) == plan
    with pytest.raises(AudioError):
        MixPlan.from_json('{"tempo": 120}')


def test_turns_start_on_their_beats_without_drift() -> None:
    tempo = 137.3
    plan = build_plan(song(section(1, loop_layer("a", FILE, beats=800.0), bars=200), tempo=tempo))
    assert len(plan.events) == 200
    for bar, event in enumerate(plan.events):
        assert full_level(event) == frames_of(4.0 * bar, tempo)
        assert event.end == frames_of(4.0 * (bar + 1), tempo)
        if bar:
            assert (event.offset, event.fade_in) == (-LEAD, LEAD)
    assert plan.clips[0].frames == pytest.approx(4 * 60 / tempo * 48_000, abs=1e-9)


def test_a_loop_that_goes_on_over_a_border_is_joined_by_the_same_audio() -> None:
    tempo = 133.7
    one = section(1, loop_layer("a", FILE, id="x", beats=10.0, loop_beats=8.0), bars=3)
    first, second, third = build_plan(
        song(replace(one, bars=3), section(2, loop_layer("a", FILE, id="y", beats=4.0, loop_beats=8.0)), tempo=tempo)
    ).events
    # beat 10 to 12 is empty: the second section starts afresh
    assert (third.offset, third.fade_in) == (0, 8)
    assert first.end - LEAD == second.start
    apart = build_plan(
        song(
            section(1, loop_layer("a", FILE, id="x", beats=12.0, loop_beats=8.0), bars=3),
            section(2, loop_layer("a", FILE, id="y", beats=4.0, loop_beats=8.0, offset_beats=4.0)),
            tempo=tempo,
        )
    ).events
    before, after = apart[1], apart[2]
    assert (after.fade_in, before.fade_out) == (LEAD, LEAD)
    assert after.start == before.end - LEAD
    assert after.offset == before.offset + after.start - before.start


def test_reading_starts_at_the_offset_and_stays_in_phase() -> None:
    plan = build_plan(song(section(1, loop_layer("a", FILE, start_beat=2.0, beats=6.0, offset_beats=1.0))))
    first, second = plan.events
    assert (first.start, first.offset) == (48_000, 24_000)
    assert full_level(second) == frames_of(5.0, 120.0)
    assert second.end == frames_of(8.0, 120.0)


@settings(max_examples=60, deadline=None)
@given(
    tempo=st.floats(40, 250),
    period=st.sampled_from([0.5, 1.0, 3.0, 4.0, 7.0, 16.0]),
    start=st.floats(0, 10),
    offset=st.floats(0, 40),
)
def test_events_cover_their_layer_without_gap_or_overlap_but_the_seam(
    tempo: float, period: float, start: float, offset: float
) -> None:
    layer = loop_layer("a", FILE, start_beat=start, beats=16.0 - start, loop_beats=period, offset_beats=offset)
    events = build_plan(song(section(1, layer), tempo=tempo)).events
    assert events[0].start == frames_of(start, tempo)
    assert events[-1].end == frames_of(16.0, tempo)
    longest = math.ceil(period * 60 / tempo * 48_000)
    for event, following in pairwise(events):
        assert following.start == event.end - event.fade_out
        assert following.fade_in == event.fade_out
    assert all(event.offset >= -LEAD and event.offset + event.end - event.start <= longest for event in events)
    assert all(event.fade_out <= LEAD and event.end > event.start for event in events)


def test_patterns_repeat_each_whole_number_of_bars_and_swing() -> None:
    plan = build_plan(song(section(1, shot_layer("a", FILE, (0.0, 4.25))), swing=1.0))
    starts = [event.start for event in plan.events]
    late = 4.25 + 1 / 12
    assert starts == [frames_of(beat, 120.0) for beat in (0.0, late, 8.0, 8.0 + late)]


def test_one_shots_choke_themselves_and_ring_past_the_end() -> None:
    first, second = build_plan(song(section(1, shot_layer("a", FILE, (0.0, 2.0), beats=4.0), bars=1))).events
    assert first.end == second.start
    assert 0 < first.fade_out <= 480
    assert second.end > frames_of(4.0, 120.0)
    other = Path("/nowhere/other.wav")
    layers = (
        shot_layer("a", FILE, (0.0,), id="x", track="t", beats=4.0),
        shot_layer("a", other, (1.0,), id="y", track="t", beats=4.0),
    )
    drums = build_plan(song(section(1, *layers, bars=1)))
    assert drums.events[0].end > drums.events[1].start
    bass = build_plan(song(section(1, *(replace(layer, role=Role.BASS) for layer in layers), bars=1)))
    assert bass.events[0].end == bass.events[1].start


def test_muted_tracks_are_silent_and_solo_silences_the_others() -> None:
    layers = (loop_layer("a", FILE), loop_layer("b", FILE), loop_layer("c", FILE, muted=True))
    muted = build_plan(song(section(1, *layers), muted=frozenset({"t-a"})))
    assert [strip.audible for strip in muted.strips] == [False, True, True]
    assert {event.track for event in muted.events} == {"t-a", "t-b"}
    solo = build_plan(song(section(1, *layers), solo=frozenset({"t-a"})))
    assert [strip.audible for strip in solo.strips] == [True, False, False]


def test_a_drop_out_empties_the_beats_before_the_border() -> None:
    layers = (loop_layer("a", FILE, id="x"), shot_layer("b", FILE, (0.0, 1.0, 2.0, 3.0), id="y"))
    plan = build_plan(
        song(
            section(1, *layers),
            section(
                2,
                loop_layer("a", FILE, id="z"),
                transition=Transition(TransitionKind.DROP_OUT, 2.0),
            ),
        )
    )
    start, end = frames_of(14.0, 120.0), frames_of(16.0, 120.0)
    assert all(event.end <= start or event.start >= end - LEAD for event in plan.events)
    assert any(event.end == start for event in plan.events)


def test_made_sounds_have_a_strip_of_their_own() -> None:
    def entered(kind: TransitionKind) -> MixPlan:
        return build_plan(
            song(
                section(1, loop_layer("a", FILE, id="x")),
                section(2, loop_layer("a", FILE, id="z"), transition=Transition(kind, 4.0)),
            )
        )

    riser = entered(TransitionKind.RISER)
    event = next(event for event in riser.events if event.track == "transitions")
    assert (event.start, event.end) == (frames_of(12.0, 120.0), frames_of(16.0, 120.0))
    assert riser.strips[-1].id == "transitions"
    impact = entered(TransitionKind.IMPACT)
    assert next(e for e in impact.events if e.track == "transitions").start == frames_of(16.0, 120.0)
    sweep = entered(TransitionKind.SWEEP_UP)
    assert [(p.start, p.end) for p in sweep.passages] == [(frames_of(12.0, 120.0), frames_of(16.0, 120.0))]
    fill = entered(TransitionKind.FILL)
    assert len([e for e in fill.events if frames_of(12.0, 120.0) <= e.start < frames_of(16.0, 120.0) - LEAD]) == 12


def test_half_time_doubles_period_and_stretch() -> None:
    half = loop_layer("a", FILE, stretch=1.1, fx=(Effect(EffectKind.HALF_TIME),))
    plan = build_plan(song(section(1, half)))
    assert (plan.clips[0].stretch, plan.clips[0].beats) == (2.2, 8.0)
    hits = shot_layer("a", FILE, (0.0, 1.0), beats=4.0, fx=(Effect(EffectKind.DOUBLE_TIME),))
    assert [e.start for e in build_plan(song(section(1, hits, bars=1))).events][:2] == [0, 12_000]


def test_drums_are_never_transposed_and_keys_name_what_matters() -> None:
    drums = build_plan(song(section(1, loop_layer("a", FILE, semitones=3)))).clips[0]
    assert drums.semitones == 0
    keys = {
        build_plan(song(section(1, loop_layer("a", FILE, role=Role.PAD, **more)), tempo=tempo)).clips[0].key
        for more, tempo in (
            ({}, 120.0),
            ({"semitones": 1}, 120.0),
            ({"stretch": 1.2}, 120.0),
            ({}, 121.0),
            ({"fx": (Effect(EffectKind.REVERSE),)}, 120.0),
        )
    }
    assert len(keys) == 5
    mixed = build_plan(song(section(1, loop_layer("a", FILE, role=Role.PAD, gain_db=-3.0)), mix=MixMode.TAPE))
    assert mixed.clips[0].key not in keys
    assert mixed.clips[0].toned
    assert clip_with_key(replace(mixed.clips[0], toned=False)).key in keys


def test_bars_and_sections_are_found(tmp_path: Path) -> None:
    plan = build_plan(rich_song(tmp_path, tempo=131.0))
    for bar in (0, 1, 7, 16, 999):
        frame = plan.bar_frame(bar)
        assert plan.next_bar(frame) == bar
        assert plan.next_bar(frame + 1) == bar + 1
    second = plan.section("s2")
    assert second is not None
    assert (second.start, second.start_bar, second.bars) == (plan.bar_frame(8), 8, 8)
    assert plan.frames == plan.bar_frame(16)
    assert plan.section("none") is None
