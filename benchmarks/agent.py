"""What the agent makes of sentences that nothing was tuned on: judged by the song that it leaves.

    python benchmarks/agent.py [--rows product,untuned,nearest,nothing,swap] [--adapter FILE] [--model FILE]
        [--set dev|test|all] [--families a,b] [--part 1/2] [--playing] [--real [FOLDER]] [--losses FILE]

Each sentence goes through the product's conversation: earlier turns with their calls given, then the sentence by the
model. ``agent_sets/README.md`` tells of the set and its sealed half. Losing cases are written to a file only where
one is named, so that nobody who tunes the agent sees them unawares.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from agent_sets import agents, tables
from agent_sets.cases import Case, read_cases
from agent_sets.desk import Place, Verdict, run_case
from agent_sets.real import place_of

from loopmind_chat.agent.model_choice import ADAPTER
from loopmind_chat.home import resource

ROWS = ("product", "untuned", "nearest", "nothing", "swap", "oracle")
_PLAIN = {
    "nearest": agents.nearest_example,
    "nothing": agents.do_nothing,
    "swap": agents.swap_everything,
    "oracle": agents.oracle,
}
_LOADS_S = 120.0


def main() -> int:
    """Run the rows and print their tables."""
    arguments = _arguments()
    cases = chosen(arguments)
    rows: list[tuple[str, list[Verdict]]] = []
    with place_of(
        real=arguments.real is not False, folder=arguments.real or None, playing=arguments.playing,
        typing_s=arguments.typing,
    ) as place:  # fmt: skip
        for name in _rows(arguments):
            rows.append(run_row(name, arguments, cases, place))
            _details(*rows[-1])
    where = "real loops" if arguments.real is not False else "the fixed shelf of loops"
    print(f"\n{len(cases)} sentences, {where}{', while music plays' if arguments.playing else ''}\n")
    print(tables.by_line(rows))
    if arguments.losses is not None:
        text = "\n".join(line for name, verdicts in rows for line in tables.losses(name, verdicts))
        arguments.losses.write_text(text, "utf-8")
    return 0


def chosen(arguments: argparse.Namespace) -> list[Case]:
    """The cases of the half, the families and the part asked for; a part takes every nth, so that all are alike."""
    found = read_cases(real=arguments.real is not False)
    if arguments.set != "all":
        found = tuple(case for case in found if case.half == arguments.set)
    if arguments.families:
        wanted = set(arguments.families.split(","))
        unknown = wanted - {case.family for case in found}
        if unknown:
            raise SystemExit(f"no such family here: {', '.join(sorted(unknown))}")
        found = tuple(case for case in found if case.family in wanted)
    number, count = (int(part) for part in arguments.part.split("/"))
    return list(found[number - 1 :: count])


def run_row(name: str, arguments: argparse.Namespace, cases: Sequence[Case], place: Place) -> tuple[str, list[Verdict]]:
    """One agent on every case."""
    model = _agent(name, arguments)
    try:
        if not model.wait_ready(_LOADS_S):
            raise SystemExit(f"{model.name} does not load")
        verdicts: list[Verdict] = []
        began = time.monotonic()
        for case in cases:
            verdicts.append(run_case(case, model, place))
            if len(verdicts) % 25 == 0:
                print(f"{model.name}: {len(verdicts)}/{len(cases)}", file=sys.stderr, flush=True)
        print(f"{model.name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        return model.name, verdicts
    finally:
        model.close()


def _agent(name: str, arguments: argparse.Namespace) -> agents.Primed:
    match name:
        case "product":
            return agents.product() if arguments.adapter is None else agents.default_model(arguments.adapter)
        case "untuned":
            return agents.default_model(None)
        case "larger":
            return agents.larger(arguments.model)
        case _:
            return _PLAIN[name]()


def _rows(arguments: argparse.Namespace) -> list[str]:
    names = arguments.rows.split(",") if arguments.rows else ["product", "untuned", "nearest", "nothing", "swap"]
    if arguments.model is not None:
        names.append("larger")
    unknown = set(names) - {*ROWS, "larger"}
    if unknown:
        raise SystemExit(f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    if "product" in names and arguments.adapter is None and not resource("models", ADAPTER).is_file():
        print(f"there is no {ADAPTER} in models/ yet: the product's row is left out", file=sys.stderr)
        names.remove("product")
    return names


def _details(name: str, verdicts: Sequence[Verdict]) -> None:
    print(f"\n## {name}\n")
    print(tables.by_key("family", verdicts, lambda case: [case.family]), end="\n\n")
    print(tables.by_key("half", verdicts, lambda case: [case.half]), end="\n\n")
    print(tables.by_key("tool", verdicts, tables.wanted_tools), end="\n\n")
    print(tables.confusion(verdicts), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", help=f"some of {', '.join(ROWS)}")
    parser.add_argument("--adapter", type=Path, help="a LoRA adapter of the default model, in place of the shipped one")
    parser.add_argument("--model", type=Path, help="another GGUF, in its own chat template")
    parser.add_argument("--set", choices=("dev", "test", "all"), default="all")
    parser.add_argument("--families", default="", help="names of files in agent_sets/sentences")
    parser.add_argument("--part", default="1/1", help="2/3: the second of three parts")
    parser.add_argument("--typing", type=float, default=0.2, help="seconds that the user types, while the model reads")
    parser.add_argument("--playing", action="store_true", help="while a song plays on the silent device")
    parser.add_argument(
        "--real", nargs="?", type=Path, default=False, help="on a folder of real loops (the starter pack)"
    )
    parser.add_argument("--losses", type=Path, help="write the losing cases to a file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
