"""The slash commands that are no tools, answered in words; what belongs to a screen is left to it."""

import time
from dataclasses import replace

from loopmind_chat.errors import UnknownTool
from loopmind_chat.session.turns import TurnRecord
from loopmind_chat.tools.binding import limits_text, usage
from loopmind_chat.tools.calls import Call
from loopmind_chat.tools.describe import song_table
from loopmind_chat.tools.ports import OutputPort, PlayerPort
from loopmind_chat.tools.registry import all_tools, tool_named
from loopmind_chat.tools.slash import SHORT_FORMS, UiCommand
from loopmind_chat.tools.spec import Argument, Kind
from loopmind_chat.tools.studio import Studio
from loopmind_chat.tools.targets import shown
from loopmind_chat.tools.turn import TurnWatcher, run_turn

_KINDS = {
    Kind.TRACK: "a track's name or role, or all",
    Kind.SECTION: "a section, such as hook 2, or hooks, or all",
    Kind.LOOP: "a loop's name",
    Kind.KEY: "a key, such as A minor",
    Kind.WORDS: "words",
    Kind.FORM: "a form, such as intro 8, verse 16, hook 8",
    Kind.PATH: "a path",
    Kind.FLAG: "yes or no",
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
}
_COMMON = """\
/folder PATH   use the loops of a folder      /play  /stop  /undo  /redo
/save [PATH]   a copy of the session          /export [PATH]   the mix
/show  the song     /ab  before and after     /device  /model  /quit
/help NAME     one tool with its arguments"""


def answer_command(studio: Studio, command: UiCommand, say: str, watcher: TurnWatcher | None = None) -> TurnRecord:
    """The turn that a command makes. ``/ab`` is an undo or a redo; the others are not stored and change nothing."""
    began = time.monotonic()
    if command.name == "ab":
        return _compare(studio, say, watcher, began)
    session = studio.session
    return TurnRecord(say, _answer(studio, command), (), session.revision, time.monotonic() - began, session.song)


def _compare(studio: Studio, say: str, watcher: TurnWatcher | None, began: float) -> TurnRecord:
    """Go to the other of before and after, and say which is heard now, and of what."""
    session = studio.session
    call = flip(studio)
    before = call.tool == "undo"
    said = session.undoable() if before else session.redoable()
    record = run_turn(studio, [call], say=say, watcher=watcher, started=began)
    if said is None or not record.calls[0].ok:
        return record
    when = ", from the next bar line" if studio.player.status().playing else ""
    heard = f'hearing: {"before" if before else "after"} "{shown(said)}"{when}'
    told = replace(record, reply=f"{heard[0].upper()}{heard[1:]}.", calls=(replace(record.calls[0], summary=heard),))
    return session.amend(told)


def flip(studio: Studio) -> Call:
    """The call that goes to the other of before and after: redo right after an undo, else undo."""
    session = studio.session
    return Call("redo" if session.last_move == "undo" and session.redoable() is not None else "undo")


def help_text(topic: str = "") -> str:
    """Help on one tool, or on everything."""
    if topic:
        name = topic.strip().lstrip("/").lower().replace("-", "_")
        found = tool_named(SHORT_FORMS.get(name, name))
        return "\n".join([found.summary, usage(found), *(_argument_help(argument) for argument in found.arguments)])
    families: dict[str, list[str]] = {}
    for tool in all_tools().values():
        families.setdefault(tool.family, []).append(tool.name)
    lines = [f"{family:<10} {', '.join(names)}" for family, names in families.items()]
    return "\n".join([_COMMON, "", 'Tools, each as /name argument=value (say "..." around two words):', *lines])


def _answer(studio: Studio, command: UiCommand) -> str:
    match command.name:
        case "show":
            return song_table(studio.session.song)
        case "help":
            try:
                return help_text(command.rest)
            except UnknownTool as fault:
                return f"{str(fault)[0].upper()}{str(fault)[1:]}."
        case "device":
            return _device(studio.player, command.rest)
        case "model" if studio.model is not None:
            return studio.model.choose(_bare(command.rest)) if command.rest else studio.model.describe()
        case _:
            return f"/{command.name} belongs to the window; there is none here."


def _bare(text: str) -> str:
    """A path or URL without the quotes that a terminal would want."""
    return text.strip().strip("\"'")


def _device(player: PlayerPort, name: str) -> str:
    """Choose an output, or list them."""
    if not isinstance(player, OutputPort):
        return "Nothing plays here; in the window /device lists the outputs and chooses one."
    outputs = player.devices()
    if not name:
        status = player.status()
        here = "silent: no sound device" if status.silent else status.device or "not open yet"
        return "\n".join([f"Output: {here}.", *(f"  {output}" for output in outputs), "/device NAME chooses another."])
    wanted = name.strip("\"'").lower()
    found = [output for output in outputs if wanted == output.lower()] or [o for o in outputs if wanted in o.lower()]
    if len(found) != 1:
        return f"No one output is called {name}; there are: {', '.join(outputs) or 'none'}."
    player.set_device(found[0])
    return f"Playing to {found[0]}."


def _argument_help(argument: Argument) -> str:
    if argument.choices:
        what = ", ".join(argument.choices)
    elif argument.limits is not None:
        what = limits_text(argument).split(" is ", 1)[1]
    else:
        what = _KINDS[argument.kind]
    return f"  {argument.name:<8} {what}{'' if argument.required else ' (may be left out)'}"
