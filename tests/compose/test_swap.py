"""Swaps: relative to the loop in place, with figures that are true, and an honest nothing."""

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


def test_busier_sparser_punchier_softer_have_their_own_measures() -> None:
    assert names(found("busier")) == ["Glass"]
    assert names(found("punchier")) == ["Glass"]
    assert found("sparser") == []
    assert names(found("darker and softer")) == []


def test_nothing_darker_is_an_honest_nothing() -> None:
    assert found("darker", [OLD, BRIGHTER, SAME]) == []


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
    assert directions_in("a rainy piano") == ()
    assert other_words("something like a darker rainy piano please") == ("rainy", "piano")
