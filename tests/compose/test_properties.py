"""Whatever the library and the brief: a valid song or one clear refusal."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loopmind_chat.compose import Brief, compose_song
from loopmind_chat.compose.fit import DRUM_STRETCH_MAX, SHIFT_MAX, STRETCH_MAX
from loopmind_chat.compose.genres import GENRES
from loopmind_chat.compose.moods import MOODS
from loopmind_chat.compose.sections import make_section, regenerate_section, with_energy
from loopmind_chat.compose.swap import swap_candidates, swapped
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.edits import InsertSection, PutLayer, PutSection, PutTrack, ReplaceSong, apply, apply_all
from loopmind_chat.song.keys import Key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import UNPITCHED, Role, SectionKind
from tests.compose.factories import random_library

briefs = st.builds(
    Brief,
    genre=st.sampled_from(["", "polka", *(genre.name for genre in GENRES)]),
    mood=st.sampled_from(["", "velvet", "dark but happy", *(mood.name for mood in MOODS)]),
    bpm=st.none() | st.floats(40, 250),
    key=st.none() | st.builds(Key, st.integers(0, 11), st.sampled_from(["major", "minor"])),
    bars=st.none() | st.integers(1, 300),
    without=st.frozensets(st.sampled_from(list(Role)), max_size=3),
    seed=st.integers(0, 2**31),
)
libraries = st.builds(random_library, st.integers(0, 10_000), st.integers(0, 60))
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(song: Song, library: list[LoopFacts]) -> None:
    assert apply(Song(), ReplaceSong(song)) == song
    by_id = {facts.id: facts for facts in library}
    assert song.sections
    for section, layer in song.layers():
        facts = by_id[layer.loop]
        assert layer.path == facts.path
        limit = DRUM_STRETCH_MAX if layer.role in {Role.DRUMS, Role.PERCUSSION} else STRETCH_MAX
        assert 1 / limit - 1e-6 <= layer.stretch <= limit + 1e-6
        assert abs(layer.semitones) <= (SHIFT_MAX if facts.is_loop else 6)
        if layer.role in UNPITCHED:
            assert layer.semitones == 0
        assert 0 <= layer.start_beat < layer.start_beat + layer.beats <= section.bars * 4 + 1e-6
        assert (layer.pattern is None) == (layer.loop_beats > 0)
    for section in song.sections:
        assert section.layers


@many
@given(briefs, libraries)
def test_a_song_is_valid_or_refused(brief: Brief, library: list[LoopFacts]) -> None:
    try:
        song = compose_song(brief, library).song
    except ComposeError as error:
        refusal = str(error)
    else:
        refusal = ""
    if refusal:
        assert "\n" not in refusal
        return
    check(song, library)
    if brief.bars is not None and brief.bars > 8:
        assert abs(song.bars - brief.bars) <= 4
    if brief.bpm is not None:
        assert song.tempo == brief.bpm
    assert not {track.role for track in song.tracks} & brief.without


@some
@given(st.integers(0, 10_000), st.integers(0, 99), st.sampled_from(list(SectionKind)), st.integers(1, 40))
def test_sections_made_anew_are_valid(seed: int, turn: int, kind: SectionKind, bars: int) -> None:
    library = random_library(seed, 40)
    try:
        song = compose_song(Brief(seed=turn), library).song
    except ComposeError:
        return
    try:
        made = make_section(song, kind, bars, library, {}, seed=turn)
    except ComposeError:  # nothing but hits at borders
        return
    longer = apply_all(
        song, (*map(PutTrack, made.tracks), InsertSection(made.section, turn % (len(song.sections) + 1)))
    )
    check(longer, library)
    target = longer.sections[turn % len(longer.sections)]
    anew = regenerate_section(longer, target.id, library, {}, seed=turn + 1)
    check(apply_all(longer, (*map(PutTrack, anew.tracks), PutSection(anew.section))), library)
    for energy in (0.0, 0.4, 1.0):
        changed = with_energy(longer, target, energy, library, {})
        again = apply_all(longer, (*map(PutTrack, changed.tracks), PutSection(changed.section)))
        assert again.section(target.id) is not None
        assert changed.section.energy == energy
        assert changed.section.layers


@some
@given(st.integers(0, 10_000), st.integers(0, 99), st.sampled_from(["", "darker", "busier", "softer piano", "another"]))
def test_swaps_are_valid(seed: int, turn: int, wish: str) -> None:
    library = random_library(seed, 40)
    by_id = {facts.id: facts for facts in library}
    try:
        song = compose_song(Brief(seed=turn), library).song
    except ComposeError:
        return
    section, layer = list(song.layers())[turn % len(list(song.layers()))]
    for candidate in swap_candidates(song, [layer], library, {}, wish=wish, facts_of=by_id.get)[:3]:
        assert candidate.facts.id != layer.loop
        assert candidate.reason
        new = swapped(layer, candidate)
        again = apply(song, PutLayer(section.id, new))
        assert (new.start_beat, new.beats, new.track) == (layer.start_beat, layer.beats, layer.track)
        assert (new.pattern is None) == (new.loop_beats > 0)
        assert new.loop in again.loops()
