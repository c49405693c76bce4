"""Wishes about the song as a whole."""

import re
from dataclasses import replace

from agent_sets.look import Look
from agent_sets.rules import moved, rule
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.model import Layer
from loopmind_chat.song.vocabulary import Role


@rule(r"unchanged")
def unchanged(_look: Look) -> str:
    """Nothing is explained."""
    return ""


@rule(r"tempo (= \S+|by \S+|(?:up|down)(?: a bit| way)?|double|half)")
def tempo(look: Look, how: str) -> str:
    """The tempo went as wished; loops are stretched with it."""
    old, new = look.before.tempo, look.after.tempo
    look.song_back("tempo")
    _layers_back(look, "stretch")
    if how in {"double", "half"}:
        return "" if abs(new / old - (2.0 if how == "double" else 0.5)) < 0.01 else f"{new:g}"
    return moved(old, new, how, a_bit=7.0, way=10.0)


@rule(r"key (=|by) (.+)")
def key(look: Look, how: str, value: str) -> str:
    """The key is as wished; pitched loops move with it."""
    old, new = look.before.key, look.after.key
    look.song_back("key")
    _layers_back(look, "semitones")
    if how == "=":
        return "" if new == parse_key(value) else f"{new}"
    if old is None or new is None or old.mode != new.mode:
        return f"{old} to {new}"
    return "" if (new.tonic - old.tonic - int(value)) % 12 == 0 and new != old else f"{old} to {new}"


@rule(r"mix = (\w+)")
def mix(look: Look, mode: str) -> str:
    """The mix is finished that way."""
    look.song_back("mix")
    return "" if look.after.mix == mode else str(look.after.mix)


@rule(r"swing (= \S+|(?:up|down)(?: a bit| way)?)")
def swing(look: Look, how: str) -> str:
    """The swing went as wished."""
    old, new = look.before.swing, look.after.swing
    look.song_back("swing")
    return moved(old, new, how, a_bit=0.15, way=0.3)


@rule(r"title = (.+)")
def title(look: Look, wanted: str) -> str:
    """The song has that name, capitals apart."""
    look.song_back("title")
    return "" if look.after.title.strip().lower() == wanted.lower() else look.after.title


@rule(r"song as at (\d+)")
def as_at(look: Look, number: str) -> str:
    """The song is the one after so many earlier turns (0: the one at the start)."""
    wanted = look.past[int(number)]
    look.left = look.before
    return "" if look.after == wanted else "another song"


@rule(r"remixed")
def remixed(look: Look) -> str:
    """Other loops, in the same form, tempo and key."""
    before, after = look.before, look.after
    look.song_back("tracks", "sections", "seed")
    if before.form != after.form:
        return f"form {after.form}"
    return "" if set(before.loops()) != set(after.loops()) else "the same loops"


@rule(r"carried to (.+)")
def carried(look: Look, genre: str) -> str:
    """The song is of another genre, and some of its tunes are still there."""
    before, after = look.before, look.after
    look.left = replace(before, mix=look.left.mix, swing=look.left.swing)
    if not _has(after.genre, genre):
        return f"genre {after.genre}"
    tunes = {x.loop for _, x in before.layers() if x.role not in {Role.DRUMS, Role.PERCUSSION}}
    return "" if not tunes or tunes & set(after.loops()) else "another song altogether"


@rule(r"new song(?:: (.+))?")
def new_song(look: Look, wishes: str | None) -> str:
    """Another song, with each wish met: "genre trap, mood dark, tempo 140, key F minor, without vocal"."""
    before, after = look.before, look.after
    look.left = replace(before, mix=look.left.mix)  # how it is finished is no part of a song's making
    if not after.sections or (after.seed == before.seed and after.sections == before.sections):
        return "no other song"
    for wish in (wishes or "").split(", "):
        found = _unmet(look, wish.strip())
        if found:
            return f"{wish}: {found}"
    return ""


def _unmet(look: Look, wish: str) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a word: a table in code
    song = look.after
    what, _, value = wish.partition(" ")
    roles = {str(layer.role) for _, layer in song.layers()}
    match what:
        case "":
            return ""
        case "genre":
            return "" if _has(song.genre, value) else song.genre or "none"
        case "mood":
            return "" if _has(song.mood, value) else song.mood or "none"
        case "style":  # a word that may as well be a mood as a genre
            return "" if _has(f"{song.mood} {song.genre}", value) else f"{song.mood} {song.genre}"
        case "tempo":
            return "" if abs(song.tempo - float(value)) < 0.51 else f"{song.tempo:g}"
        case "key":
            return "" if song.key == parse_key(value) else str(song.key)
        case "seconds":
            return "" if abs(song.seconds / float(value) - 1) < 0.2 else f"{song.seconds:.0f}"
        case "bars":
            return "" if abs(song.bars - int(value)) <= max(4, int(value) // 8) else str(song.bars)
        case "form":
            return "" if [f"{s.kind} {s.bars}" for s in song.sections] == value.split("; ") else song.form
        case "title":
            return "" if song.title.lower() == value.lower() else song.title
        case "without":
            return "" if not roles & set(value.split()) else f"has {value}"
        case "only":
            return "" if roles <= set(value.split()) else ", ".join(sorted(roles))
        case "keeps":
            kept = {layer.loop for _, layer in look.target(value).layers}
            return "" if kept & set(song.loops()) else "another loop"
        case "uses":
            names = " ".join(layer.path.lower() for _, layer in song.layers())
            return "" if any(word in names for word in value.split("|")) else "none of them"
        case _:
            raise ValueError(f"no part of a new song: {wish}")


def _has(text: str, words: str) -> bool:
    return any(all(part in text.lower() for part in re.split(r"\W+", way)) for way in words.lower().split("|"))


def _layers_back(look: Look, name: str) -> None:
    olds = {(s.id, layer.id): layer for s, layer in look.before.layers()}

    def back(section_id: str, layer: Layer) -> Layer:
        old = olds.get((section_id, layer.id))
        if old is None or old.loop != layer.loop:
            return layer
        return replace(layer, **{name: getattr(old, name)})

    look.map_layers(back)
