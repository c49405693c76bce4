"""How many sentences the agent gets right with the real model: ``python tests/agent/evaluate.py [FILE.toml] [-v]``.

A sentence is right where the calls are one of those accepted; the right tools are counted apart. Calls are compared
as the tools would get them, so that "hook" and "hook 1" differ but "808" and 808 do not.
"""

import statistics
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loopmind_chat.agent.examples import Bank, shipped_bank
from loopmind_chat.agent.grammar import Ground
from loopmind_chat.agent.language import parse
from loopmind_chat.agent.llama_process import LlamaProcess
from loopmind_chat.agent.model import ChatModel
from loopmind_chat.agent.prompt import question
from loopmind_chat.errors import BadArgument
from loopmind_chat.home import find_home
from loopmind_chat.song.model import Song
from tests.agent.songs import full_song

ANOTHER_TURN = 'swap_loop role=melody query="darker"'
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Score:
    """Of one sentence."""

    family: str
    say: str
    answer: str
    exact: bool
    tools: bool
    seconds: float


def sentences(path: Path) -> list[dict[str, Any]]:
    return list(tomllib.loads(path.read_text("utf-8"))["sentence"])


def answer_of(model: ChatModel, bank: Bank, item: Mapping[str, Any]) -> str:
    """What the model writes for a sentence."""
    song = Song() if item.get("song") == "empty" else full_song()
    refs = {ref: Path("/somewhere") for ref in item.get("refs", ())}
    before = item.get("before", "")
    asked = question(Ground(song, item["say"], refs, before), bank)
    return "".join(model.generate(asked.prompt, grammar=asked.grammar, max_tokens=96)).strip()


def nearest_of(bank: Bank, item: Mapping[str, Any]) -> str:
    """What the nearest example says: the baseline without a model."""
    return bank.nearest(item["say"], 1, follows="before" in item)[0][1].calls


def graded(item: Mapping[str, Any], answer: str, seconds: float) -> Score:
    wanted = [_plain(text) for text in item["accept"]]
    try:
        got = _plain(answer)
    except BadArgument:
        got = []
    tools = [[tool for tool, _ in calls] for calls in wanted]
    right_tools = bool(got) and [tool for tool, _ in got] in tools
    return Score(item["family"], item["say"], answer, exact=got in wanted, tools=right_tools, seconds=seconds)


def _plain(text: str) -> list[tuple[str, dict[str, str]]]:
    return [(call.tool, {name: str(v).lower() for name, v in call.args.items()}) for call in parse(text)]


def evaluate(model: ChatModel, bank: Bank, items: list[dict[str, Any]]) -> list[Score]:
    scores = []
    for item in items:
        began = time.monotonic()
        answer = answer_of(model, bank, item)
        scores.append(graded(item, answer, time.monotonic() - began))
    return scores


def table(scores: list[Score]) -> str:
    """Exactly right and right tools, in all and by family."""
    count = Counter(score.family for score in scores)
    lines = [f"{'family':<12}{'exact':>6}{'tools':>6}{'of':>5}"]
    for family, total in count.items():
        of = [score for score in scores if score.family == family]
        lines.append(f"{family:<12}{sum(s.exact for s in of):>6}{sum(s.tools for s in of):>6}{total:>5}")
    lines.append(f"{'all':<12}{sum(s.exact for s in scores):>6}{sum(s.tools for s in scores):>6}{len(scores):>5}")
    times = [score.seconds for score in scores]
    return "\n".join([*lines, f"seconds a turn: median {statistics.median(times):.2f}, max {max(times):.2f}"])


def after_another_turn(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same sentences said after a turn that they have nothing to do with."""
    return [{"before": ANOTHER_TURN, **item} for item in items if item.get("song") != "empty"]


def main(arguments: list[str]) -> None:
    files = [Path(argument) for argument in arguments if not argument.startswith("-")]
    items = sentences(files[0] if files else HERE / "evaluation.toml")
    bank = shipped_bank()
    home = find_home()
    gguf = next((home.models / "smollm2-135m-instruct").glob("*.gguf"))
    model = LlamaProcess(gguf)
    try:
        model.wait_ready(60)
        scores = evaluate(model, bank, items)
        later = evaluate(model, bank, after_another_turn(items))
    finally:
        model.close()
    lines = [table(scores), "after another turn", table(later)]
    near = [graded(item, nearest_of(bank, item), 0.0) for item in items]
    exact, tools = sum(s.exact for s in near), sum(s.tools for s in near)
    lines.append(f"without a model, the nearest example's calls as they are: {exact} exact, {tools} tools")
    if "-v" in arguments:
        for score in [*scores, *later]:
            mark = "   " if score.exact else "arg" if score.tools else "NO "
            lines.append(f"{mark} {score.say} => {score.answer}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
