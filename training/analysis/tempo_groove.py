"""Bars of real drummers from the Groove MIDI Dataset (Google, CC BY 4.0), as ``groove.npz`` for ``tempo_set``.

``python -m training.analysis.tempo_groove FOLDER`` reads the dataset's folder (``info.csv`` beside ``drummer1``...).
"""

import csv
import struct
import sys
from pathlib import Path

import numpy as np

VOICES = {
    "kick": (35, 36), "snare": (38, 40, 37, 39), "hat": (42, 44, 22), "open": (46, 26), "ride": (51, 59, 53),
    "crash": (49, 55, 57, 52), "tom": (41, 43, 45, 47, 48, 50, 58),
}  # fmt: skip
VOICE_OF = {note: at for at, notes in enumerate(VOICES.values()) for note in notes}
TICKS = 120
"""Ticks a beat as written."""
BEATS = 16
"""Of each performance so many beats are kept, from its first whole bar after the second."""
MARK = b"MThd"


def hits(content: bytes) -> list[tuple[float, int, int]]:
    """(beat, note, velocity) of every struck note of a MIDI file."""
    if content[:4] != MARK:
        raise ValueError("not a MIDI file")
    division = struct.unpack(">H", content[12:14])[0]
    found: list[tuple[float, int, int]] = []
    at = 14
    while at < len(content):
        size = struct.unpack(">I", content[at + 4 : at + 8])[0]
        found += _track(content[at + 8 : at + 8 + size], division)
        at += 8 + size
    return sorted(found)


def _track(data: bytes, division: int) -> list[tuple[float, int, int]]:
    found, at, tick, status = [], 0, 0, 0
    while at < len(data):
        delta, at = _number(data, at)
        tick += delta
        if data[at] & 0x80:
            status = data[at]
            at += 1
        if status == 0xFF:
            length, at = _number(data, at + 1)
            at += length
        elif status in {0xF0, 0xF7}:
            length, at = _number(data, at)
            at += length
        else:
            if status & 0xF0 == 0x90 and data[at + 1]:
                found.append((tick / division, data[at], data[at + 1]))
            at += 1 if status & 0xF0 in {0xC0, 0xD0} else 2
    return found


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    while True:
        value = value << 7 | data[at] & 0x7F
        at += 1
        if not data[at - 1] & 0x80:
            return value, at


def main(folder: Path) -> None:
    """Write ``groove.npz`` beside this file."""
    rows: list[tuple[int, int, int, int]] = []
    tempos, styles, drummers, metres = [], [], [], []
    with (folder / "info.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["beat_type"] != "beat" or float(row["duration"]) < 12:
                continue
            beats_a_bar = 3 if row["time_signature"] in {"3-4", "6-8"} else 5 if row["time_signature"] == "5-4" else 4
            start = 2 * beats_a_bar
            length = BEATS if beats_a_bar == 4 else 4 * beats_a_bar
            inside = [
                (beat - start, VOICE_OF[note], velocity)
                for beat, note, velocity in hits((folder / row["midi_filename"]).read_bytes())
                if note in VOICE_OF and start - 0.08 <= beat < start + length - 0.08
            ]
            if len(inside) < 12:
                continue
            number = len(tempos)
            rows += [(number, round(beat * TICKS), voice, velocity) for beat, voice, velocity in inside]
            tempos.append(int(row["bpm"]))
            styles.append(row["style"].split("/")[0])
            drummers.append(int(row["drummer"].removeprefix("drummer")))
            metres.append(beats_a_bar)
    np.savez_compressed(
        Path(__file__).with_name("groove.npz"),
        hits=np.array(rows, np.int16), tempos=np.array(tempos, np.int16), styles=np.array(styles),
        drummers=np.array(drummers, np.int16), metres=np.array(metres, np.int16),
    )  # fmt: skip
    print(len(tempos), "performances", len(rows), "hits")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
