import numpy as np
import pytest

from loopmind_chat.library.analysis.key import find_key
from loopmind_chat.library.analysis.key_evidence import ROWS, key_evidence
from loopmind_chat.library.analysis.key_model import key_odds
from loopmind_chat.library.analysis.key_notes import RATE, sounding_notes
from training.analysis.key_music import compose
from training.analysis.key_timbres import keyless, render

OTHER_BANK = {
    "major": ("1 6 4 1", "1 2 5 1", "1 4 6 4", "4 6 1 5", "1 6 5 4"),
    "minor": ("1 7 6 7", "1 5 6 5", "1 4 1 7", "6 1 7 1", "1 7 4 4"),
}
"""Progressions that the model was not fitted on."""


@pytest.fixture(scope="module")
def evidence() -> np.ndarray:
    rng = np.random.default_rng(5)
    heard = sounding_notes(render(compose(rng), rng, 0), RATE)
    assert heard is not None
    found = key_evidence(heard)
    assert found is not None
    return found


def test_odds_are_probabilities(evidence: np.ndarray) -> None:
    odds = key_odds(evidence)
    assert odds.shape == (2, 12)
    assert odds.sum() == pytest.approx(1)
    assert odds.min() >= 0


@pytest.mark.parametrize("semitones", [1, 5, 11])
def test_transposed_evidence_gives_transposed_odds(evidence: np.ndarray, semitones: int) -> None:
    moved = key_odds(np.roll(evidence, semitones, axis=1))
    assert np.allclose(moved, np.roll(key_odds(evidence), semitones, axis=1))


def test_the_prior_moves_odds_from_major_to_minor(evidence: np.ndarray) -> None:
    even, leaning = key_odds(evidence, 0.0), key_odds(evidence, 2.0)
    assert leaning[1].sum() / leaning[0].sum() == pytest.approx(np.exp(2.0) * even[1].sum() / even[0].sum())


def test_a_flat_profile_favours_no_tonic() -> None:
    odds = key_odds(np.full((len(ROWS), 12), 1 / 12))
    assert np.ptp(odds[0]) == pytest.approx(0)
    assert np.ptp(odds[1]) == pytest.approx(0)


def test_pieces_of_other_progressions_are_mostly_heard_right() -> None:
    right = {"major": 0, "minor": 0}
    for seed in range(60):
        rng = np.random.default_rng([99, seed])
        piece = compose(rng, OTHER_BANK, ("major", "minor")[seed % 2])
        found = find_key(render(piece, rng, seed % 2), RATE, None)
        if found is not None:
            right[piece.mode] += (found.key.tonic, found.key.mode) == (piece.tonic, piece.mode)
    assert right["major"] >= 15
    assert right["minor"] >= 18


def test_sounds_without_a_key_are_seldom_given_one() -> None:
    found = [find_key(keyless(np.random.default_rng([98, seed])), RATE, None) for seed in range(40)]
    assert sum(guess is not None and guess.confidence > 0.6 for guess in found) <= 4
