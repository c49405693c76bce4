"""Words that fill the slots of phrases: the world outside the song."""

from typing import Final

GENRES: Final = (
    "trap", "drill", "uk drill", "ny drill", "lofi", "lo-fi", "lo fi", "chillhop", "house", "deep house", "tech house",
    "techno", "hard techno", "trance", "dnb", "drum and bass", "jungle", "boom bap", "hip hop", "hip-hop", "rap",
    "r&b", "rnb", "soul", "neo soul", "ambient", "phonk", "drift phonk", "reggaeton", "afrobeats", "afro house",
    "amapiano", "pop", "synthpop", "rock", "indie", "metal", "punk", "country", "folk", "blues", "funk", "disco",
    "garage", "uk garage", "dubstep", "edm", "electro", "synthwave", "future bass", "grime", "reggae", "dancehall",
    "jazz", "cinematic", "orchestral", "breakbeat", "industrial", "downtempo", "trip hop", "hyperpop", "jersey club",
    "plugg", "rage", "cloud rap", "west coast", "memphis", "vaporwave", "idm", "minimal", "acid", "psytrance", "latin",
)  # fmt: skip
MOODS: Final = (
    "dark", "sad", "happy", "chill", "moody", "dreamy", "aggressive", "angry", "melancholic", "uplifting", "energetic",
    "epic", "calm", "relaxed", "romantic", "mysterious", "spooky", "nostalgic", "hype", "groovy", "funky", "smooth",
    "gloomy", "sunny", "emotional", "ethereal", "warm", "cold", "hard", "soft", "mellow", "peaceful", "tense",
    "evil", "sinister", "playful", "bouncy", "heavy", "gritty", "summery", "rainy", "late night", "jazzy", "soulful",
    "haunting", "lonely", "hopeful", "sexy", "weird", "trippy", "bright", "cheerful", "laid back", "lazy", "fast",
    "slow", "menacing", "triumphant", "bittersweet", "cozy", "spacey", "hypnotic", "raw", "dusty", "euphoric",
)  # fmt: skip
WISHES: Final = (
    "darker", "brighter", "punchier", "softer", "busier", "sparser", "warmer", "harder", "heavier", "simpler",
    "deeper", "cleaner", "dirtier", "grittier", "smoother", "calmer", "fuller", "thinner", "fatter", "bigger",
    "happier", "sadder", "moodier", "groovier", "funkier", "weirder", "dreamier", "more aggressive", "more mellow",
    "less busy", "more melodic", "less bright", "more energetic", "more chill", "jazzier", "more minimal", "lighter",
    "crisper", "airier", "meaner", "rounder", "wider", "tighter", "more emotional", "less harsh", "more distorted",
    "slower", "more complex", "more interesting", "less boring", "wilder", "creepier", "more uplifting", "snappier",
    "gentler", "richer", "muddier", "more vintage", "more modern", "less repetitive", "more subtle", "bouncier",
)  # fmt: skip
LEVEL_WISHES: Final = frozenset({"softer", "gentler", "bigger", "fuller", "slower", "thinner", "more subtle"})
"""Wishes that "make the bass ..." would have met by its level, or by its speed."""
INSTRUMENTS: Final = (
    "piano", "guitar", "acoustic guitar", "electric guitar", "flute", "violin", "cello", "strings", "synth", "rhodes",
    "organ", "sax", "trumpet", "harp", "bells", "kalimba", "marimba", "choir", "brass", "music box", "sitar", "koto",
    "saw lead", "pluck", "808", "reese", "sub", "upright bass", "slap bass", "synth bass", "arp", "glockenspiel",
    "vocal chop", "female vocal", "male vocal", "clarinet", "accordion", "banjo", "mellotron", "moog", "theremin",
)  # fmt: skip
SOUNDS: Final = (
    "warm analog strings", "dusty piano", "airy choir", "rainy piano", "vinyl crackle", "gritty guitar", "dark bells",
    "soft rhodes", "punchy kick", "jazzy keys", "distorted 808", "crunchy snare", "lush pads", "female vocals",
    "tribal percussion", "glassy synth", "lo-fi guitar", "detuned piano", "deep sub", "bright plucks", "acid bass",
    "tape strings", "spanish guitar", "eerie choir", "funky guitar", "wobbly synth", "big brass", "chopped vocals",
    "shimmering pads", "wooden percussion", "broken drums", "breakbeats", "hand drums", "bongo loops", "gospel organ",
    "retro arps", "screaming lead", "sad violin", "nylon guitar", "muted trumpet", "dirty bass", "noise sweeps",
)  # fmt: skip
TITLES: Final = (
    "midnight drive", "Sunday", "no sleep", "concrete rain", "Blue Hour", "take 2", "demo 4", "Luna", "golden",
    "basement tape", "For Anna", "north side", "ghosts", "slow burn", "untitled 7", "first light", "Night Bus",
)  # fmt: skip
OTHERS: Final = (
    "tuba", "banjo", "bagpipes", "ukulele", "harmonica", "didgeridoo", "trombone", "oboe", "xylophone", "cowbell",
    "timpani", "mandolin", "hang drum", "steel drums", "whistle",
)  # fmt: skip
"""Instruments that seldom have a track."""
