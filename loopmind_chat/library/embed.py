"""From words to vectors: the port, and the words worth knowing before anybody asks."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from loopmind_chat.song.vocabulary import ROLE_SYNONYMS, Role

DIMENSIONS: Final = 384
"""Length of the default model's vectors."""

Vectors = NDArray[np.float32]


class TextEmbedder(Protocol):
    """Places texts in a space where close means alike."""

    @property
    def name(self) -> str:
        """Which model: vectors of two models are never compared."""

    def start(self) -> None:
        """Begin to load in the background; returns at once."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row a text, the same for the same text in any company.

        Waits until the model is loaded. Raises WeightsError or LibraryError where there is none.
        """

    def close(self) -> None:
        """End it; what is being embedded fails."""


def normal_query(text: str) -> str:
    """The form in which a query is remembered: small letters, single spaces, no punctuation at the ends."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", " ", plain).strip(" .,;:!?\"'()[]")


_MOODS: Final = (
    "dark", "bright", "happy", "sad", "melancholic", "moody", "chill", "relaxed", "calm", "peaceful", "dreamy",
    "ethereal", "atmospheric", "ambient", "spacey", "aggressive", "angry", "hard", "heavy", "intense", "energetic",
    "uplifting", "euphoric", "epic", "cinematic", "romantic", "emotional", "soulful", "groovy", "funky", "bouncy",
    "warm", "cold", "icy", "gritty", "dirty", "distorted", "clean", "lush", "soft", "gentle", "mellow", "nostalgic",
    "vintage", "retro", "lofi", "dusty", "hypnotic", "mysterious", "eerie", "scary", "sinister", "tense", "playful",
    "quirky", "rainy", "summer", "night", "late night", "tropical", "punchy", "sparse", "busy", "minimal",
    "darker", "brighter", "softer", "punchier", "warmer", "sparser", "busier",
)  # fmt: skip
_GENRES: Final = (
    "hip hop", "boom bap", "trap", "drill", "uk drill", "phonk", "lofi", "lofi hip hop", "r&b", "neo soul", "house",
    "deep house", "tech house", "techno", "trance", "edm", "dubstep", "drum and bass", "jungle", "garage",
    "breakbeat", "electro", "synthwave", "ambient", "downtempo", "trip hop", "pop", "rock", "metal", "jazz", "funk",
    "soul", "disco", "reggae", "dub", "reggaeton", "afrobeat", "amapiano", "latin", "classical", "industrial",
)  # fmt: skip
_SOUNDS: Final = (
    "kick", "snare", "clap", "hats", "hi hat", "cymbal", "tom", "shaker", "tambourine", "conga", "808", "sub bass",
    "guitar", "acoustic guitar", "electric guitar", "piano", "electric piano", "rhodes", "organ", "strings", "violin",
    "cello", "brass", "trumpet", "saxophone", "flute", "bell", "bells", "pluck", "synth", "arp", "choir",
    "vocal chop", "riser", "impact", "noise", "texture", "vinyl", "drone", "loop", "one shot", "break",
)  # fmt: skip

COMMON_WORDS: Final = tuple(
    dict.fromkeys(
        (
            *_MOODS,
            *_GENRES,
            *_SOUNDS,
            *(role.value for role in Role),
            *ROLE_SYNONYMS,
            *(f"{mood} {genre}" for mood in ("dark", "chill", "sad", "happy") for genre in ("trap", "lofi", "house")),
        )
    )
)
"""What people ask for most, embedded when a folder is scanned, so that these never wait for the model to load."""
