"""From a brief and a library to a whole song."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from loopmind_chat.compose.arrange import Plan, plan_form, section_of
from loopmind_chat.compose.brief import Brief, Composition
from loopmind_chat.compose.cast import Cast, Casting
from loopmind_chat.compose.choose import Scorer, Wish, blended, from_sources
from loopmind_chat.compose.fit import fit_loop
from loopmind_chat.compose.forms import Form, sample_form
from loopmind_chat.compose.setting import Setting, check_tempo, find_genre, find_key, find_mood, find_tempo, genre_words
from loopmind_chat.compose.voices import with_track_ids
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song, fresh_ids
from loopmind_chat.song.vocabulary import Role

_SECONDS_A_MINUTE: Final = 60.0
_BEATS_PER_BAR: Final = 4
_FEW: Final = 2
_SKETCH_BARS: Final = 40
"""Length, where none is asked for, of a song of so few voices that more would tire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What composing starts from, beside the brief."""

    loops: Sequence[LoopFacts]
    affinity: Mapping[str, float] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)
    keep: frozenset[str] = frozenset()
    """Loops that stay the song's own wherever they fit."""
    avoid: frozenset[str] = frozenset()
    """Loops that should change."""


def compose_song(
    brief: Brief,
    loops: Sequence[LoopFacts],
    affinity: Mapping[str, float] | None = None,
    ratings: Mapping[str, int] | None = None,
) -> Composition:
    """A song as the brief asks, made of the loops; the same arguments give the same song, in any order of loops.

    ``affinity`` says by loop id how near in meaning a loop is to the brief's words. Raises ComposeError, with what
    to do, where no song can be made.
    """
    return compose(brief, Ground(loops=loops, affinity=affinity or {}, ratings=ratings or {}))


def compose(brief: Brief, ground: Ground) -> Composition:
    """A song as the brief asks, from a ground that may favour or avoid loops."""
    everything = in_order(ground.loops)
    if not everything:
        raise ComposeError("there are no loops yet: name a folder of loops first, or write the starter pack")
    check_tempo(brief.bpm)
    pool = _pool(brief, everything)
    genre, genre_name = find_genre(brief, pool)
    mood, weight = find_mood(brief, genre)
    wish = Wish(
        genre_words=genre_words(brief, genre), mood=mood, mood_weight=weight, seed=brief.seed,
        avoid=ground.avoid, keep=ground.keep, blend=blended(brief.sources),
    )  # fmt: skip
    scorer = Scorer(wish=wish, loops=pool, affinity=ground.affinity, ratings=ground.ratings)
    tempo = find_tempo(brief, genre, mood, scorer)
    setting = Setting(
        genre=genre, genre_name=genre_name, mood=mood, mood_weight=weight, tempo=tempo,
        key=find_key(brief, genre, mood, scorer),
    )  # fmt: skip
    _check_anchor(brief, pool, setting)
    cast = cast_song(brief, setting, scorer)
    bars = asked_bars(brief, tempo)
    if bars is None and len(cast.voices) <= _FEW:
        bars = _SKETCH_BARS
    form = brief.form or sample_form(genre, bars=bars, seed=brief.seed)
    return written(brief, setting, cast, form)


def cast_song(brief: Brief, setting: Setting, scorer: Scorer) -> Cast:
    """The voices of a song. Raises ComposeError where there is nobody."""
    kept = frozenset(facts.role for facts in scorer.loops if facts.id in scorer.wish.keep)
    cast = Casting(
        setting=setting, scorer=scorer, seed=brief.seed, roles=_roles(brief), insisted=brief.roles, expected=kept,
        chosen_sources=bool(brief.sources.strip()),
        anchor=brief.anchor,
    ).cast()  # fmt: skip
    if not cast.voices:
        raise ComposeError(_nothing_fits(scorer.loops, setting, _roles(brief)))
    return cast


def written(brief: Brief, setting: Setting, cast: Cast, form: Form) -> Composition:
    """The song of a cast in a form."""
    cast = with_ids(cast, Song())
    plans = plan_form(form, cast, setting.genre, lift=setting.mood.energy * setting.mood_weight, seed=brief.seed)
    plans = tuple(without_silence(plan, cast) for plan in plans)
    layer_ids = fresh_ids(Song(), "l")
    sections = tuple(section_of(plan, f"s{i}", layer_ids) for i, plan in enumerate(plans, 1))
    used = {layer.track for section in sections for layer in section.layers}
    song = Song(
        title=brief.title.strip() or title_of(brief, setting),
        genre=setting.genre_name,
        mood=" ".join(brief.mood.split()),
        tempo=setting.tempo,
        key=setting.key,
        swing=setting.genre.swing if any(voice.programmed for voice in cast.voices) else 0.0,
        seed=brief.seed,
        tracks=tuple(voice.track for voice in (*cast.voices, *cast.hits) if voice.track.id in used),
        sections=sections,
    )
    return Composition(apply(Song(), ReplaceSong(song)), cast.notes)


def with_ids(cast: Cast, song: Song) -> Cast:
    """The cast with track ids that are not yet taken in a song."""
    ids = fresh_ids(song, "t")
    voices = with_track_ids(cast.voices, [next(ids) for _ in cast.voices])
    return Cast(voices, with_track_ids(cast.hits, [next(ids) for _ in cast.hits]), cast.notes)


def without_silence(plan: Plan, cast: Cast) -> Plan:
    """The plan, its first part stretched over the whole section where a bar would be empty."""
    covered = {bar for part in plan.parts for bar in range(part.start, part.end)}
    if len(covered) == plan.place.bars or not cast.voices or not plan.parts:
        return plan
    first = max(plan.parts, key=lambda part: part.end - part.start)
    if len(plan.parts) == 1 and len(covered) >= plan.place.bars - 1:
        return plan  # a lone voice may rest for a bar
    whole = replace(first, start=0, end=plan.place.bars)
    return replace(plan, parts=tuple(whole if part is first else part for part in plan.parts))


def in_order(loops: Sequence[LoopFacts]) -> list[LoopFacts]:
    """The loops by id, each once, the shortest path first where the same audio lies in several places."""
    rows = sorted(loops, key=lambda facts: (facts.id, len(facts.path), facts.path))
    return [facts for i, facts in enumerate(rows) if not i or rows[i - 1].id != facts.id]


def asked_bars(brief: Brief, tempo: float) -> int | None:
    """Length in bars that the brief asks for, or None."""
    if brief.bars is not None:
        return brief.bars
    if brief.seconds is None:
        return None
    return max(1, round(brief.seconds * tempo / _SECONDS_A_MINUTE / _BEATS_PER_BAR))


def title_of(brief: Brief, setting: Setting) -> str:
    """A plain name: mood, genre, tempo."""
    words = " ".join([*brief.mood.split(), *setting.genre_name.split()]) or "untitled"
    return f"{words[:1].upper()}{words[1:]} {setting.tempo:g}"


def _roles(brief: Brief) -> frozenset[Role]:
    return (brief.roles or frozenset(Role)) - brief.without


def _pool(brief: Brief, everything: Sequence[LoopFacts]) -> list[LoopFacts]:
    pool = from_sources(everything, brief.sources) if brief.sources.strip() else list(everything)
    if brief.anchor is not None and all(facts.id != brief.anchor for facts in pool):
        anchor = [facts for facts in everything if facts.id == brief.anchor]
        if not anchor:
            raise ComposeError("the loop to build around is not in the library")
        pool = in_order([*pool, *anchor])
    if not _roles(brief):
        raise ComposeError("every role is ruled out; leave at least one in")
    return pool


def _check_anchor(brief: Brief, pool: Sequence[LoopFacts], setting: Setting) -> None:
    anchor = next((facts for facts in pool if facts.id == brief.anchor), None)
    if anchor is None or fit_loop(anchor, tempo=setting.tempo, key=setting.key) is not None:
        return
    own = f"{anchor.bpm:g} BPM" if anchor.bpm else "no tempo of its own"
    in_key = f" and {anchor.key}" if anchor.key else ""
    wanted = f"{setting.tempo:g} BPM" + (f" in {setting.key}" if setting.key else "")
    raise ComposeError(f"{anchor.name} has {own}{in_key}, too far from {wanted}; ask for another tempo or key")


def _nothing_fits(pool: Sequence[LoopFacts], setting: Setting, roles: frozenset[Role]) -> str:
    playable = [facts for facts in pool if facts.role in roles]
    if not playable:
        return f"there are no loops for {', '.join(sorted(roles))} here"
    tempos = sorted({round(facts.bpm) for facts in playable if facts.is_loop and facts.bpm})
    if not tempos:
        return "no loop here has a tempo, and there are no one-shots to make a beat of"
    near = min(tempos, key=lambda bpm: abs(bpm - setting.tempo))
    span = f"{tempos[0]} BPM" if tempos[0] == tempos[-1] else f"{tempos[0]} to {tempos[-1]} BPM"
    return f"no loop fits {setting.tempo:g} BPM without being stretched out of shape: they are {span}; try {near} BPM"
