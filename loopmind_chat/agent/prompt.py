"""The prompt of a turn: the system text, the song in a few lines, the nearest examples, the sentence.

What changes least stands first, so that its reading is done before the user presses Enter. All of it is data: no
special token of the model's is in it, wherever the text comes from. A tuned model is prompted the same way, with
fewer examples.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from loopmind_chat.agent.examples import Bank, Example, Neighbours
from loopmind_chat.agent.grammar import CANNOT, NO_CALL_REASONS, Clause, Ground, grammar_for
from loopmind_chat.agent.language import write_call
from loopmind_chat.agent.model import Piece, Prompt
from loopmind_chat.home import resource
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.song.model import Song
from loopmind_chat.tools.registry import all_tools
from loopmind_chat.tools.spec import Kind

SENTENCE_MAX: Final = 400
"""Characters of a sentence that the model reads; the rest of a pasted page is cut."""
_NAMES_MAX: Final = 24
_NAME_CHARS: Final = 32
_BEFORE_MAX: Final = 300
_LOOKED_BACK: Final = 2


def opening(song: Song) -> Prompt:
    """The part of the prompt that is known before the sentence is."""
    return (Piece(f"{resource('prompts', 'system.txt').read_text('utf-8').strip()}\n{song_line(song)}\n\n"),)


@dataclass(frozen=True, slots=True)
class Question:
    """What the model is asked: the prompt, and the grammar of its answer."""

    prompt: Prompt
    grammar: str


def question(ground: Ground, bank: Bank) -> Question:
    """Everything that one turn asks of the model."""
    near = bank.near(ground.sentence, follows=bool(ground.before))
    if not any(example.before for example in near.shown):
        ground = replace(ground, before="")  # nothing like it ever followed on a turn: it speaks for itself
    tools = all_tools()
    clauses = [Clause(text, offered) for text, offered in near.clause_tools(tools)]
    reasons = [reason for reason in NO_CALL_REASONS if reason == CANNOT or reason in near.reasons]
    grammar = grammar_for(near.tools(tools), ground, clauses, reasons)
    return Question(turn_prompt(ground.song, ground.sentence, ground.before, near), grammar)


def turn_prompt(song: Song, sentence: str, before: str, near: Neighbours) -> Prompt:
    """The whole prompt: the opening, the examples nearest to the sentence (the nearest last), the sentence."""
    shown = one_line(sentence)[:SENTENCE_MAX]
    lines = [_example_lines(example) for example in reversed(near.shown)]
    return (*opening(song), Piece("".join(lines) + _say_line(shown, before) + "do:"))


def song_line(song: Song) -> str:
    """The song as far as a sentence may speak of it."""
    if not song.sections:
        return "song: none yet"
    key = f", {song.key}" if song.key else ""
    sections = _listed([f"{section.name} ({section.bars})" for section in song.sections])
    tracks = _listed([clean_name(track.name) for track in song.tracks])
    return f"song: {song.tempo:g} BPM{key}; sections: {sections}; tracks: {tracks}"


def calls_lately(turns: Sequence[TurnRecord]) -> str:
    """What the last turns (oldest first) came to, in the call language: the calls of the latest that had any.

    Thanks and small talk in between are looked past.
    """
    return next((calls for record in reversed(turns[-_LOOKED_BACK:]) if (calls := calls_before(record))), "")


def calls_before(record: TurnRecord | None) -> str:
    """The calls of a turn in the call language, paths left out; "" where there were none that went well."""
    if record is None:
        return ""
    tools = all_tools()
    calls = []
    for outcome in record.calls:
        tool = tools.get(outcome.tool)
        if tool is None or not outcome.ok:
            continue
        paths = {argument.name for argument in tool.arguments if argument.kind is Kind.PATH}
        words = {argument.name for argument in tool.arguments if argument.kind is Kind.WORDS}
        args = {name: value for name, value in outcome.args.items() if name not in paths}
        calls.append(write_call(tool.name, args, words))
    return one_line("; ".join(calls))[:_BEFORE_MAX]


def one_line(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def clean_name(name: str) -> str:
    """A name that came with a file, as data: one line, short."""
    return one_line(name)[:_NAME_CHARS]


def _example_lines(example: Example) -> str:
    return f"{_say_line(example.say, example.before)}do: {example.calls}\n"


def _say_line(sentence: str, before: str) -> str:
    return f"say: [{before}] {sentence}\n" if before else f"say: {sentence}\n"


def _listed(names: Sequence[str]) -> str:
    more = f", and {len(names) - _NAMES_MAX} more" if len(names) > _NAMES_MAX else ""
    return ", ".join(names[:_NAMES_MAX]) + more
