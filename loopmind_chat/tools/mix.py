"""Levels, places, effects and the finish of the mix. Locks do not hold these: they guard what plays, not how loud."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Final, Literal

from loopmind_chat.errors import BadArgument
from loopmind_chat.song.edits import GAIN_MAX_DB, GAIN_MIN_DB, Edit, PutLayer, PutTrack, SetMix, SetSwing
from loopmind_chat.song.model import Effect, Layer, Track
from loopmind_chat.song.vocabulary import EffectKind, MixMode
from loopmind_chat.tools.heard import layer_effect_note, swing_note
from loopmind_chat.tools.mix_words import decibels, moves_told, place_told
from loopmind_chat.tools.muting import mute, unmute
from loopmind_chat.tools.spec import Limits, SectionName, ToolContext, ToolResult, TrackName, tool
from loopmind_chat.tools.steps import Step, moved, stepped
from loopmind_chat.tools.targets import Placed, layers_named, listed, named, names, need_song, places, tracks_named

Decibels = Annotated[float, Limits(GAIN_MIN_DB, GAIN_MAX_DB)]
Share = Annotated[float, Limits(0.0, 1.0)]
EffectName = Literal[
    "reverb", "delay", "lowpass", "highpass", "distortion", "chorus", "phaser", "compressor", "bitcrush", "widen"
]
Side = Literal["left", "right", "center", "hard left", "hard right", "a bit left", "a bit right"]

_SIDES = {
    "left": -0.5, "right": 0.5, "center": 0.0, "hard left": -1.0, "hard right": 1.0,
    "a bit left": -0.25, "a bit right": 0.25,
}  # fmt: skip
_LEVEL_STEP_DB = 3.0
_AMOUNT_STEP = 0.2
_USUAL_AMOUNT = 0.5
_FIRST_AMOUNTS: Final[Mapping[Step, float]] = {
    "up": 0.5, "a bit up": 0.25, "way up": 0.8, "down": 0.2, "a bit down": 0.2, "way down": 0.1,
}  # fmt: skip
"""What a step comes to where the effect was not there; a step down of nothing puts on a touch."""
_SWING_STEP = 0.2


@tool
def mute_track(
    context: ToolContext, *, track: TrackName, on: bool = True, section: SectionName | None = None
) -> ToolResult:
    """Mute a track, everywhere or in one section; on=no lets it sound again."""
    return mute(context, track, section) if on else unmute(context, track, section)


@tool
def solo_track(context: ToolContext, *, track: TrackName, on: bool = True) -> ToolResult:
    """Hear only this track, with others that are on solo; on=no ends it."""
    tracks = tracks_named(context.song, track)
    changed = [t for t in tracks if t.solo is not on]
    if not changed:
        return ToolResult(f"{_are(tracks)} {'on solo' if on else 'not on solo'} already")
    summary = f"Only {names(changed)} now" if on else f"{names(changed)} off solo"
    return ToolResult(summary, _put_tracks(changed, lambda t: replace(t, solo=on)))


@tool
def set_level(  # noqa: PLR0913 - a level is said in three ways
    context: ToolContext,
    *,
    track: TrackName,
    db: Decibels | None = None,
    by: Annotated[float, Limits(GAIN_MIN_DB - GAIN_MAX_DB, GAIN_MAX_DB - GAIN_MIN_DB)] | None = None,
    change: Step | None = None,
    section: SectionName | None = None,
) -> ToolResult:
    """Set how loud a track is: to so many dB, by so many, or by a step; in one section or everywhere."""
    if sum(value is not None for value in (db, by, change)) != 1:
        raise BadArgument("say a level in dB, by how many dB, or a change such as up or a bit down")

    def level(now: float) -> float:
        if change is not None:
            return stepped(now, change, _LEVEL_STEP_DB, GAIN_MIN_DB, GAIN_MAX_DB)
        return moved(now, by, GAIN_MIN_DB, GAIN_MAX_DB) if by is not None else db or 0.0

    if section is not None:
        placed = layers_named(context.song, track, section)
        changing = [(s, layer) for s, layer in placed if level(layer.gain_db) != layer.gain_db]
        if not changing:
            return ToolResult(
                f"{_where(context, placed)}: at {listed(_each(layer.gain_db for _, layer in placed))} already"
            )
        levels = moves_told([(layer.gain_db, level(layer.gain_db)) for _, layer in changing])
        return ToolResult(
            f"{_where(context, changing)}: {levels}",
            _put_layers(changing, lambda layer: replace(layer, gain_db=level(layer.gain_db))),
        )
    tracks = tracks_named(context.song, track)
    changed = [t for t in tracks if level(t.gain_db) != t.gain_db]
    if not changed:
        return ToolResult(f"{_are(tracks)} at {listed(_each(t.gain_db for t in tracks))} already")
    levels = moves_told([(t.gain_db, level(t.gain_db)) for t in changed])
    return ToolResult(
        f"{named(context.song, changed)}: {levels}",
        _put_tracks(changed, lambda t: replace(t, gain_db=level(t.gain_db))),
    )


@tool
def set_pan(
    context: ToolContext,
    *,
    track: TrackName,
    pan: Annotated[float, Limits(-1.0, 1.0)] | None = None,
    side: Side | None = None,
) -> ToolResult:
    """Place a track between left (-1) and right (1)."""
    if (pan is None) is (side is None):
        raise BadArgument("say where: pan from -1 (left) to 1 (right), or a side such as left or a bit right")
    to = pan if pan is not None else _SIDES[side or "center"]
    tracks = tracks_named(context.song, track)
    changed = [t for t in tracks if t.pan != to]
    if not changed:
        return ToolResult(f"{_are(tracks)} {place_told(to)} already")
    return ToolResult(f"Moved {names(changed)}: {place_told(to)}", _put_tracks(changed, lambda t: replace(t, pan=to)))


@tool
def set_effect(  # noqa: PLR0913 - an effect has a kind, a place and an amount
    context: ToolContext,
    *,
    effect: EffectName,
    track: TrackName = "all",
    section: SectionName | None = None,
    amount: Share | None = None,
    change: Step | None = None,
    on: bool = True,
) -> ToolResult:
    """Put an effect on a track or a section, 0 (a touch) to 1 (all the way), or more and less of it; on=no: off."""
    if amount is not None and change is not None:
        raise BadArgument("say an amount from 0 to 1, or a change such as a bit up, not both")
    kind = EffectKind(effect)

    def changed(fx: tuple[Effect, ...]) -> tuple[Effect, ...]:
        return with_effect(fx, kind, Effect(kind, _amount(fx, kind, amount, change)) if on else None)

    if section is not None:
        placed = [(s, x) for s, x in layers_named(context.song, track, section) if changed(x.fx) != x.fx]
        edits = _put_layers(placed, lambda layer: replace(layer, fx=changed(layer.fx)))
        where = _where(context, placed) if placed else ""
        note = layer_effect_note(kind, [layer for _, layer in placed])
        moves = [(_now(x.fx, kind), _amount(x.fx, kind, amount, change)) for _, x in placed]
    else:
        tracks = [t for t in tracks_named(context.song, track) if changed(t.fx) != t.fx]
        edits = _put_tracks(tracks, lambda t: replace(t, fx=changed(t.fx)))
        where, note = named(context.song, tracks), ""
        moves = [(_now(t.fx, kind), _amount(t.fx, kind, amount, change)) for t in tracks]
    if not edits:
        return ToolResult(f"The {_called(kind)} is {'so' if on else 'off'} already")
    if not on:
        return ToolResult(f"Took the {_called(kind)} off {where}", edits)
    told = f"{_called(kind).capitalize()} on {where}, {listed(_amounts(moves))}{note}"
    return ToolResult(told, edits)


@tool
def set_groove(context: ToolContext, *, amount: Share | None = None, change: Step | None = None) -> ToolResult:
    """Swing the song: 0 is straight, 1 full triplets; or more and less by a step."""
    need_song(context.song)
    if (amount is None) is (change is None):
        raise BadArgument("say a swing from 0 (straight) to 1 (triplets), or a change such as up or a bit down")
    now = context.song.swing
    to = stepped(now, change, _SWING_STEP, 0.0, 1.0) if change is not None else amount or 0.0
    if to == now:
        return ToolResult(f"The swing is at {now:.0%} already")
    return ToolResult(f"Swing {now:.0%} to {to:.0%}{swing_note(context.song)}", (SetSwing(to),))


@tool
def set_mix_mode(context: ToolContext, *, mode: MixMode) -> ToolResult:
    """Finish the mix another way: raw, polished or tape."""
    now = context.song.mix
    if now is mode:
        return ToolResult(f"The mix is {mode} already")
    return ToolResult(f"{mode.capitalize()} mix instead of {now}", (SetMix(mode),))


def with_effect(fx: tuple[Effect, ...], kind: EffectKind, effect: Effect | None) -> tuple[Effect, ...]:
    """The chain with the effect of that kind replaced, added, or (None) taken out."""
    if effect is None:
        return tuple(e for e in fx if e.kind is not kind)
    if any(e.kind is kind for e in fx):
        return tuple(effect if e.kind is kind else e for e in fx)
    return (*fx, effect)


def _amount(fx: tuple[Effect, ...], kind: EffectKind, amount: float | None, change: Step | None) -> float:
    """How much of an effect there is to be; a step from nothing up is half, and a step down takes some away."""
    if change is None:
        return _USUAL_AMOUNT if amount is None else amount
    now = _now(fx, kind)
    if now is None:
        return _FIRST_AMOUNTS[change]
    return stepped(now, change, _AMOUNT_STEP, 0.0, 1.0)


def _now(fx: tuple[Effect, ...], kind: EffectKind) -> float | None:
    """How much of an effect there is; None where it is not there."""
    return next((e.amount for e in fx if e.kind is kind), None)


def _amounts(moves: Sequence[tuple[float | None, float]]) -> list[str]:
    """Amounts in words, each once: "50%" where there was none, else "50% to 70%"."""
    return list(dict.fromkeys(f"{to:.0%}" if now is None else f"{now:.0%} to {to:.0%}" for now, to in moves))


def _called(kind: EffectKind) -> str:
    return {EffectKind.LOWPASS: "low-pass", EffectKind.HIGHPASS: "high-pass", EffectKind.WIDEN: "widening"}.get(
        kind, str(kind)
    )


def _put_tracks(tracks: Sequence[Track], change: Callable[[Track], Track]) -> tuple[Edit, ...]:
    return tuple(PutTrack(change(track)) for track in tracks)


def _put_layers(placed: Sequence[Placed], change: Callable[[Layer], Layer]) -> tuple[Edit, ...]:
    return tuple(PutLayer(section.id, change(layer)) for section, layer in placed)


def _where(context: ToolContext, placed: Sequence[Placed]) -> str:
    song = context.song
    ids = dict.fromkeys(layer.track for _, layer in placed)
    tracks = [track for track in song.tracks if track.id in ids]
    return f"{named(song, tracks)} in {places(song, [section.id for section, _ in placed])}"


def _each(levels: Iterable[float]) -> list[str]:
    return list(dict.fromkeys(map(decibels, levels)))


def _are(tracks: Sequence[Track]) -> str:
    return f"{names(tracks)} {'is' if len(tracks) == 1 else 'are'}"
