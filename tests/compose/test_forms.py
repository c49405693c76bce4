"""Forms: sampled as is usual, near the asked length, different by seed; read from what users type."""

import pytest

from loopmind_chat.compose.forms import SONG_BARS_MAX, parse_form, sample_form
from loopmind_chat.compose.genres import GENRES, NEUTRAL, Genre, genre_named
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.vocabulary import SectionKind as K

ALL = [*GENRES, NEUTRAL]


def bars(form: tuple[tuple[K, int], ...]) -> int:
    return sum(length for _, length in form)


@pytest.mark.parametrize("genre", ALL, ids=lambda genre: genre.name or "neutral")
def test_ten_seeds_give_at_least_five_forms_of_musical_lengths(genre: Genre) -> None:
    forms = [sample_form(genre, bars=None, seed=seed) for seed in range(10)]
    assert len(set(forms)) >= 5
    low, high, _ = genre.bars
    for form in forms:
        assert all(length % 4 == 0 for _, length in form)
        assert low - 8 <= bars(form) <= high + 8
        assert any(kind in {K.HOOK, K.DROP} for kind, _ in form)


@pytest.mark.parametrize("genre", ALL, ids=lambda genre: genre.name or "neutral")
@pytest.mark.parametrize("asked", [16, 40, 64, 100, 200, 480])
def test_the_length_asked_for_is_met(genre: Genre, asked: int) -> None:
    for seed in range(5):
        form = sample_form(genre, bars=asked, seed=seed)
        assert bars(form) == asked
        assert all(length % 4 == 0 for _, length in form)


@pytest.mark.parametrize("asked", [1, 3, 6, 7, 8])
def test_very_short_songs_are_one_section(asked: int) -> None:
    assert sample_form(NEUTRAL, bars=asked, seed=1) == ((K.HOOK, asked),)


def test_a_length_that_is_no_phrase_is_met_within_two_bars() -> None:
    assert abs(bars(sample_form(NEUTRAL, bars=70, seed=1)) - 70) <= 2


@pytest.mark.parametrize("asked", [0, -4, SONG_BARS_MAX + 1])
def test_absurd_lengths_are_refused(asked: int) -> None:
    with pytest.raises(ComposeError, match="bars long"):
        sample_form(NEUTRAL, bars=asked, seed=1)


def test_rap_forms_have_the_lengths_of_real_ones() -> None:
    trap = genre_named("trap")
    assert trap is not None
    sections = [section for seed in range(60) for section in sample_form(trap, bars=None, seed=seed)]
    hooks = [length for kind, length in sections if kind is K.HOOK]
    verses = [length for kind, length in sections if kind is K.VERSE]
    assert hooks.count(8) / len(hooks) > 0.55
    assert verses.count(16) / len(verses) > 0.4
    assert sum(length % 8 == 0 for _, length in sections) / len(sections) > 0.68


def test_the_first_hook_comes_where_it_comes_in_real_songs() -> None:
    firsts = []
    trap = genre_named("trap")
    assert trap is not None
    for seed in range(40):
        at = 0
        for kind, length in sample_form(trap, bars=None, seed=seed):
            if kind is K.HOOK:
                break
            at += length
        firsts.append(at)
    assert all(0 <= first <= 36 for first in firsts)
    assert 8 <= sorted(firsts)[20] <= 28


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("intro 8, verse 16, hook 8", ((K.INTRO, 8), (K.VERSE, 16), (K.HOOK, 8))),
        ("Intro 8 verse 16 chorus 8 x2", ((K.INTRO, 8), (K.VERSE, 16), (K.HOOK, 8), (K.HOOK, 8))),
        ("2x hook 8, outro", ((K.HOOK, 8), (K.HOOK, 8), (K.OUTRO, 8))),
        ("8 bar intro, 16 bar verse, pre-chorus 4", ((K.INTRO, 8), (K.VERSE, 16), (K.PRECHORUS, 4))),
        ("intro: 8; verse (16) | middle 8 8", ((K.INTRO, 8), (K.VERSE, 16), (K.BRIDGE, 8))),
        ("verse 1: 16, hook 1 8", ((K.VERSE, 16), (K.HOOK, 8))),
        ("build up 8 -> drop 16 then break 8", ((K.BUILD, 8), (K.DROP, 16), (K.BREAKDOWN, 8))),
        ("verse, hook", ((K.VERSE, 8), (K.HOOK, 8))),
    ],
)
def test_forms_are_read_as_people_write_them(text: str, form: tuple[tuple[K, int], ...]) -> None:
    assert parse_form(text) == form


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "names no section"),
        ("foo 8", '"foo" is no section'),
        ("hook 0", "1 to 256 bars long, not 0"),
        ("hook -8", "not -8"),
        ("hook 999", "not 999"),
        ("8, 8", "does not read"),
        ("hook 8 x 900", "times"),
        ("hook 8 x150, verse 8 x150", "at most 200 sections"),
    ],
)
def test_what_is_wrong_with_a_form_is_said(text: str, says: str) -> None:
    with pytest.raises(ComposeError, match=says):
        parse_form(text)
