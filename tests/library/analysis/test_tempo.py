import numpy as np
import pytest

from loopmind_chat.library.analysis.names import read_name
from loopmind_chat.library.analysis.spectrum import sounding, spectrum_of
from loopmind_chat.library.analysis.tempo import Tempo, find_tempo, gives_whole_bpm
from loopmind_chat.library.analysis.tempo_onsets import strikes_of
from loopmind_chat.library.analysis.tempo_readings import grid, spans_of
from loopmind_chat.soundfiles.chunks import Acid
from tests.fakes.sounds import RATE, Samples, drum_loop, hat, kick, melody_loop, noise, place


def tempo_of(signal: Samples, name: str = "x", acid: Acid | None = None, genres: tuple[str, ...] = ()) -> Tempo | None:
    spans = spans_of(len(signal), *sounding(signal), RATE)
    return find_tempo(spans, spectrum_of(signal, RATE), read_name(f"/{name}.wav"), acid, list(genres))


@pytest.mark.parametrize("bpm", [96, 110, 124, 128])
@pytest.mark.parametrize("beats", [8, 16])
def test_the_length_gives_the_tempo(bpm: int, beats: int) -> None:
    found = tempo_of(drum_loop(bpm, beats))
    assert found is not None
    assert (found.bpm, found.beats, found.source) == (bpm, beats, "length")


@pytest.mark.parametrize("bpm", [140, 172])
@pytest.mark.parametrize("beats", [8, 16])
def test_where_the_rhythm_suits_half_the_tempo_as_well_both_are_given(bpm: int, beats: int) -> None:
    found = tempo_of(drum_loop(bpm, beats))
    assert found is not None
    assert {bpm, bpm / 2} <= {found.bpm, *found.alternates}
    assert found.confidence < 0.95


HOUSE = ("x...x...x...x...", "....x.......x...", "..x...x...x...x.")
BOOM_BAP = ("x......x..x.....", "....x.......x...", "x.x.x.x.x.x.xxx.")
JUNGLE = ("x.........x.....", "....x.......x...", "x.x.x.x.x.x.x.x.")


@pytest.mark.parametrize(
    ("bpm", "pattern"),
    [(124, HOUSE), (128, HOUSE), (133, HOUSE), (84, BOOM_BAP), (88, BOOM_BAP), (93, BOOM_BAP), (174, JUNGLE)],
)
def test_the_drums_settle_the_octave(bpm: int, pattern: tuple[str, str, str]) -> None:
    found = tempo_of(beat(bpm, 16, pattern))
    assert found is not None
    assert (found.bpm, found.beats) == (bpm, 16)


@pytest.mark.parametrize(("bpm", "beats"), [(98, 12), (107, 24), (116, 15)])
def test_odd_lengths_are_heard(bpm: int, beats: int) -> None:
    bar = ("x..x......x.", "......x.....", "x.x.x.x.x.x.") if beats % 12 == 0 else ("x.x....x..x....", *["x" * 15] * 2)
    found = tempo_of(beat(bpm, beats, bar))
    assert found is not None
    assert bpm in (found.bpm, *found.alternates)


def beat(bpm: int, beats: int, pattern: tuple[str, str, str]) -> Samples:
    """Kick, snare and hat on the sixteenths marked in a bar."""
    out = np.zeros(round(beats * 60 / bpm * RATE), np.float32)
    snare = noise(0.15, level=0.3) * np.exp(-np.arange(round(0.15 * RATE)) / RATE * 25).astype(np.float32)
    for sound, marks in zip((kick(), snare, hat()), pattern, strict=True):
        for step in range(beats * 4):
            if marks[step % len(marks)] == "x":
                place(out, sound, round(step * 15 / bpm * RATE))
    return out


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
    assert found.confidence < 0.98


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


def test_chances_add_up_and_the_likeliest_comes_first() -> None:
    found = tempo_of(melody_loop(92, 16, 4))
    assert found is not None
    assert 2 <= len(found.readings) <= 6
    odds = [reading.log_odds for reading in found.readings]
    assert odds == sorted(odds, reverse=True)
    assert 0.9 < sum(np.exp(odds)) <= 1.01
    assert all(
        60 * reading.beats / reading.bpm == pytest.approx(16 * 60 / 92, rel=0.1) for reading in found.readings[:2]
    )


def test_an_untagged_mp3_starts_late_and_ends_late() -> None:
    loop = np.pad(drum_loop(126, 16), (1105, 0))
    found = tempo_of(np.pad(loop, (0, -len(loop) % 1152)))
    assert found is not None
    assert (found.bpm, found.beats) == (126, 16)


@pytest.mark.parametrize(
    ("folder", "file", "bpm"),
    [
        ("Trap_140", "lead", 140.0),
        ("Pack 70 bpm", "lead", 70.0),
        ("Dubstep 136-144 BPM", "lead", 140.0),
        ("Chill 65-75bpm", "lead", 70.0),
        ("Chill", "lead 70", 70.0),
    ],
)
def test_folders_and_ranges_settle_the_octave(folder: str, file: str, bpm: float) -> None:
    signal = melody_loop(140, 16, 9)
    spans = spans_of(len(signal), *sounding(signal), RATE)
    found = find_tempo(spans, spectrum_of(signal, RATE), read_name(f"/music/{folder}/{file}.wav"), None, [])
    assert found is not None
    assert found.bpm == bpm


def test_a_stated_range_is_no_tempo_of_its_own() -> None:
    facts = read_name("/music/House 120-128 BPM/lead.wav")
    assert facts.explicit_bpm is None
    assert facts.range_bpm == (120.0, 128.0)
    assert read_name("/music/House/lead 124bpm.wav").range_bpm is None


def test_half_time_leans_towards_the_fast_reading() -> None:
    signal = drum_loop(140, 16)
    plain, half, double = (tempo_of(signal, name) for name in ("beat", "beat half time", "beat double time"))
    assert plain is not None
    assert half is not None
    assert double is not None
    assert half.bpm == 140
    assert double.bpm == 70
    assert plain.readings == half.readings == double.readings


def test_no_sound_no_tempo() -> None:
    empty = spectrum_of(np.zeros(0, np.float32), RATE)
    assert find_tempo([], empty, read_name("/x.wav"), None, []) is None
    short = np.zeros(50, np.float32)
    assert find_tempo(spans_of(50, 0, 50, RATE), spectrum_of(short, RATE), read_name("/x.wav"), None, []) is None
