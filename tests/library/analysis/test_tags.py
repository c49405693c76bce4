from dataclasses import replace

import pytest

from loopmind_chat.library.analysis.descriptors import Descriptors
from loopmind_chat.library.analysis.names import read_name
from loopmind_chat.library.analysis.role import RoleGuess
from loopmind_chat.library.analysis.tags import darkness, find_tags
from loopmind_chat.library.analysis.tags_heard import tagged
from loopmind_chat.song.vocabulary import Role

PLAIN = Descriptors(
    duration_s=4.0, brightness_hz=700.0, spread_hz=200.0, low=0.1, middle=0.3, warm=0.4, top=0.05, noise=0.02,
    loud_share=0.6, second_half_db=0.0, end_db=-20.0, strike=2.0, onsets=12, density=3.0,
)  # fmt: skip


def tags_of(name: str, hertz: float = 700.0, heard: dict[str, float] | None = None) -> dict[str, float]:
    melody = RoleGuess(Role.MELODY, 0.9, "name", {Role.BASS: 1.0})
    return find_tags(read_name(f"/{name}.wav"), replace(PLAIN, brightness_hz=hertz), melody, heard, is_loop=True)


def shade(tags: dict[str, float]) -> float:
    return tags.get("dark", 0.0) - tags.get("bright", 0.0)


@pytest.mark.parametrize("name", ["a1", "dark a1", "bright a1"])
def test_the_lower_the_centroid_the_darker_by_tags(name: str) -> None:
    shades = [shade(tags_of(name, hertz)) for hertz in (90, 180, 360, 690, 1_400, 2_800, 5_600)]
    assert shades == sorted(shades, reverse=True)
    assert shades[0] > shades[2] > shades[-1]


def test_a_sound_of_middling_colour_is_neither_dark_nor_bright() -> None:
    assert not {"dark", "bright"} & tags_of("a1").keys()


def test_a_name_outweighs_the_measured_colour() -> None:
    assert tags_of("dark a1", 2_800.0)["dark"] > 0.5
    assert "bright" not in tags_of("dark a1", 2_800.0)


def test_each_role_has_its_own_middle() -> None:
    at_500 = replace(PLAIN, brightness_hz=500.0)
    assert darkness(at_500, {Role.DRUMS: 1.0}) > 0.3
    assert darkness(at_500, {Role.BASS: 1.0}) < -0.3
    assert abs(darkness(at_500, {Role.PAD: 1.0})) < 0.01


def test_a_sound_of_doubtful_role_is_measured_between_its_roles() -> None:
    at_300 = replace(PLAIN, brightness_hz=300.0)
    bass, pad = darkness(at_300, {Role.BASS: 1.0}), darkness(at_300, {Role.PAD: 1.0})
    even, leaning = (darkness(at_300, {Role.BASS: share, Role.PAD: 1 - share}) for share in (0.5, 0.6))
    assert bass < leaning < even < pad
    heard = RoleGuess(Role.BASS, 0.5, "audio", {Role.BASS: 0.5, Role.PAD: 0.5})
    assert shade(find_tags(read_name("/a1.wav"), at_300, heard, None, is_loop=True)) == pytest.approx(even, abs=0.051)


def test_an_instrument_that_is_heard_is_told_with_doubt() -> None:
    assert tags_of("a1", heard={"guitar": 0.8})["guitar"] == pytest.approx(0.64)
    assert "guitar" not in tags_of("a1", heard={"guitar": 0.2})
    assert tags_of("guitar a1", heard={"guitar": 0.1})["guitar"] == pytest.approx(0.9)


def test_a_bass_is_no_piano_and_a_drum_no_guitar() -> None:
    assert not dict(tagged({"piano": 0.9}, Role.BASS, is_loop=False))
    assert not dict(tagged({"guitar": 0.9}, Role.DRUMS, is_loop=False))


def test_calm_and_energetic_need_a_clear_difference() -> None:
    assert "calm" in tags_of("a1", heard={"ambient": 0.6, "beat": 0.02})
    assert "energetic" in tags_of("a1", heard={"ambient": 0.02, "beat": 0.6})
    assert not {"calm", "energetic"} & tags_of("a1", heard={"ambient": 0.2, "beat": 0.2}).keys()


def test_what_the_maker_calls_calm_is_not_energetic() -> None:
    assert "energetic" not in tags_of("calm a1", heard={"ambient": 0.01, "beat": 0.9})


def test_genres_come_from_words_alone() -> None:
    assert "techno" in tags_of("techno a1")
    assert "techno" not in tags_of("a1", heard={"techno": 0.9})
