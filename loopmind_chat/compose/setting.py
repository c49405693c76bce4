"""The setting of a song: its genre, tempo and key, asked for or found in the library."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from loopmind_chat.compose.brief import Brief
from loopmind_chat.compose.chance import lot
from loopmind_chat.compose.choose import Scorer, source_words
from loopmind_chat.compose.fit import DRUM_STRETCH_MAX, STRETCH_MAX, shift_for
from loopmind_chat.compose.genres import GENRES, NEUTRAL, Genre, genre_named
from loopmind_chat.compose.moods import Mood, mood_of, moods_named
from loopmind_chat.compose.wording import loop_words
from loopmind_chat.errors import ComposeError
from loopmind_chat.song.keys import Key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.units import TEMPO_MAX, TEMPO_MIN
from loopmind_chat.song.vocabulary import UNPITCHED, Role

_EXACT: Final = 0.003
"""Octaves within which a loop needs no stretching to speak of."""
_TEMPO_VOTERS: Final = 12
"""Loops of a role that have a say in the tempo: those that suit the wish best."""
_VOTERS: Final = 24
"""Loops of a role that have a say in the key."""
_KEY_WEIGHT: Final = {Role.CHORDS: 1.0, Role.MELODY: 1.0, Role.BASS: 0.9, Role.PAD: 0.7, Role.VOCAL: 0.8}
_TEMPO_WEIGHT: Final = {Role.DRUMS: 1.0, Role.MELODY: 0.9, Role.CHORDS: 0.9, Role.BASS: 0.8, Role.VOCAL: 0.8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every decision after this one takes for granted."""

    genre: Genre
    genre_name: str
    """What the song's genre is called: the user's own words where there are some."""
    mood: Mood
    mood_weight: float
    tempo: float
    key: Key | None


def find_genre(brief: Brief, loops: Sequence[LoopFacts]) -> tuple[Genre, str]:
    """The genre and what to call it: as asked, else what mood, tempo and library suggest."""
    asked = " ".join(brief.genre.split())
    if asked:
        genre = genre_named(asked)
        return (genre or NEUTRAL), asked
    from_mood = genre_named(brief.mood)
    guess = from_mood or _guess(brief, loops)
    return guess, guess.name


def genre_words(brief: Brief, genre: Genre) -> frozenset[str]:
    """Words by which a loop shows that it belongs to the genre."""
    return frozenset(word for word in genre.known_words | source_words(brief.genre) if len(word) > 1)


def find_mood(brief: Brief, genre: Genre) -> tuple[Mood, float]:
    """The mood asked for, else, at less weight, what the genre tends to."""
    if brief.mood.strip():
        return mood_of(brief.mood), 1.0
    if moods_named(brief.genre):
        return mood_of(brief.genre), 1.0
    return mood_of(genre.mood), 0.35


def check_tempo(bpm: float | None) -> None:
    """Raises ComposeError for a tempo outside the limits."""
    if bpm is not None and not (math.isfinite(bpm) and TEMPO_MIN <= bpm <= TEMPO_MAX):
        raise ComposeError(f"a tempo is {TEMPO_MIN:g} to {TEMPO_MAX:g} BPM, not {bpm:g}")


def find_tempo(brief: Brief, genre: Genre, mood: Mood, scorer: Scorer) -> float:
    """The tempo asked for, else one of the genre at which the loops that suit the wish can be played."""
    loops = scorer.loops
    if brief.bpm is not None:
        return float(brief.bpm)
    anchor = next((facts for facts in loops if facts.id == brief.anchor), None)
    low, high = genre.tempo
    if anchor is not None and anchor.is_loop and anchor.bpm is not None:
        return _octave_within(round(anchor.bpm, 2), low, high)
    lean = genre.usual_tempo + 0.5 * mood.tempo * ((high if mood.tempo > 0 else genre.usual_tempo) - (
        genre.usual_tempo if mood.tempo > 0 else low
    ))  # fmt: skip
    weights = _tempo_weights(scorer)
    options = sorted({round(lean), *(round(folded) for bpm in weights for folded in _folds(bpm, low, high))})
    return float(max(options, key=lambda tempo: (_tempo_score(tempo, lean, weights, brief.seed), -tempo)))


def find_key(brief: Brief, genre: Genre, mood: Mood, scorer: Scorer) -> Key | None:
    """The key asked for, else the one in which the best loops of each role can be played with the least moving."""
    if brief.key is not None:
        return brief.key
    anchor = next((facts for facts in scorer.loops if facts.id == brief.anchor), None)
    if anchor is not None and anchor.key is not None and anchor.role not in UNPITCHED:
        return anchor.key
    voters = {role: _voters(scorer, role, loops=True) for role in _KEY_WEIGHT}
    if not any(voters.values()):
        voters = {role: _voters(scorer, role, loops=False) for role in _KEY_WEIGHT}
    if not any(voters.values()):
        return None
    minor = genre.minor if mood.mode is None else {"minor": 0.97, "major": 0.08}[mood.mode]
    keys = [Key(tonic, mode) for mode in ("minor", "major") for tonic in range(12)]

    def worth(key: Key) -> float:
        liked = math.log((minor if key.mode == "minor" else 1.0 - minor) + 0.05)
        chance = 0.12 * lot(brief.seed, "key", str(key))
        return 0.5 * liked + chance + sum(_KEY_WEIGHT[role] * _role_worth(key, rows) for role, rows in voters.items())

    return max(keys, key=lambda key: (worth(key), -key.tonic, key.mode))


def _guess(brief: Brief, loops: Sequence[LoopFacts]) -> Genre:
    moods = {mood.name for mood in moods_named(brief.mood)}
    shares = _library_shares(loops)
    tempos = [facts.bpm for facts in loops if facts.is_loop and facts.bpm]
    anchor = next((facts for facts in loops if facts.id == brief.anchor), None)
    asked = brief.bpm if brief.bpm is not None else anchor.bpm if anchor is not None else None

    def likelihood(genre: Genre) -> float:
        total = 1.6 * shares.get(genre.name, 0.0) + 0.5 * bool(moods & set(genre.moods.split()))
        if asked is not None:
            total += _tempo_likeness(asked, genre)
        elif tempos:
            total += 0.6 * sum(_tempo_likeness(bpm, genre) for bpm in tempos) / len(tempos)
        return total + (0.1 if genre.name in {"trap", "hip hop", "lo-fi", "house"} else 0.0)

    return max(GENRES, key=lambda genre: (likelihood(genre), genre.name))


def _library_shares(loops: Sequence[LoopFacts]) -> Mapping[str, float]:
    """Share of the loops that go by each genre's words."""
    if not loops:
        return {}
    counts: dict[str, int] = {}
    for facts in loops:
        words = loop_words(facts)
        for genre in GENRES:
            if words & genre.known_words:
                counts[genre.name] = counts.get(genre.name, 0) + 1
    return {name: count / len(loops) for name, count in counts.items()}


def _tempo_likeness(bpm: float, genre: Genre) -> float:
    low, high = genre.tempo
    if low <= bpm <= high:
        near = abs(math.log2(bpm / genre.usual_tempo))
        return 1.0 - 1.2 * near
    outside = min(abs(math.log2(bpm / low)), abs(math.log2(bpm / high)))
    return max(0.0, 0.7 - 3.0 * outside)


def _folds(bpm: float, low: float, high: float) -> list[float]:
    return [bpm * times for times in (0.5, 1.0, 2.0) if low <= bpm * times <= high]


def _octave_within(bpm: float, low: float, high: float) -> float:
    """The tempo itself, or its double or half where only that lies in the genre's range."""
    if low <= bpm <= high:
        return min(TEMPO_MAX, max(TEMPO_MIN, bpm))
    folded = _folds(bpm, low, high)
    return folded[0] if folded else min(TEMPO_MAX, max(TEMPO_MIN, bpm))


def _tempo_weights(scorer: Scorer) -> dict[float, float]:
    """Tempos of the loops, each role having one vote in all, split among those that suit the wish best."""
    weights: dict[float, float] = {}
    for role in Role:
        rows = [facts for facts in scorer.loops if facts.role is role and facts.is_loop and facts.bpm]
        rows.sort(key=lambda facts: (-scorer.merit(facts), facts.id))
        votes = [math.exp(2.5 * (scorer.merit(facts) - scorer.merit(rows[0]))) for facts in rows[:_TEMPO_VOTERS]]
        for facts, vote in zip(rows, votes, strict=False):
            bpm = round(facts.bpm or 0.0, 1)
            weights[bpm] = weights.get(bpm, 0.0) + _TEMPO_WEIGHT.get(role, 0.4) * vote / sum(votes)
    return weights


def _tempo_score(tempo: float, lean: float, weights: Mapping[float, float], seed: int) -> float:
    """How well a tempo suits the loops, and how near it is to what the genre and the mood lean to."""
    reach = math.log2(DRUM_STRETCH_MAX)
    suits = exact = 0.0
    for bpm, weight in sorted(weights.items()):
        apart = min(abs(math.log2(bpm * times / tempo)) for times in (0.5, 1.0, 2.0))
        suits += weight * max(0.0, 1.0 - apart / reach)
        exact += weight * (apart < _EXACT)
    total = sum(weights.values()) or 1.0
    near = abs(math.log2(tempo / lean)) / math.log2(STRETCH_MAX)
    return suits / total + 0.1 * exact / total - 0.35 * near + 0.02 * lot(seed, "tempo", str(tempo))


def _voters(scorer: Scorer, role: Role, *, loops: bool) -> list[tuple[float, LoopFacts]]:
    rows = [
        (scorer.merit(facts), facts)
        for facts in scorer.loops
        if facts.role is role and facts.key is not None and facts.is_loop is loops
    ]
    rows.sort(key=lambda row: (-row[0], row[1].id))
    return rows[:_VOTERS]


def _role_worth(key: Key, rows: Sequence[tuple[float, LoopFacts]]) -> float:
    """The two best loops of a role in a key: more than two rarely play."""
    worths = []
    for merit, facts in rows:
        semitones, cost = shift_for(facts, key, facts.role)
        other_mode = 0.2 * facts.key_confidence if facts.key and facts.key.mode != key.mode else 0.0
        if abs(semitones) <= 5:  # noqa: PLR2004 - fit.SHIFT_MAX: the tritone does not fit
            worths.append(merit - 1.5 * cost - other_mode)
    worths.sort(reverse=True)
    return sum(worths[:2])
