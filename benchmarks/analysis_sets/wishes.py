"""What the product offers in the place of a loop when one is wished for."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from loopmind_chat.compose.swap import swap_candidates
from loopmind_chat.library.analysis import analyze_file
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import SectionKind

_KNOWN: dict[Path, LoopFacts] = {}
_FIRST = 3


def offers(
    files: Sequence[Path], wish: str, most: int, least: int
) -> Iterator[tuple[Path, list[Path], list[bool | None]]]:
    """For each of up to ``most`` loops whose role ``least`` others share: it, the first offers, the tagger's word.

    Each loop plays alone in a song at its own tempo and key.
    """
    for file in files:
        if file not in _KNOWN:
            _KNOWN[file] = analyze_file(str(file))
    known = {facts.id: facts for facts in (_KNOWN[f] for f in files)}
    loops = list(known.values())
    asked = [f for f in loops if f.bpm and f.beats and sum(o.role is f.role for o in loops) > least]
    for facts in asked[:: max(1, len(asked) // most)]:
        song, layer = _song(facts)
        found = swap_candidates(song, [layer], loops, {}, facts_of=known.get, wish=wish)[:_FIRST]
        yield (
            Path(facts.path),
            [Path(c.facts.path) for c in found],
            [None for _ in found],
        )


def _song(facts: LoopFacts) -> tuple[Song, Layer]:
    beats = facts.beats or 16.0
    layer = Layer(id="l1", track="t1", role=facts.role, loop=facts.id, path=facts.path, beats=beats, loop_beats=beats)
    track = Track(id="t1", name="one", role=facts.role)
    section = Section(id="s1", kind=SectionKind.VERSE, bars=max(1, round(beats / 4)), layers=(layer,))
    return Song(tempo=facts.bpm or 120.0, key=facts.key, tracks=(track,), sections=(section,)), layer
