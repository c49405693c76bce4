"""What is added where something is asked for: the song's own track where it is silent, else the loop that fits best."""

from collections.abc import Sequence
from typing import Final

from loopmind_chat.compose.carried import CARRIES, carried, is_akin
from loopmind_chat.compose.fit import fit_loop
from loopmind_chat.compose.moods import mood_of, mood_score, moods_named
from loopmind_chat.compose.swap import asked_of
from loopmind_chat.compose.wording import loop_words
from loopmind_chat.errors import CannotDo
from loopmind_chat.song.find import role_of
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Section, Song, Track
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.returning import Return, returned, silent_in
from loopmind_chat.tools.spec import ToolContext
from loopmind_chat.tools.swapping import meaning_of
from loopmind_chat.tools.targets import is_related, listed, need_loops, shown

_LIKED: Final = 0.15
"""What a rating is worth beside an affinity of -1 to 1 and a cost of fitting of 0 to 2."""
_COST: Final = 0.25
_USED: Final = 0.3
_AKIN: Final = 0.4
_MOOD: Final = 0.2
_MELODIC: Final = frozenset({Role.MELODY, Role.CHORDS, Role.PAD, Role.VOCAL})


def own_addition(song: Song, role: Role | None, query: str | None, sections: Sequence[Section]) -> Return | None:
    """The song's own track of a role, for the sections where it is silent ("add drums to the intro").

    None where the song has no such track, where it is heard in all of them, or where other words ask for another loop.
    """
    tracks = _tracks_meant(song, role, query)
    if not tracks:
        return None
    beats = {t.id: sum(layer.beats for _, layer in song.layers() if layer.track == t.id) for t in tracks}
    main = max(tracks, key=lambda track: beats[track.id])
    free = [section for section in sections if silent_in(song, [main], section)]
    if not free:
        return None
    kit = [t for t in tracks if t is main or (t.role is Role.DRUMS and all(silent_in(song, [t], s) for s in free))]
    found = returned(song, kit, free)
    return found if found.edits else None


def _tracks_meant(song: Song, role: Role | None, query: str | None) -> list[Track]:
    """The tracks of a role, or the one of that very name; none where the words say how it should sound."""
    said = " ".join((query or "").lower().split()).removeprefix("the ")
    if said and role is None:
        by_name = [track for track in song.tracks if track.name.lower().rstrip("s") == said.rstrip("s")]
        if by_name:
            return by_name
    meant = role or role_of(said)
    if said and (meant is None or role_of(said) is not meant):
        return []
    return [track for track in song.tracks if track.role is meant]


def best_addition(context: ToolContext, role: Role | None, query: str, sections: Sequence[Section]) -> LoopFacts:
    """The loop that fits the words first, then the role and the song; rather one that is new to it; ties by id.

    Raises CannotDo where none fits.
    """
    song, library = context.song, context.library
    role = role or (role_of(query) if query else None)
    asked = asked_of(query, role)
    near = meaning_of(context, query, role)
    if not near and (style := f"{song.mood} {song.genre}".strip()):
        near = library.affinity(style)
    mood = mood_of(query if moods_named(query) else song.mood)
    ratings, used = library.ratings(), set(song.loops())
    playing = {layer.loop for section in sections for layer in section.layers}
    scored = []
    for facts in need_loops(context):
        if facts.id in playing or (asked.unwanted and carried(facts, asked.unwanted) > 0):
            continue
        share, akin = carried(facts, asked.words), is_akin(facts, asked.words)
        if not _may_be(facts, role, share) or (role is None and not (share or akin or is_related(facts, (), near))):
            continue
        fit = fit_loop(facts, tempo=song.tempo, key=song.key, role=role)
        if fit is None:
            continue
        score = 2 * share + _AKIN * akin + near.get(facts.id, 0.0) + _LIKED * ratings.get(facts.id, 0)
        score += _MOOD * mood_score(mood, facts.tags, loop_words(facts))
        score -= _COST * fit.cost + _USED * (facts.id in used)
        scored.append((share < CARRIES, role is not None and facts.role is not role, -score, facts.id, facts))
    if not scored:
        wanted = listed([part for part in (str(role or ""), f'"{shown(query)}"' if query else "") if part])
        raise CannotDo(f"no other loop for {wanted} fits {song.tempo:g} BPM{f' in {song.key}' if song.key else ''}")
    return min(scored)[-1]


def _may_be(facts: LoopFacts, role: Role | None, share: float) -> bool:
    """Whether a loop can do the job: one of the role, or a kindred one that goes by the words."""
    if role is None or facts.role is role:
        return True
    return share >= CARRIES and facts.is_loop and {role, facts.role} <= _MELODIC
