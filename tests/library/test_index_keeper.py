"""The keeper: in step with the catalogue, never waited for, and rid of what is broken."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from loopmind_chat.library.catalogue import Catalogue
from loopmind_chat.library.index_keeper import IndexKeeper
from loopmind_chat.library.loop_rows import LoopRow
from loopmind_chat.library.vector_index import NoIndex, Space
from tests.fakes.fake_index import FakeIndex, FakeShelf, direction
from tests.fakes.loop_rows import made_facts


def _row(number: int, revision: int = 1) -> LoopRow:
    facts = made_facts(f"/{number}.wav")
    return LoopRow(facts, {}, 0, (facts.path,), (), revision, "words", direction(number).tobytes())


def _catalogue(*numbers: int, revision: int = 1) -> Catalogue:
    return Catalogue().renewed(revision, [_row(number) for number in numbers])


def _id(number: int) -> str:
    return made_facts(f"/{number}.wav").id


@pytest.fixture
def shelf() -> FakeShelf:
    return FakeShelf()


@pytest.fixture
def keep(tmp_path: Path, shelf: FakeShelf) -> Iterator[Callable[[], IndexKeeper]]:
    keepers: list[IndexKeeper] = []

    def make() -> IndexKeeper:
        keepers.append(IndexKeeper(tmp_path / "index", "words", shelf.open, shelf.put_aside))
        return keepers[-1]

    yield make
    for keeper in keepers:
        keeper.close()


def _never() -> bool:
    return False


def test_it_says_nothing_before_it_knows(keep: Callable[[], IndexKeeper]) -> None:
    assert keep().nearest(Space.TEXT, direction(0), 3) is None


def test_it_follows(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    keeper = keep()
    keeper.follow(_catalogue(0, 1, 2))
    keeper.wait(_never)
    assert keeper.nearest(Space.TEXT, direction(1), 1) == [_id(1)]
    more = _catalogue(0, 1, 2).renewed(2, [_row(3, revision=2)])
    keeper.follow(more)
    keeper.wait(_never)
    assert shelf.index.puts == 4  # the new one only
    assert keeper.nearest(Space.TEXT, direction(3), 1) == [_id(3)]
    assert keeper.problem is None


def test_the_mark_outlives_the_keeper(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    first = keep()
    first.follow(_catalogue(0, 1, 2))
    first.wait(_never)
    first.close()
    second = keep()
    second.follow(_catalogue(0, 1, 2))
    second.wait(_never)
    assert shelf.index.puts == 3
    assert second.nearest(Space.TEXT, direction(2), 1) == [_id(2)]


def test_an_index_that_lost_something_is_filled_again(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    first = keep()
    first.follow(_catalogue(0, 1, 2))
    first.wait(_never)
    first.close()
    shelf.index.held[Space.TEXT].clear()
    second = keep()
    second.follow(_catalogue(0, 1, 2))
    second.wait(_never)
    assert second.nearest(Space.TEXT, direction(2), 1) == [_id(2)]


def test_an_index_with_strangers_is_made_anew(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    shelf.index.held[Space.TEXT]["f" * 12] = direction(9)
    keeper = keep()
    keeper.follow(_catalogue(0, 1))
    keeper.wait(_never)
    assert shelf.put_asides == 1
    assert set(shelf.index.held[Space.TEXT]) == {_id(0), _id(1)}


def test_a_break_is_mended(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    keeper = keep()
    keeper.follow(_catalogue(0, 1))
    keeper.wait(_never)
    broken = shelf.index
    broken.breaks = 1
    assert keeper.nearest(Space.TEXT, direction(0), 1) is None
    assert broken.closed
    keeper.wait(_never)
    assert keeper.nearest(Space.TEXT, direction(0), 1) == [_id(0)]
    assert keeper.problem is None


def test_it_gives_up_on_an_index_that_breaks_every_time(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    shelf.index.breaks = 1_000
    keeper = keep()
    keeper.follow(_catalogue(0, 1))
    keeper.wait(_never)
    assert shelf.opened == 3
    assert keeper.problem is not None
    assert keeper.nearest(Space.TEXT, direction(0), 1) is None


def test_without_chroma_there_is_a_line(tmp_path: Path) -> None:
    def no_chroma(_: Path, _closed: object) -> FakeIndex:
        raise NoIndex("Chroma cannot be loaded: No module named 'chromadb'")

    put_aside: list[Path] = []
    keeper = IndexKeeper(tmp_path / "index", "words", no_chroma, put_aside.append)
    keeper.follow(_catalogue(0))
    keeper.wait(_never)
    assert keeper.problem is not None
    assert "chromadb" in keeper.problem
    assert put_aside == []
    keeper.close()


def test_a_delay_is_cut_short_by_asking_again(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    keeper = keep()
    keeper.follow(_catalogue(0), delay_s=60.0)
    time.sleep(0.1)
    assert shelf.opened == 0
    keeper.follow(_catalogue(0))
    keeper.wait(_never)
    assert keeper.nearest(Space.TEXT, direction(0), 1) == [_id(0)]


def test_closing_does_not_wait_for_a_delay(keep: Callable[[], IndexKeeper]) -> None:
    keeper = keep()
    keeper.follow(_catalogue(0), delay_s=60.0)
    started = time.monotonic()
    keeper.close()
    assert time.monotonic() - started < 1.0


def _heard(number: int, model: str = "ear", revision: int = 1) -> LoopRow:
    return replace(_row(number, revision), sound_model=model, sound=direction(number)[:64].tobytes())


def test_sounds_lie_in_a_space_of_their_own(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    keeper = keep()
    catalogue = Catalogue().renewed(1, [_heard(0), _heard(1), _row(2)])
    keeper.follow(catalogue)
    keeper.wait(_never)
    assert set(shelf.index.held[Space.AUDIO]) == {_id(0), _id(1)}
    assert set(shelf.index.held[Space.TEXT]) == {_id(0), _id(1), _id(2)}
    assert keeper.nearest(Space.AUDIO, direction(1)[:64], 1) == [_id(1)]
    keeper.follow(catalogue.renewed(2, [_heard(2, revision=2)]))
    keeper.wait(_never)
    assert set(shelf.index.held[Space.AUDIO]) == {_id(0), _id(1), _id(2)}
    assert shelf.put_asides == 0


def test_sounds_of_another_model_are_a_new_index(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    first = keep()
    first.follow(Catalogue().renewed(1, [_heard(0), _heard(1)]))
    first.wait(_never)
    first.close()
    second = keep()
    second.follow(Catalogue().renewed(2, [_heard(n, "other ear", revision=2) for n in (0, 1)]))
    second.wait(_never)
    assert shelf.put_asides == 1
    assert set(shelf.index.held[Space.AUDIO]) == {_id(0), _id(1)}


def test_nothing_is_opened_for_nothing(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    keeper = keep()
    keeper.follow(Catalogue())
    keeper.wait(_never)
    assert shelf.opened == 0


def test_asking_while_it_fills_does_not_wait(keep: Callable[[], IndexKeeper], shelf: FakeShelf) -> None:
    put = shelf.index.put

    def slow_put(*arguments: object) -> None:
        time.sleep(0.3)
        put(*arguments)  # type: ignore[arg-type]  # passed through

    shelf.index.put = slow_put  # type: ignore[method-assign]  # slower, otherwise the same
    keeper = keep()
    keeper.follow(_catalogue(0, 1))
    time.sleep(0.05)
    started = time.monotonic()
    assert keeper.nearest(Space.TEXT, direction(0), 1) is None
    assert time.monotonic() - started < 0.1
    keeper.wait(_never)
    assert keeper.nearest(Space.TEXT, direction(0), 1) == [_id(0)]
