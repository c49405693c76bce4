"""From a file to its facts."""

import hashlib
from pathlib import Path, PurePath
from typing import Final

from loopmind_chat.errors import UnreadableAudio
from loopmind_chat.library.analysis.beats import LONG_S, follow_beats
from loopmind_chat.library.analysis.descriptors import SILENT_DB, describe, peak_db, texture
from loopmind_chat.library.analysis.embedding import load_embedder
from loopmind_chat.library.analysis.key import find_key
from loopmind_chat.library.analysis.kind import loop_odds
from loopmind_chat.library.analysis.names import read_name
from loopmind_chat.library.analysis.result import Analysis
from loopmind_chat.library.analysis.role import find_role
from loopmind_chat.library.analysis.role_features import role_features
from loopmind_chat.library.analysis.spectrum import mono, onset_times, sounding, spectrum_of
from loopmind_chat.library.analysis.tags import find_tags, genres
from loopmind_chat.library.analysis.tempo import bare_fit, find_tempo
from loopmind_chat.library.analysis.tempo_readings import spans_of
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import UNPITCHED, Role
from loopmind_chat.soundfiles.chunks import read_acid
from loopmind_chat.soundfiles.read import Sound, read_sound

ID_DIGITS: Final = 12
BEATS_PER_BAR: Final = 4
SILENT: Final = "silent"


def content_id(path: str) -> str:
    """12 hex digits of the SHA-256 of a file's bytes. Raises UnreadableAudio."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:ID_DIGITS]
    except OSError as fault:
        raise UnreadableAudio(f"cannot be read: {fault.strerror or fault}") from fault


def analyze_file(path: str) -> LoopFacts:
    """Everything known about one sound file. Raises UnreadableAudio, and nothing else, for a file that is of no use."""
    return analyze_sound(path).facts


def analyze_sound(path: str) -> Analysis:
    """The facts of a sound file and its vector. Raises UnreadableAudio, and nothing else, for a file of no use."""
    sound = read_sound(path)
    peak = peak_db(sound.samples)
    if peak < SILENT_DB:
        return Analysis(_silent(path, sound, peak), vector=None)
    name = read_name(path)
    signal = mono(sound.samples)
    spectrum = spectrum_of(signal, sound.rate)
    onsets = onset_times(spectrum)
    measured = describe(spectrum, onsets, len(signal) / sound.rate)
    surface = texture(sound.samples, sound.rate, signal, spectrum, onsets)
    spans = spans_of(len(signal), *sounding(signal), sound.rate)
    acid = read_acid(path)
    features = role_features(signal, sound.rate, spectrum, measured)
    bare_fits = bare_fit(name.bare_numbers, spans) is not None
    is_loop = loop_odds(name, features, acid, bare_fits=bare_fits) > 0
    tempo = find_tempo(spans, spectrum, name, acid, genres(name)) if is_loop else None
    if is_loop and tempo is None and measured.duration_s > LONG_S:
        tempo = follow_beats(spectrum.flux, spectrum.step_s, measured.duration_s)
    embedder = load_embedder()
    heard = embedder.embed(signal, sound.rate) if embedder else None
    role = find_role(name, features, heard.features if heard else None)
    one_note = not is_loop and role.role in {Role.BASS, Role.MELODY}
    key = None if role.role in UNPITCHED else find_key(signal, sound.rate, name.key, one_note=one_note)
    facts = LoopFacts(
        id=content_id(path),
        path=path,
        name=PurePath(path).stem,
        duration_s=measured.duration_s,
        sample_rate=sound.rate,
        channels=sound.channels,
        is_loop=is_loop,
        bpm=tempo.bpm if tempo else None,
        bpm_confidence=tempo.confidence if tempo else 0.0,
        bpm_alternates=tempo.alternates if tempo else (),
        tempo_source=tempo.source if tempo else "",
        tempo_readings=tempo.readings if tempo else (),
        beats=tempo.beats if tempo else None,
        bars=tempo.beats / BEATS_PER_BAR if tempo else None,
        key=key.key if key else None,
        key_confidence=key.confidence if key else 0.0,
        role=role.role,
        role_confidence=role.confidence,
        role_source=role.source,
        role_odds=role.odds,
        tags=find_tags(name, measured, role, heard.tags if heard else None, is_loop=is_loop),
        loudness_lufs=surface.loudness_lufs,
        peak_db=peak,
        brightness_hz=round(measured.brightness_hz, 1),
        sharpness=surface.sharpness,
        warmth=surface.warmth,
        density=round(measured.density, 3),
        roughness=surface.roughness,
        attack_ms=surface.attack_ms,
        punch_db=surface.punch_db,
        width=surface.width,
        error="; ".join(sound.faults) or None,
    )
    return Analysis(facts, heard.vector if heard else None)


def _silent(path: str, sound: Sound, peak: float) -> LoopFacts:
    return LoopFacts(
        id=content_id(path),
        path=path,
        name=PurePath(path).stem,
        duration_s=len(sound.samples) / sound.rate,
        sample_rate=sound.rate,
        channels=sound.channels,
        is_loop=False,
        tags={SILENT: 1.0},
        peak_db=peak,
        error="; ".join((SILENT, *sound.faults)),
    )
