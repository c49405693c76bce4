"""The sound map as a picture, and searching by a sound."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from loopmind_chat.cli.canvas import Canvas, text_width
from loopmind_chat.cli.map_picture import COLOURS, map_picture
from loopmind_chat.cli.strokes import strokes
from loopmind_chat.home import Home
from loopmind_chat.song.vocabulary import Role
from tests.cli.conftest import Run, validator
from tests.fakes.loop_rows import made_facts

Pixels = "np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]"


def _pixels(png: bytes) -> Pixels:
    """What the file shows, every chunk checked; shape (height, width, 3)."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + content),)
        chunks[kind] = content
        at += 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, *form = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert form == [8, 2, 0, 0, 0]
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + 3 * width)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(height, width, 3)


def test_a_disc_has_its_colour_and_a_smooth_edge() -> None:
    canvas = Canvas(20, 10, (0, 0, 0))
    canvas.disc((10.0, 5.0), 3.0, (200, 100, 0))
    pixels = _pixels(canvas.png())
    assert pixels.shape == (10, 20, 3)
    assert pixels[5, 10].tolist() == [200, 100, 0]
    assert pixels[0, 0].tolist() == [0, 0, 0]
    assert pixels[..., 0].sum() / 200 == pytest.approx(np.pi * 9, rel=0.03)


def test_nothing_is_drawn_outside() -> None:
    canvas = Canvas(10, 10, (1, 2, 3))
    canvas.disc((-50.0, 5.0), 3.0, (255, 255, 255))
    canvas.line((5.0, 90.0), (9.0, 99.0), 2.0, (255, 255, 255))
    assert (_pixels(canvas.png()) == [1, 2, 3]).all()


def test_words_are_as_wide_as_they_are_said_to_be() -> None:
    canvas = Canvas(400, 40, (0, 0, 0))
    canvas.text((10.0, 20.0), "Mmm 808", 20.0, (255, 255, 255))
    lit = np.flatnonzero(_pixels(canvas.png()).any(axis=(0, 2)))
    assert lit[0] == pytest.approx(10, abs=2)
    assert lit[-1] == pytest.approx(10 + text_width("Mmm 808", 20.0), abs=3)


def test_every_letter_has_strokes_of_its_own() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    assert len({strokes(letter) for letter in alphabet} - {()}) == len(alphabet)
    assert strokes("\u263a") == ()


def test_each_role_is_seen_in_its_colour() -> None:
    loops = [made_facts(f"/{number}.wav", role.value) for number, role in enumerate(Role)]
    plane = np.stack([np.arange(8.0) * 2, np.arange(8.0) % 2 * 3], axis=1)
    pixels = _pixels(map_picture(loops, plane, "eight"))
    assert pixels.shape == (1_200, 1_600, 3)
    middle = pixels[130:1_090].reshape(-1, 3).astype(int)
    for colour in COLOURS.values():
        assert (np.abs(middle - colour).max(axis=1) <= 24).sum() > 30


@pytest.mark.real
def test_map_and_likeness_from_a_real_scan(run: Run, scanned: Home, loops: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.png"
    ran = run("map", out)
    assert ran.status == 0, ran.err
    assert _pixels(out.read_bytes()).shape == (1_200, 1_600, 3)
    assert (scanned.library / "sound-map.npz").exists()
    again = run("map", out)
    assert again.status == 1
    assert "is there already" in again.err
    assert run("map", tmp_path / "map.jpg").status == 1
    assert "heard" in run("map", tmp_path / "b.png", "--folder", tmp_path).err

    kick = next(loops.glob("Kick*.wav"))
    ran = run("search", "--like", kick, "--json")
    validator("hits").validate(ran.json())
    assert kick.name not in {Path(hit["path"]).name for hit in ran.json()}  # the sound itself is left out
    first = ran.json()[0]["loop"]
    by_id = run("search", "--like", first, "--limit", "3", "--json").json()
    assert len(by_id) == 3
    assert first not in {hit["loop"] for hit in by_id}
    with_words = run("search", "bells", "--like", kick, "--role", "melody", "--json").json()
    assert {hit["role"] for hit in with_words} == {"melody"}
    assert "Bells" in with_words[0]["path"]


def test_what_cannot_be_compared(run: Run, tmp_path: Path) -> None:
    ran = run("search")
    assert ran.status == 2
    assert "usage:" in ran.err
    assert run("map", tmp_path / "map.png").status == 1
