"""The real mixer under the real transport: what is heard is what is rendered, and edits leave no click."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from loopmind_chat.audio.engine.clips import Clips
from loopmind_chat.audio.engine.deck import Deck
from loopmind_chat.audio.engine.decks import deck_of
from loopmind_chat.audio.engine.marks import Mark, Marks
from loopmind_chat.audio.engine.ring import Block
from loopmind_chat.audio.engine.transport import CROSSFADE, Transport
from loopmind_chat.audio.mixer import Mixer
from loopmind_chat.audio.plan import MixPlan, build_plan
from loopmind_chat.audio.prepare import Preparer
from loopmind_chat.song.edits import MoveSection, PutTrack, RemoveSection, ResizeSection, SetMix, SetTempo, apply
from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import MixMode, Role
from tests.audio.factories import loop_layer, rich_song, section, sine, song, write

TEMPI = (96.0, 120.0, 150.0)


def sines(folder: Path) -> Song:
    """Four sections of sustained tones: every click would show."""
    parts = []
    for number in range(4):
        layers = []
        for name, hertz in (("low", 110.0), ("mid", 220.0 + 55.0 * number)):
            path = write(folder, f"{name}{number}", sine(hertz, 96_000, level=0.2))
            layers.append(loop_layer(name, path, id=f"{name}{number}", role=Role.PAD, beats=8.0, loop_beats=4.0))
        parts.append(section(number, *layers, bars=2))
    return song(*parts)


class Live:
    """A transport with real decks, whose marks are all kept."""

    def __init__(self, cache: Path) -> None:
        self.preparer = Preparer(cache)
        self.plans: dict[int, MixPlan] = {}
        self.marks: list[Mark] = []
        self.transport = Transport(Marks())
        place = self.transport.marks.place
        self.transport.marks.place = lambda mark: (self.marks.append(mark), place(mark))[1]  # type: ignore[method-assign]  # a tap

    def put(self, made: Song, revision: int) -> None:
        self.plans[revision] = build_plan(made)
        self.transport.put(self.deck(revision))

    def deck(self, revision: int, *, mastered: bool = False) -> Deck:
        plan = self.plans[revision]
        clips = Clips({clip.key: str(self.preparer.prepare(clip)) for clip in plan.clips})
        return deck_of(plan, revision, clips, mastered=mastered)

    def offline(self, revision: int, start: int, frames: int) -> Block:
        return Mixer(self.plans[revision], self.preparer.load).render(start, frames)

    def hear(self, frames: int) -> Block:
        return np.concatenate([self.transport.next_block(1_024) for _ in range(frames // 1_024)])


def test_raw_what_is_heard_is_bit_for_bit_what_is_rendered(tmp_path: Path) -> None:
    live = Live(tmp_path / "cache")
    live.put(rich_song(tmp_path, bars=2, mix=MixMode.RAW), 1)
    live.transport.play()
    heard = live.hear(live.plans[1].frames)
    np.testing.assert_array_equal(heard, live.offline(1, 0, len(heard)))


def test_polished_what_is_heard_is_what_is_rendered(tmp_path: Path) -> None:
    live = Live(tmp_path / "cache")
    live.put(rich_song(tmp_path, bars=2, mix=MixMode.POLISHED), 1)
    live.transport.play()
    heard = live.hear(live.plans[1].frames)
    residual = heard - live.offline(1, 0, len(heard))
    assert 20 * np.log10(np.abs(residual).max() + 1e-12) < -100


def test_after_a_seek_the_polished_mix_is_soon_the_rendered_one(tmp_path: Path) -> None:
    live = Live(tmp_path / "cache")
    live.put(rich_song(tmp_path, bars=2, mix=MixMode.POLISHED), 1)
    live.transport.play(bar=2)
    heard = live.hear(96_000)
    start = live.plans[1].bar_frame(2)
    whole = live.offline(1, 0, start + len(heard))[start:]
    residual = (heard - whole)[4_800:]
    assert 20 * np.log10(np.abs(residual).max() + 1e-12) < -60


EDITS: tuple[Callable[[Song, int], Song], ...] = (
    lambda made, n: apply(made, SetTempo(TEMPI[n % 3])),
    lambda made, n: apply(made, PutTrack(replace(made.tracks[n % 2], muted=not made.tracks[n % 2].muted))),
    lambda made, n: apply(made, PutTrack(replace(made.tracks[n % 2], gain_db=-float(n % 12)))),
    lambda made, n: apply(made, MoveSection(made.sections[n % len(made.sections)].id, n % 3)),
    lambda made, n: apply(made, ResizeSection(made.sections[n % len(made.sections)].id, 1 + n % 3)),
    lambda made, _: apply(made, RemoveSection(made.sections[-1].id)) if len(made.sections) > 2 else made,
    lambda made, _: apply(made, SetMix(MixMode.RAW)),
)


@given(
    st.lists(
        st.tuples(st.integers(0, len(EDITS) - 1), st.integers(0, 1_000), st.integers(1, 200)), min_size=20, max_size=20
    )
)
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_twenty_random_edits_land_on_bar_lines_and_never_click(
    tmp_path: Path, edits: list[tuple[int, int, int]]
) -> None:
    live = Live(tmp_path / "cache")
    made = sines(tmp_path)
    live.put(made, 1)
    live.transport.play()
    parts = []
    for revision, (edit, number, blocks) in enumerate(edits, start=2):
        made = EDITS[edit](made, number)
        live.put(made, revision)
        parts.append(live.hear(blocks * 1_024))
        if not live.transport.playing:
            live.transport.play()
    heard = np.concatenate(parts)
    assert np.abs(np.diff(heard, axis=0)).max() < 0.25
    ends = [*[mark.output for mark in live.marks[1:]], len(heard)]
    for mark, end in zip(live.marks, ends, strict=True):
        assert mark.frame == mark.grid.bar_frame(mark.grid.bar_at(mark.frame)), "a hand-over off the bar line"
        sure = min(end - CROSSFADE, mark.output + live.plans[mark.revision].last_frame - mark.frame) - mark.output
        if sure > 0:
            expected = live.offline(mark.revision, mark.frame, sure)
            np.testing.assert_allclose(heard[mark.output : mark.output + sure], expected, atol=1e-5)


def test_a_clip_that_comes_late_enters_at_a_bar_line(tmp_path: Path) -> None:
    live = Live(tmp_path / "cache")
    made = song(section(0, loop_layer("low", write(tmp_path, "low", sine(110, 96_000)), role=Role.PAD), bars=4))
    live.plans[1] = build_plan(made)
    clips = Clips({})
    live.transport.put(deck_of(live.plans[1], 1, clips, mastered=False))
    live.transport.play()
    before = live.hear(50 * 1_024)
    assert not before.any()
    clip = live.plans[1].clips[0]
    assert clips.add(clip.key, str(live.preparer.prepare(clip)))
    assert not live.hear(10 * 1_024).any()
    assert live.transport.deck is not None
    live.transport.put(live.transport.deck.again())
    heard = live.hear(60 * 1_024)
    line = 96_000 - 60 * 1_024
    assert not heard[: line - CROSSFADE].any()
    np.testing.assert_array_equal(heard[line:], live.offline(1, 96_000, len(heard) - line))
    assert np.abs(np.diff(heard, axis=0)).max() < 0.25


@pytest.mark.parametrize("mode", list(MixMode))
def test_every_master_stage_plays_within_full_scale(tmp_path: Path, mode: MixMode) -> None:
    live = Live(tmp_path / "cache")
    live.plans[1] = build_plan(rich_song(tmp_path, bars=2, mix=mode))
    live.transport.put(live.deck(1, mastered=True))
    live.transport.play()
    heard = live.hear(96_000)
    assert 0.05 < np.abs(heard).max() <= 1.0
