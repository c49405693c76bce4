import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopmind_chat.library.analysis.names import bare_numbers, explicit_bpm, named_key, read_name, words
from loopmind_chat.song.keys import Key, parse_key


@pytest.mark.parametrize(
    ("name", "bpm"),
    [
        ("Drums_100BPM", 100.0),
        ("Trap 808 140 bpm", 140.0),
        ("loop-87.5bpm-dusty", 87.5),
        ("92,5 BPM", 92.5),
        ("BPM_128_lead", 128.0),
        ("Loop (124 BPM) [Fm]", 124.0),
        ("fast 300bpm", None),
        ("slow 20 bpm", None),
        ("1140bpm", None),
        ("bpm counter", None),
        ("Kick 140", None),
    ],
)
def test_a_tempo_written_with_bpm(name: str, bpm: float | None) -> None:
    assert explicit_bpm(name) == bpm


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("DarkBells_Am_140", (140.0,)),
        ("Guitar_3-4_86", (86.0,)),
        ("Trap_140_808_Bass_75", (140.0, 75.0)),
        ("KICK_9", ()),
        ("BASS 303", ()),
        ("TR-808 Snare 01", ()),
        ("388042__clap", ()),
        ("take 140.5", ()),
    ],
)
def test_numbers_that_might_be_a_tempo(name: str, numbers: tuple[float, ...]) -> None:
    assert bare_numbers(name) == numbers


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("DarkBells_Am_140", "A minor"),
        ("Trap 808 F#m 140bpm (Dry)", "F# minor"),
        ("Guitar_F_Harmonic_Minor_3-4_86BPM", "F minor"),
        ("Chord_E_Dorian_Flat_Two_89BPM", "E minor"),
        ("Melody C Lydian", "C major"),
        ("Eb_Minor_Pad_72bpm", "Eb minor"),
        ("B Flat Minor strings", "Bb minor"),
        ("Csharp minor arp", "C# minor"),
        ("Bells140AmDark", "A minor"),
        ("DarkMelodyAMinor130", "A minor"),
        ("Beat 4 - Gmaj", "G major"),
        ("A#m_Lead", "Bb minor"),
        ("lofi_keys_dm_80", "D minor"),
        ("trap_140_a_minor", "A minor"),
        ("guit_em9", "E minor"),
        ("Bass-140-Bbm", "Bb minor"),
        ("PAD AMAJ", "A major"),
    ],
)
def test_a_key_that_is_written(name: str, key: str) -> None:
    found = named_key(name)
    assert found is not None
    assert found.key == parse_key(key)


@pytest.mark.parametrize(
    "name",
    [
        *("I Am Legend", "arovane_beat_a", "Melody B", "FM Bass", "FM_140", "3AM Vibes", "TAKE A BREAK 120 BPM"),
        *("Add Me", "Bad Guy", "Ed Sheeran type", "G-funk", "PAD5", "BASS15", "Bongo2_HitFM", "am i right", "D"),
        *("Chord_Bb_Half_Diminished_96BPM", "Minor Swing", "major lazer kit", "bell_a_1", "Emotional", "Cmd Line"),
    ],
)
def test_what_only_looks_like_a_key(name: str) -> None:
    assert named_key(name) is None


def test_a_lone_letter_beside_a_tempo_names_the_root_only() -> None:
    for name, tonic in (("Ambience_A_85BPM", 9), ("loop_drone_g_97", 7), ("Vox_Ab_174", 8), ("key of D", 2)):
        found = named_key(name)
        assert found is not None
        assert (found.tonic, found.key) == (tonic, None)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("DarkBells_140bpm", ("dark", "bells", "140", "bpm")),
        ("808Sub-02", ("808", "sub", "02")),
        ("BASS15", ("bass", "15")),
        ("TRAPKit HiHat", ("trap", "kit", "hi", "hat")),
        ("KICK_9__f30918", ("kick", "9")),
        ("drum & bass", ("drum", "&", "bass")),
        ("", ()),
    ],
)
def test_words_of_a_name(name: str, found: tuple[str, ...]) -> None:
    assert words(name) == found


def test_folders_help_where_the_file_is_silent() -> None:
    facts = read_name("/home/me/Trap 140 BPM A Minor/Melodies/01.wav")
    assert facts.explicit_bpm == 140
    assert facts.key is not None
    assert facts.key.key == Key(9, "minor")
    assert facts.folders[0] == ("melodies",)


def test_the_file_goes_before_its_folder() -> None:
    facts = read_name("/packs/House 124 BPM F Minor/Bass Cm 126bpm.wav")
    assert facts.explicit_bpm == 126
    assert facts.key is not None
    assert facts.key.key == Key(0, "minor")


@given(st.text(max_size=80))
def test_any_name_is_read_without_complaint(name: str) -> None:
    facts = read_name(f"/music/{name}.wav")
    assert facts.explicit_bpm is None or 40 <= facts.explicit_bpm <= 250
    assert all(50 <= number <= 220 for number in facts.bare_numbers)
    assert all(word == word.lower() for word in facts.words)


@given(
    st.sampled_from(["A", "Bb", "C#", "D", "Eb", "F#", "G"]),
    st.sampled_from(["m", "min", "maj", " minor", " Major", "_Minor", "Min"]),
    st.integers(60, 200),
    st.sampled_from(["_", " ", "-", " - "]),
    st.text(string.ascii_lowercase, min_size=3, max_size=8).filter(lambda word: word not in {"key", "bpm"}),
)
def test_tempo_and_key_are_found_in_any_order(tonic: str, mode: str, bpm: int, gap: str, word: str) -> None:
    wanted = parse_key(tonic + mode.replace("_", " "))
    word = word.capitalize()
    for parts in (
        (word, f"{bpm}bpm", tonic + mode),
        (tonic + mode, word, f"{bpm} BPM"),
        (f"{bpm}bpm", tonic + mode, word),
    ):
        name = gap.join(parts)
        found = named_key(name)
        assert explicit_bpm(name) == bpm
        assert found is not None
        assert found.key == wanted, name
