"""What a sound file is: tempo, key, role, loop or one-shot, tags, level; measured, never guessed from one source.

Importing this loads neither numpy nor soundfile; the first analysis does.
"""

from typing import TYPE_CHECKING, Final

from loopmind_chat.library.analysis.line import analysis_line
from loopmind_chat.library.analysis.text import facts_line, loop_text
from loopmind_chat.song.loops import LoopFacts

if TYPE_CHECKING:
    from loopmind_chat.library.analysis.result import Analysis

AUDIO_MODEL: Final = "musicnn-mtt+aisfx-64"
"""Names the vectors of ``analyze_sound``: vectors of another name lie in another space."""

__all__ = ["AUDIO_MODEL", "analysis_line", "analyze_file", "analyze_sound", "content_id", "facts_line", "loop_text"]


def analyze_sound(path: str) -> "Analysis":
    """The facts of a sound file and its vector. Raises UnreadableAudio, and nothing else, for a file of no use."""
    from loopmind_chat.library.analysis.analyze import analyze_sound as analyze  # noqa: PLC0415 - brings in numpy

    return analyze(path)


def analyze_file(path: str) -> LoopFacts:
    """Everything known about one sound file. Raises UnreadableAudio, and nothing else, for a file that is of no use."""
    from loopmind_chat.library.analysis.analyze import analyze_file as analyze  # noqa: PLC0415 - brings in numpy

    return analyze(path)


def content_id(path: str) -> str:
    """12 hex digits of the SHA-256 of a file's bytes: its id. Raises UnreadableAudio."""
    from loopmind_chat.library.analysis.analyze import content_id as of  # noqa: PLC0415 - brings in numpy

    return of(path)
