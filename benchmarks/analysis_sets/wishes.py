"""What the product offers in the place of a loop when one is wished for, and what it says of how dark a sound is."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from loopmind_chat.compose.swap import swap_candidates
from loopmind_chat.library.analysis import analyze_file
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.model import Layer, Section, Song, Track
from loopmind_chat.song.vocabulary import SectionKind


@cache
def facts_of(file: Path) -> LoopFacts:
    """What the product knows of a file."""
    return analyze_file(str(file))


def tagged_dark(file: Path) -> float:
    """How dark the product calls a sound, less how bright."""
    tags = facts_of(file).tags
    return tags.get("dark", 0.0) - tags.get("bright", 0.0)


def offers(files: Sequence[Path], wish: str, most: int, least: int) -> Iterator[tuple[Path, list[Path]]]:
    """For each of about ``most`` loops whose role ``least`` others share: it, and what is offered, the best first.

    Each loop plays alone in a song at its own tempo and key.
    """
    known = {facts.id: facts for facts in map(facts_of, files)}
    loops = list(known.values())
    asked = [f for f in loops if f.bpm and f.beats and sum(o.role is f.role for o in loops) > least]
    for facts in asked[:: max(1, len(asked) // most)]:
        song, layer = _song(facts)
        found = swap_candidates(song, [layer], loops, {}, facts_of=known.get, wish=wish)
        yield Path(facts.path), [Path(c.facts.path) for c in found]


def _song(facts: LoopFacts) -> tuple[Song, Layer]:
    beats = facts.beats or 16.0
    layer = Layer(id="l1", track="t1", role=facts.role, loop=facts.id, path=facts.path, beats=beats, loop_beats=beats)
    track = Track(id="t1", name="one", role=facts.role)
    section = Section(id="s1", kind=SectionKind.VERSE, bars=max(1, round(beats / 4)), layers=(layer,))
    return Song(tempo=facts.bpm or 120.0, key=facts.key, tracks=(track,), sections=(section,)), layer
