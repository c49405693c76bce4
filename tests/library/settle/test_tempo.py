import math
import time
from collections.abc import Sequence

import numpy as np
import pytest

from loopmind_chat.library.settle.tempo import settle_tempos
from loopmind_chat.song.loops import LoopFacts, TempoReading


def loop(name: str, readings: dict[float, float], folder: str = "pack", seconds: float = 8.0) -> LoopFacts:
    """A loop with chances of tempos; the likeliest is its own."""
    ways = tuple(
        TempoReading(bpm, round(seconds * bpm / 60, 2), math.log(chance))
        for bpm, chance in sorted(readings.items(), key=lambda way: -way[1])
    )
    return LoopFacts(
        id=name,
        path=f"/music/{folder}/{name}.wav",
        name=name,
        duration_s=seconds,
        sample_rate=44_100,
        channels=2,
        is_loop=True,
        bpm=ways[0].bpm,
        bpm_confidence=math.exp(ways[0].log_odds),
        beats=ways[0].beats,
        bars=ways[0].beats / 4,
        tempo_source="length",
        tempo_readings=ways,
    )


def known(name: str, bpm: float, folder: str = "pack") -> LoopFacts:
    return LoopFacts(
        id=name,
        path=f"/music/{folder}/{name}.wav",
        name=name,
        duration_s=8.0,
        sample_rate=44_100,
        channels=2,
        is_loop=True,
        bpm=bpm,
        bpm_confidence=0.98,
        tempo_source="name",
    )


def tempos(loops: Sequence[LoopFacts]) -> dict[str, float | None]:
    settled = settle_tempos(loops)
    return {each.id: settled.get(each.id, each).bpm for each in loops}


def test_named_loops_settle_the_others_of_their_folder() -> None:
    loops = [known(f"n{k}", 85.0) for k in range(6)] + [loop("x", {170.0: 0.7, 85.0: 0.3})]
    settled = settle_tempos(loops)
    assert set(settled) == {"x"}
    assert (settled["x"].bpm, settled["x"].tempo_source) == (85.0, "folder")
    assert settled["x"].beats == pytest.approx(8 * 85 / 60, abs=0.01)
    assert settled["x"].bars == pytest.approx(2 * 85 / 60, abs=0.01)
    assert 170.0 in settled["x"].bpm_alternates
    assert 0.6 < settled["x"].bpm_confidence <= 0.97


def test_doubtful_loops_settle_each_other_where_they_agree() -> None:
    sure = [loop(f"s{k}", {140.0: 0.85, 70.0: 0.15}) for k in range(5)]
    doubtful = [loop("d", {70.0: 0.5, 140.0: 0.3, 105.0: 0.2}), loop("e", {93.33: 0.6, 140.0: 0.4})]
    found = tempos([*sure, *doubtful])
    assert found["d"] == 140.0
    assert found["e"] == 140.0


def test_loops_that_agree_are_surer_of_it() -> None:
    loops = [loop(f"s{k}", {128.0: 0.7, 64.0: 0.2, 96.0: 0.1}) for k in range(8)]
    settled = settle_tempos(loops)
    assert len(settled) == 8
    assert all(0.8 < each.bpm_confidence <= 0.97 for each in settled.values())


def test_a_folder_of_many_packs_settles_nothing() -> None:
    rng = np.random.default_rng(4)
    loops = []
    for k in range(60):
        bpm = float(np.clip(round(rng.choice([80, 92, 105, 124, 128, 140, 172]) + rng.normal(0, 6)), 62, 198))
        other = bpm * 2 if bpm < 100 else bpm / 2
        loops.append(loop(f"m{k:02}", {bpm: 0.8, other: 0.2}))
    found = tempos(loops)
    assert sum(found[each.id] != each.bpm for each in loops) <= 3


def test_a_pack_of_slow_loops_leans_slow_without_a_common_tempo() -> None:
    sure = [loop(f"s{bpm}", {float(bpm): 0.9, 2.0 * bpm: 0.1}) for bpm in range(66, 94, 2)]
    doubtful = loop("d", {146.0: 0.6, 73.0: 0.4})
    assert tempos([*sure, doubtful])["d"] == 73.0
    assert tempos([*sure[:1], doubtful])["d"] == 146.0


def test_other_folders_do_not_count() -> None:
    loops = [known(f"n{k}", 85.0, "one") for k in range(6)] + [loop("x", {170.0: 0.7, 85.0: 0.3}, "two")]
    assert settle_tempos(loops) == {}


def test_what_a_name_or_a_user_says_stays() -> None:
    loops = [loop(f"s{k}", {140.0: 0.9, 70.0: 0.1}) for k in range(9)] + [known("n", 93.0)]
    assert "n" not in settle_tempos(loops)


def test_the_order_does_not_matter() -> None:
    loops = [loop(f"s{k}", {140.0: 0.6, 70.0: 0.3, 105.0: 0.1}) for k in range(9)] + [known("n", 70.0)]
    shuffled = [loops[at] for at in np.random.default_rng(1).permutation(len(loops))]
    assert settle_tempos(loops) == settle_tempos(shuffled)


def test_nothing_comes_of_nothing() -> None:
    assert settle_tempos([]) == {}
    assert settle_tempos([loop("x", {120.0: 1.0})]) == {}


def test_twenty_thousand_loops_take_a_moment() -> None:
    rng = np.random.default_rng(2)
    loops = []
    for folder in range(2_000):
        bpm = float(rng.integers(70, 176))
        chances = {bpm: 0.6, bpm / 2: 0.25, bpm * 0.75: 0.15}
        loops += [loop(f"{folder}-{k}", chances, f"f{folder}") for k in range(10)]
    started = time.process_time()
    settled = settle_tempos(loops)
    assert time.process_time() - started < 2
    assert len(settled) > 10_000
