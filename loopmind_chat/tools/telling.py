"""The summaries of calls, put together as a reply."""

from collections.abc import Mapping, Sequence
from typing import Any

from loopmind_chat.tools.targets import cleaned


def sentences(summaries: Sequence[str]) -> str:
    """Summaries as a reply: each a sentence, none said twice."""
    said = dict.fromkeys(summary.strip().rstrip(".") for summary in summaries)
    return " ".join(f"{text[0].upper()}{text[1:]}{'' if text[-1] in '?!' else '.'}" for text in said if text)


def joined(*parts: str) -> str:
    """Parts of a summary as one; names of files are in it, so nothing that a terminal would act on passes."""
    first, *rest = [part for part in parts if part] or [""]
    return cleaned("; ".join([first, *(f"{part[0].lower()}{part[1:]}" for part in rest)]))


def plain(args: Mapping[str, object]) -> dict[str, Any]:
    """Arguments as JSON holds them."""
    return {
        name: value if isinstance(value, (bool, int, float)) or value is None else str(value)
        for name, value in args.items()
    }
