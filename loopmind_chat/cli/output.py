"""What the commands print: JSON lines on stdout, progress on stderr."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


def print_line(text: str) -> None:
    """One line on stdout; bytes that are not text are shown as escapes, control characters too."""
    print(printable(text), flush=True)  # noqa: T201 - the command line speaks through print


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """One JSON value on a line of its own; names that are not UTF-8 keep their surrogate escapes."""
    print(json.dumps(value, ensure_ascii=True, allow_nan=False), flush=True)  # noqa: T201 - the same


def note(text: str) -> None:
    """One line on stderr."""
    print(printable(text), file=sys.stderr, flush=True)  # noqa: T201 - the same


def printable(text: str) -> str:
    """The text without anything that a terminal would act on."""
    clean = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in clean)


class Bar(Protocol):
    """A progress bar."""

    def __call__(self, done: int, total: int, what: str = "", *, pace: str = "") -> None:
        """Show that ``done`` of ``total`` is done; ``pace`` is how fast, where the bar cannot tell by itself."""


@contextmanager
def progress_bar(title: str) -> Iterator[Bar]:
    """A bar on stderr; a line each tenth where stderr is no terminal."""
    if sys.stderr.isatty():
        from rich.console import Console  # noqa: PLC0415 - only where a bar is drawn
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[pace]}", markup=False),
            TextColumn("{task.fields[what]}", markup=False),
        )
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(title, total=None, what="", pace="")

            def show(done: int, total: int, what: str = "", *, pace: str = "") -> None:
                bar.update(task, completed=done, total=total, what=printable(what)[-40:], pace=pace)

            yield show
        return
    tenth = -1

    def tell(done: int, total: int, what: str = "", *, pace: str = "") -> None:  # noqa: ARG001 - the bar's signature
        nonlocal tenth
        now = 10 * done // max(total, 1)
        if now != tenth:
            tenth = now
            note(f"{title}: {done} of {total}" + (f", {pace}" if pace else ""))

    yield tell
