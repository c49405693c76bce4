"""Where the loops of a catalogue lie in each space of vectors."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from loopmind_chat.library.catalogue import Catalogue
from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.vector_index import Space


@dataclass(frozen=True, slots=True)
class Placed:
    """One loop's vector, and the library's revision when something about the loop last changed."""

    loop_id: str
    revision: int
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Places:
    """All vectors of one space that one model made, in order of id."""

    model: str
    loops: tuple[Placed, ...]


def places(catalogue: Catalogue, text_model: str) -> Mapping[Space, Places]:
    """The vectors of each space; without a text model nothing is said of that space."""
    heard_by = sound_model(catalogue)
    entries = catalogue.entries.values()
    of_audio = [
        Placed(e.facts.id, e.revision, e.sound) for e in entries if e.sound is not None and e.sound_model == heard_by
    ]
    of_text = [
        Placed(e.facts.id, e.revision, e.vector) for e in entries if e.vector is not None and e.model == text_model
    ]
    audio = {Space.AUDIO: Places(heard_by, tuple(of_audio))}
    return {Space.TEXT: Places(text_model, tuple(of_text))} | audio if text_model else audio


def sound_model(catalogue: Catalogue) -> str:
    """The model that made most of the audio vectors: during a rescan with a new one there are two."""
    models = Counter(entry.sound_model for entry in catalogue.entries.values() if entry.sound is not None)
    return max(models, key=lambda model: (models[model], model), default="")
