import numpy as np
import pytest
from analysis_sets.measures import (
    calibration_error,
    exact_tempo,
    interval,
    key_score,
    macro_f1,
    mcnemar,
    mean_over_packs,
    near_tempo,
    octave_tempo,
    paired_interval,
)


def test_a_tempo_is_exact_where_it_rounds_to_the_same_number() -> None:
    assert exact_tempo(136.88, 137.0)
    assert exact_tempo(127.5, 128.0)
    assert not exact_tempo(127.49, 128.0)
    assert not exact_tempo(None, 128.0)


def test_a_tempo_is_near_within_four_percent() -> None:
    assert near_tempo(104.0, 100.0)
    assert not near_tempo(104.1, 100.0)
    assert not near_tempo(None, 100.0)


@pytest.mark.parametrize(("found", "right"), [(70, True), (140, True), (210, True), (35, True), (93.3, False)])
def test_octaves_and_triplets_are_forgiven_apart(found: float, right: bool) -> None:  # noqa: FBT001 - a column of the table
    assert octave_tempo(found, 70.0) is right


@pytest.mark.parametrize(
    ("found", "truth", "score"),
    [
        ("A minor", "A minor", 1.0),
        ("Db major", "C# major", 1.0),
        ("G major", "C major", 0.5),
        ("F major", "C major", 0.0),
        ("A minor", "C major", 0.3),
        ("C major", "A minor", 0.3),
        ("C minor", "C major", 0.2),
        ("E minor", "A minor", 0.5),
        ("E minor", "C major", 0.0),
        (None, "C major", 0.0),
    ],
)
def test_keys_are_scored_as_mirex_does(found: str | None, truth: str, score: float) -> None:
    assert key_score(found, truth) == score


def test_macro_f1_counts_a_rare_class_as_much_as_a_common_one() -> None:
    truth = ["a"] * 8 + ["b"] * 2
    assert macro_f1(truth, truth) == 1.0
    # a: precision .8, recall 1, so F1 8/9; b: none found
    assert macro_f1(["a"] * 10, truth) == pytest.approx((8 / 9) / 2)


def test_mcnemar_counts_only_the_files_on_which_two_differ() -> None:
    same = [True] * 50
    ours = same + [True] * 9 + [False]
    theirs = same + [False] * 9 + [True]
    # ten decided, one against: 2 * (1 + 10) / 2**10
    assert mcnemar(ours, theirs) == pytest.approx(22 / 1024)
    assert mcnemar(same, same) == 1.0
    assert mcnemar([True, False], [False, True]) == 1.0


def test_the_calibration_error_is_the_gap_of_belief_and_truth() -> None:
    assert calibration_error([0.95] * 20, [True] * 19 + [False]) == pytest.approx(0.0)
    assert calibration_error([0.95] * 20, [False] * 20) == pytest.approx(0.95)
    assert calibration_error([1.0, 0.05], [True, False]) == pytest.approx(0.025)


def test_packs_count_alike_whatever_their_size() -> None:
    assert mean_over_packs([1, 1, 1, 0], ["a", "a", "a", "b"]) == 0.5


def test_the_interval_is_as_wide_as_packs_differ() -> None:
    packs = [p for p in "abcdefgh" for _ in range(50)]
    alike = np.tile([0.0, 1.0], 200)
    apart = np.repeat([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0], 50)
    low, high = interval(packs, lambda files: float(alike[files].mean()), rounds=200)
    assert 0.4 < low < 0.5 < high < 0.6
    low, high = interval(packs, lambda files: float(apart[files].mean()), rounds=200)
    assert low <= 0.25
    assert high >= 0.75


def test_a_paired_interval_sees_what_two_unpaired_ones_would_hide() -> None:
    random = np.random.default_rng(0)
    packs = [str(n // 20) for n in range(400)]
    theirs = random.random(400) < 0.5
    ours = theirs | (random.random(400) < 0.2)
    low, high = paired_interval(ours, theirs, packs, rounds=200)
    assert 0.03 < low < high < 0.2
