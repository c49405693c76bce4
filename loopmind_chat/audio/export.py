"""A song as files: the finished mix, and its stems."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from loopmind_chat.audio.master import RAW_PEAK_DB, STREAM_LUFS, Finished, finish
from loopmind_chat.audio.offline import OfflineMix, prepare_clips
from loopmind_chat.audio.outfiles import OutFiles, need_folder, part_of_name
from loopmind_chat.audio.plan import MixPlan, build_plan
from loopmind_chat.audio.prepare import Preparer
from loopmind_chat.audio.strips import Samples
from loopmind_chat.audio.tags import write_tags
from loopmind_chat.errors import ExportFailed, SoundFileError
from loopmind_chat.home import Home
from loopmind_chat.song.model import Song
from loopmind_chat.song.units import SAMPLE_RATE
from loopmind_chat.song.vocabulary import MixMode

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""
Cancelled = Callable[[], bool]

_SHARE = 10
"""Steps of progress that mixing, finishing and each file count; a clip counts one."""


@dataclass(frozen=True, slots=True)
class RenderReport:
    """What was written, and what was measured on it."""

    path: Path
    seconds: float
    mode: MixMode
    lufs: float | None
    """None where it is silent or too short to say."""
    true_peak_db: float | None
    """None where it is silent."""
    clips: int
    stems: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()
    """One line for each loop that is silent, and why."""

    def document(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return {
            "path": str(self.path),
            "seconds": round(self.seconds, 3),
            "mix": str(self.mode),
            "lufs": None if self.lufs is None else round(self.lufs, 2),
            "true_peak_db": None if self.true_peak_db is None else round(self.true_peak_db, 2),
            "clips": self.clips,
            "stems": [str(path) for path in self.stems],
            "notes": list(self.notes),
        }

    def line(self) -> str:
        """The report as one line."""
        facts = [f"{int(self.seconds // 60)}:{int(self.seconds % 60):02d}", f"{self.mode} mix"]
        if self.lufs is not None:
            facts.append(f"{self.lufs:.1f} LUFS")
        facts.append("silent" if self.true_peak_db is None else f"true peak {self.true_peak_db:.1f} dB")
        if self.stems:
            facts.append(f"{len(self.stems)} stems")
        return f"{self.path}: {', '.join(facts)}"


def render_song(  # noqa: PLR0913 - each is a choice of the caller's own
    song: Song,
    out: Path,
    *,
    home: Home,
    stems: Path | None = None,
    overwrite: bool = False,
    target_lufs: float = STREAM_LUFS,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> RenderReport:
    """Write the song to ``out`` (.wav, .flac, .mp3 or .ogg), and each track into the folder ``stems``.

    A loop that cannot be read is silent, and noted. Raises ExportFailed: where a file is there already and
    ``overwrite`` is False, where nothing can be written, or when cancelled; then nothing is left behind.
    """
    plan = build_plan(song)
    stem_files = {} if stems is None else stem_paths(plan, Path(stems))
    files = OutFiles(overwrite=overwrite)
    _check(song, Path(out), None if stems is None else Path(stems), stem_files, files)
    # stems are dry: in raw mode no clip has a tone of its own
    dry = build_plan(replace(song, mix=MixMode.RAW)) if stems is not None else plan
    clips = {clip.key: clip for clip in (*plan.clips, *dry.clips)}
    steps = _Steps(len(clips) + _SHARE * (3 + len(stem_files)), progress, cancelled)
    preparer = Preparer(home.prepared)
    try:
        notes = prepare_clips(tuple(clips.values()), preparer, steps.take)
        mixing = OfflineMix(preparer.load, steps.check)
        mix = mixing.whole(plan)
        steps.take(_SHARE)
        finished = finish(mix, plan.mode, target_lufs)
        steps.take(_SHARE)
        tag = partial(write_tags, song=song)
        files.write(Path(out), finished.samples, tag)
        if stems is not None:
            files.folder(Path(stems))
        for target, samples in _stems(dry, stem_files, mixing, len(mix)):
            files.write(target, samples, tag)
            steps.take(_SHARE)
        steps.take(_SHARE)
        files.publish()
    except (SoundFileError, OSError) as fault:
        raise ExportFailed(str(fault)) from fault
    finally:
        files.discard()
    return _report(Path(out), plan, finished, tuple(stem_files.values()), tuple(notes))


def stem_paths(plan: MixPlan, folder: Path) -> dict[str, Path]:
    """The file of each track that is heard ("01-Drums.wav"), by the track's id."""
    sounding = {event.track for event in plan.events}
    heard = [strip for strip in plan.strips if strip.audible and strip.id in sounding]
    return {strip.id: folder / f"{number:02d}-{part_of_name(strip.name)}.wav" for number, strip in enumerate(heard, 1)}


class _Steps:
    """Counts what is done, and stops where the user says so."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._total = total
        self._done = 0
        self._progress = progress
        self._cancelled = cancelled

    def check(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise ExportFailed("the export was cancelled; nothing was written")

    def take(self, amount: int) -> None:
        self.check()
        self._done += amount
        if self._progress is not None:
            self._progress(self._done, self._total)


def _check(song: Song, out: Path, stems: Path | None, stem_files: dict[str, Path], files: OutFiles) -> None:
    if not song.sections:
        raise ExportFailed("there is no song to write yet")
    need_folder(out.parent)
    if stems is not None:
        need_folder(stems.parent)
        if stems.exists() and not stems.is_dir():
            raise ExportFailed(f"{stems} is not a folder")
    files.check([out, *stem_files.values()])


def _stems(plan: MixPlan, targets: dict[str, Path], mixing: OfflineMix, frames: int) -> Iterator[tuple[Path, Samples]]:
    """Each track of a raw plan with its file, all at the gain of the raw mix, so that they sum to it."""
    if not targets:
        return
    peak = float(np.abs(mixing.part(plan, frames)).max(initial=0.0))
    gain = np.float32(10.0 ** (RAW_PEAK_DB / 20.0) / peak if peak else 1.0)
    for track, target in targets.items():
        yield target, mixing.part(plan.only(track), frames) * gain


def _report(
    out: Path, plan: MixPlan, finished: Finished, stems: tuple[Path, ...], notes: tuple[str, ...]
) -> RenderReport:
    peak = finished.true_peak_db
    return RenderReport(
        path=out,
        seconds=len(finished.samples) / SAMPLE_RATE,
        mode=plan.mode,
        lufs=finished.lufs,
        true_peak_db=float(peak) if np.isfinite(peak) else None,
        clips=len(plan.clips),
        stems=stems,
        notes=notes,
    )
