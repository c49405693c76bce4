"""The songs that sentences start from."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from agent_sets.shelf import loop_called
from loopmind_chat.compose.fit import fit_loop
from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.model import Effect, Layer, Section, Song, Track, Transition
from loopmind_chat.song.vocabulary import EffectKind, MixMode, SectionKind, TransitionKind

Row = tuple[str, str, str]
"""A track's letter in a form, its name, and the loop it plays."""

_ENERGY: Final = {
    "intro": 0.3, "verse": 0.5, "hook": 0.7, "bridge": 0.5, "breakdown": 0.3, "build": 0.5, "drop": 0.7, "outro": 0.3,
}  # fmt: skip


def song_called(name: str) -> Song:
    """One of the songs. Raises KeyError where there is none of that name."""
    return _SONGS[name]()


@cache
def night() -> Song:
    """Dark trap with everything: six tracks, eight sections."""
    rows = (
        ("d", "Drums", "Plain_Kit_Drums_140"),
        ("h", "Hats", "Plain_Hats_Percussion_140"),
        ("b", "808", "Plain_808_Bass_140_Am"),
        ("m", "Melody", "Plain_Synth_Melody_140_Am"),
        ("p", "Pad", "Plain_Analog_Pad_140_Am"),
        ("v", "Vocal", "Plain_Chop_Vocal_140_Am"),
    )
    form = "intro8:mp verse16:dhbp hook8:dhbmpv verse16:dhbp hook8:dhbmpv breakdown8:pv hook8:dhbmpv outro8:mp"
    return _made("Night Shift", "trap", "dark", 140.0, "A minor", rows, form)


@cache
def club() -> Song:
    """House in drops and builds, with chords and effects."""
    rows = (
        ("d", "Drums", "Plain_Kit_Drums_124"),
        ("s", "Shaker", "Dark_Shaker_Percussion_124"),
        ("b", "Bass", "Plain_808_Bass_124_Cm"),
        ("c", "Chords", "Plain_Rhodes_Chords_124_Cm"),
        ("l", "Synth", "Plain_Synth_Melody_124_Cm"),
        ("f", "FX", "Plain_Noise_Fx_124"),
    )
    form = "intro16:ds build8:dscf drop16:dsbcl breakdown16:cl build8:dscf drop16:dsbcl outro16:ds"
    return _made("Basement", "house", "", 124.0, "C minor", rows, form)


@cache
def sketch() -> Song:
    """A beginning: two tracks, four sections."""
    rows = (("d", "Drums", "Plain_Kit_Drums_84"), ("k", "Keys", "Plain_Rhodes_Chords_84_Dm"))
    return _made("Sketch", "lofi", "chill", 84.0, "D minor", rows, "intro4:k verse8:dk hook8:dk outro4:k")


@cache
def duo() -> Song:
    """Boom bap with two melodies, and a bass that plays one loop in verses and another in hooks."""
    rows = (
        ("d", "Drums", "Hard_Boombap_Drums_84"),
        ("b", "Bass", "Plain_808_Bass_84_Dm"),
        ("B", "Bass", "Warm_Slap_Bass_84_Dm"),
        ("g", "Guitar", "Warm_Guitar_Melody_84_Dm"),
        ("x", "Bells", "Bright_Bells_Melody_84_Dm"),
        ("v", "Vocal", "Plain_Chop_Vocal_84_Dm"),
    )
    form = "intro4:g verse16:dbgv hook8:dBgxv verse16:dbgv hook8:dBgxv bridge8:gx hook8:dBgxv outro4:gx"
    return _made("Corner Store", "boom bap", "nostalgic", 90.0, "D minor", rows, form)


@cache
def held() -> Song:
    """The first song with its melody and its first hook locked, the pad muted, some reverb, swing and tape."""
    song = night()
    sections = tuple(
        replace(
            section,
            locked=section.name == "hook 1",
            layers=tuple(replace(layer, locked=layer.role == "melody") for layer in section.layers),
        )
        for section in song.sections
    )
    tracks = tuple(replace(track, muted=track.name == "Pad") for track in song.tracks)
    return replace(song, title="Held", sections=sections, tracks=tracks, swing=0.4, mix=MixMode.TAPE)


@cache
def wet() -> Song:
    """The first song with much reverb on its vocal."""
    song = night()
    effects = (Effect(EffectKind.REVERB, 0.7),)
    return replace(song, tracks=tuple(replace(t, fx=effects if t.name == "Vocal" else ()) for t in song.tracks))


@cache
def riser() -> Song:
    """The club song with a riser into its first build."""
    song = club()
    entrance = Transition(TransitionKind.RISER)
    sections = tuple(replace(s, transition=entrance if s.name == "build 1" else None) for s in song.sections)
    return replace(song, sections=sections)


def _made(  # noqa: PLR0913, PLR0917 - what a song is
    title: str, genre: str, mood: str, tempo: float, key: str, rows: Sequence[Row], form: str
) -> Song:
    names = list(dict.fromkeys(name for _, name, _ in rows))
    tracks = tuple(
        Track(id=f"t{number}", name=name, role=loop_called(next(loop for _, n, loop in rows if n == name)).role)
        for number, name in enumerate(names, 1)
    )
    sections, number = list[Section](), 0
    for place, part in enumerate(form.split(), 1):
        head, letters = part.split(":")
        kind, bars = head.rstrip("0123456789"), int(head.lstrip("abcdefghijklmnopqrstuvwxyz"))
        layers = []
        for letter, name, loop in rows:
            if letter not in letters:
                continue
            number += 1
            facts = loop_called(loop)
            fit = fit_loop(facts, tempo=tempo, key=parse_key(key))
            if fit is None:
                raise ValueError(f"{loop} does not fit {title}")
            layers.append(
                Layer(
                    id=f"l{number}", track=f"t{names.index(name) + 1}", role=facts.role, loop=facts.id, path=facts.path,
                    beats=bars * 4.0, loop_beats=fit.loop_beats, stretch=fit.stretch, semitones=fit.semitones,
                )
            )  # fmt: skip
        energy = _ENERGY[kind]
        sections.append(Section(id=f"s{place}", kind=SectionKind(kind), bars=bars, energy=energy, layers=tuple(layers)))
    song = Song(
        title=title, genre=genre, mood=mood, tempo=tempo, key=parse_key(key), tracks=tracks, sections=tuple(sections),
        seed=3,
    )  # fmt: skip
    return apply(Song(), ReplaceSong(song))


_SONGS: Final[dict[str, Callable[[], Song]]] = {
    "night": night, "club": club, "sketch": sketch, "duo": duo, "held": held, "wet": wet, "riser": riser,
    "empty": Song,
}  # fmt: skip
SONGS: Final = tuple(_SONGS)
