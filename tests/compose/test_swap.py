"""Swaps: relative to the loop in place, with figures that are true, and an honest nothing."""

from dataclasses import replace

import pytest

from loopmind_chat.compose.carried import carried
from loopmind_chat.compose.swap import Candidate, swap_candidates, swapped
from loopmind_chat.compose.wishes import directions_in, other_words, unwanted_words
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
    assert only.reason == "twice as bright, B minor down 2 semitones"


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
        ("smoother", {"roughness": 0.12}, "smoother"),
        ("rougher", {"roughness": 0.5}, "rougher"),
        ("something grittier", {"roughness": 0.5}, "rougher"),
        ("wider", {"width": 0.3}, "wider"),
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


STRINGS = loop("Bright_Strings_Pad_140_Am", Role.PAD, key="A minor", brightness_hz=5000.0, tags={"bright": 0.9})
FOG = loop("Night_Fog_Pad_140_Am", Role.PAD, key="A minor", brightness_hz=700.0, tags={"dark": 0.9})
CHOIR = loop("Dark_Choir_Pad_140_Am", Role.PAD, key="A minor", brightness_hz=500.0, tags={"dark": 0.9})
HEARD = loop("Vlt_07", Role.PAD, key="A minor", brightness_hz=600.0, tags={"dark": 0.9, "strings": 0.55})


def in_a_dark_song(wish: str, pool: list[LoopFacts], affinity: dict[str, float] | None = None) -> list[Candidate]:
    layer = layer_of(FOG)
    song = replace(song_of(layer), mood="dark")
    facts = {f.id: f for f in [FOG, *pool]}
    return swap_candidates(song, [layer], [FOG, *pool], affinity or {}, wish=wish, facts_of=facts.get)


def test_a_word_of_the_wish_weighs_more_than_the_mood_and_a_name_more_than_a_guess() -> None:
    nearest = {CHOIR.id: 0.9, HEARD.id: 0.5, STRINGS.id: 0.1}
    ranking = in_a_dark_song("strings", [CHOIR, HEARD, STRINGS], nearest)
    assert names(ranking)[0] == "Bright_Strings_Pad_140_Am"
    assert (ranking[0].reason, ranking[0].meets) == ("strings, same key", True)
    assert not next(c for c in ranking if c.facts is CHOIR).meets


def test_darker_strings_are_strings_first_and_say_when_they_are_not_darker() -> None:
    assert in_a_dark_song("darker strings", [CHOIR, STRINGS])[0].reason == "not darker, strings, same key"
    deep = loop("Deep_Strings", Role.PAD, key="A minor", brightness_hz=400.0)
    assert in_a_dark_song("darker strings", [CHOIR, STRINGS, deep])[0].reason == "43 % darker, strings, same key"


def test_darker_strings_where_strings_play_are_darker_or_nothing() -> None:
    layer, brighter = layer_of(STRINGS), replace(STRINGS, id="b" * 12, name="High_Strings", brightness_hz=9000.0)
    deep = loop("Deep_Strings", Role.PAD, key="A minor", brightness_hz=400.0)
    pool = [STRINGS, brighter, CHOIR]
    assert found("darker strings", pool, layer) == []
    assert names(found("darker strings", [*pool, deep], layer)) == ["Deep_Strings"]


def test_without_the_word_comes_meaning_and_then_the_mood() -> None:
    glow = loop("Glow", Role.PAD, key="A minor", brightness_hz=4000.0, tags={"bright": 0.9})
    assert in_a_dark_song("neon", [CHOIR, glow], {CHOIR.id: 0.1, glow.id: 0.8})[0].facts is glow
    assert in_a_dark_song("neon", [CHOIR, glow])[0].facts is CHOIR


def test_a_near_relation_stands_in_for_the_instrument_that_is_not_there() -> None:
    violin = loop("Violin_Solo", Role.PAD, key="A minor", brightness_hz=4000.0)
    best = in_a_dark_song("strings", [CHOIR, violin])[0]
    assert (best.facts, best.meets) == (violin, False)


def test_the_adjective_finds_the_noun_and_the_other_way_round() -> None:
    names_and_wishes = (
        ("Airy_Glass", "glassy"), ("Tape Dust", "dusty"), ("WoodBlocks", "wooden"), ("Morning Air", "airy"),
        ("Brushes Jazz", "brushed"), ("Dusty_Rhodes", "dust"), ("MusicBox", "music box"),
    )  # fmt: skip
    for name, wish in names_and_wishes:
        assert carried(loop(name, Role.PAD), [wish.replace(" ", "")]) == 1.0, (name, wish)


def test_a_melody_takes_a_piano_from_the_chords_where_no_melody_is_one() -> None:
    keys = loop("Felt_Piano", Role.CHORDS, key="A minor")
    sung = loop("Choir_Ahh", Role.VOCAL, key="A minor")
    low = loop("Piano_Bass", Role.BASS, key="A minor")
    assert names(found("piano", [OLD, DARKER, keys, low]))[0] == "Felt_Piano"
    assert names(found("choir", [OLD, DARKER, sung]))[0] == "Choir_Ahh"
    assert "Piano_Bass" not in names(found("piano", [OLD, DARKER, keys, low]))


@pytest.mark.parametrize(
    "wish",
    ["no piano", "not a piano", "without any piano", "anything but a piano", "something other than piano",
     "less piano", "no flute or piano"],
)  # fmt: skip
def test_what_is_not_wanted_does_not_come(wish: str) -> None:
    assert set(names(found(wish))) == {"Cellar", "Glass"}


def test_a_mood_of_the_wish_takes_the_place_of_the_songs() -> None:
    assert in_a_dark_song("sad", [STRINGS, CHOIR])[0].facts is CHOIR
    assert in_a_dark_song("summer", [STRINGS, CHOIR])[0].facts is STRINGS


def test_hats_are_swapped_for_hats() -> None:
    hats, other, kicks = (loop(name, Role.DRUMS) for name in ("Hats Only", "Hat Rolls Only", "Kick Clap Only"))
    assert names(found("another", [hats, other, kicks], layer_of(hats))) == ["Hat Rolls Only"]


def test_single_hits_give_way_to_a_loop_that_goes_by_the_word() -> None:
    hit = shot("808 Long", Role.BASS, key="A minor")
    growl = loop("Reese_Growl", Role.BASS, key="A minor")
    layer = layer_of(hit, loop_beats=0.0, pattern=(0.0, 2.0))
    (only,) = found("reese", [hit, growl], layer)
    assert (swapped(layer, only).pattern, swapped(layer, only).loop_beats) == (None, 16.0)
    assert found("another", [hit, growl], layer) == []


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (1990.0, "as bright"), (2600.0, "30 % brighter"), (3880.0, "94 % brighter"), (4200.0, "twice as bright"),
        (6000.0, "3 times as bright"), (14000.0, "much brighter"), (1000.0, "50 % darker"), (200.0, "much darker"),
    ],
)  # fmt: skip
def test_a_change_is_said_as_a_producer_says_it(new: float, said: str) -> None:
    other = loop("Other", Role.MELODY, key="A minor", brightness_hz=new)
    assert found("", [OLD, other])[0].reason == f"{said}, same key"


def test_two_figures_are_enough() -> None:
    far = loop("Far", Role.MELODY, bpm=120.0, key="B minor", brightness_hz=1000.0, density=2.0)
    (only,) = found("darker and sparser", [OLD, far])
    assert only.reason == "50 % darker, 50 % sparser, B minor moved down, faster"
    assert only.brief == "darker, sparser"


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


@pytest.mark.parametrize(
    ("wish", "directions", "words", "unwanted"),
    [
        ("no vocals", [], (), ("vocals",)),
        ("without reverb or delay", [], (), ("delay", "reverb")),
        ("not so bright", ["darker"], (), ()),
        ("a darker piano, no bells", ["darker"], ("piano",), ("bells",)),
        ("guitar and no piano", [], ("guitar",), ("piano",)),
        ("something other than strings", [], (), ("strings",)),
        ("anything but a flute and darker", ["darker"], (), ("flute",)),
        ("too cheesy", [], (), ("cheesy",)),
        ("more guitar but less busy", ["sparser"], ("guitar",), ()),
        ("darker than this one", ["darker"], (), ()),
        ("a sound like rain", [], ("rain",), ()),
    ],
)
def test_what_a_wish_wants_and_what_it_does_not(
    wish: str, directions: list[str], words: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    assert ([d.told for d in directions_in(wish)], other_words(wish), unwanted_words(wish)) == (
        directions, words, unwanted,
    )  # fmt: skip


def test_a_loop_of_the_same_role_that_does_another_job_is_not_kindred() -> None:
    hats = loop("Hats Only", Role.DRUMS)
    dusty = loop("Dusty Full Beat", Role.DRUMS)
    bongos = loop("Dusty Bongos", Role.PERCUSSION)
    beat = loop("Full Beat", Role.DRUMS)
    assert found("dusty", [hats, dusty, bongos], layer_of(hats)) == []
    assert set(names(found("dusty", [beat, hats, dusty, bongos], layer_of(beat)))) == {
        "Dusty Full Beat",
        "Dusty Bongos",
    }
