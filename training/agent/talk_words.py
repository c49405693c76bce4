"""Words of talk about songs: what loops are called by, who is admired, what is told before and after a wish."""

from typing import Final

SOURCES: Final = (
    "guitar", "piano", "rhodes", "synth", "vocal", "string", "flute", "sax", "brass", "organ", "808", "jazz", "soul",
    "funk", "drill", "trap", "lofi", "house", "techno", "disco", "ambient", "reggae", "cassette", "vinyl", "analog",
    "acoustic", "live", "orchestral", "old", "new", "dusty", "dark piano", "clean guitar", "field recording", "tape",
    "afro", "latin", "gospel", "boom bap", "drum and bass", "modular", "choir", "harp", "kalimba", "bass guitar",
)  # fmt: skip
"""What loops are called by: before "loops" or "samples"."""
ARTISTS: Final = (
    "burial", "drake", "travis scott", "metro boomin", "j dilla", "nujabes", "aphex twin", "boards of canada",
    "skrillex", "kanye", "frank ocean", "fred again", "four tet", "bonobo", "madlib", "playboi carti", "central cee",
    "pop smoke", "billie eilish", "daft punk", "bicep", "flume", "timbaland", "pharrell", "dr dre", "mobb deep",
    "wu-tang", "sza", "tyler the creator", "mac miller", "kaytranada", "overmono", "massive attack", "portishead",
    "hans zimmer", "skepta", "kendrick", "21 savage", "yeat", "ken carson", "charlotte de witte", "nils frahm",
    "peggy gou", "dj shadow", "moby",
)  # fmt: skip
SCENES: Final = (
    "a rainy night in the city", "a long drive at night", "walking home alone", "sunday morning coffee",
    "the end of summer", "a fight scene", "a chase through the streets", "a slow dance", "the first snow",
    "a broken heart", "a beach at sunset", "outer space", "an empty train station", "a house party in the 90s",
    "a haunted forest", "waking up at 5am", "a boxing gym", "summer in lagos", "tokyo at night", "a bank robbery",
    "falling in love", "an old photograph", "the last day of school", "deep under water", "a desert road",
    "a foggy morning", "neon lights", "a basement rave", "winning the final", "being stuck in traffic",
)  # fmt: skip
STORIES: Final = (
    "so i played this to my friend and he said it's cool but you should", "i listened to it in the car, please",
    "after sleeping on it i think you should", "my girlfriend likes it but she says",
    "don't get me wrong, i like it, but", "i've been thinking about it and i'd say",
    "i showed it to my rapper and he wants you to", "hear me out:", "this is nearly there, just",
    "it's getting there, but", "i can't put my finger on it... maybe", "for the live version",
    "last thing for today:", "before we go on,", "my producer friend told me to tell you:",
    "i know i said no changes, but", "ok the intro is nice now, next thing,", "you did well so far, now",
    "i tried it with the vocals and, well,", "not to be picky but", "ok this might sound stupid but",
    "everyone in the studio agrees:", "final decision:",
)  # fmt: skip
"""What people tell before they ask for a change."""
CODAS: Final = (
    "and that's it for today", "then we're done", "if that makes sense", "or whatever you call it",
    "you know what i mean", "and i promise that's the last thing", "i guess that's what it needs",
    "and leave the rest alone", "nothing else", "that should do it", "at least that's what my friend says",
    "tell me if that's a bad idea", "it's worth a try", "i can always change my mind", "the rest is great",
    "and don't touch anything else", "let's see how that feels",
)  # fmt: skip
"""What people add once they have asked."""
CONTEXTS: Final = (
    "ok so", "right so", "alright so", "hey so", "ok new idea,", "so here's the thing,",
    "my rapper is coming over later,", "i've got a session in an hour,", "just got home from work,", "can't sleep,",
    "first time using this,", "for my mixtape,", "i need this for a video,", "my girlfriend wants to dance,",
    "been in a rut all week,", "it's raining outside,", "my vocalist is waiting,", "i'm making a short film,",
    "this is for a freestyle,", "for a game i'm working on,", "the client wants it today,", "i have no ideas today,",
    "been listening to old records all night,", "hello,", "no more messing about,", "sorry to bother you,", "listen,",
    "for the next track on the ep,", "hmm let me think,", "i'm not a musician but", "my english is bad sorry,",
    "yo so", "aight so", "fam,", "boss,", "quick one,", "mate,", "so the label called,", "for tonight's set,",
    "i was thinking,", "weird request but", "don't laugh but", "my brother says", "been vibing to old stuff lately,",
    "we're doing a battle tomorrow,", "for the podcast intro,",
)  # fmt: skip
"""What people say before they ask, and which asks nothing."""
