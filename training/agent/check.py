"""Whether the agent's grammar admits an answer, without the model: its GBNF, which never recurses, as a regex."""

import re
from functools import cache
from typing import Final

from loopmind_chat.agent.grammar import Ground
from loopmind_chat.agent.tuned import tuned_grammar

_PART: Final = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"|(?P<symbol>[a-z][a-z0-9-]*)|(?P<sign>[()|?])|(?P<count>\{\d+,\d+\})|\s+'
)
_NEVER: Final = "(?!)"
_ESCAPE: Final = re.compile(r"\\U([0-9A-F]{8})|\\(.)")


def admits(ground: Ground, answer: str) -> bool:
    """Whether a tuned model could write the answer (without its leading space) to what is asked of it."""
    return admits_text(tuned_grammar(ground), f" {answer}")


def admits_text(grammar: str, text: str) -> bool:
    """Whether a grammar admits a text. Raises ValueError where it uses more of GBNF than the agent's grammars do.

    What begins with words that are not in the text is left out of the regex: of a grammar of all tools little stays.
    """
    rules = dict(line.split(" ::= ", 1) for line in grammar.splitlines() if line)

    @cache
    def of(symbol: str) -> str:
        body, position = [], 0
        rule = rules[symbol]
        while position < len(rule):
            match = _PART.match(rule, position)
            if match is None:
                raise ValueError(f"not of a kind that is known here: {rule[position : position + 40]}")
            if match["text"] is not None:
                literal = _ESCAPE.sub(_unescaped, match["text"])
                if literal in text:
                    body.append(f"(?:{re.escape(literal)})")
                elif position == 0 and "|" not in rule:
                    return _NEVER
                else:
                    body.append(_NEVER)
            elif match["symbol"]:
                body.append(f"(?:{of(match['symbol'])})")
            elif match["sign"]:
                body.append("(?:" if match["sign"] == "(" else match["sign"])
            elif match["count"]:
                body.append(match["count"])
            position = match.end()
        return "".join(body)

    return re.fullmatch(of("root"), text) is not None


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else {"n": "\n"}.get(match[2], match[2])
