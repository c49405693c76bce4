"""What producers call effects and transitions: tables from the value of a call to the ways of saying it."""

from collections.abc import Mapping
from typing import Final

EFFECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "reverb": (
        "reverb", "reverb", "reverb", "verb", "hall reverb", "plate reverb", "spring reverb", "room reverb", "space",
        "ambience",
    ),
    "delay": ("delay", "delay", "delay", "echo", "echo", "slapback", "ping pong delay", "dub delay", "tape delay"),
    "lowpass": ("lowpass", "low-pass", "low pass", "low-pass filter", "low pass filter", "lpf", "high cut"),
    "highpass": ("highpass", "high-pass", "high pass", "high-pass filter", "high pass filter", "hpf", "low cut"),
    "distortion": (
        "distortion", "distortion", "saturation", "overdrive", "drive", "fuzz", "dirt", "crunch",
    ),
    "chorus": ("chorus", "chorus", "chorus effect"),
    "phaser": ("phaser", "phaser", "phasing"),
    "compressor": ("compression", "compression", "comp", "glue"),
    "bitcrush": ("bitcrush", "bitcrush", "bitcrushing", "bit crush", "bit reduction", "8-bit crush"),
    "widen": ("stereo width", "width", "stereo spread", "widening"),
}  # fmt: skip
"""Nouns that one has some of, or more of."""
EFFECT_VERBS: Final[Mapping[str, tuple[str, ...]]] = {
    "lowpass": ("low-pass", "lowpass", "low pass", "muffle", "roll off the highs of", "filter the highs off"),
    "highpass": ("high-pass", "highpass", "high pass", "hi-pass", "cut the lows of", "thin out", "roll the lows off"),
    "distortion": ("distort", "saturate", "overdrive", "fuzz up", "dirty up", "drive", "grit up", "crunch up"),
    "chorus": ("run a chorus over", "put a chorus over"),
    "phaser": ("phase", "run a phaser over"),
    "compressor": ("compress", "squash", "squeeze", "glue together"),
    "bitcrush": ("bitcrush", "bit-crush", "crush", "bit crush"),
    "widen": ("widen", "spread", "spread out", "stereo-widen", "open up the stereo of"),
    "delay": ("echo", "delay"),
    "reverb": ("reverb", "reverb up", "wet"),
}
"""What is done to a track: the track follows."""
EFFECT_LOOKS: Final[Mapping[str, tuple[str, ...]]] = {
    "lowpass": (
        "underwater", "muffled", "like it's under water", "like it comes from the next room", "like it's behind a wall",
        "as if it played next door", "submerged", "like you hear it through a wall", "like i'm outside the club",
    ),
    "highpass": (
        "like a telephone", "like it's on the phone", "like an old radio", "tinny", "like a walkie talkie",
        "like a tiny speaker", "like it comes out of a phone", "telephone style", "like a transistor radio",
    ),
    "reverb": (
        "like it's in a church", "like it's in a cathedral", "like it's in a big hall", "spacious", "roomy",
        "like it's in a cave", "washed out", "dreamy and washed out", "wet", "like a swimming pool hall",
    ),
    "delay": ("echoey", "echoing", "like it bounces off the walls", "like it's shouted in the mountains"),
    "distortion": ("crunchy", "overdriven", "distorted", "blown out", "fried", "saturated", "like a broken amp"),
    "bitcrush": ("8-bit", "8 bit", "like a game boy", "bitcrushed", "like a nintendo", "like an old console"),
    "widen": ("wide", "wider", "more stereo", "super wide", "huge left and right", "wide in the stereo field"),
    "compressor": ("squashed", "glued together", "more compressed", "compressed"),
    "phaser": ("swirly", "phasey", "like a jet plane"),
}  # fmt: skip
"""How something is to sound, where an effect is what does it."""
ENTRANCES: Final[Mapping[str, tuple[str, ...]]] = {
    "riser": (
        "a riser", "a riser", "a riser", "an uplifter", "a swell", "a noise riser", "a big riser", "a white noise rise",
        "a reverse cymbal", "a tension riser",
    ),
    "sweep_up": ("a sweep up", "an upward sweep", "a filter sweep up", "a whoosh", "a swoosh", "an upsweep"),
    "sweep_down": ("a sweep down", "a downward sweep", "a downlifter", "a filter sweep down", "a downsweep"),
    "reverb_tail": ("a reverb tail", "a long reverb tail", "a reverb wash", "a reverse reverb"),
    "tape_stop": ("a tape stop", "a tape stop", "a tapestop", "a vinyl stop", "a turntable stop", "a tape-stop"),
    "fill": ("a fill", "a drum fill", "a drum fill", "a snare roll", "a drum roll", "a tom fill", "a little fill"),
    "drop_out": ("a drop-out", "a dropout", "a drop out", "a moment of silence", "a short silence", "a gap"),
    "impact": ("an impact", "an impact", "a boom", "a big hit", "a crash", "a cymbal crash", "a big boom", "a slam"),
    "crossfade": ("a crossfade", "a crossfade", "a fade", "a smooth fade", "a slow blend"),
}  # fmt: skip
"""What leads into a section."""
