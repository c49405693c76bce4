"""What is heard: no clicks, drums on the grid, everything in key, dark and bright far apart."""

from collections import defaultdict

import numpy as np
import pytest

from tests.starter.conftest import Pack
from tests.starter.measures import (
    MINOR,
    RATE,
    TONICS,
    Samples,
    best_key,
    brightness,
    chroma,
    clicks,
    gathered,
    onsets,
)

pytestmark = pytest.mark.timeout(300)  # the first test waits for the whole pack

NEAR = round(0.005 * RATE)


def seam_and_rest(samples: Samples) -> tuple[float, float]:
    """The worst click within 5 ms of the seam, and elsewhere."""
    z = clicks(samples)
    return float(max(z[:NEAR].max(), z[-NEAR:].max())), float(z[NEAR:-NEAR].max())


def test_no_seam_clicks(pack: Pack) -> None:
    for x in pack.loops():
        seam, rest = seam_and_rest(pack.sound(x))
        # a kick on the first beat is as steep as the kicks after it
        assert seam <= max(12.0, 1.1 * rest), (x["file"], seam, rest)
        if x["role"] not in {"drums", "percussion", "bass"}:
            assert seam <= 10.0, (x["file"], seam)


def test_the_click_measure_hears_a_loop_cut_short(pack: Pack) -> None:
    cut = [seam_and_rest(pack.sound(x)[:-3333])[0] for x in pack.loops("pad", "chords")]
    assert np.median(cut) > 12.0


def swung(times: Samples, beat_s: float, swing: float) -> Samples:
    """The times with the groove taken out: the off-sixteenths where they would stand without swing."""
    place = times / (beat_s / 2)
    whole = np.floor(place)
    part = place - whole
    straight = np.where(part < swing, part / swing * 0.5, 0.5 + (part - swing) / (1 - swing) * 0.5)
    return np.asarray((whole + straight) * beat_s / 2)


@pytest.mark.parametrize(("kit", "swing"), [("trap", 0.5), ("lofi", 0.59), ("house", 0.53)])
def test_drums_keep_the_labelled_time(pack: Pack, kit: str, swing: float) -> None:
    off_by, on_grid, hits = [], 0.0, 0
    for x in pack.loops("drums", "percussion"):
        if x["kit"] != kit:
            continue
        times, strengths = onsets(pack.sound(x))
        assert len(times) >= 2 * x["bars"], x["file"]
        step = 60 / x["bpm"] / 4
        ratios = np.arange(0.9, 1.1001, 0.005)
        clarity = [gathered(times, strengths, step * ratio) for ratio in ratios]
        off_by.append(abs(float(ratios[int(np.argmax(clarity))]) - 1.0))
        even = swung(times, 4 * step, swing) / step
        # thirty-seconds and triplets of sixteenths are hat rolls
        distance = np.min([np.abs(even * k - np.round(even * k)) / k for k in (1, 2, 1.5)], axis=0) * step
        on_grid += float(strengths[distance < 0.022].sum())
        hits += float(strengths.sum())
    assert max(off_by) <= 0.0051
    assert on_grid / hits > 0.9


def test_full_beats_start_on_the_first_beat(pack: Pack) -> None:
    for x in pack.loops("drums"):
        if "kick" not in x["tags"] and "full" not in x["tags"]:
            continue
        samples = pack.sound(x)
        early = np.sqrt(np.mean(samples[-round(0.03 * RATE) :] ** 2))
        start = np.sqrt(np.mean(samples[: round(0.06 * RATE)] ** 2))
        assert start > 2.5 * early, x["file"]


def in_scale(power: Samples, key: str) -> float:
    tonic = TONICS[key.split(maxsplit=1)[0]]
    return float(sum(power[(tonic + step) % 12] for step in MINOR))


def test_pitched_loops_stay_in_their_scale(pack: Pack) -> None:
    shares = {}
    for x in pack.loops():
        if x["key"] is not None:
            shares[x["file"]] = in_scale(chroma(pack.sound(x)), x["key"])
            # the fifth harmonic of a bass, a major third, is not in a minor scale
            assert shares[x["file"]] > (0.8 if x["role"] == "bass" else 0.85), x["file"]
    assert np.mean(list(shares.values())) > 0.95


def test_the_key_of_each_kit_is_heard(pack: Pack) -> None:
    """Krumhansl's profiles name the key of the kit, and of most of its loops that key or its relative major."""
    for kit in ("trap", "lofi", "house"):
        loops = [x for x in pack.loops() if x["kit"] == kit and x["key"] is not None]
        powers = [chroma(pack.sound(x)) for x in loops]
        tonic = TONICS[loops[0]["key"].split()[0]]
        assert best_key(np.mean(powers, axis=0)) == (tonic, "minor")
        singly = [best_key(power) for power in powers]
        assert np.mean([key == (tonic, "minor") for key in singly]) > 0.5
        assert np.mean([key in {(tonic, "minor"), ((tonic + 3) % 12, "major")} for key in singly]) > 0.75


def test_bright_loops_are_brighter_than_dark_ones(pack: Pack) -> None:
    """Every bright loop lies 1.8 times above every dark one of its kit and role (2.1 and more as measured)."""
    heard: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for x in pack.loops():
        if x["mood"] in {"dark", "bright"}:
            heard[x["kit"], x["role"]][x["mood"]].append(brightness(pack.sound(x)))
    both = {place: moods for place, moods in heard.items() if len(moods) == 2}
    assert len(both) >= 18
    for place, moods in both.items():
        assert min(moods["bright"]) > 1.8 * max(moods["dark"]), (place, dict(moods))


@pytest.mark.parametrize(
    ("kit", "chords"),
    [
        ("trap", ["A C E", "F A C", "D F A", "E G B"]),
        ("lofi", ["D F A C E", "G Bb D F A", "Bb D F A", "A C E G"]),
        ("house", ["F Ab C Eb", "Db F Ab C", "Bb Db F Ab", "Eb G Bb C"]),
    ],
)
def test_every_part_of_a_kit_follows_the_same_chords(pack: Pack, kit: str, chords: list[str]) -> None:
    """In each bar most of what sounds in every pitched loop is of the chord that the README names."""
    loops = [x for x in pack.loops("chords", "pad", "bass", "melody", "vocal") if x["kit"] == kit and x["key"]]
    assert len(loops) >= 14
    for x in loops:
        bars = [chroma(bar) for bar in np.array_split(pack.sound(x), x["bars"])]
        shares = [sum(power[TONICS[note]] for note in chords[k % 4].split()) for k, power in enumerate(bars)]
        assert min(shares) > 0.55, (x["file"], shares)
        assert np.mean(shares) > 0.7, (x["file"], shares)
