"""The conversation: what was said, a card for each tool call, the reply as it comes."""

from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from loopmind_chat.session.turns import CallOutcome, TurnRecord
from loopmind_chat.tui.text import plain


class Said(Static):
    """What the user typed."""

    DEFAULT_CSS = """
    Said { color: $text-accent; text-style: bold; margin-top: 1; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(Content(f"▸ {plain(text)}"), markup=False)


class Note(Static):
    """A line from the program itself: progress, a hint, a problem."""

    DEFAULT_CSS = """
    Note { color: $text-muted; }
    Note.problem { color: $text-error; }
    """

    def __init__(self, text: str, *, problem: bool = False) -> None:
        super().__init__(Content(plain(text)), markup=False, classes="problem" if problem else "")


class CallCard(Static):
    """One tool call: what it was asked, and what it did."""

    DEFAULT_CSS = """
    CallCard { border-left: thick $success; padding-left: 1; margin-left: 2; background: $boost; }
    CallCard.refused { border-left: thick $error; }
    """

    def __init__(self, outcome: CallOutcome) -> None:
        head = Content.styled(f"{outcome.tool} {arguments_text(outcome.args)}".rstrip(), "$text-muted")
        body = Content(plain(outcome.summary))
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

    def compose(self) -> ComposeResult:
        """The sentence, the place for cards, and the reply."""
        yield Said(self._said)
        yield Static(Content("…"), markup=False, classes="thinking")
        yield Static(Content(""), markup=False, classes="reply")

    def think(self, note: str) -> None:
        """Say what is being waited for."""
        self.query_one(".thinking", Static).update(Content(plain(note) or "…"))

    def add_card(self, outcome: CallOutcome) -> None:
        """Show a call that was made."""
        self.mount(CallCard(outcome), before=self.query_one(".reply"))

    def add_text(self, text: str) -> None:
        """More of the reply."""
        self._reply += text
        self.query_one(".reply", Static).update(Content(plain(self._reply)))

    def finish(self, record: TurnRecord) -> None:
        """The whole reply; said once, where a card has not said it already."""
        self.query_one(".thinking").remove()
        in_cards = [call.summary for call in record.calls]
        shown = "" if _bare(record.reply) == _bare(" ".join(in_cards)) else record.reply
        self.query_one(".reply", Static).update(Content(plain(shown)))
        self.query_one(".reply").display = bool(shown)


class ChatLog(VerticalScroll):
    """All turns, the newest in view."""

    DEFAULT_CSS = """
    ChatLog { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="chat")
        self.anchor()

    def begin(self, said: str) -> TurnView:
        """A new turn."""
        view = TurnView(said)
        self.mount(view)
        self.scroll_end(animate=False)
        return view

    def say(self, text: str, *, problem: bool = False) -> None:
        """A line from the program itself."""
        self.mount(Note(text, problem=problem))
        self.scroll_end(animate=False)

    def show_history(self, records: list[TurnRecord]) -> None:
        """Turns of an opened session."""
        for record in records:
            self.mount(Said(record.say), *[CallCard(call) for call in record.calls], Note(record.reply))


def arguments_text(arguments: Mapping[str, Any]) -> str:
    """A call's arguments as they would be typed: ``role=melody query="much darker"``."""
    return " ".join(f"{name}={_quoted(plain(str(value)))}" for name, value in arguments.items())


def _bare(text: str) -> str:
    """The words alone: a reply joins the cards' summaries with full stops and capitals."""
    return "".join(character for character in text.lower() if character.isalnum())


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text
