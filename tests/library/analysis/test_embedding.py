from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soxr

from loopmind_chat.home import resource
from loopmind_chat.library.analysis import embedding, embedding_network
from loopmind_chat.library.analysis.embedding import AUDIO_DIMENSIONS, FEATURES, TAGS, Embedder, load_embedder
from loopmind_chat.library.analysis.embedding_effects import EffectsNetwork, picture
from loopmind_chat.library.analysis.embedding_mel import RATE, log_mel
from loopmind_chat.library.analysis.embedding_network import load_network
from tests.library.analysis.musicnn_signals import SIGNALS, effect

Floats = npt.NDArray[np.float32]
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    loaded = load_embedder()
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def reference() -> dict[str, Floats]:
    with np.load(HERE / "musicnn_reference.npz") as archive:
        return {name: archive[name] for name in archive.files}


@pytest.fixture(scope="module")
def effects_reference() -> dict[str, Floats]:
    with np.load(HERE / "aisfx_reference.npz") as archive:
        return {name: archive[name] for name in archive.files}


@pytest.mark.parametrize("name", SIGNALS)
def test_spectrogram_is_librosas(name: str, reference: dict[str, Floats]) -> None:
    assert log_mel(SIGNALS[name]())[::31] == pytest.approx(reference[f"mel/{name}"], abs=1e-3)


@pytest.mark.parametrize("name", SIGNALS)
def test_network_agrees_with_tensorflows_graph(name: str, reference: dict[str, Floats]) -> None:
    heard = load_network(resource("models", "musicnn-mtt.npz")).hear(log_mel(SIGNALS[name]()))
    assert heard.tags == pytest.approx(reference[f"mtt/{name}/tags"], abs=1e-3)
    assert heard.penultimate == pytest.approx(reference[f"mtt/{name}/penultimate"], abs=5e-3)


def test_effects_spectrogram_is_essentias(effects_reference: dict[str, Floats]) -> None:
    assert picture(effect(), 44_100)[::9] == pytest.approx(effects_reference["picture"], abs=1e-4)


def test_eight_bits_hear_what_torch_heard(effects_reference: dict[str, Floats]) -> None:
    heard = EffectsNetwork(resource("models", "aisfx.onnx")).hear(effect(), 44_100)
    expected = effects_reference["embedding"]
    assert heard @ expected / np.linalg.norm(heard) / np.linalg.norm(expected) > 0.985


def test_a_vector_has_unit_length_and_tags_are_probabilities(embedder: Embedder) -> None:
    heard = embedder.embed(SIGNALS["chord"](), RATE)
    assert heard.vector.shape == (AUDIO_DIMENSIONS,)
    assert heard.vector.dtype == np.float32
    assert np.linalg.norm(heard.vector) == pytest.approx(1.0, abs=1e-5)
    assert heard.features.shape == (FEATURES,)
    assert tuple(heard.tags) == TAGS
    assert all(0 <= chance <= 1 for chance in heard.tags.values())


def test_a_plucked_chord_is_a_guitar_and_a_beat_a_beat(embedder: Embedder) -> None:
    chord = embedder.embed(SIGNALS["chord"](), RATE).tags
    beat = embedder.embed(SIGNALS["beat"](), RATE).tags
    assert chord["guitar"] > 0.3 > beat["guitar"]
    assert beat["beat"] > 0.3 > chord["beat"]


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000])
def test_the_sample_rate_makes_little_difference(embedder: Embedder, rate: int) -> None:
    high = soxr.resample(SIGNALS["beat"](), RATE, 96_000)
    here, there = (embedder.embed(soxr.resample(high, 96_000, to), to) for to in (rate, 44_100))
    assert here.vector @ there.vector > 0.97
    assert max(abs(here.tags[tag] - there.tags[tag]) for tag in TAGS) < 0.08


def test_loudness_and_silence_around_it_make_no_difference(embedder: Embedder) -> None:
    sound = SIGNALS["chord"]()
    quiet = np.concatenate([np.zeros(3_000, np.float32), 0.01 * sound, np.zeros(9_000, np.float32)])
    assert embedder.embed(sound, RATE).vector @ embedder.embed(quiet, RATE).vector > 0.995


def test_likeness_parts_a_chord_from_a_beat(embedder: Embedder) -> None:
    chord, beat = SIGNALS["chord"](), SIGNALS["beat"]()
    higher = soxr.resample(chord, RATE, int(RATE / 1.12))  # two semitones up
    vectors = [embedder.embed(sound, RATE).vector for sound in (chord, higher, beat)]
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


@pytest.mark.parametrize(
    "signal",
    [np.zeros(0), np.zeros(1), np.zeros(50_000), np.ones(1), np.full(400, np.nan), np.array([np.inf, 1.0, -np.inf])],
    ids=["nothing", "one zero", "silence", "one sample", "no numbers", "infinities"],
)
def test_what_is_hardly_a_sound_still_has_a_place(embedder: Embedder, signal: npt.NDArray[np.float64]) -> None:
    heard = embedder.embed(signal.astype(np.float32), 44_100)
    assert np.isfinite(heard.features).all()
    assert np.linalg.norm(heard.vector) == pytest.approx(1.0, abs=1e-5)


def test_holes_are_taken_for_silence(embedder: Embedder) -> None:
    sound = SIGNALS["beat"]()
    holed, zeroed = sound.copy(), sound.copy()
    holed[8_000:8_100], zeroed[8_000:8_100] = np.nan, 0.0
    assert embedder.features(holed, RATE) == pytest.approx(embedder.features(zeroed, RATE))


def test_silence_after_a_hit_is_looked_at_once_and_counts_the_same(
    embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    hit = SIGNALS["beat"]()[:4_000]
    short = embedder.features(hit, RATE)
    monkeypatch.setattr(embedding_network, "_distinct", lambda rows: (np.arange(len(rows)), np.arange(len(rows))))
    assert short == pytest.approx(embedder.features(hit, RATE), abs=1e-4)


def test_the_same_sound_gives_the_same_numbers(embedder: Embedder) -> None:
    first, second = (embedder.embed(SIGNALS["sweep"](), RATE) for _ in range(2))
    assert (first.features == second.features).all()


def test_without_weights_there_is_no_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "resource", lambda *parts: resource("models", "missing", *parts))
    embedding.load_embedder.cache_clear()
    try:
        assert load_embedder() is None
    finally:
        embedding.load_embedder.cache_clear()


@pytest.mark.parametrize(
    ("name", "said"), [("musicnn", "Music Technology Group"), ("aisfx", "Attribution 4.0 International")]
)
def test_the_notices_travel_with_the_weights(name: str, said: str) -> None:
    assert said in resource("models", f"{name}.LICENSE.txt").read_text("utf-8")
    assert "sha256" in resource("models", f"{name}.md").read_text("utf-8")
