"""Files of samples: those to learn from, and beside them those of phrases that are kept from training."""

import hashlib
import itertools
import json
import multiprocessing
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Final

from training.agent.generate import Sample, Tally, samples
from training.agent.phrases import Phrase

HELD_OUT: Final = 0.06
"""Share of the phrases that are kept from training, by a hash of their text: what the check is made on."""
_CHECKS: Final = 600
_RUN: Final = 2000
"""Samples of one run of the dice. Runs are made side by side; how many at once does not change them."""


def kept_file(samples_file: Path) -> Path:
    """Where the samples of the phrases that are kept from training lie."""
    return samples_file.with_suffix(".check.jsonl")


def write_samples(out: Path, phrases: Sequence[Phrase], count: int, seed: int, processes: int = 1) -> None:
    """Write ``count`` samples, and some of the held-out phrases; say which phrases cannot be heard."""
    held = [phrase for phrase in phrases if _is_held_out(phrase)]
    learnt = [phrase for phrase in phrases if not _is_held_out(phrase)]
    # a fresh interpreter each: llama.cpp and torch, where the caller has them, do not bear forking
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        _write(kept_file(out), pool.map(_made, *_runs(held, min(_CHECKS, count), seed + 1)))
        tally = _write(out, pool.map(_made, *_runs(learnt, count, seed)))
    refused = sum(tally.refused.values())
    sys.stdout.write(f"{count} samples of {len(learnt)} phrases; {refused} were not heard\n")
    for place, times in sorted(tally.used.items()):
        if tally.refused[place] > times / 2 and times > 3:
            sys.stdout.write(f"  {place[0]}.txt line {place[1]}: {tally.refused[place]} of {times} not heard\n")


def _is_held_out(phrase: Phrase) -> bool:
    return int(hashlib.sha256(phrase.say.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < HELD_OUT


def _runs(phrases: Sequence[Phrase], count: int, seed: int) -> tuple[list[Sequence[Phrase]], list[str], list[int]]:
    """What :func:`_made` takes for each run."""
    sizes = [min(_RUN, count - start) for start in range(0, count, _RUN)]
    return [phrases] * len(sizes), [f"{seed} {run}" for run in range(len(sizes))], sizes


def _write(out: Path, made: Iterable[tuple[list[Sample], Tally]]) -> Tally:
    """Write the samples of runs; an older file stays until the new one is whole."""
    tally = Tally()
    part = out.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        for found, counted in made:
            tally.used.update(counted.used)
            tally.refused.update(counted.refused)
            file.writelines(json.dumps(asdict(sample), ensure_ascii=False) + "\n" for sample in found)
    part.replace(out)
    return tally


def _made(phrases: Sequence[Phrase], seed: str, count: int) -> tuple[list[Sample], Tally]:
    tally = Tally()
    return [*itertools.islice(samples(phrases, seed, tally), count)], tally
