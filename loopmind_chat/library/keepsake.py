"""What the user said of loops, kept a second time: a damaged library is made anew without losing it."""

import json
import os
from pathlib import Path
from typing import Any

from loopmind_chat.library.loop_rows import restore_what_the_user_said, what_the_user_said
from loopmind_chat.library.store import Store, StoreDamaged, damage_mark, move_aside


def open_store(path: Path, *, read_only: bool) -> tuple[Store, str | None]:
    """The store, and a line for the user where it had to be made anew.

    A damaged file is moved aside, not deleted; a read-only opener leaves it to the writer and raises StoreDamaged.
    """
    mark = damage_mark(path)
    if read_only:
        return Store(path, read_only=True), None
    if not mark.exists():
        try:
            return Store(path, read_only=False), None
        except StoreDamaged:
            pass  # as if it had been marked
    aside = move_aside(path)
    store = Store(path, read_only=False)
    said = _read_keepsake(_keepsake(path))
    restore_what_the_user_said(store, said)
    mark.unlink(missing_ok=True)
    return store, (
        f"the library was damaged and is now {aside}: scan your folders again; "
        f"what you said of {len(said)} loops was kept"
    )


def write_keepsake(store: Store) -> None:
    """Write down all corrections and ratings beside the store: whole, or as it was before."""
    target = _keepsake(store.path)
    part = target.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(what_the_user_said(store), file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def _keepsake(path: Path) -> Path:
    return path.with_name("kept.json")


def _read_keepsake(path: Path) -> dict[str, dict[str, Any]]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return dict(said) if isinstance(said, dict) else {}
