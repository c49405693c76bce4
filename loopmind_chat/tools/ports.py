"""What the studio needs of the parts behind it, as small ports; ``bootstrap`` names the real ones."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.song.model import Song
from loopmind_chat.tools.spec import LibraryReader

Progress = Callable[[str, int, int], None]
"""Told what goes on, how much is done, and of how much; must not wait."""
Cancelled = Callable[[], bool]


class PlayerPort(Protocol):
    """The transport. Every method returns at once; what goes wrong raises AudioError or stands in the status."""

    def set_song(self, song: Song, revision: int) -> None:
        """Play this song from the next bar line on; the newest revision wins."""

    def play(self, bar: int | None = None) -> None:
        """Start, where it stands or at a bar (counted from 0)."""

    def stop(self) -> None:
        """Stop."""

    def loop_section(self, section_id: str | None) -> None:
        """Repeat a section; None: play on."""

    def audition(self, path: str) -> None:
        """Play one file alone."""

    def status(self) -> PlayerStatus:
        """Where the transport stands."""


@runtime_checkable
class OutputPort(Protocol):
    """A player whose output can be chosen."""

    def devices(self) -> list[str]:
        """Names of the outputs there are."""

    def set_device(self, name: str | None) -> None:
        """Play on another output; None: the system's own choice."""


class ModelPort(Protocol):
    """What understands sentences, where another may be chosen."""

    def describe(self) -> str:
        """The model in use, its state and speed, and which others there are."""

    def choose(self, name: str) -> str:
        """Take another one, by name, path or URL; what to say of it. Never raises: the old one stays."""


class ScanStep(Protocol):
    """How far a scan is."""

    @property
    def stage(self) -> str:
        """What it does now: "reading", then "describing"."""

    @property
    def done(self) -> int:
        """Files done."""

    @property
    def total(self) -> int:
        """Files found."""


class ScanOutcome(Protocol):
    """What a scan came to."""

    @property
    def found(self) -> int:
        """Audio files found, unusable ones too."""

    @property
    def failed(self) -> int:
        """Files that cannot be used."""

    @property
    def cancelled(self) -> bool:
        """Whether it was stopped before its end."""

    def line(self) -> str:
        """What happened, on one line."""


class LibraryPort(Protocol):
    """The index of loops. Raises LibraryError."""

    def scan(
        self,
        folders: Sequence[Path],
        *,
        progress: Callable[[ScanStep], None] | None = None,
        cancelled: Cancelled | None = None,
    ) -> ScanOutcome:
        """Index what is new or changed."""

    def view(self, folders: Sequence[Path] = ()) -> LibraryReader:
        """The loops of these folders; of all that are known where none is named."""

    def fix(self, loop_id: str, changes: Mapping[str, Any]) -> object:
        """Correct what is known of a loop."""

    def rate(self, loop_id: str, rating: int) -> object:
        """Remember -1, 0 or 1."""


class ExportOutcome(Protocol):
    """What an export came to."""

    @property
    def notes(self) -> tuple[str, ...]:
        """A line for each loop that is silent, and why."""


class Exporter(Protocol):
    """Writes a song as audio. Raises ExportFailed; writes whole files or none, never over another."""

    def __call__(
        self,
        song: Song,
        path: Path,
        *,
        stems: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Cancelled | None = None,
    ) -> ExportOutcome:
        """Write the mix to ``path``, and each track into the folder ``stems``."""
