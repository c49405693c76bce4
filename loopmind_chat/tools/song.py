"""The song as a whole: its tempo, its key, what it is."""

from typing import Annotated

from loopmind_chat.errors import BadArgument
from loopmind_chat.song.edits import SetKey, SetTempo
from loopmind_chat.song.keys import Key, parse_key, semitones_between
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.tools.describe import described
from loopmind_chat.tools.spec import KeyName, Limits, ToolContext, ToolResult, tool
from loopmind_chat.tools.steps import Step, stepped
from loopmind_chat.tools.targets import need_song

Bpm = Annotated[float, Limits(TEMPO_MIN, TEMPO_MAX)]

_TEMPO_STEP = 8.0


@tool
def set_tempo(context: ToolContext, *, bpm: Bpm | None = None, change: Step | None = None) -> ToolResult:
    """Play at another tempo, in BPM, or faster (up) and slower (down) by a step."""
    need_song(context.song)
    if (bpm is None) is (change is None):
        raise BadArgument("say a tempo in BPM, or a change such as up or a bit down")
    now = context.song.tempo
    to = stepped(now, change, _TEMPO_STEP, TEMPO_MIN, TEMPO_MAX) if change is not None else bpm or now
    if to == now:
        return ToolResult(f"It is at {now:g} BPM already")
    return ToolResult(f"{now:g} to {to:g} BPM", (SetTempo(to),))


@tool
def set_key(
    context: ToolContext, *, key: KeyName | None = None, semitones: Annotated[int, Limits(-12, 12)] | None = None
) -> ToolResult:
    """Play in another key, or so many semitones up or down; drums stay as they are."""
    need_song(context.song)
    if (key is None) is (semitones is None):
        raise BadArgument('say a key such as "A minor", or how many semitones up or down')
    now = context.song.key
    if semitones is not None:
        if now is None:
            raise BadArgument("the song has no key to move from; say one, such as A minor")
        to = Key((now.tonic + semitones) % 12, now.mode)
    else:
        to = parse_key(key or "") or Key(0, "major")
    if to == now:
        return ToolResult(f"It is in {now} already")
    if now is None:
        return ToolResult(f"The key is {to} now", (SetKey(to),))
    shift = semitones_between(now, to)
    how = (
        f"{abs(shift)} semitone{'s' if abs(shift) > 1 else ''} {'up' if shift > 0 else 'down'}"
        if shift
        else "same notes"
    )
    return ToolResult(f"{now} to {to}, {how}", (SetKey(to),))


@tool
def describe_song(context: ToolContext) -> ToolResult:
    """Say what the song is: form, tempo, key, tracks and loops."""
    need_song(context.song)
    return ToolResult(described(context.song, context.library))
