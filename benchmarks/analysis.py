"""How well loops are known: this program, librosa, aubio and Essentia on the same files, in one run and one table.

Peers are optional (``pip install 'loopmind-chat[bench]'``); those that are missing are named. Recorded loops come
from ``--loops FOLDER`` with a manifest.csv (or LOOPMIND_EVAL_LOOPS), the rest is made here from a seed.

python benchmarks/analysis.py [--quick] [--loops FOLDER] [--json] [--cases] [--only tempo,key,...]
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # one core for everybody, before anything loads numpy

from analysis_sets import peers  # noqa: E402 - after the line above
from analysis_sets.corpus import build  # noqa: E402 - after the line above
from analysis_sets.drum_sounds import recordings  # noqa: E402 - after the line above
from analysis_sets.held_out import Fitting  # noqa: E402 - after the line above
from analysis_sets.judge import Table, as_json, markdown  # noqa: E402 - after the line above
from analysis_sets.run import Bench, run_parts  # noqa: E402 - after the line above
from analysis_sets.sound_font import sound_font  # noqa: E402 - after the line above
from analysis_sets.targets import reached  # noqa: E402 - after the line above

PARTS = ("tempo", "key", "role", "kind", "calibration", "darker", "speed")


def main() -> int:
    """Make the sets, ask everybody, print the tables."""
    arguments = _arguments()
    work = arguments.work
    starter = _starter(work, arguments.starter)
    corpus = build(work / "sets", quick=arguments.quick, loops=arguments.loops, starter=starter)
    bench = Bench(
        corpus=corpus,
        remembered=peers.Remembered(None if arguments.fresh else work / "peers.json"),
        missing=tuple(peers.missing()),
        rounds=200 if arguments.quick else 1000,
        quick=arguments.quick,
        fitting=_fitting(arguments, starter),
    )
    tables: list[Table] = []
    for table in run_parts(bench, arguments.only):
        tables.append(table)
        if not arguments.json:
            print(markdown(table), flush=True)
    tables.append(reached(tables))
    if arguments.json:
        print(json.dumps({"tables": as_json(tables), "cases": bench.cases if arguments.cases else []}, indent=1))
    else:
        print(markdown(tables[-1]), flush=True)
        _say_what_was_there(arguments.loops, bench.missing)
        if arguments.cases:
            print("\n".join(["### losing cases", "", *bench.cases]))
    return 0


def _arguments() -> argparse.Namespace:
    loops = os.environ.get("LOOPMIND_EVAL_LOOPS")
    default = Path(tempfile.gettempdir(), "loopmind-analysis-sets")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loops", type=Path, default=Path(loops) if loops else None, help="recorded loops, labelled")
    parser.add_argument("--starter", type=Path, help="the starter pack, where it is written already")
    parser.add_argument("--work", type=Path, default=default, help="where sets and peers' answers are kept")
    parser.add_argument("--mirrors", type=Path, help="the packs that training/analysis/roles.py fits on")
    parser.add_argument("--role-cache", type=Path, help="its cache: with --mirrors, roles are told with packs held out")
    parser.add_argument("--quick", action="store_true", help="smaller sets: minutes")
    parser.add_argument("--fresh", action="store_true", help="ask the peers again, whatever is remembered")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cases", action="store_true", help="list what was answered wrongly")
    parser.add_argument("--only", type=_parts, default=PARTS, help=f"of {','.join(PARTS)}")
    return parser.parse_args()


def _parts(text: str) -> Sequence[str]:
    parts = tuple(text.split(","))
    if unknown := set(parts) - set(PARTS):
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(sorted(unknown))}")
    return parts


def _starter(work: Path, given: Path | None) -> Path:
    """The starter pack, written where it is not yet."""
    folder = given or work / "starter"
    if not (folder / "labels.json").exists():
        from loopmind_chat.starter import write_pack  # noqa: PLC0415 - brings in numpy

        folder.mkdir(parents=True, exist_ok=True)
        write_pack(folder)
    return folder


def _fitting(arguments: argparse.Namespace, starter: Path) -> Fitting | None:
    """What folds by pack need, where all of it is given."""
    if arguments.loops is None or arguments.mirrors is None or arguments.role_cache is None:
        return None
    return Fitting(arguments.loops, starter, arguments.mirrors, arguments.role_cache)


def _say_what_was_there(loops: Path | None, missing: Sequence[str]) -> None:
    for what, there in (
        ("recorded loops (--loops FOLDER)", loops),
        ("recorded strokes (LOOPMIND_EVAL_HITS)", recordings()),
        ("sound font (LOOPMIND_EVAL_SOUNDFONT and fluidsynth)", sound_font()),
    ):
        print(f"{what}: {'there' if there else 'missing, so left out or made here'}", file=sys.stderr)
    print(f"peers missing: {'; '.join(missing) or 'none'}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
