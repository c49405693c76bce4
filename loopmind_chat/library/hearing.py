"""Files heard without being indexed: in workers, as any file of the user's is, and settled among each other."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from loopmind_chat.errors import LibraryError
from loopmind_chat.home import Home
from loopmind_chat.library.facts_json import facts_from_json
from loopmind_chat.library.workers import Answer, WorkerPool, WorkerSettings
from loopmind_chat.song.loops import LoopFacts

ANALYSER: Final = "loopmind_chat.library.analysis:analyze_sound"


def default_workers(home: Home) -> WorkerSettings:
    """The workers of the real analysis."""
    return WorkerSettings(ANALYSER, home.logs / "analysis.log", {"NUMBA_CACHE_DIR": str(home.numba_cache)})


def hear_files(paths: Sequence[Path], workers: WorkerSettings) -> list[LoopFacts | str]:
    """The facts of each file, or the reason why there are none; what one file tells of another counts.

    A file that hangs or kills its decoder costs the others nothing. Raises LibraryError where the analysis itself does
    not start.
    """
    answers = _answers([str(path.absolute()) for path in paths], workers)
    heard = [facts_from_json(answer["facts"]) if "facts" in answer else _reason(answer) for answer in answers]
    loops = [loop for loop in heard if isinstance(loop, LoopFacts)]
    if len(loops) < 2:  # noqa: PLR2004 - a loop alone has no company
        return heard
    from loopmind_chat.library.settle.together import Settled  # noqa: PLC0415 - numpy, and only for many

    settled = Settled.of(loops, {})
    return [loop if isinstance(loop, str) else _settled(settled.facts(loop), loop) for loop in heard]


def _answers(paths: Sequence[str], workers: WorkerSettings) -> list[Answer]:
    pool = WorkerPool(workers if len(paths) > 1 else workers.alone())
    try:
        for ticket, path in enumerate(paths):
            pool.submit(ticket, {"do": "analyse", "path": path, "id": ""})
        answers = dict(pool.answers.get() for _ in paths)
    finally:
        pool.close()
    for answer in answers.values():
        if "broken" in answer:
            raise LibraryError(answer["broken"])
    return [answers[ticket] for ticket in range(len(paths))]


def _reason(answer: Answer) -> str:
    return "no such file" if "gone" in answer else str(answer["error"])


def _settled(settled: LoopFacts, loop: LoopFacts) -> LoopFacts:
    # One sound under two names: what was settled is told of the one that was looked at.
    return settled if settled.path == loop.path else loop
