"""Wishes about what plays: levels, silence, places, effects, other loops, more loops, locks."""

from dataclasses import replace
from typing import Final

from agent_sets.look import Look, Target
from agent_sets.rules import first, moved, rule
from loopmind_chat.compose.wording import loop_words
from loopmind_chat.song.model import Layer, Song
from loopmind_chat.song.vocabulary import EffectKind

_BITS: Final = {"filtered": "lowpass"}
_GOES: Final = {
    "darker": ("brightness_hz", -1), "brighter": ("brightness_hz", 1), "punchier": ("punch_db", 1),
    "softer": ("punch_db", -1), "harder": ("punch_db", 1), "warmer": ("warmth", 1), "busier": ("density", 1),
    "sparser": ("density", -1), "rougher": ("roughness", 1), "smoother": ("roughness", -1), "wider": ("width", 1),
}  # fmt: skip


@rule(r"level (.+?) (= \S+|by \S+|(?:up|down)(?: a bit| way)?)")
def level(look: Look, words: str, how: str) -> str:
    """The layers are louder or softer, by track and layer together."""
    target = look.target(words)
    look.put_back(target, "gain_db")
    problems = []
    for old, new in look.pairs(target):
        then = old.gain_db + look.track(old.track, before=True).gain_db
        now = new.gain_db + look.track(new.track).gain_db
        problems.append(moved(then, now, how, a_bit=2.0, way=4.0))
    return first(problems) or _lost(look, target)


@rule(r"(mute|unmute|gone|out) (.+)")
def silence(look: Look, verb: str, words: str) -> str:
    """The layers are muted, sound again, have been taken out, or (out) either of mute and gone."""
    target = look.target(words)
    problems = []
    for section_id, layer in target.layers:
        now = look.now(section_id, layer.id)
        if verb == "gone" or (verb == "out" and now is None):
            problems.append("" if now is None else "it plays")
            continue
        muted = now is not None and (now.muted or look.track(now.track).muted)
        problems.append("" if now is not None and muted == (verb != "unmute") else "not so")
    look.put_back(target, "muted")
    if verb in {"gone", "out"}:
        _put_in_again(look, target)
    return first(problems)


@rule(r"only (.+)")
def only(look: Look, words: str) -> str:
    """Nothing but those tracks is heard, by solo or by mute."""
    wanted = look.target(words).tracks
    everyone = frozenset(t.id for t in look.before.tracks)
    look.tracks_back(everyone, "muted", "solo")
    heard = _heard(look.after)
    return "" if heard == wanted else f"{sorted(heard)} are heard"


@rule(r"all heard")
def all_heard(look: Look) -> str:
    """No track is muted or left out by a solo."""
    everyone = frozenset(t.id for t in look.before.tracks)
    look.tracks_back(everyone, "muted", "solo")
    return "" if _heard(look.after) == everyone else "some are silent"


@rule(r"pan (.+?) (left|right|hard left|hard right|center|= \S+)")
def pan(look: Look, words: str, how: str) -> str:
    """The tracks stand there."""
    target = look.target(words)
    look.tracks_back(target.tracks, "pan")
    bounds = {
        "left": (-0.99, -0.1), "right": (0.1, 0.99), "hard left": (-1, -0.9), "hard right": (0.9, 1), "center": (0, 0)
    }  # fmt: skip
    low, high = bounds.get(how) or (float(how[2:]) - 0.011, float(how[2:]) + 0.011)
    if how in {"left", "right"}:
        low, high = (-1, high) if how == "left" else (low, 1)
    return first([
        "" if low <= look.track(t).pan <= high else f"{look.track(t).pan:+g}" for t in sorted(target.tracks)
    ])  # fmt: skip


@rule(r"fx (\w+) (on|off|up|down|= \S+) (.+)")
def effect(look: Look, names: str, how: str, words: str) -> str:
    """An effect is on the layers (by layer or track) or off, or there is more or less of it; "a_or_b" is either."""
    target = look.target(words)
    kinds = [EffectKind(_BITS.get(name, name)) for name in names.split("_or_")]
    changed = [kind for kind in kinds if any(_amount(look, o, kind, before=True) != _amount(look, n, kind)
                                             for o, n in look.pairs(target))]  # fmt: skip
    kind = changed[0] if changed else kinds[0]
    look.effect_back(target, frozenset({kind}))
    problems = []
    for old, new in look.pairs(target):
        then, now = _amount(look, old, kind, before=True), _amount(look, new, kind)
        met = {"on": now > 0, "off": now == 0, "up": now > then, "down": now < then}.get(how)
        if met is None:
            met = abs(now - float(how[2:])) < 0.011
        problems.append("" if met else f"{then:g} to {now:g}")
    return first(problems) or _lost(look, target)


@rule(rf"swap (.+?)(?: to (\S+))?(?: ({'|'.join(_GOES)}))?")
def swap(look: Look, words: str, to: str | None, goes: str | None) -> str:
    """Every unlocked layer plays another loop of its role or of the words, and that loop goes the way wished."""
    target = look.target(words)
    look.put_back(
        Target(target.layers, everywhere=False), "loop", "path", "semitones", "stretch", "loop_beats", "offset_beats",
        "pattern", "gain_db",
    )  # fmt: skip
    held = {s.id for s in look.before.sections if s.locked}
    free = Target(tuple((s, x) for s, x in target.layers if not x.locked and s not in held), target.everywhere)
    return first([_swapped(look, old, new, to, goes) for old, new in look.pairs(free)]) or _lost(look, free)


@rule(r"add (\w+) loop(?: in (.+?))?(?: named (\S+))?")
def add(look: Look, role: str, sections: str | None, word: str | None) -> str:
    """A loop came, in every section asked for and nowhere else."""
    known = {layer.id for _, layer in look.before.layers()}
    places = look.sections(sections) if sections else look.before.sections
    new = {s.id: [x for x in s.layers if x.id not in known] for s in look.after.sections}
    roles = role.split("_or_")
    fits = [layer for s in places for layer in new.get(s.id, []) if role == "any" or layer.role in roles]
    wanted = [layer for layer in fits if not word or not _named(look, layer, word)]
    ids = {layer.id for layer in wanted}
    look.left = replace(
        look.left,
        sections=tuple(replace(s, layers=tuple(x for x in s.layers if x.id not in ids)) for s in look.left.sections),
    )
    free = [s for s in places if not s.locked]
    return first(["" if ids & {layer.id for layer in new.get(s.id, [])} else f"nothing in {s.name}" for s in free])


@rule(r"(lock|unlock) (?!section )(.+)")
def lock(look: Look, verb: str, words: str) -> str:
    """The layers may not change any more, or may again."""
    target = look.target(words)
    look.put_back(Target(target.layers, everywhere=False), "locked")
    return first(["" if new.locked == (verb == "lock") else "not so" for _, new in look.pairs(target)])


def _swapped(look: Look, old: Layer, new: Layer, to: str | None, goes: str | None) -> str:
    if new.loop == old.loop:
        return "the same loop"
    problem = _named(look, new, to) if to else ""
    if goes and not problem:
        measure, sign = _GOES[goes]
        then, now = (getattr(look.library.get(x.loop), measure) for x in (old, new))
        problem = "" if (now - then) * sign > 0 else f"{measure} {then:g} to {now:g}"
    return problem


def _named(look: Look, layer: Layer, word: str) -> str:
    facts = look.library.get(layer.loop)
    return "" if facts is not None and loop_words(facts) & set(word.split("|")) else f"{layer.path}"


def _lost(look: Look, target: Target) -> str:
    return "" if len(look.pairs(target)) == len(target.layers) else "some of it has gone"


def _amount(look: Look, layer: Layer, kind: EffectKind, *, before: bool = False) -> float:
    effects = (*layer.fx, *look.track(layer.track, before=before).fx)
    return max((e.amount for e in effects if e.kind is kind), default=0.0)


def _heard(song: Song) -> frozenset[str]:
    used = {layer.track for _, layer in song.layers()}
    alone = any(t.solo for t in song.tracks)
    return frozenset(t.id for t in song.tracks if t.id in used and not t.muted and (t.solo or not alone))


def _put_in_again(look: Look, target: Target) -> None:
    """Put layers that have gone back into ``left``, with their tracks."""
    sections = []
    for section in look.left.sections:
        there = {layer.id for layer in section.layers}
        back = [x for section_id, x in target.layers if section_id == section.id and x.id not in there]
        sections.append(replace(section, layers=(*section.layers, *back)))
    known = {t.id for t in look.left.tracks}
    tracks = (*look.left.tracks, *(t for t in look.before.tracks if t.id not in known))
    look.left = replace(look.left, sections=tuple(sections), tracks=tracks)
