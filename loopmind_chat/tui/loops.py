"""The list of loops that songs are made of."""

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import DataTable

from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.tui.colours import ROLE_COLOURS
from loopmind_chat.tui.text import plain

_LIMIT = 2_000
"""Rows drawn; a longer list is searched, not scrolled."""


class LoopTable(DataTable[Text]):
    """Name, role, tempo, key and length of each loop; what is in the song is marked."""

    DEFAULT_CSS = """
    LoopTable { width: 56; height: 1fr; border-left: tall $panel; display: none; scrollbar-size-vertical: 1; }
    LoopTable.shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="loops", cursor_type="row", zebra_stripes=True)
        self._loops: tuple[LoopFacts, ...] = ()
        self._used: frozenset[str] = frozenset()

    def on_mount(self) -> None:
        """Make the columns."""
        for label, width in (("", 1), ("loop", 22), ("role", 5), ("bpm", 3), ("key", 4), ("bars", 4)):
            self.add_column(label, width=width)

    def show_loops(self, loops: Sequence[LoopFacts], used: Sequence[str]) -> None:
        """Draw the loops; does nothing where nothing changed."""
        now, marked = tuple(loops), frozenset(used)
        if now == self._loops and marked == self._used:
            return
        self._loops, self._used = now, marked
        self.clear()
        for facts in sorted(now, key=lambda f: (f.id not in marked, f.role, f.name))[:_LIMIT]:
            self.add_row(*_cells(facts, used=facts.id in marked))


def _cells(facts: LoopFacts, *, used: bool) -> list[Text]:
    # Text, not str: a str would be read as markup, and a file may be named "[bold".
    colour = ROLE_COLOURS[facts.role]
    key = f"{str(facts.key).split()[0]}{'m' if facts.key.mode == 'minor' else ''}" if facts.key else ""
    return [
        Text("●" if used else " ", style=colour),
        Text(plain(facts.name), no_wrap=True, overflow="ellipsis"),
        Text(facts.role[:5], style=colour),
        Text(f"{facts.bpm:.0f}" if facts.bpm else "", justify="right"),
        Text(key),
        Text(f"{facts.bars:g}" if facts.is_loop and facts.bars else "", justify="right"),
    ]
