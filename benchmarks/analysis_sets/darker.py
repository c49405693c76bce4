"""Whether "darker" is darker: the product's own relative wishes, checked by a centroid measured here."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from analysis_sets.corpus import VISIBLE, Corpus
from analysis_sets.judge import Row, Table
from analysis_sets.peers import samples_of

_FRAME = 2048
_FLOOR = 1e-3
_LEAST_POOL = 5
_LOOKED_AT = 3


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
        files = [corpus.places[VISIBLE][n] for n, i in enumerate(corpus.items) if i.is_loop and i.source in sources]
        if not files:
            continue
        for wish, sign in (("darker", -1), ("brighter", 1)):
            rows.append(_judged(label, wish, sign, files, 20 if quick else 400))
    yield Table("A relative wish", rows, f"The first {_LOOKED_AT} loops offered in the place of each.")


def _judged(label: str, wish: str, sign: int, files: list[Path], most: int) -> Row:
    from analysis_sets.wishes import offers  # noqa: PLC0415 - brings in the product

    right: dict[str, list[bool]] = defaultdict(list)
    asked = answered = 0
    for old, offered, tagged in offers(files, wish, most, _LEAST_POOL):
        asked += 1
        answered += bool(offered)
        for place, (path, tag) in enumerate(zip(offered, tagged, strict=True)):
            moved = sign * (centroid(path) - centroid(old)) > 0
            if place == 0:
                right["first"].append(moved)
            if place < _LOOKED_AT:
                right["three"].append(moved)
                if tag is not None:
                    right["tagger"].append(tag)
    return Row(
        f"{wish}; {label}",
        {
            "asked": asked,
            "answered": answered / asked if asked else None,
            "first right by centroid": _mean(right["first"]),
            "first three right by centroid": _mean(right["three"]),
            "first three right by the tagger": _mean(right["tagger"]),
        },
    )


def _mean(values: list[bool]) -> float | None:
    return float(np.mean(values)) if values else None
