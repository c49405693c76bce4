"""What the player tells the screen, polled."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlayerStatus:
    """A snapshot of the transport and the engine."""

    playing: bool = False
    beat: float = 0.0
    """Position of what is heard, in beats from the song's start."""
    tempo: float = 120.0
    """Tempo of what is heard; differs from the song's until an edit lands."""
    revision: int = 0
    """Revision of the song that is heard."""
    loop_section: str | None = None
    level_db: tuple[float, float] = (-120.0, -120.0)
    """Peak of the last moments, left and right, in dBFS."""
    underruns: int = 0
    device: str = ""
    """Name of the output; "" before it is open."""
    silent: bool = False
    """True where there is no sound device and the clock alone runs."""
    preparing: tuple[int, int] = (0, 0)
    """Clips prepared, and clips wanted."""
    problem: str | None = None
    """One line for the user, where something is wrong."""
