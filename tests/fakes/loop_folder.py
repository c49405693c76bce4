"""A small folder of loops that sound and are named as a producer's would be."""

from pathlib import Path

import numpy as np
import soundfile

RATE = 44_100


def write_loops(folder: Path) -> None:
    """Loops in A minor at 140 BPM: drums, bass, three dark melodies, a bright one, chords, pad; a kick, an impact."""
    random = np.random.default_rng(3)
    beat = 60 / 140
    time = np.arange(round(16 * beat * RATE)) / RATE

    def hits(each: float, decay: float, sound: np.ndarray) -> np.ndarray:
        return sound * np.exp(-(time % (each * beat)) / decay)

    def notes(pitches: tuple[float, ...], partials: int) -> np.ndarray:
        step = (time / (4 * beat)).astype(int) % len(pitches)
        pitch = np.array(pitches)[step]
        phase = 2 * np.pi * np.cumsum(pitch) / RATE
        wave = sum(np.sin(n * phase) / n for n in range(1, partials + 1))
        return wave * (0.3 + 0.7 * np.exp(-(time % beat) / 0.2))

    noise = random.standard_normal(len(time))
    kick = hits(1, 0.1, np.sin(2 * np.pi * 55 * time))
    sounds = {
        "Trap_140bpm_Drums_Full": kick + 0.3 * hits(0.5, 0.03, noise),
        "Trap_140bpm_Am_Bass": notes((55.0, 43.65, 65.41, 49.0), 3),
        "Trap_140bpm_Am_DarkBells_Melody": notes((440.0, 349.2, 523.3, 392.0), 2),
        "Trap_140bpm_Am_DarkerKeys_Melody": notes((220.0, 174.6, 261.6, 196.0), 1),
        "Trap_140bpm_Am_DeepKeys_Melody": notes((146.8, 116.5, 174.6, 130.8), 1),
        "Trap_140bpm_Am_BrightPluck_Melody": notes((880.0, 698.5, 1046.5, 784.0), 12),
        "Trap_140bpm_Am_Chords": sum(notes((p, p * 0.794, p * 1.19, p * 0.89), 4) for p in (220.0, 261.6, 329.6)),
        "Trap_140bpm_Am_Pad": notes((220.0, 174.6, 261.6, 196.0), 5),
    }
    for name, sound in sounds.items():
        soundfile.write(folder / f"{name}.wav", 0.5 * sound / np.abs(sound).max(), RATE)
    short = np.arange(RATE // 2) / RATE
    soundfile.write(folder / "Kick Hard.wav", 0.8 * np.sin(2 * np.pi * 50 * short) * np.exp(-short / 0.1), RATE)
    boom = random.standard_normal(RATE * 2) * np.exp(-np.arange(RATE * 2) / RATE / 0.5)
    soundfile.write(folder / "Impact Deep.wav", 0.5 * boom / np.abs(boom).max(), RATE)
