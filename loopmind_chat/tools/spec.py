"""What a tool is: a typed function that reads, and returns what should be done.

A tool's arguments are declared once, in its signature; the grammar, the slash commands, the help and the JSON
schema are all read from there. Kinds that depend on the song (a track, a section) are resolved by the tool.
"""

import inspect
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

from loopmind_chat.session.turns import CallOutcome, Offer, TurnRecord
from loopmind_chat.song.edits import Edit
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import Role
from loopmind_chat.tools.effects import Effect


class Kind(StrEnum):
    """What an argument is; the grammar offers for each only what the live song admits."""

    TRACK = "track"  # a track's name or role in the live song, or "all"
    SECTION = "section"  # "hook 2", "hook", "all": in the live song
    LOOP = "loop"  # a loop's id or name
    KEY = "key"  # "A minor"
    WORDS = "words"  # free words, a span of the user's sentence
    FORM = "form"  # "intro 8, verse 16, hook 8"
    PATH = "path"  # a reference ("@1") to a path that the user typed
    CHOICE = "choice"  # one of ``choices``
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a number, both included."""

    low: float
    high: float


TrackName = Annotated[str, Kind.TRACK]
SectionName = Annotated[str, Kind.SECTION]
LoopName = Annotated[str, Kind.LOOP]
KeyName = Annotated[str, Kind.KEY]
Words = Annotated[str, Kind.WORDS]
FormText = Annotated[str, Kind.FORM]
TypedPath = Annotated[Path, Kind.PATH]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a tool, as read from its signature."""

    name: str
    kind: Kind
    required: bool
    choices: tuple[str, ...] = ()
    limits: Limits | None = None
    enum: type[StrEnum] | None = None
    """Where the choices are the members of a StrEnum: bound values are its members."""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a call says, and what it wants done. Nothing has been done yet."""

    summary: str
    """One short, true, musical sentence for the user."""
    edits: tuple[Edit, ...] = ()
    effects: tuple[Effect, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    """Rows for the screen (search hits, suggestions); never needed to understand ``summary``."""
    offer: Offer | None = None
    """The loops that were named to choose among."""


class Hit(Protocol):
    """A loop found, with how well it fits (higher is better)."""

    @property
    def facts(self) -> LoopFacts:
        """The loop."""

    @property
    def score(self) -> float:
        """How well it fits."""


class LibraryReader(Protocol):
    """What tools may know of the user's loops. Reading never waits on a scan."""

    def loops(self) -> Sequence[LoopFacts]:
        """Every usable loop of the folders in use, in order of id."""

    def get(self, loop_id: str) -> LoopFacts | None:
        """The loop of that id."""

    def search(
        self,
        text: str,
        *,
        role: Role | None = None,
        bpm: float | None = None,
        key: str | None = None,
        limit: int = 10,
    ) -> Sequence[Hit]:
        """The loops that best fit the words, best first, ties by id."""

    def affinity(self, text: str) -> Mapping[str, float]:
        """How well each loop fits the words: cosine of text embeddings by loop id; empty where unknown."""

    def ratings(self) -> Mapping[str, int]:
        """The user's ratings by loop id: -1, 0 or 1."""


class Past(Protocol):
    """What tools may know of the conversation so far."""

    def offers(self) -> Sequence[Offer]:
        """The last lists of suggestions that were given, the newest first."""

    def calls(self) -> Sequence[CallOutcome]:
        """The calls of the last turns, the newest first."""

    def call_that_brought(self, loop_id: str) -> CallOutcome | None:
        """The last call by which a loop came into the song; None where no call did."""

    def last_change(self) -> TurnRecord | None:
        """The last turn that left another song, undo and redo included."""


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool may read."""

    song: Song
    """The turn's scratch copy: earlier calls of the same turn are in it."""
    library: LibraryReader
    past: Past


class ToolFunction(Protocol):
    """``(context, **arguments) -> ToolResult``; raises ToolError, SongError or ComposeError."""

    __name__: str

    def __call__(self, context: ToolContext, /, **arguments: Any) -> ToolResult:  # noqa: ANN401 - each tool has its own
        """Run on the context's song."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with its declared arguments."""

    name: str
    family: str
    summary: str
    arguments: tuple[Argument, ...]
    run: ToolFunction

    def argument(self, name: str) -> Argument | None:
        """The argument of that name."""
        return next((argument for argument in self.arguments if argument.name == name), None)


def tool(function: Callable[..., ToolResult]) -> Tool:
    """Make a tool of a function ``(context, *, name: Type = default, ...) -> ToolResult``.

    Its family is its module's name; its summary the first line of its docstring. Types admitted: the Annotated
    ones above, ``Literal[...]``, ``bool``, a StrEnum, ``Annotated[int | float, Limits(...)]``, each ``| None``.
    """
    hints = typing.get_type_hints(function, include_extras=True)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    arguments = tuple(
        _argument(p.name, hints[p.name], required=p.default is inspect.Parameter.empty) for p in parameters
    )
    doc = inspect.getdoc(function) or ""
    family = function.__module__.rsplit(".", 1)[-1]
    return Tool(function.__name__, family, doc.splitlines()[0] if doc else "", arguments, function)


def _argument(name: str, hint: Any, *, required: bool) -> Argument:  # noqa: ANN401 - a type hint is of any type
    bare = _without_none(hint)
    if typing.get_origin(bare) is Annotated:
        base, *notes = typing.get_args(bare)
        limits = next((note for note in notes if isinstance(note, Limits)), None)
        kind = next((note for note in notes if isinstance(note, Kind)), None)
        if kind is None:
            kind = Kind.INTEGER if base is int else Kind.NUMBER
        return Argument(name, kind, required, limits=limits)
    if typing.get_origin(bare) is Literal:
        return Argument(name, Kind.CHOICE, required, choices=tuple(str(choice) for choice in typing.get_args(bare)))
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return Argument(name, Kind.CHOICE, required, choices=tuple(str(member) for member in bare), enum=bare)
    if bare is bool:
        return Argument(name, Kind.FLAG, required)
    if bare is int:
        return Argument(name, Kind.INTEGER, required)
    if bare is float:
        return Argument(name, Kind.NUMBER, required)
    raise TypeError(f"argument {name} has a type that tools do not admit: {hint}")


def _without_none(hint: Any) -> Any:  # noqa: ANN401 - a type hint is of any type
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        rest = [part for part in typing.get_args(hint) if part is not type(None)]
        if len(rest) == 1:
            return rest[0]
    return hint
