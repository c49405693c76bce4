import numpy as np
import pytest

from loopmind_chat.library.analysis.names import read_name
from loopmind_chat.library.analysis.spectrum import sounding, spectrum_of
from loopmind_chat.library.analysis.tempo import Tempo, find_tempo, gives_whole_bpm
from loopmind_chat.library.analysis.tempo_onsets import strikes_of
from loopmind_chat.library.analysis.tempo_readings import grid, spans_of
from loopmind_chat.soundfiles.chunks import Acid
from tests.fakes.sounds import RATE, Samples, drum_loop, melody_loop, noise


def tempo_of(signal: Samples, name: str = "x", acid: Acid | None = None, genres: tuple[str, ...] = ()) -> Tempo | None:
    spans = spans_of(len(signal), *sounding(signal), RATE)
    return find_tempo(spans, spectrum_of(signal, RATE), read_name(f"/{name}.wav"), acid, list(genres))


@pytest.mark.parametrize("bpm", [96, 110, 124, 128, 140, 172])
@pytest.mark.parametrize("beats", [8, 16])
def test_the_length_gives_the_tempo(bpm: int, beats: int) -> None:
    found = tempo_of(drum_loop(bpm, beats))
    assert found is not None
    assert (found.bpm, found.beats, found.source) == (bpm, beats, "length")


def test_slow_loops_keep_their_true_tempo_among_the_alternates() -> None:
    found = tempo_of(drum_loop(75, 16))
    assert found is not None
    assert {75, 150} <= {found.bpm, *found.alternates}
    assert found.confidence < 0.97
    assert {75, 150} <= {reading.bpm for reading in found.readings}


def test_a_genre_settles_the_octave() -> None:
    for genre, bpm in (("lofi", 80), ("dnb", 174), ("trap", 140)):
        found = tempo_of(melody_loop(bpm, 16, 9), genres=(genre,))
        assert found is not None
        assert found.bpm == bpm


@pytest.mark.parametrize(("name", "bpm"), [("beat 75bpm", 75), ("beat_75_dark", 75), ("beat 150 BPM", 150)])
def test_the_name_goes_before_the_length(name: str, bpm: float) -> None:
    found = tempo_of(drum_loop(75, 16), name)
    assert found is not None
    assert (found.bpm, found.source) == (bpm, "name")
    assert found.beats == 16 * bpm / 75
    assert found.confidence > 0.9


def test_a_bare_number_that_does_not_suit_the_length_is_no_tempo() -> None:
    found = tempo_of(drum_loop(128, 16), "kit 101 beat")
    assert found is not None
    assert (found.bpm, found.source) == (128, "length")


def test_a_stale_name_loses_to_the_onsets() -> None:
    found = tempo_of(drum_loop(128, 16), "beat 93bpm")
    assert found is not None
    assert found.bpm == 128
    assert 93 in found.alternates
    assert found.confidence <= 0.5


def test_odd_metres_are_believed_from_the_name() -> None:
    found = tempo_of(drum_loop(95, 15), "Drums_15-8_95BPM")
    assert found is not None
    assert (found.bpm, found.beats) == (95, 15)


@pytest.mark.parametrize("lead", [0.025, 0.2])
def test_silence_before_and_after_does_not_count(lead: float) -> None:
    padding = np.zeros(int(lead * RATE), np.float32)
    for padded in (np.concatenate([padding, drum_loop(126, 16)]), np.concatenate([melody_loop(126, 16, 2), padding])):
        found = tempo_of(padded)
        assert found is not None
        assert found.bpm == 126
        assert found.beats == 16


def test_a_tail_after_the_last_beat_does_not_count() -> None:
    tail = noise(0.5, level=0.02) * np.exp(-np.arange(RATE // 2) / RATE * 8).astype(np.float32)
    found = tempo_of(np.concatenate([drum_loop(118, 16), tail]))
    assert found is not None
    assert found.bpm == 118
    assert found.beats == 16


def test_acid_data_is_believed_only_where_it_agrees_with_the_length() -> None:
    good = Acid(one_shot=False, root_note=None, beats=12, meter=(3, 4), tempo=90.0)
    loop = melody_loop(90, 12, 0)
    found = tempo_of(loop, acid=good)
    assert found is not None
    assert (found.bpm, found.beats, found.source) == (90, 12, "acid")
    for junk in (
        Acid(one_shot=True, root_note=None, beats=12, meter=(3, 4), tempo=90.0),
        Acid(one_shot=False, root_note=None, beats=16, meter=(4, 4), tempo=90.0),
        Acid(one_shot=False, root_note=None, beats=0, meter=(4, 4), tempo=120.0),
    ):
        other = tempo_of(loop, acid=junk)
        assert other is not None
        assert other.source == "length"


def test_strikes_stand_on_their_own_grid_only() -> None:
    strikes = strikes_of(spectrum_of(drum_loop(120, 16), RATE))
    assert len(strikes.times) == 32
    own, other = grid(strikes, np.array([120.0, 127.0]))
    assert own > 0.9
    assert other < 0.4


def test_whole_tempos_are_rare_among_chance_lengths() -> None:
    lengths = np.random.default_rng(3).uniform(1, 20, 2_000)
    assert np.mean([gives_whole_bpm(float(length)) for length in lengths]) < 0.08
    assert all(gives_whole_bpm(16 * 60 / bpm) for bpm in range(61, 195))
