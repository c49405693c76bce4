"""Habits of people who type: what they put around a request and how they spell its words."""

from typing import Final

from loopmind_chat.compose.wording import word_set

BEFORE: Final = (
    "hey,", "ok", "okay,", "alright,", "yo,", "yo", "so", "well,", "hmm,", "bro,", "dude,", "hi,", "right,", "oh",
    "wait,", "um", "uh,", "ok so", "man,", "mate,", "fam,", "bruv,", "ngl", "tbh", "honestly", "fr", "lowkey", "ok but",
    "yeah", "yeah so", "aight", "ay", "lol", "haha", "hey loopmind,", "loopmind,", "listen,", "look,", "yes,", "ah,",
)  # fmt: skip
"""Before anything."""
BEFORE_REQUEST: Final = (
    "please", "please", "please", "can you", "can you", "can you", "could you", "could you", "can u", "now", "now",
    "pls", "plz", "could you please", "i want you to", "let's", "lets", "also", "then", "just", "would you",
    "i'd like you to", "please can you", "and", "i think you should", "you could", "kindly", "gonna need you to",
    "can we", "could we", "go ahead and", "i need you to", "you should", "do me a favour and", "try to", "next,",
    "maybe", "it would be great if you could", "i would like that you", "you must", "u should", "i want to",
    "we should", "we need to", "gotta", "plz can u", "could u", "hey can you", "yo can you", "ok now", "ok can you",
    "would u", "i'd love it if you could", "any chance you could", "be so kind and", "i wanna", "im gonna need you to",
)  # fmt: skip
"""Before an imperative."""
CONTEXTS: Final = (
    "so i was thinking,", "ok final thing:", "btw", "btw,", "my friend says", "one more thing:", "last thing:",
    "listening back,", "hear me out:", "quick one:", "idk but", "not sure but", "sorry but", "before i forget,",
    "first of all,", "nice, but", "cool,", "love it but", "sounds great, but", "ok good,", "great start,", "imo",
    "my girlfriend thinks", "my bandmate says", "ok so basically", "i've been listening and", "the thing is,",
    "after listening a few times,", "next thing,", "to be honest", "just an idea:", "small thing:", "oh and",
    "thanks!", "thanks,", "nice!", "great.", "perfect,", "yeah that's better,", "hmm ok", "real talk,", "deadass",
    "not gonna lie", "ok last one:", "as i said,", "like i said,", "hm maybe", "ok let me think.", "alright so",
)  # fmt: skip
"""A first half of a sentence that asks for nothing."""
AFTER: Final = (
    "bro", "man", "mate", "haha", "lol", "!", "!!", "...", ".", ".", ".", "tbh", "ngl", "fr", "innit", "dude", "fam",
    "lmao", "bruv", "i think", "i guess", "though", "tho", "!!!", "..", "imo", "no cap", "fr fr", "yk", "my friend",
    "you know", "honestly", ",", "?!", "or whatever", "loopmind",
)  # fmt: skip
"""After anything."""
AFTER_REQUEST: Final = (
    "please", "please", "pls", "plz", "thanks", "thx", "for me", "now", "ok?", "if you can", "asap", "real quick",
    "would ya", "cheers", "if possible", "right now", "will you", "for a change", "yeah?", "thank you", "ta",
    "when you get a chance", "would you", "could you", "can you", "if that's ok", "if u can", "pretty please",
    "thanks in advance", "quickly", "ok", "yeah", "maybe",
)  # fmt: skip
"""After an imperative."""
VERBS: Final = word_set("""
    add adjust amplify balance begin boost bounce bring build bump calm change chop clone close compose compress cook
    copy crank create crush cut decrease delete dial distort ditch do double drop dump duplicate echo end export extend
    fade fatten filter find finish flip give halve have hype include increase insert isolate keep kill layer leave
    lengthen let lift lock loop lose lower make mark master mix move mute open pan play polish pull pump push put
    raise randomise redo reduce remake remix remove rename render repeat replace reverse rework rewrite save set shift
    shorten show silence slow solo speed squash start stop stretch suggest surprise swap switch take thin throw tighten
    transpose trim try tuck turn undo unlock unmute unsolo use widen write
""")
"""A sentence that begins with one of these may follow "can you"."""
FILLERS: Final = ("um", "uh", "like", "you know", "kinda", "just", "maybe", "er", "i mean", "basically", "idk")
EMOJI: Final = (
    "🔥", "🎹", "🎧", "😂", "🙏", "😭", "👀", "💀", "🥁", "🎸", "👍", "😊", ":)", ":D", "xD", "<3", "🎶", "🤔", ":(",
)  # fmt: skip
SLANG: Final = {
    "you": ("u", "ya"), "your": ("ur",), "are": ("r",), "please": ("pls", "plz"), "and": ("n", "&"),
    "something": ("smth", "sumn", "sth", "somethin"), "because": ("bc", "cuz"), "really": ("rly", "rlly"),
    "okay": ("k", "ok"), "the": ("da", "tha", "teh"), "that": ("dat",), "this": ("dis",), "going to": ("gonna",),
    "want to": ("wanna",), "give me": ("gimme", "gimmie"), "let me": ("lemme",), "volume": ("vol",), "with": ("w/",),
    "without": ("w/o",), "a little": ("a lil", "a lil bit"), "kind of": ("kinda",), "trying to": ("tryna",),
    "what's": ("wats", "whats"), "what": ("wut", "wat"), "about": ("abt",), "though": ("tho",), "love": ("luv",),
    "great": ("gr8",), "thanks": ("thx", "tnx"), "i'm": ("im",), "i am": ("im",), "isn't": ("aint", "isnt"),
    "make": ("mek", "mk"), "little": ("lil",), "want": ("wan",), "some": ("sum",), "everything": ("evrything",),
    "doing": ("doin",), "nothing": ("nuthin",), "don't": ("dont", "dnt"), "very": ("hella",), "just": ("jus", "jst"),
    "way too": ("wayyy too",), "they": ("dey",), "there": ("dere",), "with the": ("wit da",), "have": ("hav",),
    "could": ("cld",), "would": ("wld",), "should": ("shud", "shld"), "from": ("frm",), "like": ("lyk",),
    "turn": ("trn",), "remove": ("rmv",), "song": ("sng",), "track": ("trk",), "good": ("gud", "gd"),
    "back": ("bk",), "can't": ("cant", "cnt"), "before": ("b4",), "put": ("slap",), "need": ("ned",),
}  # fmt: skip
"""Words in the short spelling of messages."""
SOUNDALIKES: Final = {
    "too": "to", "their": "there", "there": "their", "your": "you're", "its": "it's", "it's": "its",
    "then": "than", "than": "then", "lose": "loose", "quiet": "quite", "hear": "here", "here": "hear", "whole": "hole",
    "bass": "base", "chords": "cords", "chord": "cord", "break": "brake", "mute": "moot", "quieter": "quiter",
    "louder": "lauder", "pan": "pen", "piece": "peace", "we're": "were", "i'll": "ill", "off": "of",
    "hook": "hock", "swap": "swop", "replace": "replase", "tempo": "temple", "change": "chance",
}  # fmt: skip
"""Words for which another is typed, by ear or by a telephone that knows better."""
SPELLINGS: Final = {
    "center": "centre", "centre": "center", "favorite": "favourite", "favourite": "favorite", "mum": "mom",
    "analyse": "analyze", "analyze": "analyse", "color": "colour", "colour": "color", "summarise": "summarize",
    "program": "programme", "randomise": "randomize", "apologise": "apologize", "neighbour": "neighbor",
    "quantise": "quantize", "gray": "grey", "practise": "practice", "organise": "organize", "analog": "analogue",
}  # fmt: skip
"""British and American."""
STRETCHED: Final = word_set("""
    so way too more please now no yes louder quieter faster slower much loud love really cool nice hey yo bro man wow
    thanks very super hard ok yeah pls quiet boring again
""")
"""Words that are drawn out: "sooo", "louderrr"."""
DROPPED: Final = frozenset({"the", "a", "an", "some", "for", "of", "in", "my", "is", "are", "that", "this"})
"""Words that telegrams and learners leave out; not those that turn a request into another ("turn on", "skip to")."""
NEIGHBOURS: Final = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
"""Letters beside each other on a keyboard."""
