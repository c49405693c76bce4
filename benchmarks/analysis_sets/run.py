"""The parts of the benchmark: what is asked of whom on which files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis_sets import peers, product
from analysis_sets.corpus import FOLDERS, MIXED, VISIBLE, Corpus
from analysis_sets.darker import darker_tables
from analysis_sets.held_out import Fitting, held_out_tables
from analysis_sets.item import Item
from analysis_sets.judge import (
    Row,
    Table,
    calibration_row,
    grouped,
    key_row,
    kind_row,
    role_row,
    tempo_row,
)
from analysis_sets.measures import exact_tempo, key_score
from analysis_sets.real import seven
from analysis_sets.speed import speed_table

_VIEWS = {
    VISIBLE: "names visible",
    MIXED: "names and chunks hidden, all packs in one folder",
    FOLDERS: "names and chunks hidden, packs in their folders",
}
_RULE = "length alone, nearest 127"


@dataclass(kw_only=True)
class Bench:
    """One run: the sets, what peers answered, and the product's answers once asked."""

    corpus: Corpus
    remembered: peers.Remembered
    missing: tuple[str, ...]
    rounds: int
    quick: bool
    fitting: Fitting | None = None
    """What the role's model is fitted from; without it there are no held-out numbers."""
    cases: list[str] = field(default_factory=list)
    _lines: dict[str, list[product.Line]] = field(default_factory=dict)

    def lines(self, view: str) -> list[product.Line]:
        """The product's answers for all items in a view."""
        if view not in self._lines:
            self._lines[view] = product.analyze(self.corpus.places[view])
        return self._lines[view]

    def numbers(self, wanted: Callable[[Item], bool]) -> list[int]:
        """Which items are wanted."""
        return [n for n, item in enumerate(self.corpus.items) if wanted(item)]

    def peer(
        self, name: str, known: Mapping[str, tuple[str, Callable[[Path], peers.Answer]]], file: Path
    ) -> peers.Answer:
        """A peer's answer, remembered by content."""
        return self.remembered.ask(name, known[name][1], file)

    def present(self, known: Mapping[str, tuple[str, Callable[[Path], peers.Answer]]]) -> list[str]:
        """Peers that are installed."""
        absent = {line.split()[0] for line in self.missing}
        return [name for name, (module, _) in known.items() if module not in absent]

    def lose(self, part: str, item: Item, truth: object, found: object, confidence: object) -> None:
        """Note a wrong answer."""
        traits = ", ".join(sorted(item.traits))
        self.cases.append(f"- {part}: {item.path.name} ({item.pack}; {traits}): {truth}, found {found} at {confidence}")


def run_parts(bench: Bench, parts: Sequence[str]) -> Iterator[Table]:
    """The tables of the parts, in order."""
    makers: dict[str, Callable[[Bench], Iterator[Table]]] = {
        "tempo": _tempo,
        "key": _key,
        "role": _role,
        "kind": _kind,
        "calibration": _calibration,
        "darker": lambda b: darker_tables(b.corpus, quick=b.quick),
        "speed": lambda b: iter([speed_table(b.corpus, b.missing, quick=b.quick)]),
    }
    for part in parts:
        yield from makers[part](bench)
        bench.remembered.save()


def _tempo(bench: Bench) -> Iterator[Table]:
    chosen = bench.numbers(lambda i: bool(i.bpm) and i.source != "keys")
    items = [bench.corpus.items[n] for n in chosen]
    files = bench.corpus.select(chosen, MIXED)
    answers: dict[str, list[float | None]] = {
        name: [_number(bench.peer(name, peers.TEMPO, file)) for file in files] for name in bench.present(peers.TEMPO)
    }
    rule = answers[_RULE]
    for view, title in _VIEWS.items():
        ours = [bench.lines(view)[n]["bpm"] for n in chosen]
        rows = [tempo_row("this program", items, ours, rule, bench.rounds)]
        if view != FOLDERS:
            rows += [tempo_row(name, items, found, rule, bench.rounds) for name, found in answers.items()]
        groups = [(f"source: {n}", g) for n, g in grouped(items, lambda i: [i.source])]
        groups += (
            [("tempo in the name", [k for k, i in enumerate(items) if i.truth_in_name])] if view == VISIBLE else []
        )
        groups += grouped(items, lambda i: sorted(i.traits))
        for name, members in groups:
            picked = [items[m] for m in members]
            told = tempo_row(
                f"ours, {name}", picked, [ours[m] for m in members], [rule[m] for m in members], bench.rounds // 5
            )
            rows.append(told)
        for item, found, number in zip(items, ours, chosen, strict=True):
            if not exact_tempo(found, item.bpm or 0):
                bench.lose(f"tempo, {view}", item, item.bpm, found, bench.lines(view)[number]["bpm_confidence"])
        yield Table(f"Tempo, {title}", rows, "Over all files, unanswered ones wrong; peers never see names.")


def _key(bench: Bench) -> Iterator[Table]:
    chosen = bench.numbers(lambda i: bool(i.key) and bool(i.is_loop))
    items = [bench.corpus.items[n] for n in chosen]
    files = bench.corpus.select(chosen, MIXED)
    answers: dict[str, list[str | None]] = {
        "this program": [bench.lines(MIXED)[n]["key"] for n in chosen],
        **{name: [_text(bench.peer(name, peers.KEY, f)) for f in files] for name in bench.present(peers.KEY)},
    }
    sets: list[tuple[str, list[int]]] = [
        ("real and balanced synthetic", [k for k, i in enumerate(items) if i.source in {"real", "keys"}]),
        *((f"source: {name}", group) for name, group in grouped(items, lambda i: [i.source])),
    ]
    for name, members in sets:
        picked = [items[m] for m in members]
        rows = [key_row(who, picked, [found[m] for m in members], bench.rounds) for who, found in answers.items()]
        yield Table(f"Key by sound alone, {name}", rows, "Keys are scored as by mir_eval: a fifth up .5, relative .3.")
    rows = [
        key_row(
            f"ours, {name}", [items[m] for m in group], [answers["this program"][m] for m in group], bench.rounds // 5
        )
        for name, group in grouped(items, lambda i: sorted(i.traits) if i.source == "keys" else [])
    ]
    yield Table("Key by sound alone, balanced synthetic, by trait", rows)
    visible = [bench.lines(VISIBLE)[n]["key"] for n in chosen]
    yield Table("Key, names visible", [key_row("this program, all", items, visible, bench.rounds)])
    for item, found, number in zip(items, answers["this program"], chosen, strict=True):
        if found is None or key_score(found, item.key or "") < 1:
            bench.lose("key", item, item.key, found, bench.lines(MIXED)[number]["key_confidence"])


def _role(bench: Bench) -> Iterator[Table]:
    rows = []
    for view, title in _VIEWS.items():
        for name, sources in (("real and starter", {"real", "starter"}), ("synthetic packs", {"synthetic"})):
            chosen = bench.numbers(lambda i, s=sources: bool(i.role) and i.source in s)
            items = [bench.corpus.items[n] for n in chosen]
            found = [bench.lines(view)[n]["role"] for n in chosen]
            rows.append(role_row(f"{title}; {name}", items, found, bench.rounds))
            for item, role, number in zip(items, found, chosen, strict=True):
                if seven(role) != seven(item.role):
                    bench.lose(f"role, {view}", item, item.role, role, bench.lines(view)[number]["role_confidence"])
    if bench.fitting is not None:
        yield from held_out_tables(bench.fitting, bench.rounds)
    note = "As shipped. The shipped weights were fitted on the real packs: their rows by sound alone are not held out."
    yield Table("Role, seven classes (a pad counts as chords)", rows, note)


def _kind(bench: Bench) -> Iterator[Table]:
    rows = []
    for view in (MIXED, VISIBLE):
        for name, sources in (
            ("all", {"real", "starter", "synthetic"}),
            ("real", {"real"}),
            ("starter", {"starter"}),
            ("synthetic", {"synthetic"}),
        ):
            chosen = bench.numbers(lambda i, s=sources: i.is_loop is not None and i.source in s)
            items = [bench.corpus.items[n] for n in chosen]
            found = [bench.lines(view)[n]["is_loop"] for n in chosen]
            if items:
                rows.append(kind_row(f"{_VIEWS[view]}; {name}", items, found, bench.rounds))
            if name == "all":
                for item, loop in zip(items, found, strict=True):
                    if loop is not item.is_loop:
                        bench.lose(f"loop or one-shot, {view}", item, item.is_loop, loop, None)
    yield Table("Loop or one-shot, as shipped", rows)


def _calibration(bench: Bench) -> Iterator[Table]:
    rows: list[Row] = []
    for view, title in _VIEWS.items():
        tempos, keys, roles = [], [], []
        for item, line in zip(bench.corpus.items, bench.lines(view), strict=True):
            if item.bpm and item.source != "keys" and line["bpm"]:
                tempos.append((line["bpm_confidence"], exact_tempo(line["bpm"], item.bpm)))
            if item.key and item.is_loop and line["key"]:
                keys.append((line["key_confidence"], key_score(line["key"], item.key) == 1.0))
            if item.role and item.source != "keys" and line["role"]:
                roles.append((line["role_confidence"], seven(line["role"]) == seven(item.role)))
        for what, pairs in (("tempo", tempos), ("key", keys), ("role", roles)):
            rows.append(calibration_row(f"{what}, {title}", [c for c, _ in pairs], [r for _, r in pairs]))
    yield Table("Calibration", rows, "Right: the exact tempo, the exact key, the role.")


def _number(value: peers.Answer) -> float | None:
    return float(value) if value is not None else None


def _text(value: peers.Answer) -> str | None:
    return str(value) if value is not None else None
