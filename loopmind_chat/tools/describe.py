"""The song in words: one paragraph, and a table of its sections."""

from loopmind_chat.song.model import Section, Song, Track
from loopmind_chat.tools.spec import LibraryReader
from loopmind_chat.tools.targets import listed, shown


def headline(song: Song) -> str:
    """The song on one line: "Night Drive: dark trap, 140 BPM, A minor, 1:48, polished mix"."""
    style = " ".join(word for word in (song.mood, song.genre) if word)
    parts = [style, f"{song.tempo:g} BPM", str(song.key or ""), clock(song.seconds), f"{song.mix} mix"]
    return f"{shown(song.title)}: {', '.join(part for part in parts if part)}"


def clock(seconds: float) -> str:
    """A length as minutes and seconds: "1:48"."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def described(song: Song, library: LibraryReader) -> str:
    """The song in a paragraph: style, tempo, key, form, tracks with their loops."""
    tracks = [track_words(song, track, library) for track in song.tracks]
    count = len(song.loops())
    return f"{headline(song)}. Form: {song.form}. {count} loop{'' if count == 1 else 's'}: {'; '.join(tracks)}"


def song_table(song: Song) -> str:
    """The song as lines of text: a headline, then a line a section with what plays in it."""
    if not song.sections:
        return 'No song yet. Try "make something dark at 140".'
    names = {track.id: track for track in song.tracks}
    lines = [headline(song)]
    for bar, section in song.starts():
        playing = dict.fromkeys(layer.track for layer in section.layers if not layer.muted)
        tracks = [shown(names[track].name) for track in playing if not names[track].muted]
        lines.append(f"{bar + 1:>4}  {section.name:<13} {section.bars:>3} bars  {_marks(section)}{', '.join(tracks)}")
    return "\n".join(lines)


def _marks(section: Section) -> str:
    entered = f"[{section.transition.kind}] " if section.transition else ""
    return f"{'[locked] ' if section.locked else ''}{entered}"


def track_words(song: Song, track: Track, library: LibraryReader) -> str:
    """A track with the loops that it plays."""
    ids = dict.fromkeys(layer.loop for _, layer in song.layers() if layer.track == track.id)
    paths = {layer.loop: layer.path for _, layer in song.layers()}
    loops = []
    for loop_id in ids:
        facts = library.get(loop_id)
        loops.append(shown(facts.name if facts is not None else paths[loop_id].rsplit("/", 1)[-1]))
    muted = " (muted)" if track.muted else ""
    return f"{shown(track.name)}{muted} plays {listed(loops) or 'nothing'}"
