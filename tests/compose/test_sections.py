"""Sections for a song that is there: added, made anew, with more and less energy; loops laid in."""

from dataclasses import replace

import pytest

from loopmind_chat.compose import Brief, compose_song
from loopmind_chat.compose.layering import make_layers
from loopmind_chat.compose.present import voices_of
from loopmind_chat.compose.sections import make_section, regenerate_section, with_energy
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.edits import InsertSection, PutSection, PutTrack, apply, apply_all
from loopmind_chat.song.model import Section, Song
from loopmind_chat.song.vocabulary import Role, SectionKind
from tests.compose.factories import loop, shot, trap_pack

PACK = trap_pack()
EXTRA = [
    loop(
        "DarkFlute_140", Role.MELODY, key="A minor", brightness_hz=900.0, tags={"dark": 0.9}, folder="/loops/TrapPack"
    ),
    loop("DarkHarp_140", Role.CHORDS, key="A minor", brightness_hz=800.0, tags={"dark": 0.9}, folder="/loops/TrapPack"),
]
SONG = compose_song(Brief(mood="dark", bpm=140, seed=1), PACK).song


def tracks_in(section: Section) -> set[str]:
    return {layer.track for layer in section.layers}


def hook() -> Section:
    return next(section for section in SONG.sections if section.kind is SectionKind.HOOK)


def test_a_bridge_brings_another_tune_on_the_same_tracks() -> None:
    made = make_section(SONG, SectionKind.BRIDGE, 8, [*PACK, *EXTRA], {}, seed=1)
    assert (made.section.kind, made.section.bars) == (SectionKind.BRIDGE, 8)
    assert tracks_in(made.section) <= {track.id for track in SONG.tracks}
    new = {layer.loop for layer in made.section.layers} - set(SONG.loops())
    assert new & {facts.id for facts in EXTRA}
    assert made.notes
    longer = apply(SONG, InsertSection(made.section, 5))
    assert longer.sections[5].name == "bridge 1"


def test_without_another_tune_a_bridge_is_the_song_thinned_out() -> None:
    made = make_section(SONG, SectionKind.BRIDGE, 8, PACK, {}, seed=1)
    assert len(tracks_in(made.section)) < len(tracks_in(hook()))


def test_a_new_section_takes_the_energy_asked_for_or_that_of_its_like() -> None:
    verse = next(section for section in SONG.sections if section.kind is SectionKind.VERSE)
    assert make_section(SONG, SectionKind.VERSE, 8, PACK, {}, energy=0.33, seed=1).section.energy == 0.33
    assert make_section(SONG, SectionKind.VERSE, 8, PACK, {}, like=verse, seed=1).section.energy == verse.energy


def test_an_empty_song_has_nothing_to_make_a_section_of() -> None:
    with pytest.raises(ComposeError, match="compose one first"):
        make_section(Song(), SectionKind.HOOK, 8, PACK, {})
    with pytest.raises(ComposeError, match="bars long"):
        make_section(SONG, SectionKind.HOOK, 0, PACK, {})


def test_made_anew_a_section_sounds_different_and_keeps_its_place() -> None:
    old = hook()
    made = regenerate_section(SONG, old.id, [*PACK, *EXTRA], {}, seed=9)
    assert (made.section.id, made.section.kind, made.section.bars) == (old.id, old.kind, old.bars)
    assert {layer.loop for layer in made.section.layers} != {layer.loop for layer in old.layers}
    apply_all(SONG, (*map(PutTrack, made.tracks), PutSection(made.section)))
    assert regenerate_section(SONG, old.id, [*PACK, *EXTRA], {}, seed=9) == made


def test_locked_layers_stay_and_locked_sections_are_refused() -> None:
    old = hook()
    fixed = replace(old.layers[0], locked=True)
    song = apply(SONG, PutSection(replace(old, layers=(fixed, *old.layers[1:]))))
    made = regenerate_section(song, old.id, PACK, {}, seed=3)
    assert fixed in made.section.layers
    assert sum(layer.track == fixed.track for layer in made.section.layers) == 1
    with pytest.raises(ComposeError, match="locked"):
        regenerate_section(apply(SONG, PutSection(replace(old, locked=True))), old.id, PACK, {}, seed=3)
    with pytest.raises(ComposeError, match="not in the song"):
        regenerate_section(SONG, "s99", PACK, {}, seed=3)


def test_less_energy_takes_voices_out_and_more_brings_them_in() -> None:
    old = hook()
    counts = [len(tracks_in(with_energy(SONG, old, energy, PACK, {}).section)) for energy in (0.1, 0.4, 0.7)]
    assert counts == sorted(counts)
    assert counts[0] < len(tracks_in(old))
    intro = SONG.sections[0]
    fuller = with_energy(SONG, intro, 0.9, PACK, {}).section
    assert tracks_in(intro) < tracks_in(fuller)
    assert fuller.energy == 0.9


def test_locked_layers_outlive_the_lowest_energy() -> None:
    old = hook()
    locked = replace(old, layers=tuple(replace(layer, locked=True) for layer in old.layers))
    assert with_energy(SONG, locked, 0.0, PACK, {}).section.layers == locked.layers


def test_the_song_is_read_back_as_the_voices_it_was_made_of() -> None:
    voices = voices_of(SONG, {facts.id: facts for facts in PACK})
    playing = {track.id for track in SONG.tracks if track.name not in {"Impact", "Riser", "Crash", "Downlifter"}}
    assert {voice.track.id for voice in voices} == playing


def test_a_loop_is_laid_into_sections_on_a_track_of_its_own() -> None:
    facts = loop("Vox_140", Role.VOCAL, key="A minor")
    (track,), layers = make_layers(SONG, facts, SONG.sections[:2])
    assert SONG.track(track.id) is None
    assert list(layers) == [section.id for section in SONG.sections[:2]]
    assert all(laid[0].beats == section.bars * 4 for section, laid in zip(SONG.sections, layers.values(), strict=False))
    (named,), _ = make_layers(SONG, facts, SONG.sections[:1], track_name="Drums")
    assert named in SONG.tracks


def test_one_shots_are_laid_as_what_they_are() -> None:
    section = hook()
    _, shaken = make_layers(SONG, shot("Shaker 9", Role.PERCUSSION), [section])
    _, struck = make_layers(SONG, shot("Impact 9", Role.FX, seconds=3), [section])
    _, rising = make_layers(SONG, shot("Riser 9", Role.FX, seconds=4), [section])
    shaker, impact, riser = (layers[section.id][0] for layers in (shaken, struck, rising))
    assert shaker.pattern is not None
    assert len(shaker.pattern) > 1
    assert (impact.pattern, impact.start_beat, impact.beats) == ((0.0,), 0.0, 4.0)
    assert riser.start_beat + riser.beats == section.bars * 4


def test_a_loop_that_does_not_fit_the_song_is_refused() -> None:
    with pytest.raises(ComposeError, match="200 BPM"):
        make_layers(SONG, loop("Fast", Role.DRUMS, bpm=200), SONG.sections)
