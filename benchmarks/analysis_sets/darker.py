"""Whether "darker" is darker: the product's own relative wishes, checked by a centroid measured here."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from analysis_sets.corpus import MIXED, VISIBLE, Corpus
from analysis_sets.judge import Row, Table
from analysis_sets.peers import samples_of

_FRAME = 2048
_FLOOR = 1e-3
_LEAST_POOL = 5
_LOOKED_AT = 3


@cache
def centroid(path: Path) -> float:
    """The mean over sounding frames of the amplitude-weighted mean frequency, in Hz."""
    signal = samples_of(path)
    signal = np.pad(signal, (0, max(0, _FRAME - len(signal))))
    frames = np.lib.stride_tricks.sliding_window_view(signal, _FRAME)[:: _FRAME // 2] * np.hanning(_FRAME)
    spectra = np.abs(np.fft.rfft(frames, axis=1))
    levels = spectra.sum(axis=1)
    sounding = levels > _FLOOR * levels.max()
    frequencies = np.fft.rfftfreq(_FRAME, 1 / 44_100)
    return float((spectra[sounding] @ frequencies / levels[sounding]).mean())


def darker_tables(corpus: Corpus, *, quick: bool) -> Iterator[Table]:
    """For each loop the first answers to "darker" and to "brighter" from its own library."""
    rows = []
    for label, sources in (("real and starter", {"real", "starter"}), ("synthetic packs", {"synthetic"})):
        chosen = [n for n, i in enumerate(corpus.items) if i.is_loop and i.source in sources]
        hidden = dict(zip(corpus.select(chosen, VISIBLE), corpus.select(chosen, MIXED), strict=True))
        if hidden:
            most = 12 if quick else 60
            rows += [_judged(label, wish, sign, hidden, most) for wish, sign in (("darker", -1), ("brighter", 1))]
    note = (
        f"The first {_LOOKED_AT} loops offered in the place of each. The tagger: how dark less how bright the program "
        "calls each sound without its name."
    )
    yield Table("A relative wish", rows, note)


def _judged(label: str, wish: str, sign: int, hidden: dict[Path, Path], most: int) -> Row:
    from analysis_sets.wishes import offers, tagged_dark  # noqa: PLC0415 - brings in the product

    first: list[bool] = []
    three: list[bool] = []
    tagger: list[bool] = []
    asked = answered = 0
    for old, offered in offers(list(hidden), wish, most, _LEAST_POOL):
        asked += 1
        answered += bool(offered)
        moved = [sign * (centroid(path) - centroid(old)) > 0 for path in offered[:_LOOKED_AT]]
        first += moved[:1]
        three += moved
        dark = tagged_dark(hidden[old])
        tagger += [sign * (dark - tagged_dark(hidden[path])) > 0 for path in offered[:_LOOKED_AT]]
    return Row(
        f"{wish}; {label}",
        {
            "asked": asked,
            "answered": answered / asked if asked else None,
            "first right by centroid": _mean(first),
            "first three right by centroid": _mean(three),
            "first three right by the tagger": _mean(tagger),
        },
    )


def _mean(values: list[bool]) -> float | None:
    return float(np.mean(values)) if values else None
