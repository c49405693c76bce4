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
    "less busy", "more melodic", "less bright", "more energetic", "more chill", "jazzier", "more minimal",
    "lighter", "crisper", "airier", "meaner", "rounder", "tighter", "more emotional", "less harsh",
    "slower", "more complex", "more interesting", "less boring", "wilder", "creepier",
    "more uplifting", "snappier", "gentler", "richer", "muddier", "more vintage", "more modern", "less repetitive",
    "more subtle", "bouncier", "colder", "silkier", "glassier", "dustier", "rougher", "nastier", "sharper",
    "shinier", "duller", "mellower", "lazier", "more laid-back", "more organic", "more acoustic", "more electronic",
    "more percussive", "more soulful", "more dramatic", "more playful", "more nostalgic", "more hypnotic",
    "more haunting", "more ethereal", "more cinematic", "more rhythmic", "more relaxed", "more romantic",
    "more exotic", "more natural", "more unusual", "less sharp", "less muddy", "less cheesy", "less happy",
    "less dark", "less aggressive", "less heavy", "less shrill", "less mechanical", "less obvious", "less hectic",
    "less sweet", "darker and slower", "lower and calmer", "brighter and faster", "warm and simple",
    "darker and grittier", "softer and warmer", "spookier", "sexier", "catchier", "trippier",
)  # fmt: skip
LEVEL_WISHES: Final = frozenset({"softer", "gentler", "bigger", "fuller", "slower", "thinner", "more subtle", "wider"})
"""Wishes that "make the bass ..." would have met by its level, or by its speed."""
INSTRUMENTS: Final = (
    "piano", "guitar", "acoustic guitar", "electric guitar", "flute", "violin", "cello", "strings", "synth",
    "rhodes", "organ", "sax", "trumpet", "harp", "bells", "kalimba", "marimba", "choir", "brass", "music box",
    "sitar", "koto", "saw lead", "pluck", "808", "reese", "sub", "upright bass", "slap bass", "synth bass", "arp",
    "glockenspiel", "vocal chop", "female vocal", "male vocal", "clarinet", "accordion", "banjo", "mellotron",
    "moog", "theremin", "grand piano", "upright piano", "electric piano", "wurlitzer", "clavinet", "harpsichord",
    "church organ", "vibraphone", "xylophone", "steel drum", "12-string guitar", "pedal steel", "oud", "shamisen",
    "erhu", "pan flute", "oboe", "string quartet", "fretless bass", "acid line", "supersaw", "square lead",
    "toy piano", "thumb piano", "tambourine", "congas", "bongos", "shaker", "cowbell", "claps", "finger snaps",
    "hi-hats", "rimshot", "whistle", "talk box",
)  # fmt: skip
SOUNDS: Final = (
    "warm analog strings", "dusty piano", "airy choir", "rainy piano", "vinyl crackle", "gritty guitar",
    "dark bells", "soft rhodes", "punchy kick", "jazzy keys", "distorted 808", "crunchy snare", "lush pads",
    "female vocals", "tribal percussion", "glassy synth", "lo-fi guitar", "detuned piano", "deep sub",
    "bright plucks", "acid bass", "tape strings", "spanish guitar", "eerie choir", "funky guitar", "wobbly synth",
    "big brass", "chopped vocals", "shimmering pads", "wooden percussion", "broken drums", "breakbeats",
    "hand drums", "bongo loops", "gospel organ", "retro arps", "screaming lead", "sad violin", "nylon guitar",
    "muted trumpet", "dirty bass", "noise sweeps", "slow cello", "plucked strings", "tremolo strings",
    "sleepy rhodes", "jazz guitar", "reversed piano", "felt piano", "old upright piano", "distant choir",
    "whispered vocals", "pitched-up vocals", "soulful ad-libs", "gospel choir", "rolling hats", "skippy hats",
    "trap hats", "live drums", "brushed drums", "dusty breaks", "four on the floor kick", "rim clicks",
    "latin percussion", "shuffling shakers", "sliding 808", "growling bass", "plucky bass", "walking bass",
    "analog bass", "rubbery bass", "icy plucks", "granular pad", "evolving pad", "glass pads", "warm drone",
    "dub chords", "minor chords", "dreamy guitar chords", "stabby synths", "rave stabs", "trance arp",
    "chiptune lead", "distant siren", "rain sounds", "street noise", "tape hiss", "cinematic booms",
    "orchestral hits", "horn section", "mariachi trumpet", "middle eastern strings", "african drums",
    "japanese flute", "celtic harp", "indian flute", "wind chimes",
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
FLAWS: Final = (
    "bright", "dark", "busy", "harsh", "muddy", "boomy", "shrill", "stiff", "plain", "cheesy", "happy", "sad",
    "shiny", "aggressive", "clean", "cold", "warm", "heavy", "sweet", "sharp", "simple", "complicated", "robotic",
    "mellow", "cheerful", "gloomy", "generic", "poppy", "tinny", "nervous", "hectic", "sleepy", "cute", "metallic",
    "nasal", "sparse", "dense", "hard", "rough", "jazzy", "retro", "serious", "melodic", "repetitive", "chaotic",
    "polite",
)  # fmt: skip
"""What a loop can be too much of."""
TRAITS: Final = (
    "grit", "bite", "punch", "body", "warmth", "sparkle", "edge", "attitude", "groove", "bounce", "weight", "snap",
    "soul", "shimmer", "character", "attack", "knock", "movement", "emotion", "darkness", "mystery",
    "funk", "colour", "air", "swagger", "personality", "variation", "drama", "texture", "menace", "feeling", "life",
    "tension",
)  # fmt: skip
"""What a loop can have more of."""
LIKENESSES: Final = (
    "a music box", "a broken piano", "an old jazz record", "a church organ", "a video game", "a horror film",
    "a marching band", "a jazz trio", "a 90s rave", "an ice cream van", "a spaceship", "a lullaby",
    "a rusty machine", "a rainy night", "a smoky club", "a summer evening", "an 80s movie", "a toy keyboard",
    "a campfire guitar", "a haunted house", "an alarm", "a heartbeat", "a subway train", "a beach party",
    "a gospel choir", "a far-off storm", "a boxing match", "a spaghetti western", "a street parade",
    "a dusty record", "an empty church", "a ticking clock",
)  # fmt: skip
"""What a loop can sound like."""
UNCOUNTED: Final = frozenset({
    "brass", "crackle", "percussion", "perc", "hiss", "noise", "harmony", "low end", "fx", "sfx", "bongo", "beats",
})  # fmt: skip
"""Endings of things that take no "a", though they are no plural, or take "some" all the same."""
