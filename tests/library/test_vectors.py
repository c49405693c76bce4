"""The book of vectors: what is known is not asked for again, what fails is said."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.library.embed import COMMON_WORDS, normal_query
from loopmind_chat.library.file_rows import Examined, Stamp, save_examined
from loopmind_chat.library.loop_rows import loops_changed_since, save_changes
from loopmind_chat.library.store import Store
from loopmind_chat.library.vectors import VectorBook
from tests.fakes.fake_embedder import NoEmbedder, WordEmbedder
from tests.fakes.loop_rows import made_facts


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "library.db", read_only=False)
    facts = [made_facts(f"/{number}.wav") for number in range(70)]
    save_examined(
        store,
        [Examined(loop.path, Stamp(1, 1, 1, n), loop.id, None, loop, f"loop {n}") for n, loop in enumerate(facts)],
        version=1,
    )
    return store


def _never() -> bool:
    return False


def _nobody(_done: int, _total: int) -> None:
    return None


def test_fill_makes_what_is_missing_once(store: Store) -> None:
    embedder = WordEmbedder()
    book = VectorBook(store, embedder)
    assert not book.is_complete()
    told: list[tuple[int, int]] = []
    book.fill(_never, lambda *step: told.append(step))
    assert book.is_complete()
    assert len(embedder.asked) == 70 + len(COMMON_WORDS)
    assert told[-1] == (70 + len(COMMON_WORDS),) * 2
    assert all(row.vector and row.model == "words" for row in loops_changed_since(store, -1)[1])
    book.fill(_never, _nobody)
    assert len(embedder.asked) == 70 + len(COMMON_WORDS)


def test_new_words_about_a_loop_are_a_new_vector(store: Store) -> None:
    embedder = WordEmbedder()
    book = VectorBook(store, embedder)
    book.fill(_never, _nobody)
    save_changes(store, made_facts("/0.wav").id, {"role": "bass"}, "a bass after all")
    assert not book.is_complete()
    embedder.asked.clear()
    book.fill(_never, _nobody)
    assert embedder.asked == ["a bass after all"]


def test_a_known_word_does_not_wait_for_the_model(store: Store) -> None:
    VectorBook(store, WordEmbedder()).fill(_never, _nobody)
    asleep = WordEmbedder()
    asleep.may_answer.clear()
    book = VectorBook(store, asleep)
    started = time.monotonic()
    dark = book.of_query(" Dark! ")
    assert dark is not None
    assert np.allclose(dark, WordEmbedder().embed(["dark"])[0])
    assert time.monotonic() - started < 0.5
    assert asleep.asked == []


def test_a_known_word_overtakes_one_that_waits(store: Store) -> None:
    VectorBook(store, WordEmbedder()).fill(_never, _nobody)
    asleep = WordEmbedder()
    asleep.may_answer.clear()
    book = VectorBook(store, asleep)
    waiting = threading.Thread(target=book.of_query, args=("never heard of",))
    waiting.start()
    started = time.monotonic()
    assert book.of_query("dark") is not None
    assert time.monotonic() - started < 0.5
    assert waiting.is_alive()
    asleep.close()
    waiting.join()


def test_a_new_query_is_remembered_beyond_this_book(store: Store) -> None:
    first, second = WordEmbedder(), WordEmbedder()
    wanted = VectorBook(store, first).of_query("haunted fairground organ")
    again = VectorBook(store, second).of_query("Haunted  fairground organ.")
    assert wanted is not None
    assert again is not None
    assert (wanted == again).all()
    assert (first.asked, second.asked) == (["haunted fairground organ"], [])


def test_a_reader_remembers_for_itself(store: Store) -> None:
    reading = Store(store.path, read_only=True)
    embedder = WordEmbedder()
    book = VectorBook(reading, embedder)
    assert book.of_query("new words") is not None
    assert book.of_query("new words") is not None
    assert embedder.asked == ["new words"]
    reading.close()


def test_without_a_model_there_is_a_line_and_no_vector(store: Store) -> None:
    book = VectorBook(store, NoEmbedder())
    assert book.problem is None
    assert book.of_query("dark") is None
    assert book.problem is not None
    assert "loopmind models pull" in book.problem
    book.fill(_never, _nobody)
    assert not book.is_complete()
    none = VectorBook(store, None)
    assert none.of_query("dark") is None
    assert none.is_complete()
    assert none.problem is not None


def test_nothing_is_asked_for_an_empty_query(store: Store) -> None:
    embedder = WordEmbedder()
    assert VectorBook(store, embedder).of_query(" .!") is None
    assert embedder.asked == []


def test_a_cancel_does_not_wait_for_the_model(store: Store) -> None:
    asleep = WordEmbedder()
    asleep.may_answer.clear()
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    started = time.monotonic()
    VectorBook(store, asleep).fill(cancel.is_set, _nobody)
    assert 0.2 <= time.monotonic() - started < 0.7
    asleep.close()


def test_common_words_are_in_the_form_in_which_they_are_asked() -> None:
    assert all(normal_query(word) == word for word in COMMON_WORDS)
