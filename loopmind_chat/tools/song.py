"""The song as a whole: its tempo, its key, what it is."""

from typing import Annotated, Literal

from loopmind_chat.errors import BadArgument, CannotDo
from loopmind_chat.song.edits import SetKey, SetTempo
from loopmind_chat.song.keys import Key, parse_key, semitones_between
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.tools.answers import song_answer
from loopmind_chat.tools.part_answers import section_answer, track_answer
from loopmind_chat.tools.spec import KeyName, Limits, SectionName, ToolContext, ToolResult, TrackName, tool
from loopmind_chat.tools.steps import moved, stepped
from loopmind_chat.tools.targets import need_song, sections_named, tracks_named

Bpm = Annotated[float, Limits(TEMPO_MIN, TEMPO_MAX)]

TempoStep = Literal["up", "down", "a bit up", "a bit down", "way up", "way down", "double", "half"]
About = Literal["song", "tempo", "key", "length", "form", "loops", "mix", "style", "title", "levels", "changes", "why"]

_TEMPO_STEP = 8.0


@tool
def set_tempo(
    context: ToolContext,
    *,
    bpm: Bpm | None = None,
    by: Annotated[float, Limits(TEMPO_MIN - TEMPO_MAX, TEMPO_MAX - TEMPO_MIN)] | None = None,
    change: TempoStep | None = None,
) -> ToolResult:
    """Play at another tempo: in BPM, by so many BPM, faster (up) and slower (down) by a step, double or half."""
    need_song(context.song)
    if sum(value is not None for value in (bpm, by, change)) != 1:
        raise BadArgument("say a tempo in BPM, by how many BPM, or a change such as up or a bit down")
    now = context.song.tempo
    to = bpm or now
    if by is not None:
        to = moved(now, by, TEMPO_MIN, TEMPO_MAX)
    elif change == "double":
        to = now * 2
    elif change == "half":
        to = now / 2
    elif change is not None:
        to = stepped(now, change, _TEMPO_STEP, TEMPO_MIN, TEMPO_MAX)
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
        if to == now and semitones:
            raise CannotDo(
                f"an octave {'up' if semitones > 0 else 'down'} is {now} again: only the notes of a key move"
            )
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
def describe_song(
    context: ToolContext,
    *,
    about: About = "song",
    track: TrackName | None = None,
    section: SectionName | None = None,
) -> ToolResult:
    """Say what the song is, or one thing about it, a track or a section; why: the reason for a loop."""
    song = context.song
    need_song(song)
    if track is not None:
        return ToolResult(track_answer(context, tracks_named(song, track), section, about))
    if section is not None:
        return ToolResult(section_answer(context, sections_named(song, section), about))
    return ToolResult(song_answer(context, about))
