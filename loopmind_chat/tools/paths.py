"""Paths that a user typed: cut out of the sentence before a model sees it, and handed over by reference ("@1")."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

_SUFFIXES: Final = r"\.(?:wav|wave|flac|mp3|ogg|aiff?|loopmind)"
_QUOTED: Final = re.compile(
    r"""(?<!\w)(?P<open>["'\u201c\u201d\u2018`])(?P<path>[^"\u201c\u201d`\n]+?)(?P<close>["'\u201d\u2019`])(?!\w)"""
)
_START: Final = re.compile(
    r"""(?<![\w/\\:.@~])(?:
    (?P<anchored>~[\w.-]*(?=[/\\]|\s|$)|/(?=[^\s/])|[A-Za-z]:[\\/]|\\\\(?=[^\s\\])|\.\.?[\\/])
    | (?P<bare>[^\s"'\u201c\u201d\u2018\u2019`,;:!?()\\/@]+(?:[/\\][^\s"\u201c\u201d`]*)+)
    | (?P<file>[^\s"'\u201c\u201d\u2018\u2019`,;:!?()\\/@]+(?=\.))
    )""",
    re.VERBOSE,
)
_ENDING: Final = re.compile(rf"{_SUFFIXES}\Z", re.IGNORECASE)
_TRAILING: Final = ".,;:!?)]}'\"\u2019\u201d"
_PATH_MAX: Final = 4096
_REFERENCES_MAX: Final = 16

Exists = Callable[[Path], bool]


def cut_paths(sentence: str, exists: Exists | None = None) -> tuple[str, dict[str, Path]]:
    """The sentence with each path replaced by a reference, and what the references stand for.

    Recognised: absolute, home, Windows and UNC paths; relative ones that begin with a dot, exist, end in a slash or
    name an audio or session file; all of these in quotes. A path with spaces needs quotes, unless it exists. Of a
    pasted page only the first few are cut.
    """
    there = exists or _exists
    refs: dict[str, Path] = {}
    out: list[str] = []
    position = 0
    while position < len(sentence):
        found = _next_path(sentence, position, there) if len(refs) < _REFERENCES_MAX else None
        if found is None:
            break
        start, end, text = found
        reference = f"@{len(refs) + 1}"
        refs[reference] = typed_path(text, there)
        out += [sentence[position:start], reference]
        position = end
    out.append(sentence[position:])
    return "".join(out), refs


def typed_path(text: str, exists: Exists | None = None) -> Path:
    """The path that a user typed or dropped: without quotes, ``~`` and a terminal's escaped spaces read as meant."""
    there = exists or _exists
    plain = text.strip()
    if len(plain) > 1 and plain[0] in "\"'\u201c\u2018`" and plain[-1] in "\"'\u201d\u2019`":
        plain = plain[1:-1].strip()
    if "\\ " in plain and not there(_expanded(plain)):
        plain = plain.replace("\\ ", " ")
    return _expanded(plain)


def _next_path(sentence: str, position: int, exists: Exists) -> tuple[int, int, str] | None:
    """Start, end and text of the first path at or after ``position``."""
    while position < len(sentence):
        quoted = _QUOTED.search(sentence, position)
        while quoted is not None and not _is_path(quoted["path"], exists):
            quoted = _QUOTED.search(sentence, quoted.end())
        plain = _START.search(sentence, position)
        if quoted is not None and (plain is None or quoted.start() <= plain.start()):
            return quoted.start(), quoted.end(), quoted["path"]
        if plain is None:
            return None
        end = _end_of(sentence, plain, exists)
        if end is not None:
            return plain.start(), end, sentence[plain.start() : end]
        position = plain.end()
    return None


def _end_of(sentence: str, start: re.Match[str], exists: Exists) -> int | None:
    """Where the path that begins there ends; None where it is none after all ("3/4", "kick/snare", "e.g.")."""
    begin = start.start()
    word = re.compile(r"(?:\\ |\S)+").match(sentence, begin)
    if word is None:
        return None
    first_end = _without_trailing(sentence, begin, word.end(), exists)
    text = sentence[begin:first_end]
    if start["anchored"]:
        return _longest_existing(sentence, begin, first_end, exists)
    if _ENDING.search(text):
        return first_end
    return first_end if start["bare"] and (text.endswith(("/", "\\")) or exists(_expanded(text))) else None


def _longest_existing(sentence: str, begin: int, first_end: int, exists: Exists) -> int:
    """The end of the longest run of words that exists as a path; ``first_end`` where none does."""
    ends = [m.end() for m in re.finditer(r"\S+", sentence[begin : begin + _PATH_MAX])][:12]
    for end in reversed(ends):
        cut = _without_trailing(sentence, begin, begin + end, exists)
        if cut > first_end and exists(typed_path(sentence[begin:cut], exists)):
            return cut
    return first_end


def _without_trailing(sentence: str, begin: int, end: int, exists: Exists) -> int:
    while end > begin + 1 and sentence[end - 1] in _TRAILING and not exists(_expanded(sentence[begin:end])):
        end -= 1
    return end


def _is_path(text: str, exists: Exists) -> bool:
    if re.match(r"(?:~|/|\\\\|[A-Za-z]:[\\/]|\.\.?[\\/])", text) or _ENDING.search(text):
        return True
    return ("/" in text or "\\" in text) and (text.endswith(("/", "\\")) or exists(_expanded(text)))


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # "~nobody": there is no such user
        return Path(text)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or a NUL in it
        return False


def restored(text: str, refs: Mapping[str, Path]) -> str:
    """A text with its references replaced by the paths again, for the user's eyes."""
    return re.sub(r"@\d+", lambda match: str(refs.get(match[0], match[0])), text)
