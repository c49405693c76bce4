"""Rows of the store, made up."""

import hashlib
from collections.abc import Mapping
from typing import Any

from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.loop_rows import LoopRow
from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role
from tests.fakes.fake_embedder import WordEmbedder


def made_facts(path: str, role: str = "fx", *, bpm: float | None = None, key: str = "", **more: Any) -> LoopFacts:  # noqa: ANN401 - fields of any type
    beats = 8.0 * bpm / 60 if bpm else None
    return LoopFacts(
        **{
            "id": hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:12],
            "path": path,
            "name": path.rsplit("/", 1)[-1].rsplit(".", 1)[0],
            "duration_s": 8.0,
            "sample_rate": 48_000,
            "channels": 2,
            "is_loop": bpm is not None,
            "bpm": bpm,
            "beats": beats,
            "bars": beats / 4 if beats else None,
            "key": parse_key(key) if key else None,
            "role": Role(role),
            "role_confidence": 0.8,
            "peak_db": -1.0,
        }
        | more
    )


def made_row(  # noqa: PLR0913 - a row's columns
    facts: LoopFacts,
    *,
    text: str = "",
    places: tuple[str, ...] | None = None,
    lost: tuple[str, ...] = (),
    rating: int = 0,
    revision: int = 1,
    changes: Mapping[str, Any] | None = None,
) -> LoopRow:
    """A row whose vector is that of ``text``; without a text it has none."""
    vector: Vectors | None = WordEmbedder().embed([text])[0] if text else None
    return LoopRow(
        facts,
        changes or {},
        rating,
        (facts.path,) if places is None else places,
        lost,
        revision,
        WordEmbedder.name if text else "",
        vector.astype("<f4").tobytes() if vector is not None else b"",
    )
