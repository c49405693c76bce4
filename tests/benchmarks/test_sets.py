import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from analysis_sets.files import with_acid, write_file
from analysis_sets.harmony import MAJOR, MINOR, progression
from analysis_sets.item import RATE, Hit, Note, Part, Plan
from analysis_sets.keys import key_plans
from analysis_sets.measures import parsed_key
from analysis_sets.packs import PACKS, pack_plans
from analysis_sets.render import rendered
from analysis_sets.rhythm import strokes


def plans_of(number: int, loops: int = 12, seed: int = 3) -> list[Plan]:
    return list(pack_plans(PACKS[number], number, loops, seed))


def made_here(plan: Plan) -> Plan:
    """The plan with sounds that need nothing installed."""
    parts = tuple(replace(p, instrument="kit:synth" if p.hits else "synth:keys") for p in plan.parts)
    return replace(plan, parts=parts)


def tone_plan(**changed: Any) -> Plan:  # noqa: ANN401 - any of a plan's fields
    given = {
        "name": "x",
        "folder": "f",
        "pack": "p",
        "kind": "melody",
        "role": "melody",
        "bpm": 100.0,
        "beats": 8.0,
        "parts": (Part("synth:organ", notes=(Note(0.0, 8.0, 69),)),),
        "seed": 1,
    }
    return Plan(**(given | changed))


def test_the_same_seed_makes_the_same_plans_and_another_seed_others() -> None:
    assert plans_of(0) == plans_of(0)
    assert plans_of(0) != plans_of(0, seed=4)


def test_the_same_plan_makes_the_same_sound() -> None:
    plan = made_here(plans_of(1)[0])
    first, second = rendered([plan], font=False)[0], rendered([plan], font=False)[0]
    assert np.array_equal(first, second)


@pytest.mark.parametrize("number", range(0, len(PACKS), 3))
def test_a_whole_loop_lasts_its_beats(number: int) -> None:
    whole = [p for p in plans_of(number) if "whole power of two" in p.traits][:2]
    assert whole
    for plan, samples in zip(whole, rendered([made_here(p) for p in whole], font=False), strict=True):
        assert abs(len(samples) / RATE * plan.bpm / 60 - plan.beats) < 0.001
        assert np.log2(plan.beats) % 1 == 0
        assert np.abs(samples).max() > 0.1


def test_tails_and_silences_add_what_they_say() -> None:
    tail, silence, lead = rendered(
        [
            tone_plan(ending="tail", tail_s=0.5),
            tone_plan(ending="silence", tail_s=0.4),
            tone_plan(ending="cut", lead_s=0.1),
        ],
        font=False,
    )
    whole = 8 * 60 / 100
    assert len(tail) / RATE == pytest.approx(whole + 0.5, abs=0.001)
    assert len(silence) / RATE == pytest.approx(whole + 0.4, abs=0.001)
    assert not silence[-int(0.39 * RATE) :].any()
    assert not lead[: int(0.09 * RATE)].any()


def test_most_loops_are_whole_as_in_public_packs() -> None:
    plans = [p for n in range(len(PACKS)) for p in plans_of(n, loops=20) if p.is_loop]
    even = sum("whole power of two" in p.traits for p in plans) / len(plans)
    cut = sum(bool(p.lead_s or p.tail_s or p.untagged) for p in plans) / len(plans)
    assert 0.75 < even < 0.92
    assert 0.04 < cut < 0.14
    assert {60 <= p.bpm <= 200 for p in plans} == {True}
    assert 0.15 < sum(p.bpm < 90 for p in plans) / len(plans) < 0.4


def test_no_truth_is_in_a_name_that_is_stale_or_silent() -> None:
    for number, pack in enumerate(PACKS):
        for plan in plans_of(number):
            if plan.truth_in_name:
                assert f"{plan.bpm:g}" in plan.name, pack.name
            if "stale name" in plan.traits:
                assert f"{plan.bpm:g}" not in plan.name.replace("_", " ").split()


def test_keys_are_balanced_and_their_notes_lie_in_them() -> None:
    plans = list(key_plans(2, 5))
    assert len({p.key for p in plans}) == 24
    assert sum("major" in p.traits for p in plans) == len(plans) / 2
    outside = total = 0
    for plan in plans:
        tonic, mode = parsed_key(plan.key)
        scale = {(tonic + step) % 12 for step in (MAJOR if mode == "major" else MINOR)}
        notes = [n for part in plan.parts for n in part.notes]
        total += len(notes)
        outside += sum(n.pitch % 12 not in scale for n in notes)
    assert outside / total < 0.05  # leading notes and the fifths of basses


def test_a_drum_loop_strikes_where_its_pattern_says() -> None:
    hits = strokes("house", "drums", 8.0, np.random.default_rng(0))
    kicks = [h.start for h in hits if h.drum == "kick"]
    assert set(np.arange(8.0)) <= set(kicks)
    assert max(h.start for h in hits) < 8.0
    assert not [h for h in strokes("house", "tops", 8.0, np.random.default_rng(0)) if h.drum == "kick"]


def test_the_first_kick_is_heard_where_it_is_struck() -> None:
    hits = (Hit(1.0, "kick"), Hit(3.0, "kick"))
    plan = tone_plan(parts=(Part("kit:synth", hits=hits),), bpm=120.0, beats=4.0, ending="cut")
    loud = np.abs(rendered([plan], font=False)[0]).max(axis=1) > 0.05
    assert np.argmax(loud) / RATE == pytest.approx(0.5, abs=0.01)


def test_a_tone_has_the_pitch_of_its_note_and_the_tuning_of_its_pack() -> None:
    for cents, hertz in ((0.0, 440.0), (40.0, 440.0 * 2 ** (40 / 1200))):
        samples = rendered([tone_plan(cents=cents)], font=False)[0][:RATE, 0]
        peak = np.argmax(np.abs(np.fft.rfft(samples * np.hanning(RATE))))
        assert abs(peak - hertz) <= 1


def test_acid_chunks_tell_beats_and_tempo(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    samples = rendered([tone_plan()], font=False)[0]
    write_file(path, samples, tone_plan(acid="right"), chunks=True)
    data = path.read_bytes()
    at = data.index(b"acid")
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    flags, beats, tempo = struct.unpack("<I8xI4xf", data[at + 8 : at + 32])
    assert (flags & 1, beats, tempo) == (0, 8, 100.0)
    write_file(path, samples, tone_plan(acid="right"), chunks=False)
    assert b"acid" not in path.read_bytes()
    assert soundfile.info(path).frames == len(samples)


def test_an_odd_chunk_is_padded() -> None:
    assert with_acid(b"RIFF\0\0\0\0WAVEx", 0, 4, 90.0)[13:14] == b"\0"


def test_an_mp3_without_its_tag_is_longer_than_it_was(tmp_path: Path) -> None:
    samples = rendered([tone_plan()], font=False)[0]
    tagged, bare = tmp_path / "tagged.mp3", tmp_path / "bare.mp3"
    write_file(tagged, samples, tone_plan(suffix=".mp3"), chunks=False)
    write_file(bare, samples, tone_plan(suffix=".mp3", untagged=True), chunks=False)
    assert soundfile.info(tagged).frames == len(samples)
    late = soundfile.read(bare)[0].shape[0] - len(samples)
    assert 500 < late < 4 * 1152


@pytest.mark.parametrize("mode", ["major", "minor"])
def test_short_loops_begin_at_home(mode: str) -> None:
    assert {progression(mode, bars, np.random.default_rng(n))[0] for n in range(40) for bars in (1, 2)} == {0}
