"""What a scan tells while it runs, and when it is done."""

from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """Where a scan stands."""

    stage: str
    """"reading" the files, or "describing" them for search by meaning."""
    done: int
    total: int
    current: str
    """Path of the file that was done last."""
    per_second: float
    """Files a second, those that had not changed apart."""
    seconds_left: float | None = None
    """None where that cannot be told yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """What a scan did. Without a cancel, found = added + changed + unchanged + failed."""

    found: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    """Files that cannot be used, those included that were known to be unusable."""
    missing: int = 0
    """Files seen before and not there now; they are kept, in case they come back."""
    moved: int = 0
    """Of those added: files that were missed at another place or under another name; what was said of them holds."""
    duplicates: int = 0
    """Files that hold the same sound as another one of these folders: copies and links."""
    links: int = 0
    """Links to folders, which are not followed: scan a folder that lies elsewhere by its own name."""
    cancelled: bool = False
    seconds: float = 0.0
    note: str | None = None
    """One line where something apart from single files went wrong."""

    def document(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    def with_note(self, note: str | None, *, cancelled: bool) -> "ScanReport":
        """The same, with how the describing ended."""
        notes = [line for line in (self.note, note) if line]
        return replace(self, note="; ".join(notes) or None, cancelled=cancelled)

    def line(self) -> str:
        """One line for the user, naming only what happened."""
        counts = {
            "new": self.added - self.moved,
            "moved": self.moved,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "unusable": self.failed,
            "missing": self.missing - self.moved,
            "held twice": self.duplicates,
        }
        told = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "no audio files"
        return f"{told}, {self.seconds:.1f} s{', cancelled' if self.cancelled else ''}"
