"""How packs name their files: with the tempo in many places, in the folder, or nowhere."""

import numpy as np

_MOODS = ("Dark", "Bright", "Sad", "Neon", "Hazy", "Cold", "Golden", "Broken", "Velvet", "Lost", "Electric", "Faded")
_KINDS = {
    "drums": ("Drums", "Beat", "Drum Loop", "FullDrums"),
    "tops": ("Tops", "Top Loop", "HatLoop"),
    "percussion": ("Perc", "Percussion", "Bongos"),
    "bass": ("Bass", "Bassline", "808", "Sub"),
    "chords": ("Keys", "Chords", "Rhodes", "Piano"),
    "arp": ("Arp", "Seq", "Pluck"),
    "melody": ("Melody", "Lead", "Flute", "Guitar"),
    "pad": ("Pad", "Strings", "Atmos Pad"),
    "vocal": ("Vox", "Vocal", "Choir"),
}


def loop_name(  # noqa: PLR0911, PLR0913, PLR0917 - what a name is made of, a way of naming a line
    scheme: str,
    pack: str,
    kind: str,
    place: int,
    bpm: float,
    key: str | None,
    random: np.random.Generator,
    *,
    stale: bool,
) -> tuple[str, bool]:
    """A file name without suffix, and whether it (or its folder) tells a tempo. A stale one tells another's."""
    mood, word = str(random.choice(_MOODS)), str(random.choice(_KINDS[kind]))
    told = f"{bpm:g}" if not stale else f"{round(bpm * float(random.choice([0.8, 0.9, 1.1, 1.25]))):g}"
    short = "" if key is None else key.replace(" minor", "m").replace(" major", str(random.choice(["", "maj"])))
    code = "".join(part[0] for part in pack.split()).upper() + pack[-1].upper()
    match scheme:
        case "mood":
            return "_".join(filter(None, (mood, word.replace(" ", ""), told, short, f"{place:02}"))), True
        case "code":
            return "_".join(filter(None, (code, told, word.replace(" ", "").lower(), short, f"{place:02}"))), True
        case "first":
            return f"{told} {word} - {mood} {place + 1}", True
        case "after":
            return f"{word.replace(' ', '_')}_{place + 1:02}_{told}bpm" + (f"_{short}" if short else ""), True
        case "bare":
            return f"{word} {mood} {told} {place + 1:03}", True
        case "folder":
            return f"{word} {place + 1:02}" + (f" {short}" if short else ""), False
        case "number":
            return f"{word.upper()[:4]}{place + 1:03}", False
        case _:
            return f"{mood} {word} {place + 1}", False


def one_shot_name(kind: str, place: int) -> str:
    """As in "BD 01"."""
    short = {"kick": "BD", "snare": "SD", "hat": "HH", "clap": "CLP", "bass": "Bass Hit", "chords": "Stab"}
    return f"{short.get(kind, kind.capitalize())} {place + 1:02}"
