"""Title, tempo and key in an exported file."""

from importlib import import_module
from pathlib import Path

from loopmind_chat.song.keys import Key
from loopmind_chat.song.model import Song


def write_tags(path: Path, song: Song) -> None:
    """Tag a .wav, .flac, .mp3 or .ogg, in place: ID3 in the first and third, Vorbis comments in the others."""
    file = import_module("mutagen").File(path)
    if file.tags is None:
        file.add_tags()
    if path.suffix.lower() in {".wav", ".mp3"}:
        frames = import_module("mutagen.id3")
        file.tags.add(frames.TIT2(encoding=3, text=song.title))
        file.tags.add(frames.TBPM(encoding=3, text=f"{song.tempo:.0f}"))  # the standard admits whole numbers only
        if song.key is not None:
            file.tags.add(frames.TKEY(encoding=3, text=short_key(song.key)))
    else:
        file["title"] = song.title
        file["bpm"] = f"{song.tempo:g}"
        if song.key is not None:
            file["initialkey"] = short_key(song.key)
    file.save()


def short_key(key: Key) -> str:
    """The key as tags write it: "F# minor" is "F#m", "Bb major" is "Bb"."""
    tonic, mode = str(key).split(" ")
    return tonic + ("m" if mode == "minor" else "")
