"""Answers to questions about the song: what was asked, and only that, in a short, true sentence."""

from typing import Final

from loopmind_chat.song.model import Song
from loopmind_chat.tools.describe import clock, described, track_words
from loopmind_chat.tools.mix_words import levels_told, track_mix
from loopmind_chat.tools.reasons import reasons
from loopmind_chat.tools.spec import ToolContext
from loopmind_chat.tools.targets import shown

_READING: Final = frozenset({"describe_song", "search_loops", "suggest_loops", "play", "stop", "loop_section"})
"""Tools that leave the song as it is, but may stand in a turn that changed it."""
_STEPS: Final = frozenset({"undo", "redo"})


def song_answer(context: ToolContext, about: str) -> str:  # noqa: C901, PLR0911 - a table in code
    """One thing about the song; "song" is everything."""
    song = context.song
    match about:
        case "tempo":
            return f"{song.tempo:g} BPM"
        case "key":
            return f"It is in {song.key}" if song.key else "The song has no key yet; say one, such as A minor"
        case "length":
            return f"{clock(song.seconds)}, {song.bars} bars"
        case "form":
            return f"{len(song.sections)} sections: {', '.join(f'{s.name} ({s.bars} bars)' for s in song.sections)}"
        case "loops":
            return "; ".join(track_words(song, track, context.library) for track in song.tracks)
        case "mix":
            return _mix(song)
        case "style":
            return " ".join(word for word in (song.mood, song.genre) if word) or "No genre or mood was asked for"
        case "title":
            return f'It is called "{shown(song.title)}"'
        case "levels":
            return levels_told(song.tracks)
        case "changes":
            return changes(context)
        case "why":
            return reasons(context, tuple(song.layers()))
        case _:
            return described(song, context.library)


def changes(context: ToolContext) -> str:
    """What the last turn that changed the song did."""
    change = context.past.last_change()
    if change is None:
        return "Nothing has been changed yet"
    done = [call for call in change.calls if call.ok and call.tool not in _READING]
    if not done:
        return f'"{shown(change.say)}"'
    said = f'"{shown(change.say)}": ' if change.say and done[0].tool not in _STEPS else ""
    return f"{said}{'; '.join(call.summary for call in done)}"


def _mix(song: Song) -> str:
    """How it is finished, the swing, and which tracks have a level, a place or an effect of their own."""
    swing = f", swing {song.swing:.0%}" if song.swing else ""
    tracks = [f"{shown(track.name)} {told}" for track in song.tracks if (told := track_mix(track))]
    return "; ".join([f"A {song.mix} mix{swing}", *tracks])
