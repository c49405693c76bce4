"""How often a text search finds what it should: by words alone, by meaning alone, by both.

    python benchmarks/search_relevance.py FOLDER... [--home HOME]

Each FOLDER holds sounds and a ``manifest.csv`` (file, role, source, original), a ``labels.json`` (file, role, mood,
tags), or names that tell (a pack of CC0 samples such as Sonic Pi's). What is wanted is judged by these labels, never by
the analysis. Precision at 10: how many of the first ten fit, of ten or of as many as there are. Every pack is searched
alone; the share of words is chosen on the other packs (leave one out), and the figures are means over packs.
"""

import argparse
import csv
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from loopmind_chat.home import Home, find_home
from loopmind_chat.library import view as view_module
from loopmind_chat.library.library import Library
from loopmind_chat.library.minilm import MiniLm
from loopmind_chat.library.view import LibraryView

KICK = r"\b(kick|bd|bassdrum|bdrumnew)\b"
SNARE = r"\b(snaree?|sn|sd)\b"
VOICE = r"role=vocal|\b(vox|voxy|voc|vooc|choir|voice)\b"
WANTED: tuple[tuple[str, str], ...] = (
    ("kick", KICK), ("bass drum hit", KICK), ("snare", SNARE), ("snare drum", SNARE), ("clap", "clap"),
    ("hi hat", r"\b(hats?|hh|hatclsd|hatopen|openhat)\b"), ("cymbal", "crash|cymbal|splash|ride"),
    ("tom", r"\b(lo|mid|hi)?toms?\b"), ("tabla", "tabla"), ("conga", "conga|tumba|quinto|bongo"),
    ("hand drums", "tabla|conga|tumba|darbuka|bongo|djembe|cajon|bodhran"), ("shaker", "shaker"),
    ("cowbell", "cowbell"), ("percussion", "role=percussion"), ("bassline", "role=bass"), ("808", r"\b808\b"),
    ("deep low end", "role=bass"), ("guitar", "guit"), ("piano", "piano"), ("rhodes", "rhodes"),
    ("electric piano", "rhodes|electric piano"), ("strings", "strings"), ("pad", "role=pad|pad"),
    ("ambient atmosphere", "ambi|atmosphere|drone|ambience"), ("vocal", VOICE), ("singing voice", VOICE),
    ("female singer", "female|diva"), ("crowd shouting", "shout|crowd"), ("vinyl noise", "vinyl|crackle|hiss"),
    ("riser", "riser|build"), ("impact", "impact|boom"), ("robot", "robot"), ("breakbeat", "amen|break"),
    ("drum loop", "role=drums.*loop=yes"), ("dark", r"\bdark\b"), ("happy", "happy|uplifting"),
    ("sad melody", "role=melody.*sad"), ("rainy", "rain"), ("lofi chords", "role=chords.*lofi"),
    ("house drums", "role=drums.*house"), ("trap bass", "role=bass.*trap"), ("melody", "role=melody"),
    ("stab", "stab"), ("organ", "organ"), ("bells", "bell|chime"), ("telephone", "phone"), ("sound effects", "role=fx"),
    ("rhod", "rhodes"), ("tamb", "tambourine"), ("gitar", "guit"), ("snaer", SNARE), ("percusion", "role=percussion"),
    ("vocl", VOICE), ("cymbl", "crash|cymbal|splash|ride"),
)  # fmt: skip
"""What is typed, and the pattern of the labels that fit."""
SHARES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
AUDIO = {".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff"}

Truth = Mapping[str, tuple[str, str]]
"""By path: the pack, and the labels as one line."""


def main() -> None:
    """Scan if need be, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "loopmind-relevance")
    arguments = parser.parse_args()
    folders = [folder.resolve() for folder in arguments.folder]
    home = Home(arguments.home, find_home().models)
    with Library.open(home, MiniLm(lambda: home.models / "all-minilm-l6-v2", log=home.logs / "text.log")) as library:
        library.scan(folders)
        table(library.view(), labels(folders))


def labels(folders: Sequence[Path]) -> Truth:
    """What is known of each file apart from its analysis."""
    truth: dict[str, tuple[str, str]] = {}
    for folder in folders:
        told: dict[str, tuple[str, str]] = {}
        if (folder / "manifest.csv").exists():
            with (folder / "manifest.csv").open(encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    loop = "yes" if row["is_loop"].startswith(("1", "T")) else "no"
                    told[row["file"]] = (row["source"], f"role={row['role']} loop={loop} {plain(row['original'])}")
        elif (folder / "labels.json").exists():
            for item in json.loads((folder / "labels.json").read_text("utf-8")):
                loop = "yes" if item["is_loop"] else "no"
                words = " ".join([item["mood"], *item["tags"]])
                told[item["file"]] = ("starter pack", f"role={item['role']} loop={loop} {words}")
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.suffix in AUDIO:
                truth[str(path)] = told.get(name) or (folder.parent.name, f"role= loop= {plain(path.stem)}")
    return truth


def plain(name: str) -> str:
    """A name in small words, digits apart."""
    return " ".join(re.findall(r"[a-z]+|\d+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()))


def precision(view: LibraryView, truth: Truth, share: float) -> list[float | None]:
    """Precision at 10 for each query; None where nothing here fits."""
    view_module.WORD_SHARE = share  # type: ignore[misc] # what is being chosen
    lines = {facts.id: truth[facts.path][1] for facts in view.loops() if facts.path in truth}
    found: list[float | None] = []
    for text, pattern in WANTED:
        fitting = {loop_id for loop_id, line in lines.items() if re.search(pattern, line)}
        most = min(10, len(fitting))
        hits = [hit.facts.id for hit in view.search(text, limit=most)] if most else []
        found.append(sum(loop_id in fitting for loop_id in hits) / most if most else None)
    return found


def table(view: LibraryView, truth: Truth) -> None:
    """Precision of each share on each pack, and of the share chosen without it."""
    packs: dict[str, list[str]] = defaultdict(list)
    for facts in view.loops():
        if facts.path in truth:
            packs[truth[facts.path][0]].append(facts.id)
    views = {pack: part(view, set(ids)) for pack, ids in packs.items()}
    scores = {(pack, share): precision(views[pack], truth, share) for pack in packs for share in SHARES}
    means = {key: float(np.mean([p for p in values if p is not None])) for key, values in scores.items()}
    print(f"{'pack':<16}{'loops':>6}{'queries':>9}" + "".join(f"{share:>7.1f}" for share in SHARES) + "   chosen")
    held_out = []
    for pack, ids in packs.items():
        others = [other for other in packs if other != pack]
        chosen = max(SHARES, key=lambda share: (round(np.mean([means[o, share] for o in others]), 4), -share))
        held_out.append(means[pack, chosen])
        asked = sum(value is not None for value in scores[pack, 0.0])
        line = "".join(f"{means[pack, share]:>7.3f}" for share in SHARES)
        print(f"{pack:<16}{len(ids):>6}{asked:>9}{line}   {chosen:.1f}: {means[pack, chosen]:.3f}")
    print(f"{'mean':<31}" + "".join(f"{np.mean([means[p, s] for p in packs]):>7.3f}" for s in SHARES), end="")
    print(f"   {np.mean(held_out):.3f} (words alone 1.0, meaning alone 0.0)")
    together = {share: precision(view, truth, share) for share in SHARES}
    print(
        f"{'all at once':<31}"
        + "".join(f"{np.mean([v for v in values if v is not None]):>7.3f}" for values in together.values())
    )
    best = max(SHARES, key=lambda share: np.mean([means[p, share] for p in packs]))
    print(f"\nlosing queries, all at once, share {best:.1f} (words, both, meaning):")
    for (text, _), words, both, meaning in zip(WANTED, together[1.0], together[best], together[0.0], strict=True):
        if both is not None and both < 0.6:
            print(f"  {text:<20}{words:>6.2f}{both:>6.2f}{meaning:>6.2f}")


def part(view: LibraryView, ids: set[str]) -> LibraryView:
    """A view of some loops."""
    some = LibraryView.__new__(LibraryView)
    some.__dict__ |= {name: value for name, value in view.__dict__.items() if name in FIXED}
    some._rows = [row for row in view._rows if row[1].id in ids]  # noqa: SLF001 - a part that no folder makes
    some._loops = tuple(facts for facts in view.loops() if facts.id in ids)  # noqa: SLF001 - the same
    return some


FIXED = {"_catalogue", "_model", "_query_vector", "_nearest"}

if __name__ == "__main__":
    main()
