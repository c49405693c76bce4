"""Verdicts as tables: by line of the issue, family and tool; calling too much and too little; who is taken for whom."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Final

from agent_sets.cases import LINES, Case
from agent_sets.desk import Verdict

TARGETS: Final = {"single": 0.95, "several": 0.85, "follow-ups": 0.85, "nothing": 0.97, "typos and slang": 0.90}
_TITLES: Final = {
    "single": "single request", "several": "several requests", "follow-ups": "follow-ups",
    "nothing": "nothing to do: left alone", "typos and slang": "typos and slang",
}  # fmt: skip
_Z: Final = 1.959964
_NO_CALL: Final = frozenset({"none", "ask"})


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not total:
        return 0.0, 1.0
    share = right / total
    middle = share + _Z**2 / (2 * total)
    reach = _Z * math.sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    return (middle - reach) / (1 + _Z**2 / total), (middle + reach) / (1 + _Z**2 / total)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def by_line(rows: Sequence[tuple[str, Sequence[Verdict]]]) -> str:
    """The table of the issue: a line a part, a column an agent."""
    heads = ["state right", *(name for name, _ in rows), "must reach"]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for line in LINES:
        cells = [_share([v.right for v in verdicts if v.case.line == line]) for _, verdicts in rows]
        lines.append(_row([_TITLES[line], *cells, f">= {TARGETS[line]:.2f}"]))
    answers = [_share([not v.problems for v in verdicts if v.case.line == "nothing"]) for _, verdicts in rows]
    lines.append(_row(["nothing to do: and answered as asked", *answers, ""]))
    times = [[v.seconds for v in verdicts] for _, verdicts in rows]
    lines.append(_row(["turn, median", *(f"{median(t):.2f} s" if t else "" for t in times), "< 1 s"]))
    lines.append(_row(["turn, p95", *(f"{quantile(t, 0.95):.2f} s" for t in times), "< 2 s"]))
    lines.append(_row(["called where nothing was wanted", *(_over(verdicts) for _, verdicts in rows), ""]))
    lines.append(_row(["called nothing where something was", *(_under(verdicts) for _, verdicts in rows), ""]))
    return "\n".join(lines)


def by_key(title: str, verdicts: Sequence[Verdict], key: Callable[[Case], Sequence[str]]) -> str:
    """Shares right by family, tool or half."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for verdict in verdicts:
        for name in dict.fromkeys(key(verdict.case)):
            groups[name].append(verdict.right)
    lines = [_row([title, "right"]), _row(["---", "---"])]
    lines += [_row([name, _share(right)]) for name, right in sorted(groups.items())]
    return "\n".join(lines)


def wanted_tools(case: Case) -> tuple[str, ...]:
    """Names of the tools that a case wants; "none" or "ask" for none."""
    calls = [part.strip() for text in case.do for part in text.split(";")]
    return tuple(call.split()[0] for call in calls)


def confusion(verdicts: Sequence[Verdict]) -> str:
    """Which tool was called where another one was wanted, the most frequent first; single requests only."""
    pairs: Counter[tuple[str, str]] = Counter()
    for verdict in verdicts:
        wanted = wanted_tools(verdict.case)
        got = "+".join(dict.fromkeys(verdict.got))
        if not verdict.right and len(wanted) == 1 and got != wanted[0]:
            pairs[wanted[0], got] += 1
    lines = [_row(["wanted", "got", "times"]), _row(["---"] * 3)]
    lines += [_row([wanted, got, str(times)]) for (wanted, got), times in pairs.most_common(40)]
    return "\n".join(lines)


def losses(name: str, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The cases that went wrong, for a file: whoever tunes on them has spent them."""
    for v in verdicts:
        if not v.right or v.problems:
            yield (
                f"[{name}] {v.case.line} / {v.case.family} / {v.case.half}: {v.case.say}\n"
                f"    song {v.case.song}; after {[turn.say for turn in v.case.earlier]}\n"
                f"    called: {v.calls or '; '.join(v.got)}\n    wrong: {'; '.join(v.problems)[:400]}"
                f"{'' if v.alone or not v.case.leaves_song else ' (not left alone)'}\n"
            )


def _over(verdicts: Sequence[Verdict]) -> str:
    wanted = [v for v in verdicts if set(wanted_tools(v.case)) <= _NO_CALL]
    return _share([not set(v.got) <= _NO_CALL for v in wanted])


def _under(verdicts: Sequence[Verdict]) -> str:
    wanted = [v for v in verdicts if not set(wanted_tools(v.case)) <= _NO_CALL]
    return _share([set(v.got) <= _NO_CALL for v in wanted])


def _share(flags: Sequence[bool]) -> str:
    if not flags:
        return "-"
    low, high = wilson(sum(flags), len(flags))
    return f"{sum(flags) / len(flags):.3f} [{low:.2f}, {high:.2f}] of {len(flags)}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
