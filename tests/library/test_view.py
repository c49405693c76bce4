"""What a view shows, and how it searches: exact, in order, the same with the index and without."""

import random
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.errors import LibraryError, NoSuchLoop
from loopmind_chat.library.catalogue import Catalogue
from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.loop_rows import LoopRow
from loopmind_chat.library.reference import Reference
from loopmind_chat.library.sketch import Sketch
from loopmind_chat.library.vector_index import Space
from loopmind_chat.library.view import LibraryView
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.spec import LibraryReader
from tests.fakes.fake_embedder import WordEmbedder
from tests.fakes.loop_rows import made_facts, made_row

ROWS = (
    made_row(
        made_facts("/a/Dark808.wav", "bass", bpm=140.0, key="Am", tags={"808": 0.9, "dark": 0.9}), text="dark 808 bass"
    ),
    made_row(made_facts("/a/deep sub.wav", "bass", bpm=70.0, key="C"), text="deep low bass"),
    made_row(
        made_facts("/a/RainyPiano.wav", "melody", bpm=90.0, key="Am", tags={"piano": 0.9}), text="rainy piano", rating=1
    ),
    made_row(made_facts("/b/Keys 03.wav", "chords", bpm=143.0, key="F#m"), text="sad piano chords", rating=-1),
    made_row(made_facts("/b/kicks/01.wav", "drums", tags={"dark": 0.4}), text="kick drum dark"),
    made_row(made_facts("/b/Snare.wav", "drums"), text="snare drum"),
)


def _no_index(_space: Space, _vector: Vectors, _count: int) -> None:
    return None


def _view(
    rows: Iterable[LoopRow] = ROWS,
    *folders: str,
    model: str = "words",
    nearest: object = _no_index,
) -> LibraryView:
    embedder = WordEmbedder()
    catalogue = Catalogue().renewed(1, rows)
    return LibraryView(
        catalogue,
        [Path(folder) for folder in folders],
        model=model,
        query_vector=lambda text: embedder.embed([text])[0] if model else None,
        nearest=nearest,  # type: ignore[arg-type]  # the tests' own
    )


def _names(view: LibraryView, text: str, **filters: object) -> list[str]:
    return [hit.facts.name for hit in view.search(text, **filters)]  # type: ignore[arg-type]  # as the test gives them


def test_it_is_the_reader_that_tools_ask_for() -> None:
    reader: LibraryReader = _view()
    assert len(reader.loops()) == 6


def test_loops_come_by_id_and_by_folder() -> None:
    everything = _view().loops()
    assert [facts.id for facts in everything] == sorted(facts.id for facts in everything)
    assert {facts.name for facts in _view(ROWS, "/b").loops()} == {"Keys 03", "01", "Snare"}
    assert {facts.name for facts in _view(ROWS, "/b/kicks", "/a").loops()} == {
        "01",
        "Dark808",
        "deep sub",
        "RainyPiano",
    }
    assert _view(ROWS, "/b/kick").loops() == ()


def test_a_place_in_the_folder_is_the_path_that_is_told() -> None:
    facts = made_facts("/a/x.wav")
    row = made_row(facts, places=("/a/x.wav", "/b/copy of x.wav"))
    (seen,) = _view([row], "/b").loops()
    assert (seen.id, seen.path, seen.name) == (facts.id, "/b/copy of x.wav", "copy of x")
    assert _view([row], "/b").get(facts.id) == seen


def test_what_cannot_be_used_is_left_out() -> None:
    silent = made_row(made_facts("/a/silence.wav", tags={"silent": 1.0}))
    faint = made_row(made_facts("/a/faint.wav", peak_db=-75.0))
    short = made_row(made_facts("/a/short.wav", error="truncated: 47,992 of 96,000 frames"))
    gone = made_row(made_facts("/a/gone.wav"), places=(), lost=("/a/gone.wav",))
    view = _view([*ROWS, silent, faint, short, gone])
    assert len(view.loops()) == 6
    assert "short" in _names(view, "short")  # asked for, it is found
    assert "gone" not in _names(view, "gone")
    missing = view.get(gone.facts.id)
    assert missing is not None
    assert missing.error is not None
    assert missing.error.startswith("missing")
    assert view.get(silent.facts.id) == silent.facts
    assert view.get("ffffffffffff") is None


def test_ratings_without_the_indifferent() -> None:
    assert sorted(_view().ratings().values()) == [-1, 1]
    assert _view(ROWS, "/a").ratings() == {ROWS[2].facts.id: 1}


def test_affinity_is_the_rounded_cosine() -> None:
    affinity = _view().affinity("dark 808 bass")
    assert affinity[ROWS[0].facts.id] == 1.0
    assert affinity[ROWS[0].facts.id] > affinity[ROWS[4].facts.id] > affinity[ROWS[5].facts.id]
    assert all(round(value, 4) == value for value in affinity.values())
    assert affinity.keys() == {row.facts.id for row in ROWS}


def test_affinity_does_not_depend_on_company() -> None:
    alone = [_view([row]).affinity("dark piano")[row.facts.id] for row in ROWS]
    together = _view().affinity("dark piano")
    assert alone == [together[row.facts.id] for row in ROWS]


def test_a_vector_of_another_model_is_no_vector() -> None:
    assert _view(model="other").affinity("dark") == {}
    assert _names(_view(model="other"), "snare")[0] == "Snare"


def test_affinity_by_words_without_a_model() -> None:
    affinity = _view(model="").affinity("dark bass")
    assert affinity[ROWS[0].facts.id] > affinity[ROWS[1].facts.id] > affinity[ROWS[5].facts.id] == 0.0
    assert _view(model="").affinity("") == {}


def test_search_by_name_by_tag_and_by_meaning() -> None:
    assert _names(_view(), "kick")[0] == "01"
    assert _names(_view(), "808")[0] == "Dark808"
    assert _names(_view(), "rainy piano")[:2] == ["RainyPiano", "Keys 03"]


def test_search_without_a_model_finds_only_what_is_written() -> None:
    assert _names(_view(model=""), "piano") == ["RainyPiano"]
    assert _names(_view(model=""), "zither") == []


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"role": Role.DRUMS}, {"01", "Snare"}),
        ({"bpm": 140.0}, {"Dark808", "deep sub", "Keys 03"}),
        ({"bpm": 180.0}, {"RainyPiano"}),
        ({"bpm": 45.0}, {"RainyPiano"}),
        ({"bpm": 145.6}, {"Keys 03", "Dark808", "deep sub"}),
        ({"bpm": 146.0}, {"Keys 03"}),
        ({"key": "A minor"}, {"Dark808", "deep sub", "RainyPiano"}),
        ({"key": "C", "role": Role.BASS, "bpm": 140.0}, {"Dark808", "deep sub"}),
        ({"role": Role.VOCAL}, set()),
    ],
)
def test_filters(filters: dict[str, object], names: set[str]) -> None:
    for text in ("", "bass"):
        assert set(_names(_view(), text, **filters)) == names


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(LibraryError, match="A minor"):
        _view().search("x", key="H sharp")


def test_limit_and_empty() -> None:
    assert len(_view().search("bass", limit=2)) == 2
    assert _view([]).search("bass") == []
    assert _view([]).loops() == ()


def test_equal_loops_come_by_id() -> None:
    rows = [made_row(made_facts(f"/{number}/same.wav"), text="same") for number in range(30)]
    random.Random(3).shuffle(rows)  # noqa: S311 - no secret
    hits = _view(rows).search("same", limit=30)
    assert [hit.facts.id for hit in hits] == sorted(hit.facts.id for hit in hits)


def _many(count: int) -> list[LoopRow]:
    chance = np.random.default_rng(5)
    vectors = chance.normal(size=(count, 384))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    words = ("dark", "bright", "piano", "kick", "pad", "lead")
    rows = []
    for number, vector in enumerate(vectors.astype("<f4")):
        facts = made_facts(f"/{number}/{words[number % 6]}{number}.wav", bpm=60.0 + number % 120)
        rows.append(LoopRow(facts, {}, 0, (facts.path,), (), 1, "words", vector.tobytes()))
    return rows


def test_the_index_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loopmind_chat.library.view._INDEX_PAYS", 100)
    rows = _many(1_000)
    exact = _view(rows)
    table = exact._texts

    def recall(_space: Space, vector: Vectors, count: int) -> list[str]:
        best = table.rows[np.argsort(-table.exact_cosines(vector, table.rows))[:count]]
        return [exact._rows[row][1].id for row in best]

    indexed = _view(rows, nearest=recall)
    for text in ("dark", "rainy piano", "kick 12", "something warm"):
        assert [(hit.facts.id, hit.score) for hit in indexed.search(text)] == [
            (hit.facts.id, hit.score) for hit in exact.search(text)
        ]


def test_the_index_is_not_asked_for_what_it_cannot_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loopmind_chat.library.view._INDEX_PAYS", 1)
    asked: list[int] = []

    def recall(_space: Space, _vector: Vectors, count: int) -> list[str]:
        asked.append(count)
        return []

    view = _view(nearest=recall)
    view.search("bass", role=Role.BASS)
    assert asked == []
    assert _names(view, "kick")[0] == "01"  # nothing of this view was recalled: all are looked at
    assert asked


def _sounding(path: str, *sound: float, model: str = "ear", **facts: object) -> LoopRow:
    row = made_row(made_facts(path, **facts), text=path.rsplit("/", 1)[-1].removesuffix(".wav"))  # type: ignore[arg-type] # as the test gives them
    unit = np.array(sound) / np.linalg.norm(sound)
    return replace(row, sound_model=model, sound=unit.astype("<f4").tobytes())


SOUNDS = (
    _sounding("/a/one.wav", 1.0, 0.0, role="bass", bpm=140.0, key="Am"),
    _sounding("/a/two.wav", 0.9, 0.1, role="bass", bpm=90.0, key="Am"),
    _sounding("/a/three.wav", 0.5, 0.5, role="melody", bpm=140.0, key="F#m"),
    _sounding("/a/four.wav", 0.0, 1.0, role="melody", bpm=70.0, key="C"),
    _sounding("/a/five.wav", -1.0, 0.0, role="pad"),
    made_row(made_facts("/a/unheard one.wav", "pad"), text="one unheard"),
)


def _alike(loop_id: str, **asked: object) -> list[str]:
    return [hit.facts.name for hit in _view(SOUNDS).similar(loop_id, **asked)]  # type: ignore[arg-type]  # as above


def test_what_sounds_alike_comes_first() -> None:
    hits = _view(SOUNDS).similar(SOUNDS[0].facts.id)
    assert [hit.facts.name for hit in hits[:2]] == ["two", "three"]
    assert hits[0].score == pytest.approx(0.9 / np.hypot(0.9, 0.1), abs=1e-4)
    assert hits[1].score == pytest.approx(np.sqrt(0.5), abs=1e-4)
    assert {hit.score for hit in hits[2:]} == {0.0}  # what points away is as far as what is unrelated


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"role": Role.MELODY}, ["three", "four"]),
        ({"bpm": 140.0}, ["three", "four"]),
        ({"key": "A minor"}, ["two", "four"]),
        ({"limit": 1}, ["two"]),
    ],
)
def test_what_sounds_alike_is_filtered(asked: dict[str, object], names: list[str]) -> None:
    assert _alike(SOUNDS[0].facts.id, **asked) == names


def test_words_and_sound_together() -> None:
    assert _alike(SOUNDS[0].facts.id, text="three")[0] == "three"
    assert _alike(SOUNDS[0].facts.id, text="four") != _alike(SOUNDS[0].facts.id)


def test_a_loop_not_heard_is_compared_by_its_words() -> None:
    assert _alike(SOUNDS[5].facts.id)[0] == "one"
    bare = made_row(made_facts("/a/bare.wav"))
    with pytest.raises(LibraryError, match="scan"):
        _view([bare]).similar(bare.facts.id)
    with pytest.raises(NoSuchLoop):
        _view(SOUNDS).similar("f" * 12)


def test_a_file_from_elsewhere_is_compared_too() -> None:
    facts = made_facts("/elsewhere/x.wav")
    sound = np.array([0.0, 1.0], np.float32)
    assert [hit.facts.name for hit in _view(SOUNDS).similar_to(Reference(facts, "ear", sound))][:2] == ["four", "three"]
    stranger = Reference(facts, "other ear", sound)
    with pytest.raises(LibraryError):
        _view(SOUNDS).similar_to(stranger)
    same = Reference(SOUNDS[3].facts, "ear", sound)
    assert "four" not in [hit.facts.name for hit in _view(SOUNDS).similar_to(same)]
    told = Reference(facts, "", None, "two")
    assert _view(SOUNDS).similar_to(told)[0].facts.name == "two"


def test_vectors_of_two_models_are_not_compared() -> None:
    old = _sounding("/a/old.wav", 1.0, 0.0, model="old ear")
    ids, vectors = _view([*SOUNDS, old]).sounds()
    assert old.facts.id not in ids
    assert vectors.shape == (5, 2)
    assert ids == sorted(ids)


def _crowded(count: int, *, deep: bool) -> LibraryView:
    """Many loops, whose vectors differ mostly in few directions where ``deep``."""
    chance = np.random.default_rng(9)
    rows = []
    for row in _many(count):
        vector = chance.normal(size=384) * np.where(np.arange(384) < (40 if deep else 384), 1.0, 0.05)
        vector /= np.linalg.norm(vector)
        rows.append(replace(row, vector=vector.astype("<f4").tobytes(), sound_model="ear", sound=row.vector))
    return _view(rows)


@pytest.mark.parametrize("deep", [True, False])
def test_bounds_lose_nothing(monkeypatch: pytest.MonkeyPatch, *, deep: bool) -> None:
    view = _crowded(6_000, deep=deep)
    asked = ("dark", "dark piano 77", "something warm", "zither")
    first = view.loops()[0].id
    found = [view.search(text) for text in asked] + [view.similar(first), view.similar(first, text="dark")]
    assert view._texts.is_sketched == deep
    monkeypatch.setattr("loopmind_chat.library.ranking._FEW", 10**9)
    assert found == [view.search(text) for text in asked] + [view.similar(first), view.similar(first, text="dark")]


def test_a_bound_is_never_below_its_cosine() -> None:
    chance = np.random.default_rng(2)
    vectors = chance.normal(size=(500, 48)) * np.linspace(1.0, 0.01, 48)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    sketch = Sketch(vectors)
    assert sketch.pays
    for query in (*vectors[:20], *np.eye(48, dtype=np.float32)):
        exact = vectors.astype(np.float64) @ query.astype(np.float64)
        assert (sketch.ceilings(query) >= exact).all()
        some = np.arange(0, 500, 50)
        assert (sketch.ceilings(query, some) >= exact[some]).all()


def test_ten_thousand_loops_are_searched_quickly() -> None:
    view = _view(_many(10_000))
    view.search("warm up")
    started = time.perf_counter()
    for text in ("dark", "rainy piano", "kick"):
        view.search(text, bpm=120.0)
        view.search(text)
    assert (time.perf_counter() - started) / 6 < 0.25
