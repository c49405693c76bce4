"""What was typed and is not taken yet."""


class Lines:
    """Lines in the order of typing; sentences wait for loops to work with, commands do not."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.loops_awaited = True
        """Whether there are no loops yet, but will be."""

    def __contains__(self, line: str) -> bool:
        return line in self._lines

    def add(self, line: str) -> None:
        """Another one."""
        self._lines.append(line)

    def take(self) -> str | None:
        """The first that can be answered now, which then waits no longer."""
        for number, line in enumerate(self._lines):
            if not self.loops_awaited or _needs_no_loops(line):
                return self._lines.pop(number)
        return None

    def drop(self) -> None:
        """None is taken."""
        self._lines.clear()


def _needs_no_loops(line: str) -> bool:
    return line.startswith("/") and not line.startswith("/compose")
