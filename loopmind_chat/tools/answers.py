"""Answers to questions about the song: one short, true sentence each."""

from collections.abc import Sequence
from typing import Final

from loopmind_chat.song.model import Section, Song, Track
from loopmind_chat.tools.describe import clock, described, track_words
from loopmind_chat.tools.spec import LibraryReader
from loopmind_chat.tools.targets import listed, places, shown

_QUIET_DB: Final = 0.05


def song_answer(song: Song, library: LibraryReader, about: str) -> str:  # noqa: PLR0911 - a table in code
    """One thing about the song; "song" is everything."""
    match about:
        case "tempo":
            return f"{song.tempo:g} BPM"
        case "key":
            return f"It is in {song.key}" if song.key else "The song has no key yet; say one, such as A minor"
        case "length":
            return f"{clock(song.seconds)}, {song.bars} bars"
        case "form":
            return f"{len(song.sections)} sections: {', '.join(f'{s.name} ({s.bars} bars)' for s in song.sections)}"
        case "loops" | "why":
            return "; ".join(track_words(song, track, library) for track in song.tracks)
        case "mix":
            return f"A {song.mix} mix{f', swing {song.swing:.0%}' if song.swing else ''}"
        case "style":
            return " ".join(word for word in (song.mood, song.genre) if word) or "No genre or mood was asked for"
        case "title":
            return f'It is called "{shown(song.title)}"'
        case "levels":
            return _levels(song.tracks)
        case _:
            return described(song, library)


def track_answer(song: Song, library: LibraryReader, tracks: Sequence[Track], about: str) -> str:
    """What tracks play, and where; their levels where that was asked."""
    if about == "levels":
        return _levels(tracks)
    said = []
    for track in tracks:
        where = places(song, [s.id for s, layer in song.layers() if layer.track == track.id])
        said.append(f"{track_words(song, track, library)} in {where or 'no section'}")
    return "; ".join(said)


def section_answer(song: Song, sections: Sequence[Section], about: str) -> str:
    """What plays in sections, how long they are and where they begin."""
    tracks = {track.id: track for track in song.tracks}
    said = []
    for section in sections:
        playing = dict.fromkeys(layer.track for layer in section.layers if not layer.muted)
        heard = listed([shown(tracks[track].name) for track in playing if not tracks[track].muted])
        begins = f"bar {song.start_bar(section.id) + 1}"
        what = f"{section.bars} bars from {begins}"
        said.append(f"{section.name}: {what}" if about == "length" else f"{section.name}: {what}; {heard or 'silence'}")
    return "; ".join(said)


def _levels(tracks: Sequence[Track]) -> str:
    words = []
    for track in tracks:
        level = "as it comes" if abs(track.gain_db) < _QUIET_DB else f"{track.gain_db:+.1f} dB"
        words.append(f"{shown(track.name)} {'muted' if track.muted else level}")
    return ", ".join(words)
