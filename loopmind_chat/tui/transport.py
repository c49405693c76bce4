"""The transport line: position, tempo, key, mix, level, underruns, device, model."""

from typing import Final

from textual.content import Content
from textual.widgets import Static

from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.song.model import Song
from loopmind_chat.tui.text import plain

_STEPS: Final = " ▁▂▃▄▅▆▇█"
_FLOOR_DB: Final = -48.0
_HOT_DB: Final = -0.5


class Transport(Static):
    """One line, most important first, so that a narrow screen cuts what matters least."""

    DEFAULT_CSS = """
    Transport { height: 1; width: 1fr; background: $panel; color: $text; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__(id="transport", markup=False)
        self._shown = ""

    def show(self, song: Song, status: PlayerStatus, model: str) -> None:
        """Draw the state; does nothing where nothing changed."""
        text = line(song, status, model)
        if text.plain != self._shown:
            self._shown = text.plain
            self.update(text)


def line(song: Song, status: PlayerStatus, model: str) -> Content:
    """The transport line as styled text."""
    bar, beat = divmod(int(status.beat), song.beats_per_bar)
    pieces = [
        Content.styled("▶" if status.playing else "■", "bold $success" if status.playing else "bold $text-muted"),
        Content(f" {bar + 1:>3}:{beat + 1}"),
        Content(f"  {status.tempo if status.playing else song.tempo:g} BPM"),
        Content(f"  {song.key or '--'}"),
        Content(f"  {song.mix}"),
        Content("  "),
        *[Content.styled(_meter(level), "$error" if level > _HOT_DB else "$success") for level in status.level_db],
        Content(f" {max(status.level_db):>3.0f} dB" if max(status.level_db) > _FLOOR_DB else "  -- dB"),
        Content.styled(f"  late {status.underruns}", "$error" if status.underruns else "$text-muted"),
    ]
    done, wanted = status.preparing
    if done < wanted:
        pieces.append(Content(f"  preparing {done}/{wanted}"))
    if status.loop_section:
        pieces.append(Content("  ↻"))
    if model:
        pieces.append(Content.styled(f"  {plain(model)}", "$warning"))
    pieces.append(Content.styled(f"  {_device(status)}", "$text-muted"))
    return Content("").join(pieces)


def _meter(level_db: float) -> str:
    share = (level_db - _FLOOR_DB) / -_FLOOR_DB
    return _STEPS[max(0, min(len(_STEPS) - 1, round(share * (len(_STEPS) - 1))))]


def _device(status: PlayerStatus) -> str:
    if status.silent:
        return "silent"
    return plain(status.device)[:24]
