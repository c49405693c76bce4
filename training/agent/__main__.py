"""``python -m training.agent``: from phrases to the adapter that the agent uses.

all DIR              everything: write samples where DIR has none, tune the adapter, write DIR/adapter.gguf
generate OUT.jsonl   write samples; those of held-out phrases go to OUT.check.jsonl
train OUT.jsonl DIR  tune the adapter on them, and write DIR/adapter.gguf anew with every saved state

Training that was broken off goes on where its last state was saved, when the same command is given again.
"""

import argparse
import os
import sys
from pathlib import Path

from training.agent.phrases import read_phrases
from training.agent.sample_files import kept_file, write_samples


def main(arguments: list[str]) -> None:
    """Run one of the steps."""
    parser = argparse.ArgumentParser(
        prog="python -m training.agent", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    everything = steps.add_parser("all", help="write samples, tune the adapter, export it")
    everything.add_argument("out", type=Path)
    generate = steps.add_parser("generate", help="write samples")
    generate.add_argument("samples", type=Path)
    train = steps.add_parser("train", help="tune the adapter and export it")
    train.add_argument("samples", type=Path)
    train.add_argument("out", type=Path)
    for step in (everything, generate):
        _about_samples(step)
    for step in (everything, train):
        _about_training(step)
    for step in (everything, generate, train):
        step.add_argument("--threads", type=int, default=2, help="cores to work on")
        step.add_argument("--nice", type=int, default=0, help="how far to stand back for other programs, to 19")
    chosen = parser.parse_args(arguments)
    os.nice(chosen.nice)
    if chosen.step == "all":
        chosen.samples = chosen.out / "samples.jsonl"
        chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.step == "generate" or not chosen.samples.exists():
        phrases = read_phrases(*filter(None, [chosen.phrases]))
        write_samples(chosen.samples, phrases, chosen.count, chosen.seed, chosen.threads)
    if chosen.step != "generate":
        _train(chosen)


def _about_samples(step: argparse.ArgumentParser) -> None:
    step.add_argument("--count", type=int, default=40_000)
    step.add_argument("--phrases", type=Path, default=None, help="a folder of phrases; default: the project's")
    step.add_argument("--seed", type=int, default=1)


def _about_training(step: argparse.ArgumentParser) -> None:
    step.add_argument("--model", type=Path, default=None, help="the GGUF file; default: the product's model")
    step.add_argument("--rate", type=float, default=1.5e-3, help="the highest learning rate")
    step.add_argument("--rank", type=int, default=16)
    step.add_argument("--frozen", type=int, default=0, help="lowest layers without an adapter; each saves time")
    step.add_argument("--start", type=Path, default=None, help="state.pt of an earlier run to begin with")
    step.add_argument("--packs", type=int, default=4, help="packs of a step; a pack is up to 12 samples about a song")


def _train(chosen: argparse.Namespace) -> None:
    from loopmind_chat.home import find_home  # noqa: PLC0415 - generating needs none
    from training.agent.base_model import Tokens, load_base  # noqa: PLC0415 - loads torch, which generating does without
    from training.agent.packs import read_packs  # noqa: PLC0415 - as above
    from training.agent.state import Recipe  # noqa: PLC0415 - as above
    from training.agent.train import Lessons, train  # noqa: PLC0415 - as above

    gguf_file = chosen.model or next((find_home().models / "smollm2-135m-instruct").glob("*.gguf"))
    tokens = Tokens(gguf_file)
    recipe = Recipe(
        rate=chosen.rate, rank=chosen.rank, alpha=2.0 * chosen.rank, frozen=chosen.frozen, packs=chosen.packs
    )
    learnt, kept = (read_packs(path, tokens, recipe.samples) for path in (chosen.samples, kept_file(chosen.samples)))
    share = train(
        load_base(gguf_file), Lessons(learnt, kept), chosen.out, recipe, threads=chosen.threads, start=chosen.start
    )
    sys.stdout.write(f"of answers to phrases kept from training {share:.3f} are right, token by token\n")


if __name__ == "__main__":
    main(sys.argv[1:])
