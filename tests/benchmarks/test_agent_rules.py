from collections.abc import Sequence
from dataclasses import replace

import pytest
from agent_sets import tables
from agent_sets.desk import WISHES
from agent_sets.look import Look, canonical
from agent_sets.rules import judge
from agent_sets.shelf import Shelf, loop_called
from agent_sets.songs import song_called

from loopmind_chat.song.edits import (
    Edit,
    InsertSection,
    MoveSection,
    PutLayer,
    PutSection,
    PutTrack,
    RemoveLayer,
    RemoveSection,
    ResizeSection,
    SetKey,
    SetMix,
    SetSwing,
    SetTempo,
    apply_all,
)
from loopmind_chat.song.keys import Key
from loopmind_chat.song.model import Effect, Layer, Section, Song, Transition
from loopmind_chat.song.vocabulary import EffectKind, MixMode, SectionKind, TransitionKind

NIGHT = song_called("night")


def after(*edits: Edit) -> Look:
    return seen(apply_all(NIGHT, edits))


def seen(song: Song, told: Sequence[str] = (), reply: str = "") -> Look:
    assert WISHES
    return Look(NIGHT, song, [NIGHT], Shelf().view(), reply, (), list(told))


def layer(track: str, section: str) -> tuple[Section, Layer]:
    named = next(t.id for t in NIGHT.tracks if t.name == track)
    return next((s, x) for s, x in NIGHT.layers() if x.track == named and s.name == section)


def put(track: str, section: str, **changes: object) -> PutLayer:
    where, old = layer(track, section)
    return PutLayer(where.id, replace(old, **changes))


def track_with(name: str, **changes: object) -> PutTrack:
    return PutTrack(replace(next(t for t in NIGHT.tracks if t.name == name), **changes))


def swapped(track: str, section: str, name: str) -> PutLayer:
    facts = loop_called(name)
    return put(track, section, loop=facts.id, path=facts.path)


BRIDGE = Section(id="s99", kind=SectionKind.BRIDGE, bars=8)
REVERB = (Effect(EffectKind.REVERB),)
RIGHT: list[tuple[str, list[Edit]]] = [
    ("tempo = 128", [SetTempo(128.0)]),
    ("tempo down", [SetTempo(128.0)]),
    ("tempo by -12", [SetTempo(128.0)]),
    ("key = D minor", [SetKey(Key(2, "minor"))]),
    ("key by 5", [SetKey(Key(2, "minor"))]),
    ("mix = tape", [SetMix(MixMode.TAPE)]),
    ("swing up", [SetSwing(0.2)]),
    ("level drums down", [track_with("Drums", gain_db=-3.0)]),
    ("level drums by -3", [track_with("Drums", gain_db=-3.0)]),
    ("level vocal in hook 1 up", [put("Vocal", "hook 1", gain_db=3.0)]),
    ("mute hats", [track_with("Hats", muted=True)]),
    ("only 808", [track_with("808", solo=True)]),
    ("gone vocal in hook 1", [RemoveLayer(layer("Vocal", "hook 1")[0].id, layer("Vocal", "hook 1")[1].id)]),
    ("pan pad left", [track_with("Pad", pan=-0.5)]),
    ("fx reverb on vocal", [track_with("Vocal", fx=REVERB)]),
    ("fx reverb on pad in intro", [put("Pad", "intro 1", fx=REVERB)]),
    ("swap melody in hook 1 to flute darker", [swapped("Melody", "hook 1", "Dark_Flute_Melody_140_Am")]),
    ("lock pad in intro", [put("Pad", "intro 1", locked=True)]),
    ("add bridge after hook 2, 8 bars", [InsertSection(BRIDGE, 5)]),
    ("remove section outro", [RemoveSection("s8")]),
    ("move outro to start", [MoveSection("s8", 0)]),
    ("move breakdown before hook 2", [MoveSection("s6", 4)]),
    ("bars of intro = 4", [ResizeSection("s1", 4)]),
    ("bars of intro half", [ResizeSection("s1", 4)]),
    ("energy of verse 1 up", [PutSection(replace(NIGHT.sections[1], energy=0.7))]),
    ("enter hook 1 by riser", [PutSection(replace(NIGHT.sections[2], transition=Transition(TransitionKind.RISER)))]),
    ("lock section hook 1", [PutSection(replace(NIGHT.sections[2], locked=True))]),
]


@pytest.mark.parametrize(("wish", "edits"), RIGHT, ids=[wish for wish, _ in RIGHT])
def test_a_wish_that_came_true_is_right(wish: str, edits: list[Edit]) -> None:
    assert judge([wish], after(*edits)) == []


@pytest.mark.parametrize("wish", [wish for wish, _ in RIGHT])
def test_a_wish_is_not_met_by_nothing(wish: str) -> None:
    assert judge([wish], after()) != []


@pytest.mark.parametrize(("wish", "edits"), RIGHT, ids=[wish for wish, _ in RIGHT])
def test_a_spare_change_is_found(wish: str, edits: list[Edit]) -> None:
    spare = put("Pad", "verse 2", gain_db=-7.0)
    assert any("also changed" in problem for problem in judge([wish], after(*edits, spare)))


@pytest.mark.parametrize(("wish", "edits"), RIGHT, ids=[wish for wish, _ in RIGHT])
def test_a_change_is_no_nothing(wish: str, edits: list[Edit]) -> None:
    assert wish
    assert judge(["unchanged"], after(*edits)) != []


def test_two_wishes_explain_two_changes() -> None:
    edits = [SetTempo(128.0), track_with("Drums", gain_db=3.0)]
    assert judge(["tempo = 128", "level drums up"], after(*edits)) == []
    assert judge(["tempo = 128"], after(*edits)) != []


@pytest.mark.parametrize(
    ("wish", "edit"),
    [
        ("tempo = 128", SetTempo(129.0)),
        ("tempo up", SetTempo(128.0)),
        ("tempo down a bit", SetTempo(100.0)),
        ("level drums down", track_with("Drums", gain_db=3.0)),
        ("level drums down", track_with("Hats", gain_db=-3.0)),
        ("level vocal in hook 1 up", track_with("Vocal", gain_db=3.0)),
        ("swap melody in hook 1 to violin", swapped("Melody", "hook 1", "Dark_Flute_Melody_140_Am")),
        ("swap melody", swapped("Melody", "hook 1", "Dark_Flute_Melody_140_Am")),
        ("add bridge after hook 1", InsertSection(BRIDGE, 5)),
        ("move outro to start", MoveSection("s8", 1)),
        ("fx delay on vocal", track_with("Vocal", fx=REVERB)),
        ("remixed", SetTempo(128.0)),
    ],
)
def test_what_is_nearly_right_is_wrong(wish: str, edit: Edit) -> None:
    assert judge([wish], after(edit)) != []


def test_what_is_done_besides_needs_a_wish() -> None:
    assert judge(["unchanged"], seen(NIGHT, ["play 0"])) == ["also: play 0"]
    assert judge(["play"], seen(NIGHT, ["play 0"])) == []
    assert judge(["play from hook 1"], seen(NIGHT, ["play 24"])) == []
    assert judge(["play from hook 1"], seen(NIGHT, ["play 0"])) != []
    assert judge(["export mp3"], seen(NIGHT, ["export wav"])) != []


def test_replies_are_read() -> None:
    assert judge(["reply has 140"], seen(NIGHT, reply="140 BPM.")) == []
    assert judge(["asked"], seen(NIGHT, reply="Which track do you mean? There are: Drums.")) == []
    assert judge(["asked"], seen(NIGHT, reply="Any time. What next?")) != []
    assert judge(["helpful"], seen(NIGHT, reply='No track is called "tuba"; there are: Drums, Hats.')) == []
    assert judge(["helpful"], seen(NIGHT, reply="Any time.")) != []


def test_a_wish_of_no_form_is_an_error() -> None:
    with pytest.raises(ValueError, match="no wish has this form"):
        judge(["make it nice"], after())
    with pytest.raises(ValueError, match="tuba"):
        judge(["mute tuba"], after())


def test_what_nobody_hears_is_no_difference() -> None:
    first = NIGHT.sections[1]
    other = replace(first, layers=tuple(reversed(first.layers)))
    assert canonical(replace(NIGHT, sections=(NIGHT.sections[0], other, *NIGHT.sections[2:]))) == canonical(NIGHT)
    assert canonical(replace(NIGHT, tempo=141.0)) != canonical(NIGHT)


def test_intervals_are_wilsons() -> None:
    low, high = tables.wilson(95, 100)
    assert low == pytest.approx(0.8882, abs=1e-4)
    assert high == pytest.approx(0.9785, abs=1e-4)
    assert tables.wilson(0, 0) == (0.0, 1.0)


def test_quantiles_are_of_what_was_measured() -> None:
    assert tables.quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert tables.quantile([1.0] * 95 + [9.0] * 5, 0.95) == 1.0
    assert tables.quantile([1.0] * 94 + [9.0] * 6, 0.95) == 9.0
