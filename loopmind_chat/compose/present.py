"""The song as it is, seen as a cast: its setting, its voices, and the loops they play."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from loopmind_chat.compose.chance import dice
from loopmind_chat.compose.choose import Chosen, Scorer, Wish
from loopmind_chat.compose.fit import Fit
from loopmind_chat.compose.genres import NEUTRAL, genre_named
from loopmind_chat.compose.levels import energy_gain
from loopmind_chat.compose.moods import mood_of
from loopmind_chat.compose.patterns import fill_for
from loopmind_chat.compose.pieces import piece_of
from loopmind_chat.compose.setting import Setting
from loopmind_chat.compose.voices import Take, Voice, take_of_layer
from loopmind_chat.compose.wording import singular, words_of
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Song
from loopmind_chat.song.vocabulary import Role, SectionKind

_SUMMITS = frozenset({SectionKind.HOOK, SectionKind.DROP, SectionKind.BUILD})


def setting_of(song: Song) -> Setting:
    """The setting that a song was made in, as far as the song tells."""
    genre = genre_named(song.genre) or NEUTRAL
    words = song.mood or genre.mood
    return Setting(
        genre=genre, genre_name=song.genre, mood=mood_of(words), mood_weight=1.0 if song.mood else 0.35,
        tempo=song.tempo, key=song.key,
    )  # fmt: skip


def scorer_of(  # noqa: PLR0913 - the parts of a wish
    song: Song,
    loops: Sequence[LoopFacts],
    affinity: Mapping[str, float],
    *,
    seed: int,
    avoid: frozenset[str] = frozenset(),
    keep: frozenset[str] = frozenset(),
) -> Scorer:
    """Scores loops for a song that is there already."""
    setting = setting_of(song)
    words = setting.genre.known_words | {singular(word) for word in words_of(song.genre)}
    wish = Wish(
        genre_words=frozenset(words), mood=setting.mood, mood_weight=setting.mood_weight, seed=seed, avoid=avoid,
        keep=keep,
    )  # fmt: skip
    return Scorer(wish=wish, loops=loops, affinity=affinity)


def voices_of(song: Song, facts: Mapping[str, LoopFacts]) -> tuple[Voice, ...]:
    """The song's tracks as voices, hits at borders apart; what plays longest is a track's first take."""
    voices: list[Voice] = []
    for track in song.tracks:
        layers = [(section, layer) for section, layer in song.layers() if layer.track == track.id]
        if not layers or _marks_borders(track.role, [layer for _, layer in layers]):
            continue
        plain: Counter[Take] = Counter()
        busy: Counter[Take] = Counter()
        for section, layer in layers:
            level = layer.gain_db - energy_gain(section.energy)
            take = replace(take_of_layer(layer), gain_db=round(level, 1))
            (busy if section.kind in _SUMMITS and layer.pattern is not None else plain)[take] += round(layer.beats)
        takes = [take for take, _ in plain.most_common(3)]
        takes += [take for take, _ in busy.most_common(1) if take not in takes or not plain]
        known = facts.get(takes[0].loop)
        piece = piece_of(known) if known is not None else None
        fill = fill_for(piece, dice(song.seed, f"pattern {piece}")) if piece and takes[0].pattern is not None else None
        rank = sum(voice.role is track.role for voice in voices)
        voices.append(Voice(track=track, takes=_programmed(takes), rank=rank, piece=piece, fill=fill))
    return tuple(voices)


def company_of(song: Song, facts: Mapping[str, LoopFacts]) -> list[Chosen]:
    """The song's loops, as they play."""
    company: dict[str, Chosen] = {}
    for _, layer in song.layers():
        if layer.loop in facts:
            company[layer.loop] = Chosen(facts[layer.loop], Fit(layer.stretch, layer.semitones, layer.loop_beats, 0.0))
    return list(company.values())


def _marks_borders(role: Role, layers: Sequence[Layer]) -> bool:
    """Whether a track only strikes at borders: impacts, crashes, risers."""
    if role is not Role.FX:
        return False
    return all(
        layer.pattern == (0.0,) or (layer.start_beat > 0 and layer.loop_beats >= layer.beats) for layer in layers
    )


def _programmed(takes: list[Take]) -> tuple[Take, ...]:
    """Of patterns, a plain and a busy one; fills of a bar are not among them. Of loops, all."""
    if takes[0].pattern is None:
        return tuple(take for take in takes if take.pattern is None)
    return (takes[0],) if len(takes) == 1 else (takes[0], takes[-1])
