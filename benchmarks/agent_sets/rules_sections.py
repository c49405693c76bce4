"""Wishes about sections: added, removed, moved, repeated, resized, remade, entered, locked."""

from collections import Counter
from dataclasses import replace

from agent_sets.look import Look
from agent_sets.rules import first, moved, rule
from loopmind_chat.song.model import Section, Song, Track


@rule(r"add (\w+) (?:(after|before) (.+?)|at (start|end))(?:, (\d+) bars)?")
def add(look: Look, kind: str, side: str, beside: str, end: str, bars: str | None) -> str:  # noqa: PLR0913, PLR0917 - the parts of the wish
    """A section of that kind came, at that place."""
    new = _new_section(look, kind)
    if new is None:
        return "none came"
    problem = _place(look.after, new, side, _id(look, beside), end)
    _take_out(look, new)
    return problem or ("" if bars is None or new.bars == int(bars) else f"{new.bars} bars")


@rule(r"repeat (.+?)(?: after (.+))?")
def repeat(look: Look, source: str, beside: str | None) -> str:
    """The section stands once more, with the same loops, after itself or another."""
    like = look.sections(source)[0]
    new = _new_section(look, str(like.kind))
    if new is None:
        return "none came"
    anchor = like.id if beside is None else _id(look, beside)
    problem = _place(look.after, new, "after", anchor, "")
    _take_out(look, new)
    if new.bars != like.bars or Counter(x.loop for x in new.layers) != Counter(x.loop for x in like.layers):
        return "no copy"
    return problem


@rule(r"remove section (.+)")
def remove(look: Look, words: str) -> str:
    """Those sections have gone, and what only they used."""
    gone = look.sections(words)
    sections = list(look.left.sections)
    for section in gone:
        if look.left.section(section.id) is None:
            sections.insert(_index_of(look.before, section.id, sections), section)
    look.left = replace(look.left, sections=tuple(sections), tracks=_tracks_with(look.left, look.before))
    return first([f"{s.name} is there" for s in gone if look.after.section(s.id) is not None])


@rule(r"move (.+?) (?:(after|before) (.+)|to (start|end))")
def move(look: Look, words: str, side: str, beside: str, end: str) -> str:
    """The section stands at another place."""
    section = look.sections(words)[0]
    now = look.after.section(section.id)
    if now is None:
        return "it has gone"
    problem = _place(look.after, now, side, _id(look, beside), end)
    rest = [s for s in look.left.sections if s.id != section.id]
    back = next((s for s in look.left.sections if s.id == section.id), section)
    rest.insert(_index_of(look.before, section.id, rest), back)
    look.left = replace(look.left, sections=tuple(rest))
    return problem


@rule(r"bars of (.+?) (= \d+|by -?\d+|longer|shorter|double|half)")
def bars(look: Look, words: str, how: str) -> str:
    """The sections have another length; what ran to their end still does."""
    problems = []
    for section in look.sections(words):
        now = look.after.section(section.id)
        if now is None:
            problems.append(f"{section.name} has gone")
            continue
        look.section_back(section.id, "bars")
        look.put_back(look.target(f"all in {section.id}"), "beats", "start_beat")
        if how in {"longer", "shorter"}:
            problems.append(moved(section.bars, now.bars, "up" if how == "longer" else "down"))
        elif how in {"double", "half"}:
            wanted = section.bars * 2 if how == "double" else section.bars // 2
            problems.append("" if now.bars == wanted else f"{now.bars}")
        else:
            problems.append(moved(section.bars, now.bars, how))
    return first(problems)


@rule(r"energy of (.+?) (= \S+|(?:up|down)(?: a bit| way)?)")
def energy(look: Look, words: str, how: str) -> str:
    """More or less goes on in the sections."""
    problems = []
    for section in look.sections(words):
        now = look.after.section(section.id)
        if now is None:
            return f"{section.name} has gone"
        _contents_back(look, section.id, "energy", "layers")
        problems.append(moved(section.energy, now.energy, how, a_bit=0.15, way=0.3))
    return first(problems)


@rule(r"remake (.+)")
def remake(look: Look, words: str) -> str:
    """The sections play other loops, in the same length."""
    problems = []
    for section in look.sections(words):
        now = look.after.section(section.id)
        if now is None:
            return f"{section.name} has gone"
        _contents_back(look, section.id, "layers")
        same = {x.loop for x in now.layers} == {x.loop for x in section.layers}
        problems.append("the same loops" if same else "")
    return first(problems)


@rule(r"enter (.+?) by (\w+)(?:, (\S+) beats)?")
def enter(look: Look, words: str, kind: str, beats: str | None) -> str:
    """The sections are entered that way."""
    problems = []
    for section in look.sections(words):
        now = look.after.section(section.id)
        look.section_back(section.id, "transition")
        entrance = now.transition if now is not None else None
        found = "none" if entrance is None else str(entrance.kind)
        problems.append("" if found in kind.split("_or_") else found)
        if beats is not None and entrance is not None and entrance.beats != float(beats):
            problems.append(f"{entrance.beats:g} beats")
    return first(problems)


@rule(r"(lock|unlock) section (.+)")
def lock_section(look: Look, verb: str, words: str) -> str:
    """The sections, or everything in them, may not change any more; or may again."""
    problems = []
    for section in look.sections(words):
        now = look.after.section(section.id)
        look.section_back(section.id, "locked")
        look.put_back(look.target(f"all in {section.id}"), "locked")
        held = now is not None and (now.locked or all(layer.locked for layer in now.layers))
        problems.append("" if held == (verb == "lock") else f"{section.name} is {'held' if held else 'free'}")
    return first(problems)


def _new_section(look: Look, kind: str) -> Section | None:
    known = {s.id for s in look.before.sections}
    return next((s for s in look.left.sections if s.id not in known and s.kind == kind), None)


def _take_out(look: Look, section: Section) -> None:
    look.left = replace(look.left, sections=tuple(s for s in look.left.sections if s.id != section.id))


def _id(look: Look, words: str | None) -> str:
    return look.sections(words)[-1].id if words else ""


def _place(song: Song, section: Section, side: str, beside: str, end: str) -> str:
    """Whether a section stands beside another one, or at an end; others that were put there too may come between."""
    ids = [s.id for s in song.sections]
    here = ids.index(section.id)
    if end:
        return "" if here == (0 if end == "start" else len(ids) - 1) else f"at place {here + 1}"
    if beside not in ids:
        return "its neighbour has gone"
    there = ids.index(beside)
    return "" if here - there == (1 if side == "after" else -1) else f"at place {here + 1}"


def _index_of(before: Song, section_id: str, sections: list[Section]) -> int:
    """Where a section stands among others, going by the song before."""
    order = [s.id for s in before.sections]
    earlier = set(order[: order.index(section_id)])
    return max((i + 1 for i, s in enumerate(sections) if s.id in earlier), default=0)


def _contents_back(look: Look, section_id: str, *names: str) -> None:
    look.section_back(section_id, *names)
    look.left = replace(look.left, tracks=_tracks_with(look.left, look.before))


def _tracks_with(left: Song, before: Song) -> tuple[Track, ...]:
    """The tracks, with those that went back among them."""
    known = {t.id for t in left.tracks}
    return (*left.tracks, *(t for t in before.tracks if t.id not in known))
