"""A few one-shots for each pack: strokes, a bass note, a stab, a sung note."""

from collections.abc import Iterator

import numpy as np

from analysis_sets.item import Hit, Note, Part, Plan
from analysis_sets.naming import one_shot_name

_KINDS = ("kick", "snare", "hat", "tom", "bass", "chords")
_ROLES = {"bass": "bass", "chords": "chords"}


def one_shots(  # noqa: PLR0913 - what a pack has
    pack: str, seed: int, random: np.random.Generator, *, acid: str, suffix: str, kit: str
) -> Iterator[Plan]:
    """Four of them; a pack with junk in its chunks has it here too."""
    for place, kind in enumerate(random.choice(_KINDS, size=4, replace=False)):
        name, root = str(kind), int(random.integers(33, 45))
        if name == "bass":
            part = Part("synth:sub", notes=(Note(0, 1.0, root),))
        elif name == "chords":
            part = Part("synth:saw", notes=tuple(Note(0, 0.5, root + 24 + i) for i in (0, 3, 7)))
        else:
            part = Part(kit, hits=(Hit(0.0, name, 0.9),))
        yield Plan(
            name=one_shot_name(name, place),
            folder=pack,
            pack=pack,
            kind=name,
            role=_ROLES.get(name, "drums"),
            bpm=60.0,
            beats=float(random.uniform(0.25, 1.6)),
            parts=(part,),
            seed=seed + place,
            is_loop=False,
            suffix=suffix,
            acid="one-shot" if acid == "right" else acid,
            ending="cut",
            traits=frozenset({"one-shot"}),
        )
