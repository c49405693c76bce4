"""From the words people use ("the second hook", "hooks", "the 808", "hats") to parts of the song."""

import re
from typing import Final

from loopmind_chat.errors import NotInSong
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import ROLE_SYNONYMS, SECTION_SYNONYMS, Role, SectionKind

_ORDINALS: Final = {
    "first": 1, "1st": 1, "one": 1, "second": 2, "2nd": 2, "two": 2, "third": 3, "3rd": 3, "three": 3,
    "fourth": 4, "4th": 4, "four": 4, "fifth": 5, "5th": 5, "five": 5, "sixth": 6, "6th": 6, "six": 6,
    "seventh": 7, "7th": 7, "eighth": 8, "8th": 8, "last": -1, "final": -1,
}  # fmt: skip
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_QUOTED: Final = 40
"""Characters of a user's words that a message repeats."""
_KINDS: Final = frozenset(kind.value for kind in SectionKind)
_ROLES: Final = frozenset(role.value for role in Role)
_PEAKS: Final = frozenset({SectionKind.HOOK, SectionKind.DROP})
"""The fullest part of a song: a hook where there are words, a drop in a club. Who has one may say the other."""
_EVERYWHERE: Final = {"", "all", "everywhere", "song", "whole song", "every section"}


def section_kind(words: str) -> SectionKind | None:
    """The kind that a word names: "chorus", "hooks", "pre-chorus"."""
    word = " ".join(words.lower().split())
    for candidate in (word, word.removesuffix("s"), word.removesuffix("es")):
        if candidate in SECTION_SYNONYMS:
            return SECTION_SYNONYMS[candidate]
        if candidate in _KINDS:
            return SectionKind(candidate)
    return None


def role_of(words: str) -> Role | None:
    """The role that a word names: "lead", "vox", "drums"."""
    word = " ".join(words.lower().split())
    for candidate in (word, word.removesuffix("s"), word.removesuffix("es")):
        if candidate in ROLE_SYNONYMS:
            return ROLE_SYNONYMS[candidate]
        if candidate in _ROLES:
            return Role(candidate)
    return None


def find_sections(song: Song, words: str) -> tuple[Section, ...]:
    """The sections that ``words`` name: an id, "hook 2", "second hook", "last verse", "hooks", "all".

    Raises NotInSong, saying what there is, where they name none.
    """
    text = re.sub(r"^(in |at |on )?(the |every |each |all )?", "", " ".join(words.lower().split())).strip()
    if text in _EVERYWHERE:
        return song.sections
    exact = tuple(s for s in song.sections if text in {s.id, s.name})
    if exact:
        return exact
    kind, number = kind_and_number(text)
    if kind is None:
        raise NotInSong(f'no section is called "{words[:_QUOTED]}"; there are: {section_names(song)}')
    of_kind = [s for s in song.sections if s.kind is kind]
    if not of_kind and kind in _PEAKS and number is not None:  # a lone "drop" may be one that is yet to be made
        of_kind = [s for s in song.sections if s.kind in _PEAKS]
    if not of_kind:
        raise NotInSong(f"there is no {kind}; there are {section_names(song)}: add one?")
    if number is None:
        return tuple(of_kind)
    if number == -1:
        return (of_kind[-1],)
    if not 1 <= number <= len(of_kind):
        count = f"is only one {kind}" if len(of_kind) == 1 else f"are {_counted(len(of_kind))} {kind}s"
        raise NotInSong(f"there is no {kind} {number}: there {count}; add one?")
    return (of_kind[number - 1],)


def find_section(song: Song, words: str) -> Section:
    """The one section that ``words`` name; the last where they name several ("after the hook")."""
    found = find_sections(song, words)
    if not found:
        raise NotInSong("the song has no sections yet")
    return found[-1]


def section_names(song: Song) -> str:
    """The names of all sections, for a message."""
    return ", ".join(section.name for section in song.sections) or "no sections yet"


def find_tracks(song: Song, words: str) -> tuple[Track, ...]:
    """The tracks that ``words`` name: an id, a track's name ("hats"), a role ("drums", "lead"), "all".

    Raises NotInSong, saying what there is, where they name none.
    """
    text = re.sub(r"^(the |my |all the |all )", "", " ".join(words.lower().split())).strip()
    if text in {"", "all", "everything"}:
        return song.tracks
    for matches in (
        [t for t in song.tracks if text == t.id or text == t.name.lower()],
        [t for t in song.tracks if text.rstrip("s") == t.name.lower().rstrip("s")],
        [t for t in song.tracks if t.role is role_of(text)],
        [t for t in song.tracks if text in t.name.lower().split()],
    ):
        if matches:
            return tuple(matches)
    wish = ": add one?" if role_of(text) is not None else ""
    raise NotInSong(f"there is no {text[:_QUOTED]}; the tracks are {track_names(song)}{wish}")


def track_names(song: Song) -> str:
    """The names of all tracks, for a message."""
    return ", ".join(track.name for track in song.tracks) or "no tracks yet"


def find_layers(song: Song, track: str = "all", section: str = "all") -> tuple[tuple[Section, Layer], ...]:
    """The layers of the tracks and sections that the words name. Raises NotInSong where there are none."""
    tracks = {t.id for t in find_tracks(song, track)}
    found = tuple((s, layer) for s in find_sections(song, section) for layer in s.layers if layer.track in tracks)
    if not found:
        raise NotInSong(f"{track} does not play in {section}")
    return found


def _counted(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def kind_and_number(text: str) -> tuple[SectionKind | None, int | None]:
    """The kind and the number that words name: "second hook" is (hook, 2), "last verse" (verse, -1)."""
    words = text.replace("#", " ").split()
    joined = re.fullmatch(r"([a-z]+)(\d+)", text)
    if joined:
        words = [joined[1], joined[2]]
    number: int | None = None
    rest = []
    for word in words:
        if word.isdecimal():
            number = int(word)
        elif word in _ORDINALS:
            number = _ORDINALS[word]
        elif word not in {"the", "of", "section", "part"}:
            rest.append(word)
    return section_kind(" ".join(rest)), number
