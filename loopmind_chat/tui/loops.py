"""The list of loops that songs are made of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

from rich.text import Text
from textual import events
from textual.widgets import DataTable

from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.tui.colours import ROLE_COLOURS
from loopmind_chat.tui.text import plain

_LIMIT: Final = 2_000
"""Rows drawn; a longer list is searched, not scrolled."""
_COLUMNS: Final = (("", 1), ("loop", 22), ("role", 6), ("bpm", 3), ("key", 4), ("bars", 4))
_FIXED: Final = sum(width + 2 for _, width in _COLUMNS) - 22
"""Columns of the screen that everything but the name takes, padding included."""


@dataclass(frozen=True, slots=True)
class LoopRow:
    """A loop, and whether the song uses it."""

    facts: LoopFacts
    used: bool


def rows_of(loops: Sequence[LoopFacts], used: Collection[str]) -> tuple[LoopRow, ...]:
    """The first rows of the list: what the song uses, then by role and name."""
    marked = frozenset(used)
    first = nsmallest(_LIMIT, loops, key=lambda facts: (facts.id not in marked, facts.role, facts.name))
    return tuple(LoopRow(facts, facts.id in marked) for facts in first)


class LoopTable(DataTable[Text]):
    """Name, role, tempo, key and length of each loop; what is in the song is marked."""

    DEFAULT_CSS = """
    LoopTable {
        width: 56; height: 1fr; border-left: tall $panel; display: none; scrollbar-size-vertical: 1; overflow-x: hidden;
    }
    LoopTable.shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="loops", cursor_type="row", zebra_stripes=True)
        self._loops: tuple[LoopRow, ...] = ()
        self._total = 0
        self._name_width = 0

    def show_rows(self, rows: tuple[LoopRow, ...], total: int) -> None:
        """Draw the loops; does nothing where nothing changed."""
        if rows != self._loops or total != self._total:
            self._loops, self._total = rows, total
            self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """The names take the room there is."""
        if max(8, event.size.width - _FIXED - 1) != self._name_width:
            self._draw()

    def _draw(self) -> None:
        self._name_width = max(8, self.size.width - _FIXED - 1)
        self.clear(columns=True)
        for label, width in _COLUMNS:
            text = f"loop ({self._total:,})" if label == "loop" and self._total else label
            self.add_column(Text(text), width=self._name_width if label == "loop" else width)
        for row in self._loops:
            self.add_row(*_cells(row))


def _cells(row: LoopRow) -> list[Text]:
    # Text, not str: a str would be read as markup, and a file may be named "[bold".
    facts = row.facts
    colour = ROLE_COLOURS[facts.role]
    key = f"{str(facts.key).split()[0]}{'m' if facts.key.mode == 'minor' else ''}" if facts.key else ""
    return [
        Text("●" if row.used else " ", style=colour),
        Text(plain(facts.name), no_wrap=True, overflow="ellipsis"),
        Text(facts.role[:6], style=colour),
        Text(f"{facts.bpm:.0f}" if facts.bpm else "", justify="right"),
        Text(key),
        Text(f"{facts.bars:g}" if facts.is_loop and facts.bars else "", justify="right"),
    ]
