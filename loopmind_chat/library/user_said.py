"""What the user says of loops, taken in: kept in the store, and a second time beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from loopmind_chat.library.catalogue import Catalogue, Entry
from loopmind_chat.library.corrections import corrected
from loopmind_chat.library.keepsake import write_keepsake
from loopmind_chat.library.loop_rows import (
    restore_what_the_user_said,
    save_changes,
    save_rating,
    stored_changes,
    what_the_user_said,
)
from loopmind_chat.library.said_file import Said
from loopmind_chat.library.store import Store
from loopmind_chat.song.loops import LoopFacts

Describe = Callable[[LoopFacts], str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import came to."""

    loops: int
    waiting: int
    """Of these, loops that no scan has met yet: what was said waits for them."""
    refused: tuple[str, ...]
    """Lines that could not be read, and why."""


def all_said(store: Store, catalogue: Catalogue) -> list[Said]:
    """Everything the user said, in order of path; loops that no scan has met come first."""
    found = []
    for loop_id, kept in what_the_user_said(store).items():
        entry = catalogue.entries.get(loop_id)
        facts = entry.anywhere() if entry else None
        name, path = (facts.name, facts.path) if facts else ("", None)
        found.append(Said(loop_id, kept.get("changes", {}), kept.get("rating"), name, path))
    return sorted(found, key=lambda said: (said.path or "", said.loop_id))


def correct(store: Store, entry: Entry, changes: Mapping[str, Any], describe: Describe) -> None:
    """Keep corrections (plain values) of a loop, beside those it has."""
    _correct(store, entry, changes, describe)
    write_keepsake(store)


def take_in(store: Store, catalogue: Catalogue, lines: Iterable[Said | str], describe: Describe) -> Taken:
    """Keep what a file says; where the user said something else before, the file's word holds."""
    refused = []
    known = waiting = 0
    unmet: dict[str, dict[str, Any]] = {}
    for said in lines:
        if isinstance(said, str):
            refused.append(said)
        elif (entry := catalogue.entries.get(said.loop_id)) is None:
            waiting += 1
            unmet[said.loop_id] = _kept(stored_changes(store, said.loop_id) | said.changes, said.rating)
        else:
            known += 1
            if said.changes:
                _correct(store, entry, said.changes, describe)
            if said.rating is not None:
                save_rating(store, said.loop_id, said.rating)
    restore_what_the_user_said(store, unmet)
    write_keepsake(store)
    return Taken(known + waiting, waiting, tuple(refused))


def _correct(store: Store, entry: Entry, changes: Mapping[str, Any], describe: Describe) -> None:
    everything = stored_changes(store, entry.heard.id) | dict(changes)
    save_changes(store, entry.heard.id, everything, describe(corrected(entry.heard, everything)))


def _kept(changes: dict[str, Any], rating: int | None) -> dict[str, Any]:
    kept: dict[str, Any] = {"changes": changes} if changes else {}
    return kept | ({"rating": rating} if rating is not None else {})
