"""``python -m training.agent``: from phrases to the adapter that the agent uses.

generate OUT.jsonl   write samples; those of held-out phrases go to OUT.check.jsonl
train OUT.jsonl DIR  tune the adapter on them, going on where a run was broken off; DIR/adapter.gguf is the result
"""

import argparse
import hashlib
import itertools
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from training.agent.generate import Sample, Tally, samples
from training.agent.phrases import Phrase, read_phrases

HELD_OUT = 0.06
"""Share of the phrases that are kept from training, by a hash of their text: what the check is made on."""
_CHECKS = 600


def main(arguments: list[str]) -> None:
    """Run one of the steps."""
    parser = argparse.ArgumentParser(prog="python -m training.agent", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    generate = steps.add_parser("generate", help="write samples")
    generate.add_argument("out", type=Path)
    generate.add_argument("--count", type=int, default=20_000)
    generate.add_argument("--seed", type=int, default=1)
    generate.add_argument("--phrases", type=Path, default=None, help="a folder of phrases; default: the project's")
    train = steps.add_parser("train", help="tune the adapter")
    train.add_argument("samples", type=Path)
    train.add_argument("out", type=Path)
    train.add_argument("--model", type=Path, default=None, help="the GGUF file; default: the product's model")
    train.add_argument("--rate", type=float, default=1.5e-3)
    train.add_argument("--rank", type=int, default=16)
    train.add_argument("--batch", type=int, default=16)
    train.add_argument("--steps", type=int, default=None)
    train.add_argument("--threads", type=int, default=None)
    chosen = parser.parse_args(arguments)
    if chosen.step == "generate":
        write_samples(chosen.out, read_phrases(*filter(None, [chosen.phrases])), chosen.count, chosen.seed)
    else:
        _train(chosen)


def write_samples(out: Path, phrases: tuple[Phrase, ...], count: int, seed: int) -> None:
    """Write ``count`` samples, and some of the held-out phrases; say which phrases cannot be heard."""
    held = [phrase for phrase in phrases if _is_held_out(phrase)]
    tally = Tally()
    _write(out, itertools.islice(samples([p for p in phrases if p not in held], seed, tally), count))
    _write(out.with_suffix(".check.jsonl"), itertools.islice(samples(held, seed + 1), min(_CHECKS, count)))
    refused = sum(tally.refused.values())
    sys.stdout.write(f"{count} samples of {len(phrases) - len(held)} phrases; {refused} were not heard\n")
    for place, times in sorted(tally.used.items()):
        if tally.refused[place] > times / 2 and times > 3:
            sys.stdout.write(f"  {place[0]}.txt line {place[1]}: {tally.refused[place]} of {times} not heard\n")


def _is_held_out(phrase: Phrase) -> bool:
    return int(hashlib.sha256(phrase.say.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < HELD_OUT


def _write(out: Path, found: Iterable[Sample]) -> None:
    with out.open("w", encoding="utf-8") as file:
        for sample in found:
            line = {"prompt": sample.prompt, "answer": sample.answer, "family": sample.family}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _train(chosen: argparse.Namespace) -> None:
    import torch  # noqa: PLC0415 - generating needs none

    from loopmind_chat.home import find_home  # noqa: PLC0415 - as above
    from training.agent.base_model import Tokens  # noqa: PLC0415 - as above
    from training.agent.train import Lessons, Recipe, read_lessons, train  # noqa: PLC0415 - as above

    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    gguf = chosen.model or next((find_home().models / "smollm2-135m-instruct").glob("*.gguf"))
    tokens = Tokens(gguf)
    kept = chosen.samples.with_suffix(".check.jsonl")
    lessons = Lessons(read_lessons(chosen.samples, tokens), read_lessons(kept, tokens))
    recipe = Recipe(rate=chosen.rate, rank=chosen.rank, alpha=2.0 * chosen.rank, batch=chosen.batch)
    share = train(gguf, lessons, chosen.out, recipe, steps=chosen.steps)
    sys.stdout.write(f"of answers to phrases kept from training {share:.3f} are right, token by token\n")


if __name__ == "__main__":
    main(sys.argv[1:])
