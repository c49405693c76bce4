import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmind_chat.song.keys import Key, parse_key, semitones_between, wrap_semitones

keys = st.builds(Key, st.integers(0, 11), st.sampled_from(["major", "minor"]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A minor", "A minor"),
        ("Am", "A minor"),
        ("AM", "A major"),
        ("Bb min", "Bb minor"),
        ("c sharp minor", "C# minor"),
        ("F#maj", "F# major"),
        ("Gs", "Ab major"),
        ("F Harmonic Minor", "F minor"),
        ("D♭", "Db major"),
        ("b", "B major"),
        ("bb", "Bb major"),
    ],
)
def test_usual_spellings_are_read(text: str, name: str) -> None:
    assert str(parse_key(text)) == name


@pytest.mark.parametrize("text", ["", "H minor", "bass", "A minor 7", "abc", "minor"])
def test_other_words_are_no_key(text: str) -> None:
    assert parse_key(text) is None


@given(keys)
def test_a_key_reads_back_as_written(key: Key) -> None:
    assert parse_key(str(key)) == key


@given(keys, keys)
def test_the_way_between_keys_is_short_and_arrives(source: Key, target: Key) -> None:
    way = semitones_between(source, target)
    assert -5 <= way <= 6
    assert (source.relative_major + way - target.relative_major) % 12 == 0


def test_relative_keys_need_no_transposition() -> None:
    assert semitones_between(Key(9, "minor"), Key(0, "major")) == 0


@given(st.integers(-100, 100))
def test_wrapping_keeps_the_pitch_class(semitones: int) -> None:
    assert (wrap_semitones(semitones) - semitones) % 12 == 0
    assert -5 <= wrap_semitones(semitones) <= 6
