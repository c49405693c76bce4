"""One turn in the chat: what was said, a card for each tool call, the reply as it comes."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.tui.hanging import Hanging
from loopmind_chat.tui.text import fitted, plain

_SAID_MAX: Final = 600
"""Characters of a line that are shown: a pasted book would push everything else away."""

_NAME_MAX: Final = 36
"""Columns of a suggested loop's name."""


class Said(Static):
    """What the user typed."""

    DEFAULT_CSS = """
    Said { color: $text-accent; text-style: bold; margin-top: 1; }
    """

    def __init__(self, text: str) -> None:
        rest = len(text) - _SAID_MAX
        shown = f"{text[:_SAID_MAX]} … ({rest} characters more)" if rest > 0 else text
        super().__init__(Content(f"▸ {plain(shown)}"), markup=False)


class CallCard(Static):
    """One tool call: what it was asked, and what it did."""

    DEFAULT_CSS = """
    CallCard { border-left: thick $success; padding-left: 1; margin-left: 2; background: $boost; }
    CallCard.refused { border-left: thick $error; }
    """

    def __init__(self, outcome: CallOutcome, data: Mapping[str, Any] | None = None) -> None:
        """``data`` holds the loops that the call named, to be shown a row each."""
        head = Content.styled(call_text(outcome.tool, outcome.args), "$text-muted")
        body = Content(plain(_rows(data or {}) or outcome.summary))
        super().__init__(Content("\n").join([head, body]), markup=False, classes="" if outcome.ok else "refused")


class TurnView(Vertical):
    """One turn as it goes on."""

    DEFAULT_CSS = """
    TurnView { height: auto; }
    TurnView > .reply { margin-left: 2; }
    TurnView > .thinking { color: $text-muted; margin-left: 2; }
    """

    def __init__(self, said: str) -> None:
        super().__init__()
        self._said = said
        self._reply = ""
        self._summaries: list[str] = []

    def compose(self) -> ComposeResult:
        """The sentence, the place for cards, and the reply."""
        yield Said(self._said)
        yield Static(Content("…"), markup=False, classes="thinking")
        reply = Static(Content(""), markup=False, classes="reply")
        reply.display = False
        yield reply

    def think(self, note: str) -> None:
        """Say what is being waited for."""
        for line in self.query(".thinking").results(Static):
            line.update(Content(plain(note) or "…"))

    def start_call(self, tool: str, arguments: Mapping[str, Any]) -> None:
        """Say which tool runs."""
        self.think(f"{call_text(tool, arguments)} …")

    def add_card(self, outcome: CallOutcome, data: Mapping[str, Any] | None = None) -> None:
        """Show a call that was made; ``data`` holds rows of loops."""
        self._summaries.append(outcome.summary)
        self.mount(CallCard(outcome, data), before=self.query_one(".reply"))

    def add_text(self, text: str) -> None:
        """More of the reply."""
        self._reply += text
        self._show_reply()

    def finish(self, reply: str) -> None:
        """The whole reply."""
        self.query(".thinking").remove()
        self._reply = reply
        self._show_reply()

    def _show_reply(self) -> None:
        shown = not _is_said(self._reply, self._summaries)
        line = self.query_one(".reply", Static)
        if shown:
            line.update(Hanging(self._reply))
        line.display = shown


class PastTurn(Vertical):
    """A turn of a session that was opened again."""

    DEFAULT_CSS = """
    PastTurn { height: auto; }
    PastTurn > .reply { margin-left: 2; }
    """

    def __init__(self, record: TurnRecord) -> None:
        super().__init__()
        self._record = record

    def compose(self) -> ComposeResult:
        """The sentence, its cards, and what they have not said."""
        yield Said(self._record.say)
        yield from map(CallCard, self._record.calls)
        if not _is_said(self._record.reply, [call.summary for call in self._record.calls]):
            yield Static(Hanging(self._record.reply), markup=False, classes="reply")


def call_text(tool: str, arguments: Mapping[str, Any]) -> str:
    """A call in words: "swap loop · role melody · query darker"."""
    parts = [tool, *(f"{name} {_value(value)}" for name, value in arguments.items())]
    return plain(" · ".join([parts[0].replace("_", " "), *parts[1:]]))


def _rows(data: Mapping[str, Any]) -> str:
    """Suggested loops under their title, numbered; "" where there are none."""
    loops, title = data.get("loops", ()), data.get("title", "")
    if not loops or not title:
        return ""
    names = [plain(row["name"]) for row in loops]
    wide = min(_NAME_MAX, max(map(cell_len, names)))
    rows = [
        f"{number:>2} {fitted(name, wide)}  {row['reason']}"
        for number, (name, row) in enumerate(zip(names, loops, strict=True), 1)
    ]
    return "\n".join([title, *rows])


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _is_said(reply: str, summaries: Sequence[str]) -> bool:
    """Whether the cards say the reply already: it joins their summaries, each once, with full stops and capitals."""
    if not summaries:
        return not reply
    return _bare(" ".join(dict.fromkeys(summaries))).startswith(_bare(reply))


def _bare(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
