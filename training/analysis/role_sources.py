"""The real sounds that the role model is trained and tested on: where they lie, what they are, under which licence.

Each source is a folder on the machine that trains; none of them is part of this repository. A pack is what is held out
together: everything from one maker or one collection.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SOUND: Final = re.compile(r"\.(wav|flac|ogg|mp3)$", re.IGNORECASE)
ROLES: Final = ("drums", "percussion", "bass", "melody", "chords", "vocal", "fx")
SEED_OF_CHOICE: Final = "roles"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One real sound."""

    path: Path
    pack: str
    role: str | None
    is_loop: bool | None
    name: str
    """What its file was called, before anything was added to it."""


SONIC_PI: Final = {
    r"bd_|drum_(?!cowbell)|sn_|hat_|loop_(amen|breakbeat|industrial|mehackit|compus)": "drums",
    r"elec_.*(snare|kick|cymbal|tom)": "drums",
    r"elec_(triangle|wood|bell|bong|tick)|tabla|perc_(snap|bell|door|till)|glitch_perc|loop_(perc|tabla)": "percussion",
    r"drum_cowbell": "drums",
    r"bass_|glitch_bass": "bass",
    r"guit_": "melody",
    r"vinyl_|misc_|perc_(swash|swoosh|impact)|ambi_(dark_woosh|swoosh)|glitch_robot|mehackit_|loop_3d": "fx",
    r"ambi_(drone|soft_buzz)": "chords",
}
BERKLEE: Final = {
    r"(fe)?malevoices?_|voclong|vocal_(hum|synth)|syn_vox|down_vocals|up_down_vocals|vocoder|thisIsTheSound": "vocal",
    r"laugh|rebel_yell|scream|human_animals|mouth_?noises|tongue_flutter|cheers": "vocal",
    r"(conga|hand_drum|tambourine|shakers?|egg_shaker|woodblock|wooden_?clap|cowbell|tabla|timbale|rainstick)": (
        "percussion"
    ),
    r"(anklung|hard_shake|big_rattle|ritz_tamb|goat_hoof|stick_beads|sticks_|war_drum|ratchet|templebell|gong_\d)": (
        "percussion"
    ),
    r"(random_perc|street_perc|trash_drum|balloon_?drumming|pan_pot\d|bottle_tone|rice_in|bell_\d|cookietin\d)": (
        "percussion"
    ),
    r"(kick\d|double_kick|snare_brush|cym\d|cymbal\d|china_cymbal|crash_cymbal|clap\d|reverb_clap|FM_beat)": "drums",
    r"(drum_low|street_beat|glitch_groove|violent_goove|violent_groove|voilent_goove)": "drums",
    r"(FM_doublebass|fuzz_bass|reso_bass|reverb_double_bass|rubberband_bass|sub_\d|syn_bass|bass_string)": "bass",
    r"(guitar_chord|piano_chord|piano_pad|piano_strings|string_pad|layered_pad|synth_in_|synthdrone|eerie_synth)": (
        "chords"
    ),
    r"(forboding_synth|scifi_synth|synth_orch|synth_detuned|comping|khaen|plastic_accordian)": "chords",
    r"(piano_[A-G]|guitar_\w+string|kalimba|sitar|flute_|theremin|Analogsynth|Longsynth|Shortsynth|arpeggio\d)": (
        "melody"
    ),
    r"(casiohorn|ahntone|chotone|fishertone|synthArp|techno_sequence|e7_funk|guitar_riff|chimes)": "melody",
    r"(Arp_note|banjo|glass_harmonica|glass_tone|jaw-harp|ring\d|recorder_harm|whistl(e|ing)_?\w*\d|computer_flute)": (
        "melody"
    ),
    r"(syn_brass|violin_(scratch|bounce|strange)|groovin_analog|coocoo_flute|random_analogsynth)": "melody",
    r"(laser|Resonant_FM|alarm|alien|air|ambiance|ambient_(machine|police|rain)|atmospher|car_|boat_engine)": "fx",
    r"(helicopter|explosion|fake_gun|falling_gliss|feedback|crowd|rain|thunder|river|waves|ufo|train|siren)": "fx",
    r"(synth_(laser|siren|crash|warp|computer|rumble|bubbles|glassy)|spaceship|swoosh|swish)": "fx",
    r"(whiff|whirl|wind_up)": "fx",
    r"(door|drill|engine|glass_?break|GlassBreak|slide_whistle|storm|water_|vacuum|tearing)": "fx",
    r"(camera|footsteps|dog|bird)": "fx",
    r"(impulse|glitch_\d|kaos|police|radiator|shaver|space_rubber|spray|squeak|sword|tape_|velcro)": "fx",
    r"(underground|vinyl_)": "fx",
    r"(wacky_synth|Cool_Whale|electric_|fire|background_noise|buzz|crackling|reverb_bang|DoorSlam|Slam|slam)": "fx",
    r"toy_": "fx",
}
_STRUCK: Final = {
    r"(conga|bongo|djembe|handdrum|cowbell|clave|maraca|tambourine|tamb|cabasa|guiro|agogo|timbale|quijada|rim|side)": (
        "percussion"
    ),
    r"(shaker|block|metal|perc|triangle|(^|[.])(cb|rs|cl|ma|[lmh]c)[\d.]|scrape)": "percussion",
    r"(kick|bd|bass|snare|sd|sn|hat|hh|oh|ch|tom|lt|mt|ht|cym|crash|ride|splash|china|clap|cp|cy)": "drums",
}


def real_sounds(loops: Path, sonic_pi: Path, starter: Path, mirrors: Path) -> list[Labelled]:
    """Every real sound once, by content; the first of ``loops``, sonic-pi, starter pack and mirrors wins."""
    found: dict[str, Labelled] = {}
    names: set[str] = set()
    for sound in (*_shared(loops), *_sonic_pi(sonic_pi), *_starter(starter), *_mirrored(mirrors)):
        if sound.role is None and (sound.is_loop is None or sound.pack == "berklee"):
            continue
        same_name = f"{sound.pack}/{Path(sound.name).stem}"
        if sound.pack == "sonic-pi" and same_name in names:
            continue
        names.add(same_name)
        digest = hashlib.sha256(sound.path.read_bytes()).hexdigest()
        found.setdefault(digest, sound)
    return list(found.values())


def _shared(folder: Path) -> Iterator[Labelled]:
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            loop = {"1.0": True, "0.0": False}.get(row["is_loop"])
            name = Path(row["original"]).name
            yield Labelled(folder / row["file"], row["source"], row["role"] or None, loop, name)


def _sonic_pi(folder: Path) -> Iterator[Labelled]:
    for path in sorted(folder.glob("*.flac")):
        yield Labelled(path, "sonic-pi", _role_of(path.name, SONIC_PI), path.name.startswith("loop_"), path.name)


def _starter(folder: Path) -> Iterator[Labelled]:
    for row in json.loads((folder / "labels.json").read_text(encoding="utf-8")):
        role = "chords" if row["role"] == "pad" else row["role"]
        path = folder / row["file"]
        yield Labelled(path, "starter", role, row["is_loop"], path.name)


def _mirrored(folder: Path) -> Iterator[Labelled]:
    yield from _berklee(folder / "Tonejs+audio" / "berklee")
    yield from _struck(
        folder / "GoogleChromeLabs+web-audio-samples" / "src" / "sounds" / "drum-samples", "web-audio", 99
    )
    yield from _struck(folder / "smpldsnds+drum-machines", "drum-machines", 140)
    for machine in ("CR-78", "LM-2", "MRK-2", "TR-505"):  # the others state no licence
        yield from _struck(folder / "oramics+sampled" / "DM" / machine, "drum-machines", 60)
    for path in _files(folder / "cleary+samples-flbass"):
        role = None if "ghost" in path.name else "melody" if "harmonic" in path.name else "bass"
        yield Labelled(path, "flbass", role, is_loop=False, name=path.name)
    for path in _files(folder / "tidalcycles+sounds-repetition"):
        yield Labelled(path, "repetition", "vocal", is_loop=False, name=path.name)


def _berklee(folder: Path) -> Iterator[Labelled]:
    for path in _files(folder):
        role = _role_of(path.name, BERKLEE)
        if role == "fx" and _chance(path.name) > 0.6:  # as many as of the other roles
            continue
        unsure = re.search(r"loop|groove|arpeggio|sequence|comping|pad|drone|voclong", path.name)
        yield Labelled(path, "berklee", role, is_loop=None if unsure else False, name=path.name)


def _struck(folder: Path, pack: str, most: int) -> Iterator[Labelled]:
    files = sorted(_files(folder), key=lambda path: _chance(str(path.relative_to(folder))))
    for path in sorted(files[:most]):
        inside = str(path.relative_to(folder)).lower()
        role = _role_of(Path(inside).name, _STRUCK) or _role_of(inside, _STRUCK)
        yield Labelled(path, pack, role, is_loop=False, name=path.name)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if _SOUND.search(path.name) and path.stat().st_size > 200)


def _role_of(name: str, table: dict[str, str]) -> str | None:
    return next((role for pattern, role in table.items() if re.search(pattern, name)), None)


def _chance(name: str) -> float:
    return int(hashlib.sha256(f"{SEED_OF_CHOICE}{name}".encode()).hexdigest()[:8], 16) / 16**8
