"""The sound map: what is alike lies together, the same every time, and stays where it was."""

import time
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.map_regions import regions
from loopmind_chat.library.neighbour_layout import laid_out, nearest
from loopmind_chat.library.sound_map import SoundMap, draw_map, read_map, write_map
from tests.fakes.loop_rows import made_facts

GROUPS = 6


def _sounds(count: int, *, seed: int = 1) -> tuple[list[str], Vectors]:
    """Loops of six kinds in turn."""
    chance = np.random.default_rng(3)
    kinds = chance.normal(size=(GROUPS, 32))
    own = np.random.default_rng(seed).normal(size=(count, 32))
    vectors = kinds[np.arange(count) % GROUPS] + 0.4 * own
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [f"{number:012x}" for number in range(count)], vectors.astype(np.float32)


def _agreement(plane: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> float:
    """How many of the five nearest on the plane are of the same kind."""
    apart = ((plane[:, None] - plane[None]) ** 2).sum(axis=2)
    beside = np.argsort(apart, axis=1)[:, 1:6]
    kinds = np.arange(len(plane)) % GROUPS
    return float((kinds[beside] == kinds[:, None]).mean())


def test_what_is_alike_lies_together() -> None:
    ids, vectors = _sounds(300)
    drawn = draw_map(ids, vectors)
    assert _agreement(drawn.plane) > 0.97
    assert np.abs(drawn.plane.mean(axis=0)).max() < 1e-6
    assert drawn.plane.std() == pytest.approx(1.0)


def test_the_same_sounds_give_the_same_map() -> None:
    ids, vectors = _sounds(200)
    assert (draw_map(ids, vectors).plane == draw_map(ids, vectors).plane).all()


def test_new_loops_move_nothing_and_lie_beside_their_kind() -> None:
    ids, vectors = _sounds(300)
    old = draw_map(ids[:250], vectors[:250])
    new = draw_map(ids, vectors, old)
    assert (new.plane[:250] == old.plane).all()
    assert _agreement(new.plane) > 0.95


def test_a_map_mostly_new_is_drawn_afresh_the_same_way_up() -> None:
    ids, vectors = _sounds(300)
    old = draw_map(ids[:150], vectors[:150])
    new = draw_map(ids, vectors, old)
    assert _agreement(new.plane) > 0.97
    kinds = np.arange(150) % GROUPS
    for kind in range(GROUPS):
        before, after = old.plane[kinds == kind].mean(axis=0), new.plane[:150][kinds == kind].mean(axis=0)
        assert np.hypot(*(before - after)) < 1.0


def test_loops_that_go_leave_the_others_where_they_are() -> None:
    ids, vectors = _sounds(120)
    old = draw_map(ids, vectors)
    assert (draw_map(ids[:100], vectors[:100], old).plane == old.plane[:100]).all()


def test_of_very_many_some_are_landmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loopmind_chat.library.sound_map._LANDMARKS", 200)
    ids, vectors = _sounds(600)
    assert _agreement(draw_map(ids, vectors).plane) > 0.95


@pytest.mark.parametrize("count", [0, 1, 2, 5, 24, 25, 26])
def test_few_loops(count: int) -> None:
    ids, vectors = _sounds(count)
    drawn = draw_map(ids, vectors)
    assert drawn.plane.shape == (count, 2)
    assert np.isfinite(drawn.plane).all()


def test_the_very_same_sound_many_times() -> None:
    vectors = np.tile(_sounds(1)[1], (60, 1))
    assert np.isfinite(laid_out(vectors)).all()


def test_nearest_is_nearest() -> None:
    _, vectors = _sounds(90)
    exact = np.argsort(-(vectors @ vectors.T), axis=1)[:, :4]
    assert (nearest(vectors, vectors, 4) == exact).all()


def test_a_thousand_loops_take_seconds() -> None:
    ids, vectors = _sounds(1_000)
    started = time.thread_time()
    draw_map(ids, vectors)
    assert time.thread_time() - started < 10.0


def test_a_kept_map_is_read_again_by_the_same_model_only(tmp_path: Path) -> None:
    ids, vectors = _sounds(40)
    drawn = draw_map(ids, vectors)
    path = tmp_path / "map.npz"
    write_map(path, "one", drawn)
    kept = read_map(path, "one")
    assert kept is not None
    assert kept.ids == tuple(ids)
    assert (kept.plane == drawn.plane).all()
    assert [file.name for file in tmp_path.iterdir()] == ["map.npz"]
    assert read_map(path, "two") is None
    path.write_bytes(path.read_bytes()[:100])
    assert read_map(path, "one") is None
    assert read_map(tmp_path / "nowhere.npz", "one") is None
    write_map(tmp_path / "no folder" / "map.npz", "one", drawn)  # a cache may fail


def test_part_of_a_map() -> None:
    drawn = SoundMap(("a", "b", "c"), np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]))
    part = drawn.of(["b", "c", "d"])
    assert part.ids == ("b", "c")
    assert part.plane.tolist() == [[1.0, 1.0], [2.0, 2.0]]
    assert drawn.of([]).plane.shape == (0, 2)


def test_regions_are_named_by_what_sets_them_apart() -> None:
    chance = np.random.default_rng(2)
    plane = np.concatenate([chance.normal(size=(40, 2)) * 0.1, chance.normal(size=(60, 2)) * 0.1 + 3.0])
    loops = [made_facts(f"/{n}.wav", "drums", tags={"kick": 0.9, "trap": 0.8, "dark": 0.5}) for n in range(40)]
    loops += [made_facts(f"/{n}.wav", "melody", tags={"guitar": 0.9, "trap": 0.8}) for n in range(40, 100)]
    first, second = regions(loops, plane)
    assert (first.label, first.count) == ("guitar melody", 60)
    assert second.count == 40
    assert "kick" in second.label
    assert "trap" not in second.label
    assert (first.x, first.y) == (pytest.approx(3.0, abs=0.1), pytest.approx(3.0, abs=0.1))
    assert regions([], np.zeros((0, 2))) == []
