"""From words to the parts of the song and the loops that a call is about, with refusals that help."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from loopmind_chat.compose.wording import loop_words, words_of
from loopmind_chat.errors import CannotDo, NotInSong
from loopmind_chat.song.find import find_sections, find_tracks, role_of
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.spec import ToolContext

_PLURAL = ("all", "every", "each", "both")
_SHOWN = 64
_THIS = {"this", "that", "it", "loop", "one", "sample", "sound"}
_RELATED = 0.42
"""Affinity from which a loop has to do with the words; unrelated ones reached 0.41 of 382 loops and six wishes."""

Placed = tuple[Section, Layer]
"""A layer with the section it lies in."""


def need_song(song: Song) -> None:
    """Raise CannotDo where there is no song to work on."""
    if not song.sections:
        raise CannotDo('there is no song yet: try "make something dark at 140"')


def need_loops(context: ToolContext) -> Sequence[LoopFacts]:
    """The loops in use. Raises CannotDo, saying how to get some, where there are none."""
    loops = context.library.loops()
    if not loops:
        raise CannotDo(
            "there are no loops to work with yet: /folder PATH points to yours, `loopmind demo` writes a starter pack"
        )
    return loops


def tracks_named(song: Song, words: str) -> tuple[Track, ...]:
    """The tracks that words name; a role means every track of that role, whatever their names."""
    need_song(song)
    text = words.strip().lower()
    if text in {role.value for role in Role}:
        of_role = tuple(track for track in song.tracks if track.role == text)
        if of_role:
            return of_role
    return find_tracks(song, words)


def layers_named(song: Song, track: str, section: str | None) -> tuple[Placed, ...]:
    """The layers of those tracks in those sections. Raises NotInSong where there are none."""
    found_tracks = tracks_named(song, track)
    tracks, sections = {t.id for t in found_tracks}, sections_named(song, section)
    found = tuple((s, layer) for s in sections for layer in s.layers if layer.track in tracks)
    if not found:
        where = f" in {places(song, [s.id for s in sections])}" if section else ""
        elsewhere = places(song, [s.id for s, layer in song.layers() if layer.track in tracks])
        raise NotInSong(f"{names(found_tracks)} does not play{where}{f', only in {elsewhere}' if elsewhere else ''}")
    return found


def sections_named(song: Song, words: str | None) -> tuple[Section, ...]:
    """The sections that words name; None or "all": every one."""
    need_song(song)
    return find_sections(song, words or "all")


def one_section(song: Song, words: str) -> Section:
    """The one section meant. Raises CannotDo where "hook" could be any of several."""
    found = sections_named(song, words)
    if len(found) > 1:
        names = ", ".join(s.name for s in found)
        raise CannotDo(f'"{words}" could be any of {len(found)}: say which ({names})')
    return found[0]


def meant_sections(song: Song, words: str) -> tuple[Section, ...]:
    """One section, or several where the words are plural ("hooks", "every verse", "all"); else as one_section."""
    found = sections_named(song, words)
    text = words.strip().lower()
    if len(found) > 1 and not (text.endswith("s") or text.startswith(_PLURAL)):
        return (one_section(song, words),)
    return found


def is_all(words: str) -> bool:
    """Whether words mean everything."""
    return words.strip().lower() in {"all", "everything"}


def is_locked(section: Section, layer: Layer) -> bool:
    """Whether a layer may not change, itself or by its section."""
    return layer.locked or section.locked


def unlocked(song: Song, layers: Sequence[Placed]) -> tuple[tuple[Placed, ...], str]:
    """The layers that may change, and what to say of the others ("" for none). Raises CannotDo where all are locked."""
    free = tuple((s, layer) for s, layer in layers if not is_locked(s, layer))
    held = [s.id for s, layer in layers if is_locked(s, layer)]
    if not free:
        tracks = {layer.track for _, layer in layers}
        what = names([track for track in song.tracks if track.id in tracks])
        raise CannotDo(f"{what} {'is' if len(tracks) == 1 else 'are'} locked in {places(song, held)}; unlock first")
    return free, f"; left {places(song, held)}, locked" if held else ""


def free_sections(song: Song, words: str, *, one_by_one: bool = False) -> tuple[tuple[Section, ...], str]:
    """The sections meant that may change, and what to say of the locked ones ("" for none).

    "The hook" is every hook, as when people speak of songs; ``one_by_one``: it has to be said which.

    Raises CannotDo where all are locked.
    """
    found = meant_sections(song, words) if one_by_one else sections_named(song, words)
    free = tuple(s for s in found if not s.locked)
    held = places(song, [s.id for s in found if s.locked])
    if not free:
        raise CannotDo(f"{held} {'is' if len(found) == 1 else 'are'} locked; unlock first")
    return free, f"; left {held}, locked" if held else ""


def places(song: Song, section_ids: Iterable[str]) -> str:
    """Sections in words, in song order: "hooks 1-3, verse 2"; "every section" for all of them."""
    wanted = set(section_ids)
    sections = [s for s in song.sections if s.id in wanted]
    if len(sections) > 1 and len(sections) == len(song.sections):
        return "every section"
    by_kind: dict[str, list[int]] = {}
    for section in sections:
        by_kind.setdefault(str(section.kind), []).append(int(section.name.rsplit(" ", 1)[1]))
    alone = {kind for kind in by_kind if sum(s.kind == kind for s in song.sections) == 1}
    return ", ".join(kind if kind in alone else _counted(kind, numbers) for kind, numbers in by_kind.items())


def _counted(kind: str, numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    text = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    plural = "es" if kind.endswith("s") else "s"
    return f"{kind}{plural} {text}" if len(numbers) > 1 else f"{kind} {text}"


def names(tracks: Sequence[Track]) -> str:
    """Track names in words: "kick, hats and 808"."""
    return listed([shown(track.name) for track in tracks])


def with_article(word: str) -> str:
    """The word with a or an."""
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"


def named(song: Song, tracks: Sequence[Track]) -> str:
    """Tracks in words; "every track" for all of them."""
    return "every track" if len(tracks) > 2 and len(tracks) == len(song.tracks) else names(tracks)  # noqa: PLR2004


def listed(words: Sequence[str]) -> str:
    """Words as a list: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def shown(name: str) -> str:
    """A name from outside as it may be shown: no control or direction characters, not too long."""
    clean = cleaned(name)
    return clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"


def cleaned(text: str) -> str:
    """A text from outside without control and direction characters: a path, which is shown whole."""
    return "".join(c if c.isprintable() else "�" for c in text)


def is_related(facts: LoopFacts, words: Collection[str], affinity: Mapping[str, float]) -> bool:
    """Whether a loop has to do with a wish, by its name and tags or by meaning."""
    return bool(frozenset(words) & loop_words(facts)) or affinity.get(facts.id, 0.0) >= _RELATED


def loop_name(context: ToolContext, layer: Layer) -> str:
    """The name of a layer's loop, as shown."""
    facts = context.library.get(layer.loop)
    return shown(facts.name if facts is not None else _stem(layer.path))


def find_loop(context: ToolContext, words: str) -> LoopFacts:
    """The loop meant: its id, its name, the track that plays only it, or "this loop": the one that came in last.

    Raises CannotDo, naming the nearest.
    """
    loops = need_loops(context)
    exact = [facts for facts in loops if words == facts.id or _stem(words).lower() == facts.name.lower()]
    plain = re.sub(r"^(?:this|that|the) |\b(?: loop| sample| sound| one)$", "", words.strip(), flags=re.IGNORECASE)
    if not exact and plain.lower() in _THIS:
        return _last_loop(context)
    text, wanted = _stem(plain).lower(), frozenset(words_of(_stem(plain)))
    for found in (
        exact,
        _loops_of_track(context, plain),
        [facts for facts in loops if wanted and wanted <= frozenset(words_of(facts.name))],
        [facts for facts in loops if text and text in facts.name.lower()],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise CannotDo(f'"{shown(words)}" could be {listed([shown(f.name) for f in found[:4]])}: say which')
    near = [shown(hit.facts.name) for hit in context.library.search(words, limit=3)]
    raise CannotDo(f'no loop is called "{shown(words)}"' + (f"; the nearest: {listed(near)}" if near else ""))


def _last_loop(context: ToolContext) -> LoopFacts:
    """The one loop that the last change brought in."""
    change = context.past.last_change()
    ids = dict.fromkeys(loop for call in change.calls if call.ok for loop in call.brought) if change else {}
    found = [facts for facts in map(context.library.get, ids) if facts is not None]
    if len(found) == 1:
        return found[0]
    playing = listed([track.name for track in context.song.tracks])
    raise CannotDo(f"say which loop: its name, or its track{f' ({playing})' if playing else ''}")


def _loops_of_track(context: ToolContext, words: str) -> list[LoopFacts]:
    try:
        tracks = {track.id for track in find_tracks(context.song, words)} if words.strip() else set()
    except NotInSong:
        return []
    ids = dict.fromkeys(layer.loop for _, layer in context.song.layers() if layer.track in tracks)
    found = [context.library.get(loop_id) for loop_id in ids]
    return [facts for facts in found if facts is not None]


def _stem(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = last.rpartition(".")
    return stem if dot and suffix.lower() in {"wav", "flac", "mp3", "ogg", "aif", "aiff"} else last


def role_named(words: str) -> Role:
    """The role that a word names. Raises CannotDo, listing them."""
    role = role_of(words)
    if role is None:
        raise CannotDo(f'"{shown(words)}" is no role; there are {listed([role.value for role in Role])}')
    return role
