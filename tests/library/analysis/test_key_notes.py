import numpy as np
import pytest

from loopmind_chat.library.analysis.key_evidence import ROWS, key_evidence
from loopmind_chat.library.analysis.key_notes import LOWEST, sounding_notes
from tests.fakes.sounds import RATE, Samples, drum_loop, noise, note, place


def _found(signal: Samples) -> set[int]:
    """MIDI numbers of the notes that hold more than a tenth of all strength."""
    heard = sounding_notes(signal, RATE)
    assert heard is not None
    total = heard.strength.sum(axis=0)
    return {int(column) + LOWEST for column in np.flatnonzero(total > 0.1 * total.sum())}


@pytest.mark.parametrize("midi", [33, 45, 60, 72])
def test_partials_are_taken_for_their_note(midi: int) -> None:
    assert _found(note(midi, 2.0, partials=10)) == {midi}


def test_the_notes_of_a_chord_are_told_apart() -> None:
    chord = sum(note(midi, 2.0) for midi in (50, 60, 64, 67))
    assert _found(np.asarray(chord, np.float32)) == {50, 60, 64, 67}


def test_a_note_whose_root_is_weaker_than_its_partials_is_found_at_its_root() -> None:
    t = np.arange(2 * RATE) / RATE
    hertz = 440.0 * 2 ** ((40 - 69) / 12)
    brass = sum(level * np.sin(2 * np.pi * hertz * h * t) for h, level in enumerate((0.3, 0.8, 1.0, 0.7, 0.4, 0.2), 1))
    assert _found(np.asarray(brass / 4, np.float32)) == {40}


@pytest.mark.parametrize("detune", [-0.45, -0.2, 0.0, 0.3, 0.45])
def test_the_tuning_is_found_in_cents(detune: float) -> None:
    heard = sounding_notes(note(57 + detune, 2.0), RATE)
    assert heard is not None
    assert heard.cents == pytest.approx(100 * detune, abs=4)


def test_drums_leave_little_beside_a_melody() -> None:
    loop = drum_loop(120, 8)
    for beat in range(8):
        place(loop, note(60 + (beat % 2) * 7, 0.5, level=0.4), beat * RATE // 2)
    heard = sounding_notes(loop, RATE)
    assert heard is not None
    upper = heard.strength[:, 48 - LOWEST :].sum(axis=0)
    assert upper[[60 - 48, 67 - 48]].sum() > 0.7 * upper.sum()


def test_silence_and_clicks_have_no_notes() -> None:
    assert sounding_notes(np.zeros(RATE, np.float32), RATE) is None
    assert sounding_notes(noise(0.05), RATE) is None


def test_every_row_of_the_evidence_tells_first_from_last() -> None:
    melody = np.concatenate([note(midi, 1.0) for midi in (60, 62, 64, 65, 67)])
    heard = sounding_notes(melody, RATE)
    assert heard is not None
    evidence = key_evidence(heard)
    assert evidence is not None
    assert evidence.shape == (len(ROWS), 12)
    rows = dict(zip(ROWS, evidence, strict=True))
    assert int(np.argmax(rows["notes at first"])) == 0
    assert int(np.argmax(rows["lowest at first"])) == 0
    assert int(np.argmax(rows["highest at last"])) == 7


def test_chords_are_seen_by_their_root() -> None:
    chord = np.asarray(sum(note(midi, 2.0) for midi in (57, 60, 64)), np.float32)
    heard = sounding_notes(chord, RATE)
    assert heard is not None
    evidence = key_evidence(heard)
    assert evidence is not None
    rows = dict(zip(ROWS, evidence, strict=True))
    assert int(np.argmax(rows["minor chords"])) == 9
    assert rows["minor chords"][9] > 0.5
