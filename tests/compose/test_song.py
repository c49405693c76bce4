"""Composing: what was asked for is there, from whatever library, always the same for the same seed."""

import random
import time
from dataclasses import replace

import pytest

from loopmind_chat.compose import Brief, compose_song
from loopmind_chat.compose.forms import parse_form
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.document import from_document, to_document
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import EffectKind, Role, SectionKind
from tests.compose.factories import kit, loop, random_library, shot, trap_pack

PACK = trap_pack()
BY_ID = {facts.id: facts for facts in PACK}


def playing(song: Song, role: Role) -> list[LoopFacts]:
    return [BY_ID[i] for i in dict.fromkeys(layer.loop for _, layer in song.layers() if layer.role is role)]


def test_something_dark_at_140_is_dark_and_at_140() -> None:
    for seed in range(10):
        song = compose_song(Brief(mood="dark", bpm=140, seed=seed), PACK).song
        assert song.tempo == 140
        assert song.mood == "dark"
        assert song.key is not None
        assert song.key.mode == "minor"
        tuneful = playing(song, Role.MELODY) + playing(song, Role.CHORDS)
        assert tuneful
        assert all((facts.brightness_hz or 0) < 1500 for facts in tuneful)
        assert sum(section.kind is SectionKind.HOOK for section in song.sections) >= 2


def test_bright_chooses_the_bright_ones() -> None:
    song = compose_song(Brief(mood="bright", genre="trap", seed=1), PACK).song
    assert (playing(song, Role.MELODY)[0].brightness_hz or 0) > 2000


def test_a_full_brief_is_followed_to_the_letter() -> None:
    text = "intro 8, verse 16, hook 8, verse 16, hook 8, breakdown 8, hook 8, outro 8"
    brief = Brief(
        genre="trap", mood="dark", bpm=145, key=parse_key("C minor"), form=parse_form(text), seed=7, title="Night"
    )
    song = compose_song(brief, PACK).song
    assert (song.tempo, str(song.key), song.form, song.title, song.seed) == (145, "C minor", text, "Night", 7)
    assert song.genre == "trap"


def test_the_same_brief_gives_the_same_song_in_any_order_of_the_library() -> None:
    shuffled = PACK[:]
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - test data
        brief = Brief(mood="dark", bpm=140, seed=seed)
        assert compose_song(brief, shuffled) == compose_song(brief, PACK)


def test_affinity_in_another_order_changes_nothing() -> None:
    affinity = {facts.id: (i % 7) / 7 for i, facts in enumerate(PACK)}
    backwards = dict(reversed(affinity.items()))
    brief = Brief(genre="trap", seed=4)
    assert compose_song(brief, PACK, affinity) == compose_song(brief, PACK, backwards)


def test_ten_seeds_give_ten_songs() -> None:
    songs = [compose_song(Brief(mood="dark", bpm=140, seed=seed), PACK).song for seed in range(10)]
    assert len({song.form for song in songs}) >= 5
    assert len({song.loops() for song in songs}) >= 5


@pytest.mark.parametrize(
    ("brief", "bars"), [(Brief(bars=64), 64), (Brief(seconds=120, bpm=140), 68), (Brief(bars=8), 8)]
)
def test_the_length_is_what_was_asked(brief: Brief, bars: int) -> None:
    song = compose_song(brief, PACK).song
    assert abs(song.bars - bars) <= 4
    if brief.seconds:
        assert song.seconds == pytest.approx(brief.seconds, abs=5)


def test_meaning_and_ratings_decide_between_equals() -> None:
    first, second = (loop(name, Role.MELODY, key="A minor") for name in ("one", "two"))
    for liked in (first, second):
        song = compose_song(Brief(bpm=140), [first, second], {}, {liked.id: 1}).song
        assert song.sections[-1].layers[0].loop == liked.id or liked.id in song.loops()
        meant = compose_song(
            Brief(bpm=140, seed=3), [first, second], {first.id: 0.1, second.id: 0.1, liked.id: 0.6}
        ).song
        assert liked.id in meant.loops()


def test_sources_by_words_keep_to_those_loops() -> None:
    guitars = [
        loop("Guitar_Dusk_140", Role.MELODY, key="A minor"),
        loop("Chords_140", Role.CHORDS, tags={"guitar": 0.9}),
    ]
    song = compose_song(Brief(sources="only my guitar loops"), [*PACK, *guitars]).song
    assert set(song.loops()) <= {facts.id for facts in guitars}


def test_a_blend_takes_from_both_folders() -> None:
    other = [replace(facts, path=facts.path.replace("TrapPack", "Lofi")) for facts in trap_pack()]
    other = [replace(facts, id=facts.id[::-1]) for facts in other]
    folders = {facts.id: facts.path.split("/")[2] for facts in [*PACK, *other]}
    song = compose_song(Brief(sources="blend my trap loops with the lofi ones", bpm=140), [*PACK, *other]).song
    assert {folders[i] for i in song.loops()} == {"TrapPack", "Lofi"}


def test_sources_that_match_nothing_are_refused_with_their_words() -> None:
    with pytest.raises(ComposeError, match="banjo"):
        compose_song(Brief(sources="only my banjo loops"), PACK)


def test_roles_are_kept_in_or_out() -> None:
    only = compose_song(Brief(roles=frozenset({Role.DRUMS, Role.BASS})), PACK).song
    assert {track.role for track in only.tracks} == {Role.DRUMS, Role.BASS}
    without = compose_song(Brief(without=frozenset({Role.VOCAL, Role.DRUMS})), PACK).song
    assert not {track.role for track in without.tracks} & {Role.VOCAL, Role.DRUMS}


def test_a_role_asked_for_that_is_not_there_is_said() -> None:
    loops = [facts for facts in PACK if facts.role is not Role.VOCAL]
    made = compose_song(Brief(roles=frozenset({Role.VOCAL, Role.MELODY})), loops)
    assert any("vocal" in note for note in made.notes)


def test_the_anchor_is_played_in_nearly_every_section_at_its_own_tempo_and_key() -> None:
    anchor = loop("Sitar_93", Role.MELODY, bpm=93, key="D minor", folder="/loops/else")
    song = compose_song(Brief(anchor=anchor.id, seed=2), [*PACK, anchor]).song
    assert song.tempo == 93
    assert str(song.key) == "D minor"
    holding = [section for section in song.sections if any(layer.loop == anchor.id for layer in section.layers)]
    assert len(holding) >= 0.6 * len(song.sections)


def test_an_anchor_that_cannot_be_played_there_is_refused() -> None:
    anchor = loop("Sitar_93", Role.DRUMS, bpm=93)
    with pytest.raises(ComposeError, match="93 BPM"):
        compose_song(Brief(anchor=anchor.id, bpm=130), [*PACK, anchor])
    with pytest.raises(ComposeError, match="not in the library"):
        compose_song(Brief(anchor="feedbeefcafe"), PACK)


def test_only_one_shots_still_make_a_song() -> None:
    song = compose_song(Brief(mood="dark", bpm=140, seed=1), kit()).song
    names = {track.name for track in song.tracks}
    assert {"Kick", "Hats", "808"} <= names
    assert names & {"Snare", "Clap"}
    strikes = [layer for _, layer in song.layers() if layer.pattern is not None]
    assert strikes
    assert all(layer.stretch == 1.0 and layer.loop_beats == 0 for layer in strikes)
    riser = [layer for section, layer in song.layers() if layer.role is Role.FX and layer.pattern is None]
    for layer in riser:
        section = next(s for s in song.sections if layer in s.layers)
        assert layer.start_beat + layer.beats == pytest.approx(section.bars * 4)


def test_only_drums_make_a_beat_and_say_so() -> None:
    made = compose_song(Brief(mood="dark", bpm=140), [f for f in PACK if f.role is Role.DRUMS])
    assert made.song.sections
    assert any("beat" in note for note in made.notes)


def test_one_loop_makes_a_short_song_with_contrast() -> None:
    song = compose_song(Brief(), [loop("Lonely_90", Role.MELODY, bpm=90, key="D minor")]).song
    assert song.bars <= 48
    filtered = {section.kind for section in song.sections for layer in section.layers if layer.fx}
    assert filtered
    assert {effect.kind for _, layer in song.layers() for effect in layer.fx} <= {
        EffectKind.LOWPASS,
        EffectKind.HIGHPASS,
    }


def test_no_loops_at_all_says_what_to_do() -> None:
    with pytest.raises(ComposeError, match="folder"):
        compose_song(Brief(), [])


def test_a_tempo_out_of_reach_says_what_is_there() -> None:
    with pytest.raises(ComposeError, match="174 BPM"):
        compose_song(Brief(bpm=60), [loop(f"d{i}", Role.DRUMS, bpm=174) for i in range(3)])


@pytest.mark.parametrize("bpm", [0, -1, 39, 251, float("nan"), float("inf")])
def test_absurd_tempos_are_refused(bpm: float) -> None:
    with pytest.raises(ComposeError, match="40 to 250"):
        compose_song(Brief(bpm=bpm), PACK)


def test_the_tempo_found_is_one_that_the_loops_have() -> None:
    assert compose_song(Brief(genre="trap"), PACK).song.tempo == 140
    lofi = [loop(f"LoFi {role} {i}", role, bpm=80, tags={"lofi": 0.9}) for i in range(3) for role in Role]
    assert compose_song(Brief(genre="lofi"), [*PACK, *lofi]).song.tempo == 80


def test_an_unknown_genre_keeps_its_name_and_gets_a_plain_form() -> None:
    song = compose_song(Brief(genre="space polka", seed=1), PACK).song
    assert song.genre == "space polka"
    assert any(section.kind is SectionKind.HOOK for section in song.sections)


def test_a_loop_that_lies_in_two_places_counts_once() -> None:
    twins = [*PACK, *(replace(facts, path=f"/loops/copies/of/what/is/there/{facts.name}.wav") for facts in PACK)]
    song = compose_song(Brief(seed=1), twins).song
    assert all(not layer.path.startswith("/loops/copies") for _, layer in song.layers())


def test_the_song_survives_its_document() -> None:
    song = compose_song(Brief(seed=3, genre="house"), kit()).song
    assert from_document(to_document(song)) == song


def test_a_thousand_loops_are_composed_in_a_second() -> None:
    library = random_library(1, 1000)
    affinity = {facts.id: (i % 97) / 97 for i, facts in enumerate(library)}
    started = time.process_time()
    compose_song(Brief(mood="dark", bpm=140, seed=1), library, affinity)
    assert time.process_time() - started < 1.0


def test_a_mistaken_one_shot_is_not_struck_as_a_voice() -> None:
    doubtful = shot("blip", Role.VOCAL, role_confidence=0.2)
    song = compose_song(Brief(bpm=140, seed=1), [*kit(), doubtful]).song
    assert doubtful.id not in song.loops()
