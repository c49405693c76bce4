"""The user's own words: learned from corrections and agreement, never against what the user said."""

import random
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from loopmind_chat.library.corrections import corrected
from loopmind_chat.library.settle.learned import Naming
from loopmind_chat.library.settle.naming import learn_naming
from loopmind_chat.library.settle.own_words import folder_words, own_words
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role
from tests.fakes.loop_rows import made_facts

UNSURE = {Role.BASS: 0.3, Role.FX: 0.35, Role.PAD: 0.35}


def heard(path: str, odds: Mapping[Role, float] = UNSURE, **more: Any) -> LoopFacts:  # noqa: ANN401 - fields of any type
    """A loop of whose name the vocabulary knows nothing."""
    best = max(odds, key=lambda role: odds[role])
    facts = made_facts(path, best, role_source="audio", role_odds=dict(odds))
    return replace(facts, role_confidence=odds[best], **more)


def read(path: str, role: str, source: str = "name", **more: Any) -> LoopFacts:  # noqa: ANN401 - the same
    """A loop whose name or folder says what it is."""
    return made_facts(path, role, role_source=source, **({"role_confidence": 0.9} | more))


def learned(loops: list[LoopFacts], said: Mapping[str, Mapping[str, Any]] | None = None) -> Naming:
    """``said``: corrections by path."""
    by_id = {loop.id: (said or {}).get(loop.path, {}) for loop in loops}
    changes = {loop_id: change for loop_id, change in by_id.items() if change}
    return learn_naming([corrected(loop, changes.get(loop.id, {})) for loop in loops], changes)


def test_what_words_are_the_users_own() -> None:
    assert own_words("Zorp_03").new == ("zorp",)
    assert own_words("Dark808").joined == ("dark808",)
    assert own_words("Dark808").new == ()
    assert own_words("TapePad_140_Am").joined == ("tapepad",)
    assert own_words("Büß_12").new == ("büß",)
    assert own_words("Kick Loop 120bpm A minor a1b2c3d4") == ((), ())
    assert folder_words("/music/Zorps") == ("zorps/",)


def test_one_correction_teaches_the_word() -> None:
    loops = [heard(f"/a/Zorp_{n:02d}.wav") for n in range(5)] + [heard(f"/a/Quill_{n:02d}.wav") for n in range(5)]
    naming = learned(loops, {"/a/Zorp_00.wav": {"role": "bass"}})
    told = {naming.facts[loop.id].role for loop in loops[1:5]}
    assert told == {Role.BASS}
    assert {naming.facts[loop.id].role_source for loop in loops[1:5]} == {"name"}
    assert all(0.6 <= naming.facts[loop.id].role_confidence <= 0.9 for loop in loops[1:5])
    assert not any(loop.id in naming.facts for loop in loops[5:])  # another word of the same folder
    assert naming.words["zorp"].line() == '"zorp" means bass (5 loops, 1 corrected)'
    assert naming.because[loops[1].id] == ("zorp",)


def test_agreement_teaches_a_word_and_a_loop_alone_teaches_none() -> None:
    sure = [heard(f"/a/Moss_{n:02d}.wav", {Role.PAD: 0.85, Role.FX: 0.15}) for n in range(12)]
    others = [heard(f"/a/Other{n}.wav", {Role.DRUMS: 0.9, Role.FX: 0.1}) for n in range(20)]
    unsure = heard("/a/Moss_99.wav", {Role.FX: 0.4, Role.PAD: 0.35, Role.BASS: 0.25})
    naming = learned([*sure, *others, unsure])
    assert naming.facts[unsure.id].role is Role.PAD
    assert naming.words["moss"].loops == 13
    assert unsure.id not in learned([sure[0], *others, unsure]).facts


def test_words_of_named_loops_teach_those_that_are_not() -> None:
    loops = [read(f"/a/Glimm Pad {n}.wav", "pad") for n in range(8)]
    loops += [read(f"/a/Kick {n}.wav", "drums") for n in range(20)]
    unsure = heard("/a/Glimm 33.wav")
    assert learned([*loops, unsure]).facts[unsure.id].role is Role.PAD


def test_a_word_that_stands_in_every_file_says_nothing() -> None:
    loops = [read(f"/Drums/KSHX_Kick_{n}.wav", "drums") for n in range(60)]
    elsewhere = [heard(f"/Other/KSHX_{n}.wav", {Role.FX: 0.45, Role.DRUMS: 0.3, Role.PAD: 0.25}) for n in range(9)]
    naming = learned([*loops, *elsewhere])
    assert all(naming.facts.get(loop.id, loop).role is Role.FX for loop in elsewhere)


def test_a_word_of_many_roles_says_nothing() -> None:
    roles = ("drums", "bass", "pad", "melody", "fx")
    loops = [read(f"/a/Blue {role} {n}.wav", role) for role in roles for n in range(6)]
    unsure = heard("/a/Blue 77.wav")
    assert unsure.id not in learned([*loops, unsure]).facts


def test_a_correction_is_never_overridden() -> None:
    loops = [heard(f"/a/Zorp_{n:02d}.wav") for n in range(6)]
    said = {f"/a/Zorp_{n:02d}.wav": {"role": "bass"} for n in range(5)} | {"/a/Zorp_05.wav": {"role": "vocal"}}
    naming = learned(loops, said)
    assert naming.facts == {}


def test_what_the_vocabulary_says_yields_to_two_corrections_of_the_joined_word() -> None:
    loops = [read(f"/a/Dark808_{n}.wav", "bass") for n in range(6)] + [
        read(f"/a/Sub808_{n}.wav", "bass") for n in range(3)
    ]
    once = learned(loops, {"/a/Dark808_0.wav": {"role": "drums"}})
    assert once.facts == {}
    twice = learned(loops, {f"/a/Dark808_{n}.wav": {"role": "drums"} for n in range(2)})
    assert {loop.name for loop in twice.facts.values()} == {f"Dark808_{n}" for n in range(2, 6)}
    assert {loop.role for loop in twice.facts.values()} == {Role.DRUMS}
    assert {loop.key for loop in twice.facts.values()} == {None}


def test_a_folder_word_yields_to_one_correction_of_a_word_of_the_name() -> None:
    loops = [read(f"/Bass/Zorp_{n}.wav", "bass", "folder", role_confidence=0.6) for n in range(4)]
    naming = learned(loops, {"/Bass/Zorp_0.wav": {"role": "vocal"}})
    assert {loop.role for loop in naming.facts.values()} == {Role.VOCAL}
    assert len(naming.facts) == 3


def test_a_folder_of_the_users_own_is_learned() -> None:
    loops = [heard(f"/music/Wummern/take {n}.wav") for n in range(8)]
    loops += [heard(f"/music/Flirren/take {n}.wav") for n in range(8)]
    said = {f"/music/Wummern/take {n}.wav": {"role": "bass"} for n in range(3)}
    naming = learned(loops, said)
    assert {loop.path for loop in naming.facts.values()} == {f"/music/Wummern/take {n}.wav" for n in range(3, 8)}
    assert {loop.role_source for loop in naming.facts.values()} == {"folder"}


def test_two_corrections_tell_one_shots_from_loops() -> None:
    loops = [heard(f"/a/Plonk_{n}.wav", bpm=120.0, is_loop=True, beats=16.0, bars=4.0) for n in range(5)]
    once = learned(loops, {"/a/Plonk_0.wav": {"is_loop": False}})
    assert once.facts == {}
    twice = learned(loops, {f"/a/Plonk_{n}.wav": {"is_loop": False} for n in range(2)})
    assert {(loop.is_loop, loop.bpm, loop.bars) for loop in twice.facts.values()} == {(False, None, None)}
    assert len(twice.facts) == 3
    assert twice.words["plonk"].is_loop is False


def test_the_order_does_not_matter() -> None:
    chance = random.Random(3)  # noqa: S311 - no secret
    loops = []
    for number in range(300):
        word, pad = chance.choice((("Zorp", 0.5), ("Moss", 0.0), ("Quill", 0.25)))
        odds = pad + 0.5 * chance.random()
        loops.append(heard(f"/{chance.choice('abc')}/{word}_{number}.wav", {Role.PAD: odds, Role.FX: 1 - odds}))
    said = {loops[n].path: {"role": "vocal"} for n in (3, 50, 77)}
    first = learned(loops, said)
    assert first.facts
    for _ in range(3):
        chance.shuffle(loops)
        assert learned(loops, said) == first


@pytest.mark.parametrize("loops", [[], [heard("/a/x.wav")], [heard("/a/Zorp.wav"), heard("/a/Zorp.wav")]])
def test_little_teaches_nothing(loops: list[LoopFacts]) -> None:
    assert learned(loops).facts == {}


def test_a_large_library_takes_little_time() -> None:
    words = ("Zorp", "Moss", "Quill", "Glimm", "Blue", "Night", "Pad", "Kick")
    chance = random.Random(5)  # noqa: S311 - no secret
    loops = [heard(f"/pack {n // 900}/{chance.choice(words)}_{chance.choice(words)}_{n}.wav") for n in range(20_000)]
    learn_naming(loops, {})
    started = time.process_time()
    learn_naming(loops, {loops[5].id: {"role": "bass"}})
    assert time.process_time() - started < 1.0  # a hundred thousand take five times as long
