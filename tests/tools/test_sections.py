"""Slash commands and the form they leave."""

from pathlib import Path

import pytest

from loopmind_chat.song.model import Song
from loopmind_chat.song.vocabulary import TransitionKind
from tests.fakes.studio import Desk, locked, make_desk, trap_song


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


def kinds(song: Song) -> str:
    return " ".join(f"{s.kind[:2]}{s.bars}" for s in song.sections)


START = "in8 ve16 ho8 ve16 ho8 br8 ho8 ou8"

FORMS = [
    ('/add_section kind=bridge after="hook 2"', "in8 ve16 ho8 ve16 ho8 br8 br8 ho8 ou8"),
    ("/add_section kind=bridge bars=4 before=outro", "in8 ve16 ho8 ve16 ho8 br8 ho8 br4 ou8"),
    ("/add_section kind=chorus", "in8 ve16 ho8 ve16 ho8 br8 ho8 ho8 ou8"),
    ('/add_section kind=verse after="second hook"', "in8 ve16 ho8 ve16 ho8 ve16 br8 ho8 ou8"),
    ("/add_section kind=intro bars=4", "in4 in8 ve16 ho8 ve16 ho8 br8 ho8 ou8"),
    ("/add_section kind=outro bars=2", "in8 ve16 ho8 ve16 ho8 br8 ho8 ou8 ou2"),
    ("/remove_section breakdown", "in8 ve16 ho8 ve16 ho8 ho8 ou8"),
    ("/remove_section section=hooks", "in8 ve16 ve16 br8 ou8"),
    ('/remove_section section="last hook"', "in8 ve16 ho8 ve16 ho8 br8 ou8"),
    ("/move_section section=breakdown before=intro", "br8 in8 ve16 ho8 ve16 ho8 ho8 ou8"),
    ('/move_section section=breakdown after="hook 3"', "in8 ve16 ho8 ve16 ho8 ho8 br8 ou8"),
    ("/move_section section=outro to=start", "ou8 in8 ve16 ho8 ve16 ho8 br8 ho8"),
    ("/duplicate_section breakdown", "in8 ve16 ho8 ve16 ho8 br8 br8 ho8 ou8"),
    ('/duplicate_section section="hook 1" after=outro', "in8 ve16 ho8 ve16 ho8 br8 ho8 ou8 ho8"),
    ("/resize_section section=intro bars=4", "in4 ve16 ho8 ve16 ho8 br8 ho8 ou8"),
    ("/resize_section section=verses change=half", "in8 ve8 ho8 ve8 ho8 br8 ho8 ou8"),
    ("/resize_section section=outro change=longer", "in8 ve16 ho8 ve16 ho8 br8 ho8 ou12"),
]


@pytest.mark.parametrize(("text", "form"), FORMS, ids=[row[0] for row in FORMS])
def test_the_form_after_a_command(desk: Desk, text: str, form: str) -> None:
    record = desk.say(text)
    assert record.calls[0].ok, record.reply
    assert kinds(record.song) == form
    assert all(s.layers for s in record.song.sections)
    desk.say("/undo")
    assert kinds(desk.song) == START


SAID = [
    ('/add_section kind=bridge after="hook 2"', "Added bridge 1 after hook 2, 8 bars"),
    ("/remove_section section=hooks", "Took out hooks 1-3"),
    ("/move_section section=breakdown to=end", "Moved breakdown 1 to the end"),
    ("/move_section section=outro to=end", "outro 1 is there already"),
    ('/move_section section="hook 3" before="hook 1"', "Moved hook 3 after verse 1; it is hook 1 now"),
    ("/duplicate_section section=intro", "Repeated intro 1 after intro 1 as intro 2"),
    ("/resize_section section=hooks bars=8", "hooks 1-3: 8 bars already"),
    ("/resize_section section=verses bars=8", "verses 1-2: 16 to 8 bars"),
    ("/set_transition section=breakdown kind=tape_stop beats=2", "A tape stop of 2 beats into breakdown"),
    (
        "/set_transition section=intro kind=riser",
        "A riser of 4 beats into intro (not heard: nothing comes before it)",
    ),
    (
        "/set_transition section=hooks kind=crossfade",
        "A crossfade of 4 beats into hooks 1-3 (it is in the song, but not heard yet)",
    ),
    (
        '/set_transition section="hook 3" kind=fill',
        "A fill of 4 beats into hook 3 (not heard: a fill needs a drum loop in breakdown 1)",
    ),
    ("/set_transition section=outro kind=none", "outro: no transition already"),
]


@pytest.mark.parametrize(("text", "summary"), SAID, ids=[row[0] for row in SAID])
def test_what_is_said(desk: Desk, text: str, summary: str) -> None:
    assert desk.only(text).summary.removesuffix("; melody from Dark_Melody_140_Am").split("; chords")[0] == summary


REFUSED = [
    ("/remove_section hook", '"hook" could be any of 3: say which (hook 1, hook 2, hook 3)'),
    ("/remove_section all", "that would leave no song"),
    ("/remove_section solo", "there is no solo; there are intro 1, verse 1"),
    ('/add_section kind=bridge after="hook 4"', "there is no hook 4: there are three hooks; add one?"),
    ("/add_section kind=coda", "kind is one of intro, verse"),
    ("/add_section", "add_section needs kind"),
    ("/add_section kind=bridge bars=0", "length in bars is 1 to 256"),
    ("/add_section kind=bridge bars=999", "length in bars is 1 to 256"),
    ("/add_section kind=bridge after=intro before=outro", "after or before, not both"),
    ("/move_section section=intro", "say where"),
    ("/move_section section=intro after=intro", "cannot stand beside itself"),
    ("/resize_section section=intro", "say how many bars"),
    ("/set_energy section=intro energy=2", "energy is 0 to 1"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refusals_help(desk: Desk, text: str, message: str) -> None:
    record = desk.say(text)
    assert message in record.calls[0].summary
    assert (record.calls[0].ok, record.song) == (False, trap_song())


def test_a_repeat_has_its_own_layers_and_sounds_the_same(desk: Desk) -> None:
    song = desk.say('/duplicate_section section="hook 1"').song
    first, second = song.sections[2:4]
    assert [(x.loop, x.track, x.beats) for x in first.layers] == [(x.loop, x.track, x.beats) for x in second.layers]
    assert not {x.id for x in first.layers} & {x.id for x in second.layers}


def test_transitions_are_set_and_taken_away(desk: Desk) -> None:
    song = desk.say("/set_transition section=hooks kind=riser beats=8").song
    assert [s.name for s in song.sections if s.transition] == ["hook 1", "hook 2", "hook 3"]
    assert song.sections[2].transition is not None
    assert song.sections[2].transition.kind is TransitionKind.RISER
    assert desk.say("/set_transition section=hooks kind=none").song == trap_song()


def test_energy_brings_layers_in_and_out_and_says_so(desk: Desk) -> None:
    low = desk.say('/set_energy section="hook 1" energy=0.1')
    hook = low.song.sections[2]
    assert hook.energy == 0.1
    assert len(hook.layers) < 5
    gone = {t.name for t in low.song.tracks} - {
        t.name for t in low.song.tracks if t.id in {x.track for x in hook.layers}
    }
    assert all(name in low.calls[0].summary for name in gone)
    high = desk.say('/set_energy section="hook 1" change="way up"')
    assert high.song.sections[2].energy == 0.5
    assert len(high.song.sections[2].layers) > len(hook.layers)


def test_what_is_locked_is_left_and_said(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, locked(trap_song(), "hook 2"))
    outcome = desk.only("/resize_section section=hooks bars=4")
    assert outcome.summary == "hooks 1, 3: 8 to 4 bars; left hook 2, locked"
    assert kinds(desk.song) == "in8 ve16 ho4 ve16 ho8 br8 ho4 ou8"
    for text in ('/remove_section "hook 2"', '/set_energy section="hook 2" energy=1', '/regenerate_section "hook 2"'):
        refused = desk.only(text)
        assert (refused.ok, refused.summary) == (False, "hook 2 is locked; unlock first")
    assert desk.only('/lock section="hook 2" on=no').summary == "Unlocked hook 2"
    assert desk.only('/remove_section "hook 2"').ok
