"""Swaps: relative to the loop in place, with figures that are true, and an honest nothing."""

from dataclasses import replace

import pytest

from loopmind_chat.compose.swap import Candidate, swap_candidates, swapped
from loopmind_chat.compose.wishes import directions_in, other_words
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import Role, SectionKind
from tests.compose.factories import loop, shot

OLD = loop("Lead", Role.MELODY, key="A minor", brightness_hz=2000.0, density=4.0, loudness_lufs=-16.0)
DARKER = loop("Cellar", Role.MELODY, key="A minor", brightness_hz=1380.0, density=4.0, loudness_lufs=-16.0)
BRIGHTER = loop("Glass", Role.MELODY, key="B minor", brightness_hz=4200.0, density=8.0, loudness_lufs=-10.0)
SAME = loop(
    "Twin", Role.MELODY, key="A minor", brightness_hz=1990.0, density=4.0, loudness_lufs=-16.0, tags={"piano": 0.9}
)
FAR = loop("Fast", Role.MELODY, bpm=198.0, key="A minor", brightness_hz=500.0)
POOL = [OLD, DARKER, BRIGHTER, SAME, FAR]
FACTS = {facts.id: facts for facts in POOL}


def layer_of(facts: LoopFacts, **more: object) -> Layer:
    defaults = {
        "id": "l1", "track": "t1", "role": facts.role, "loop": facts.id, "path": facts.path, "beats": 32.0,
        "loop_beats": 16.0, "gain_db": -3.0,
    }  # fmt: skip
    return Layer(**(defaults | more))  # type: ignore[arg-type] - a dict of the fields


def song_of(*layers: Layer) -> Song:
    section = Section(id="s1", kind=SectionKind.HOOK, bars=8, layers=layers)
    tracks = tuple(Track(id=t, name="Melody", role=layers[0].role) for t in dict.fromkeys(x.track for x in layers))
    return Song(tempo=140, key=parse_key("A minor"), tracks=tracks, sections=(section,))


def found(wish: str, pool: list[LoopFacts] | None = None, layer: Layer | None = None) -> list[Candidate]:
    layer = layer or layer_of(OLD)
    facts = FACTS | {f.id: f for f in pool or []}
    return swap_candidates(song_of(layer), [layer], pool or POOL, {}, wish=wish, facts_of=facts.get)


def names(candidates: list[Candidate]) -> list[str]:
    return [candidate.facts.name for candidate in candidates]


def test_darker_is_darker_than_the_loop_in_place_and_says_by_how_much() -> None:
    only = found("something darker")
    assert names(only) == ["Cellar"]
    assert only[0].reason == "31 % darker, same key"


def test_brighter_moves_to_the_songs_key() -> None:
    (only,) = found("brighter")
    assert only.facts is BRIGHTER
    assert only.reason == "110 % brighter, B minor down 2 semitones"


def test_busier_sparser_louder_quieter_have_their_own_measures() -> None:
    assert names(found("busier")) == ["Glass"]
    assert names(found("louder")) == ["Glass"]
    assert found("sparser") == []
    assert names(found("darker and quieter")) == []


MEASURES = {
    "brightness_hz": 2000.0, "sharpness": 1.5, "warmth": 0.2, "density": 4.0, "roughness": 0.3, "attack_ms": 20.0,
    "punch_db": 5.0, "width": 0.1,
}  # fmt: skip
PLACED = loop("Placed", Role.MELODY, key="A minor", **MEASURES)


def heard(name: str, **measures: float) -> LoopFacts:
    return loop(name, Role.MELODY, key="A minor", **(MEASURES | measures))


@pytest.mark.parametrize(
    ("wish", "measures", "said"),
    [
        ("darker", {"brightness_hz": 1400.0, "sharpness": 1.2}, "30 % darker"),
        ("brighter", {"brightness_hz": 3000.0, "sharpness": 1.8}, "50 % brighter"),
        ("warmer", {"warmth": 0.26}, "30 % warmer"),
        ("colder", {"warmth": 0.15}, "25 % colder"),
        ("punchier", {"punch_db": 7.5, "attack_ms": 8.0}, "2.5 dB punchier"),
        ("harder", {"punch_db": 7.5, "roughness": 0.35}, "2.5 dB harder"),
        ("softer", {"punch_db": 3.0, "roughness": 0.25}, "2.0 dB softer"),
        ("smoother", {"roughness": 0.12}, "smoother (0.30 to 0.12)"),
        ("rougher", {"roughness": 0.5}, "rougher (0.30 to 0.50)"),
        ("something grittier", {"roughness": 0.5}, "rougher (0.30 to 0.50)"),
        ("wider", {"width": 0.3}, "wider (0.10 to 0.30)"),
        ("sparser", {"density": 2.0}, "50 % sparser"),
        ("busier", {"density": 6.0}, "50 % busier"),
    ],
)
def test_each_wish_is_a_step_on_its_own_measure(wish: str, measures: dict[str, float], said: str) -> None:
    slight = {name: old + 0.1 * (measures[name] - old) for name, old in MEASURES.items() if name in measures}
    less = {name: 2 * old - measures[name] for name, old in MEASURES.items() if name in measures}
    pool = [PLACED, heard("Asked", **measures), heard("Slight", **slight), heard("Opposite", **less)]
    (only,) = found(wish, pool, layer_of(PLACED))
    assert only.facts.name == "Asked"
    assert only.reason == f"{said}, same key"


def test_what_only_one_measure_calls_darker_is_not() -> None:
    hissing = heard("Hissing", brightness_hz=1200.0, sharpness=1.8)
    assert found("darker", [PLACED, hissing, SAME], layer_of(PLACED)) == []


def test_loudness_is_no_force() -> None:
    loud = heard("Loud", loudness_lufs=-6.0)
    assert found("punchier", [PLACED, loud, SAME], layer_of(PLACED)) == []
    assert found("harder", [PLACED, loud, SAME], layer_of(PLACED)) == []


def test_of_two_the_one_that_is_otherwise_alike_comes_first() -> None:
    dark = {"brightness_hz": 900.0, "sharpness": 1.0}
    alike = heard("Alike", **dark)
    other = heard("Other", **dark, density=9.0, roughness=0.7, width=0.5, punch_db=10.0, warmth=0.4)
    scores = {c.facts.name: c.score for c in found("darker", [PLACED, alike, other], layer_of(PLACED))}
    chance = {
        c.facts.name: c.score
        for c in found("darker", [PLACED, replace(other, **MEASURES | dark), alike], layer_of(PLACED))
    }
    assert scores["Other"] < chance["Other"] - 0.3
    assert scores["Alike"] == pytest.approx(chance["Alike"], abs=0.05)


def test_nothing_darker_is_an_honest_nothing() -> None:
    assert found("darker", [OLD, BRIGHTER, SAME]) == []


def test_where_no_melody_is_darker_a_kindred_loop_is_and_then_one_that_is_a_little_darker() -> None:
    pad = loop("Fog", Role.PAD, key="A minor", brightness_hz=900.0)
    bass = loop("Floor", Role.BASS, key="A minor", brightness_hz=200.0)
    shade = loop("Shade", Role.MELODY, key="A minor", brightness_hz=1840.0)
    assert names(found("darker", [OLD, pad, bass, shade])) == ["Fog"]
    assert names(found("darker", [OLD, bass, shade])) == ["Shade"]
    assert names(found("darker", [OLD, bass, SAME])) == []
    assert names(found("darker", [OLD, DARKER, pad, shade])) == ["Cellar"]


def test_words_that_are_no_direction_choose_by_name_and_tag() -> None:
    assert found("piano")[0].facts is SAME
    assert "piano" in found("piano")[0].reason


def test_meaning_counts() -> None:
    layer = layer_of(OLD)
    affinity = {DARKER.id: 0.1, BRIGHTER.id: 0.9, SAME.id: 0.1}
    best = swap_candidates(song_of(layer), [layer], POOL, affinity, wish="neon", facts_of=FACTS.get)[0]
    assert best.facts is BRIGHTER


def test_what_plays_already_and_what_does_not_fit_is_never_offered() -> None:
    assert {"Lead", "Fast"}.isdisjoint(names(found("another")))


def test_another_gives_every_loop_that_fits() -> None:
    assert set(names(found("another one"))) == {"Cellar", "Glass", "Twin"}


def test_a_kick_is_swapped_for_a_kick() -> None:
    kick, other, snare = (shot(name, Role.DRUMS, brightness_hz=200.0) for name in ("Kick A", "Kick B", "Snare A"))
    layer = layer_of(kick, loop_beats=0.0, pattern=(0.0, 2.0), role=Role.DRUMS)
    candidates = found("another", [kick, other, snare], layer)
    assert names(candidates) == ["Kick B"]
    assert swapped(layer, candidates[0]).pattern == (0.0, 2.0)


def test_a_loop_named_by_the_user_may_be_of_any_role() -> None:
    keys = loop("Keys", Role.CHORDS, key="A minor")
    assert names(found("", [keys])) == ["Keys"]


def test_the_level_stays_and_the_place_too() -> None:
    layer = layer_of(OLD, start_beat=8.0, offset_beats=4.0, beats=24.0)
    quiet = loop("Quiet", Role.MELODY, key="A minor", brightness_hz=1000.0, loudness_lufs=-22.0)
    new = swapped(layer, found("another", [OLD, quiet], layer)[0])
    assert new.gain_db == layer.gain_db + 6.0
    assert (new.start_beat, new.beats, new.offset_beats) == (8.0, 24.0, 0.0)


def test_wishes_are_read_as_people_say_them() -> None:
    assert [d.told for d in directions_in("a bit darker and less busy")] == ["darker", "sparser"]
    assert [d.told for d in directions_in("less bright")] == ["darker"]
    assert [d.told for d in directions_in("less harsh please")] == ["smoother"]
    assert [d.told for d in directions_in("too bright")] == ["darker"]
    assert [d.told for d in directions_in("not so busy")] == ["sparser"]
    assert [d.told for d in directions_in("way too simple")] == ["busier"]
    assert not other_words("too cheesy")
    assert [d.told for d in directions_in("wider and warmer")] == ["warmer", "wider"]
    assert directions_in("a rainy piano") == ()
    assert other_words("something like a darker rainy piano please") == ("rainy", "piano")
