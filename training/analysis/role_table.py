"""The numbers of all sounds that the role model is fitted on, kept in a cache."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import soundfile

from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.library.analysis.descriptors import describe
from loopmind_chat.library.analysis.embedding import load_embedder
from loopmind_chat.library.analysis.role_features import role_features
from loopmind_chat.library.analysis.spectrum import mono, onset_times, spectrum_of
from loopmind_chat.soundfiles.read import read_sound
from training.analysis import role_electronics as electronics
from training.analysis.role_phrases import PITCHED, STRUCK
from training.analysis.role_renders import RATE, Rendered, play_soundfont, soundfont_jobs, speak
from training.analysis.role_sources import ROLES, Labelled

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

_PAD_NAME: Final = re.compile(r"pad|ambi|string_|synthdrone|eerie|drone|buzz", re.IGNORECASE)
_PAD_PROGRAMS: Final = frozenset((48, 49, 50, 51, *range(88, 97)))


@dataclass(frozen=True, slots=True)
class Table:
    """One row a sound."""

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    pack: npt.NDArray[np.str_]
    source: npt.NDArray[np.str_]
    real: npt.NDArray[np.bool_]
    role: Indices
    """Index in ROLES, or -1."""
    loop: Indices
    """1, 0, or -1 where unknown."""
    pad: Indices
    """Among chords: 1 for a pad, 0 for none; else -1."""
    features: Numbers
    heard: Numbers

    def numbers(self, *, heard: bool) -> Numbers:
        """What a role model looks at."""
        return np.concatenate((self.features, self.heard), axis=1) if heard else self.features

    def tested(self, packs: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Labelled real sounds of these packs."""
        found: npt.NDArray[np.bool_] = np.isin(self.pack, packs) & self.real & (self.role >= 0)
        return found


def rendered(folder: Path) -> list[Path]:
    """Render what the model trains on, once; the file names hold the truth."""
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for number, sound in enumerate(_renders(folder)):
            peak = float(np.abs(sound.samples).max(initial=0.0)) + 1e-9
            name = f"{number:05d}__{sound.role}__{int(sound.is_loop)}__{sound.source}.flac"
            soundfile.write(folder / name, sound.samples / peak * 0.9, RATE)
        done.touch()
    return sorted(folder.glob("*.flac"))


def _renders(folder: Path) -> Iterator[Rendered]:
    yield from play_soundfont(soundfont_jobs(np.random.default_rng(1), 260, 180), folder)
    yield from _electronic(np.random.default_rng(2), folder)


def _electronic(rng: np.random.Generator, folder: Path) -> Iterator[Rendered]:
    for role in ("melody", "chords", "bass"):
        makers = PITCHED[role]
        for number in range(160):
            phrase = makers[number % len(makers)](rng)
            yield _stereo(role, electronics.treated(electronics.play(phrase, rng), rng), is_loop=phrase.is_loop)
    for role, makers in STRUCK.items():
        for _ in range(70):
            yield _stereo(role, electronics.treated(electronics.beat(makers[0](rng), rng), rng), is_loop=True)
    for number in range(120):
        hit = electronics.HITS[number % len(electronics.HITS)]
        yield _stereo("drums", electronics.treated(hit(rng), rng), is_loop=False)
    for _ in range(90):
        yield _stereo("percussion", electronics.treated(electronics.blip(rng), rng), is_loop=False)
    for _ in range(200):
        yield _stereo("fx", electronics.treated(electronics.effect(rng), rng), is_loop=False)
    for sound in speak(rng, 150, folder):
        samples = electronics.treated(sound.samples.astype(np.float64), rng).astype(np.float32)
        yield Rendered(sound.role, sound.is_loop, samples, sound.source)


def _stereo(role: str, samples: Numbers, *, is_loop: bool) -> Rendered:
    return Rendered(role, is_loop, samples.astype(np.float32), "electronic")


def described(real: Sequence[Labelled], made: Sequence[Path], cache: Path) -> Table:
    """Measure every sound; what was measured before is read from ``cache``."""
    known = _Cache(cache / "measured")
    rows = [_real_row(sound) for sound in real] + [_made_row(path) for path in made]
    measured = [known.of(row.path) for row in rows]
    kept = [(row, numbers) for row, numbers in zip(rows, measured, strict=True) if numbers is not None]
    return Table(
        paths=tuple(row.path for row, _ in kept),
        names=tuple(row.name for row, _ in kept),
        pack=np.array([row.pack for row, _ in kept]),
        source=np.array([row.source for row, _ in kept]),
        real=np.array([row.source == "real" for row, _ in kept]),
        role=np.array([ROLES.index(row.role) if row.role else -1 for row, _ in kept], np.intp),
        loop=np.array([row.loop for row, _ in kept], np.intp),
        pad=np.array([row.pad for row, _ in kept], np.intp),
        features=np.array([numbers[0] for _, numbers in kept], np.float64),
        heard=np.array([numbers[1] for _, numbers in kept], np.float64),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    path: Path
    name: str
    pack: str
    source: str
    role: str | None
    loop: int
    pad: int


def _real_row(sound: Labelled) -> _Row:
    pad = -1
    if sound.role == "chords":
        pad = int(bool(_PAD_NAME.search(str(sound.path.relative_to(sound.path.parents[1])))))
    loop = -1 if sound.is_loop is None else int(sound.is_loop)
    return _Row(sound.path, sound.name, sound.pack, "real", sound.role, loop, pad)


def _made_row(path: Path) -> _Row:
    _, role, loop, source = path.stem.split("__")
    pad = -1
    if role == "chords" and source.startswith("fluid"):
        pad = int(int(source.rpartition("-")[2]) in _PAD_PROGRAMS)
    kind = source.partition("-")[0]
    goes_round = -1 if (role, kind) == ("fx", "electronic") else int(loop)  # a noise may well go on for ever
    return _Row(path, path.name, kind, kind, role, goes_round, pad)


class _Cache:
    """Measurements by content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._embedder = load_embedder()
        folder.mkdir(parents=True, exist_ok=True)

    def of(self, path: Path) -> tuple[Numbers, Numbers] | None:
        """Features and what the tagger heard; None for what cannot be read."""
        kept = self._folder / f"{hashlib.sha256(path.read_bytes()).hexdigest()[:20]}.npz"
        if not kept.exists():
            try:
                measured = self._measured(path)
            except UnreadableAudio:
                return None
            np.savez(kept, allow_pickle=False, features=measured[0], heard=measured[1])
        with np.load(kept, allow_pickle=False) as stored:
            return stored["features"].astype(np.float64), stored["heard"].astype(np.float64)

    def _measured(self, path: Path) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        if self._embedder is None:
            raise SystemExit("the tagger's weights are missing from models/")
        sound = read_sound(str(path))
        signal = mono(sound.samples)
        spectrum = spectrum_of(signal, sound.rate)
        measured = describe(spectrum, onset_times(spectrum), len(signal) / sound.rate)
        heard = self._embedder.embed(signal, sound.rate)
        return role_features(signal, sound.rate, spectrum, measured), heard.features
