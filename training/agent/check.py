"""Whether the agent's grammar admits an answer, without the model: its GBNF, which never recurses, as a regex."""

import re
from functools import cache
from typing import Final

from loopmind_chat.agent.grammar import Ground
from loopmind_chat.agent.tuned import tuned_grammar

_PART: Final = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"|(?P<symbol>[a-z][a-z0-9-]*)|(?P<sign>[()|?])|(?P<count>\{\d+,\d+\})|\s+'
)
_ESCAPE: Final = re.compile(r"\\U([0-9A-F]{8})|\\(.)")


def admits(ground: Ground, answer: str) -> bool:
    """Whether a tuned model could write the answer (without its leading space) to what is asked of it."""
    return pattern_of(tuned_grammar(ground)).fullmatch(f" {answer}") is not None


def pattern_of(grammar: str) -> re.Pattern[str]:
    """The regex of a grammar. Raises ValueError where it uses more of GBNF than the agent's grammars do."""
    rules = dict(line.split(" ::= ", 1) for line in grammar.splitlines() if line)

    @cache
    def of(symbol: str) -> str:
        body, position = [], 0
        text = rules[symbol]
        while position < len(text):
            match = _PART.match(text, position)
            if match is None:
                raise ValueError(f"not of a kind that is known here: {text[position : position + 40]}")
            position = match.end()
            if match["text"] is not None:
                literal = _ESCAPE.sub(_unescaped, match["text"])
                body.append(f"(?:{re.escape(literal)})")
            elif match["symbol"]:
                body.append(f"(?:{of(match['symbol'])})")
            elif match["sign"]:
                body.append("(?:" if match["sign"] == "(" else match["sign"])
            elif match["count"]:
                body.append(match["count"])
        return "".join(body)

    return re.compile(of("root"))


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else {"n": "\n"}.get(match[2], match[2])
