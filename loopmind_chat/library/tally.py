"""The running figures of a scan."""

import time
from collections import Counter
from collections.abc import Iterable
from typing import Final

from loopmind_chat.library.file_rows import Examined
from loopmind_chat.library.scan_report import ScanProgress, ScanReport

_ENOUGH_S: Final = 1.0
"""Sooner than this after the first file nobody can say how long the rest will take."""


class Tally:
    """Counts what a scan meets, and knows how fast it goes."""

    def __init__(self) -> None:
        self.found = self.failed = self.missing = 0
        self._added = self._changed = self._unchanged = 0
        self._sounds: Counter[str] = Counter()
        self._arrived: Counter[str] = Counter()
        self._moved = 0
        self._to_read = self._read = 0
        self._work_began = time.monotonic()

    def unchanged(self, loop_id: str | None) -> None:
        """A file is as it was: usable where it holds a loop."""
        if loop_id is None:
            self.failed += 1
        else:
            self._unchanged += 1
            self._sounds[loop_id] += 1

    def work_begins(self, files: int) -> None:
        """So many files must be read."""
        self._to_read = files
        self._work_began = time.monotonic()

    def examined(self, file: Examined, before: str | None) -> None:
        """A file was read, or recognised; ``before``: the loop that it held at the last scan."""
        self._read += 1
        if file.loop_id is None:
            self.failed += 1
            return
        self._sounds[file.loop_id] += 1
        if before is not None:
            self._changed += 1
        else:
            self._added += 1
            self._arrived[file.loop_id] += 1

    def gone(self, *, was_known: bool) -> None:
        """A file was deleted before its turn."""
        self.found -= 1
        self._read += 1
        self.missing += was_known

    def lost(self, loop_ids: Iterable[str | None]) -> None:
        """These sounds are no longer where they were; those that arrived elsewhere have moved."""
        for loop_id in loop_ids:
            if loop_id is not None and self._arrived[loop_id] > 0:
                self._arrived[loop_id] -= 1
                self._moved += 1

    def progress(self, current: str, now: float) -> ScanProgress:
        """Where the scan stands."""
        done = self._added + self._changed + self._unchanged + self.failed
        passed = max(now - self._work_began, 1e-9)
        rate = self._read / passed
        known = self._read and passed > _ENOUGH_S
        left = max(self._to_read - self._read, 0) / rate if known else None
        return ScanProgress("reading", done, self.found, current, rate, left)

    def report(self, *, links: int, cancelled: bool, seconds: float, note: str | None) -> ScanReport:
        """The figures at the end."""
        return ScanReport(
            found=self.found,
            added=self._added,
            changed=self._changed,
            unchanged=self._unchanged,
            failed=self.failed,
            missing=self.missing,
            moved=self._moved,
            duplicates=self._sounds.total() - len(self._sounds),
            links=links,
            cancelled=cancelled,
            seconds=seconds,
            note=note,
        )
