"""A hundred thousand made-up loops with the names, folders and facts that sample packs have."""

import hashlib
import random
from typing import Final

from loopmind_chat.library.analysis.text import loop_text
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

SOUNDS: Final = {
    Role.DRUMS: "kick snare clap hats hihat break beat tops fill amen toms cymbal ride crash rim drumloop kickdrum",
    Role.PERCUSSION: "perc shaker conga bongo tambourine tabla cowbell clave djembe triangle guiro woodblock snap",
    Role.BASS: "808 sub bassline reese wobble acid slap upright moog pluckbass growl donk fretless",
    Role.MELODY: "lead arp pluck bells flute guitar violin trumpet sax whistle kalimba sitar piano synth riff mallet",
    Role.CHORDS: "rhodes keys piano organ stab chords strum wurli clav guitar progression brass epiano",
    Role.PAD: "pad strings choir drone texture atmosphere warmth swell soundscape",
    Role.VOCAL: "vocal chop adlib hook acapella choir phrase chant whisper vox rap",
    Role.FX: "riser impact sweep noise vinyl downlifter glitch foley reverse boom transition",
}
_OFTEN: Final = (30, 12, 12, 14, 10, 7, 7, 8)
_MOODS: Final = (
    "dark", "bright", "warm", "sad", "happy", "dreamy", "gritty", "lush", "punchy", "soft", "hard", "dusty", "cold",
    "euphoric", "mellow", "haunted", "tense", "playful", "rainy", "hazy", "icy", "golden", "velvet", "smoky", "neon",
    "cosmic", "broken", "liquid", "electric", "midnight",
)  # fmt: skip
_GENRES: Final = (
    "trap", "drill", "house", "techno", "lofi", "phonk", "dnb", "jungle", "garage", "dubstep", "ambient", "synthwave",
    "soul", "funk", "disco", "afro", "reggaeton", "jazz", "rock", "trance",
)  # fmt: skip
_MAKERS: Final = (
    "Vault", "Cymbalist", "Northside", "Ember", "Kites", "Lowtide", "Harbour", "Paperback", "Ninefold", "Osprey",
    "Quartz", "Marrow", "Tangent", "Juniper", "Foxglove", "Halcyon",
)  # fmt: skip
_TEMPOS: Final = (70, 75, 80, 85, 90, 95, 100, 110, 120, 122, 124, 125, 126, 128, 130, 138, 140, 145, 150, 160, 174)
_NOTES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_KEYS: Final = tuple(f"{note} {mode}" for note in _NOTES for mode in ("major", "minor"))
_STRUCK: Final = frozenset({Role.DRUMS, Role.PERCUSSION, Role.FX})
_PACKS: Final = 240


def synthetic_loops(count: int, seed: int = 1) -> list[LoopFacts]:
    """The same loops for the same seed, whatever the count."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    packs = [(pick.choice(_MAKERS), pick.choice(_GENRES), pick.choice(_MOODS)) for _ in range(_PACKS)]
    return [_loop(pick, number, *pick.choice(packs)) for number in range(count)]


def _loop(pick: random.Random, number: int, maker: str, genre: str, mood: str) -> LoopFacts:
    role = pick.choices(list(SOUNDS), _OFTEN)[0]
    sound, feeling = pick.choice(SOUNDS[role].split()), pick.choice((mood, pick.choice(_MOODS), ""))
    is_loop = pick.random() < (0.45 if role in _STRUCK else 0.85)
    bpm = float(pick.choice(_TEMPOS)) if is_loop else None
    key = pick.choice(_KEYS) if role not in _STRUCK and pick.random() < 0.8 else ""
    name = _name(pick, (maker, genre, feeling, sound, pick.choice(_MOODS + _GENRES)), f"{bpm or number % 120:g}", key)
    folder = pick.choice((role.value.title(), f"{sound.title()}s", "Loops", "One Shots"))
    path = f"/loops/{maker} {genre.title()} {mood.title()}/{folder}/{name} {number}.wav"
    tagged = {sound, genre, feeling, pick.choice(_MOODS)} - {""} if pick.random() < 0.8 else set()
    tags = {tag: round(pick.uniform(0.3, 0.95), 2) for tag in sorted(tagged)}
    return LoopFacts(
        id=hashlib.sha256(path.encode()).hexdigest()[:12],
        path=path,
        name=name,
        duration_s=4.0,
        sample_rate=44_100,
        channels=2,
        is_loop=is_loop,
        bpm=bpm,
        beats=8.0 if bpm else None,
        bars=2.0 if bpm else None,
        key=parse_key(key) if key else None,
        role=role,
        role_confidence=0.8,
        tags=tags if is_loop else tags | {"oneshot": 0.9},
        peak_db=-1.0,
    )


def _name(pick: random.Random, words: tuple[str, str, str, str, str], number: str, key: str) -> str:
    maker, genre, feeling, sound, more = words
    short = key.replace(" minor", "m").replace(" major", "")
    styles = (
        f"{feeling.title()}{sound.title()}_{number}_{short}",
        f"{maker[:3].upper()}_{genre}_{number}_{sound}_{feeling}_{more}_{short}",
        f"{sound.title()} {number:0>3}",
        f"{feeling} {more} {sound} {number} {short}".strip(),
        f"{genre.title()} {sound.title()} ({more}) {number}",
    )
    return pick.choice(styles)


def sentences(loops: list[LoopFacts]) -> list[str]:
    """What is embedded of each loop."""
    return [loop_text(loop) for loop in loops]
