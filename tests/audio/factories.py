"""Small songs and sounds, made by formula."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from loopmind_chat.audio.plan import MixPlan, build_plan
from loopmind_chat.audio.prepare import Preparer
from loopmind_chat.song.edits import ReplaceSong, apply
from loopmind_chat.song.model import Effect, Layer, Section, Song, Track, Transition
from loopmind_chat.song.vocabulary import MixMode, Role, SectionKind

Samples = npt.NDArray[np.float32]
RATE = 48_000


def sine(hertz: float, frames: int, rate: int = RATE, level: float = 0.3) -> Samples:
    wave = level * np.sin(2 * np.pi * hertz * np.arange(frames) / rate)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def clicks(beats: int, beat_frames: float, level: float = 0.6) -> Samples:
    """A short burst on each beat, with silence between."""
    out = np.zeros((round(beats * beat_frames), 2), np.float32)
    burst = level * np.random.default_rng(1).standard_normal((1_200, 1)) * np.exp(-np.arange(1_200) / 150.0)[:, None]
    for beat in range(beats):
        at = round(beat * beat_frames)
        part = burst[: len(out) - at]
        out[at : at + len(part)] += part.astype(np.float32)
    return np.clip(out, -1.0, 1.0)


def write(folder: Path, name: str, samples: Samples, rate: int = RATE) -> Path:
    path = folder / f"{name}.wav"
    soundfile.write(path, samples, rate, subtype="FLOAT")
    return path


def loop_layer(name: str, path: Path, *, beats: float = 16.0, loop_beats: float = 4.0, **more: object) -> Layer:
    """A layer on the track that its name gives."""
    values: dict[str, object] = {
        "id": f"l-{name}",
        "track": f"t-{name}",
        "role": Role.DRUMS,
        "loop": path.stem,
        "path": str(path),
        "beats": beats,
        "loop_beats": loop_beats,
    }
    return Layer(**{**values, **more})  # type: ignore[arg-type]  # tests may set any field


def shot_layer(name: str, path: Path, pattern: tuple[float, ...], **more: object) -> Layer:
    return loop_layer(name, path, **{"pattern": pattern, "loop_beats": 0.0, **more})  # type: ignore[arg-type]  # as above


def section(number: int, *layers: Layer, bars: int = 4, transition: Transition | None = None) -> Section:
    """A section whose layers are no longer than it is."""
    fitting = tuple(replace(layer, beats=min(layer.beats, bars * 4 - layer.start_beat)) for layer in layers)
    return Section(id=f"s{number}", kind=SectionKind.VERSE, bars=bars, layers=fitting, transition=transition)


def song(  # noqa: PLR0913 - each test sets its own few
    *sections: Section,
    tempo: float = 120.0,
    mix: MixMode = MixMode.RAW,
    swing: float = 0.0,
    gains: dict[str, float] | None = None,
    pans: dict[str, float] | None = None,
    fx: dict[str, tuple[Effect, ...]] | None = None,
    muted: frozenset[str] = frozenset(),
    solo: frozenset[str] = frozenset(),
) -> Song:
    """A valid song of these sections; its tracks are those that the layers name."""
    roles = {layer.track: layer.role for part in sections for layer in part.layers}
    tracks = tuple(
        Track(
            id=name,
            name=name.removeprefix("t-").title(),
            role=role,
            gain_db=(gains or {}).get(name, 0.0),
            pan=(pans or {}).get(name, 0.0),
            fx=(fx or {}).get(name, ()),
            muted=name in muted,
            solo=name in solo,
        )
        for name, role in roles.items()
    )
    return apply(
        Song(), ReplaceSong(Song(title="Test", tempo=tempo, mix=mix, swing=swing, tracks=tracks, sections=sections))
    )


def prepared(made: Song, folder: Path) -> tuple[MixPlan, Preparer]:
    """The plan of a song with all its clips prepared."""
    plan, preparer = build_plan(made), Preparer(folder)
    for clip in plan.clips:
        preparer.prepare(clip)
    return plan, preparer


def rich_song(folder: Path, *, bars: int = 8, tempo: float = 132.0, mix: MixMode = MixMode.POLISHED) -> Song:
    """Drums, bass, pad and a one-shot over two sections with a transition."""
    beat = 60.0 / 120.0 * RATE
    stretch = 120.0 / tempo
    drums = clicks(8, beat)
    drums += sine(55, len(drums), level=0.5) * (np.arange(len(drums)) % round(beat) < 6_000)[:, None]
    bass = sine(80, round(8 * beat), level=0.4)
    pad = sine(440, round(16 * beat), level=0.1) + sine(554.37, round(16 * beat), level=0.1)
    hit = sine(900, 30_000, level=0.5) * np.exp(-np.arange(30_000) / 5_000.0)[:, None].astype(np.float32)
    files = {
        name: write(folder, f"rich-{name}", audio.astype(np.float32))
        for name, audio in {"drums": drums, "bass": bass, "pad": pad, "hit": hit}.items()
    }
    length = float(bars * 4)

    def layers(tag: str) -> tuple[Layer, ...]:
        return (
            loop_layer("drums", files["drums"], id=f"d{tag}", beats=length, loop_beats=8.0, stretch=stretch),
            loop_layer(
                "bass", files["bass"], id=f"b{tag}", beats=length, loop_beats=8.0, stretch=stretch, role=Role.BASS
            ),
            loop_layer(
                "pad", files["pad"], id=f"p{tag}", beats=length, loop_beats=16.0, stretch=stretch, role=Role.PAD
            ),
            shot_layer("hit", files["hit"], (0.0, 1.5, 2.75), id=f"h{tag}", beats=length, role=Role.PERCUSSION),
        )

    return song(
        section(1, *layers("1"), bars=bars),
        section(2, *layers("2"), bars=bars),
        tempo=tempo,
        mix=mix,
        swing=0.5,
        pans={"t-hit": 0.4},
    )
