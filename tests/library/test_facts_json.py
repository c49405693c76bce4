"""Facts go through JSON and come back the same."""

from hypothesis import given
from hypothesis import strategies as st

from loopmind_chat.library.facts_json import facts_from_json, facts_to_json
from loopmind_chat.song.keys import Key
from loopmind_chat.song.loops import LoopFacts, TempoReading
from loopmind_chat.song.vocabulary import Role

shares = st.floats(0, 1)
# File names hold surrogates where their bytes are no text.
names = st.text(st.characters(exclude_categories=()), max_size=20)

facts = st.builds(
    LoopFacts,
    id=st.text("0123456789abcdef", min_size=12, max_size=12),
    path=names,
    name=names,
    duration_s=st.floats(0, 1e5),
    sample_rate=st.integers(1, 400_000),
    channels=st.integers(1, 8),
    is_loop=st.booleans(),
    bpm=st.none() | st.floats(20, 400),
    bpm_alternates=st.lists(st.floats(20, 400), max_size=3).map(tuple),
    tempo_source=st.sampled_from(("", "name", "length", "folder")),
    tempo_readings=st.lists(
        st.builds(TempoReading, st.floats(20, 400), st.floats(1, 128), st.floats(-20, 20)), max_size=3
    ).map(tuple),
    key=st.none() | st.builds(Key, st.integers(0, 11), st.sampled_from(("major", "minor"))),
    role=st.sampled_from(Role),
    role_odds=st.dictionaries(st.sampled_from(Role), shares, max_size=3),
    tags=st.dictionaries(names, shares, max_size=3),
    loudness_lufs=st.none() | st.floats(-100, 0),
    roughness=st.none() | shares,
    attack_ms=st.none() | st.floats(0, 1e4),
    width=st.none() | shares,
    error=st.none() | names,
)


@given(facts)
def test_round_trip(loop: LoopFacts) -> None:
    text = facts_to_json(loop)
    assert text.isascii()
    assert facts_from_json(text) == loop


def test_a_field_of_tomorrow_is_left_out() -> None:
    loop = LoopFacts(id="0" * 12, path="/a", name="a", duration_s=1.0, sample_rate=1, channels=1, is_loop=False)
    text = facts_to_json(loop)
    assert facts_from_json(text[:-1] + ',"swing":0.3}') == loop
