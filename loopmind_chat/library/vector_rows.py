"""Embeddings of loops and of queries, as the store keeps them."""

from collections.abc import Sequence

import numpy as np

from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.store import Store


def texts_to_embed(store: Store, model: str) -> list[tuple[str, str]]:
    """Id and text of each loop whose vector is absent, of another model, or of words it had before; by id."""
    with store.read() as db:
        return db.execute(
            "SELECT id, loops.text FROM loops LEFT JOIN embeddings ON loop_id = id"
            " WHERE embeddings.text IS NOT loops.text OR model IS NOT ? ORDER BY id",
            (model,),
        ).fetchall()


def save_embeddings(store: Store, model: str, described: Sequence[tuple[str, str]], vectors: Vectors) -> None:
    """Keep the vectors of loops, given as (id, text)."""
    with store.write() as (db, revision):
        db.executemany(
            "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?, ?)",
            [(loop_id, model, text, _bytes(row)) for (loop_id, text), row in zip(described, vectors, strict=True)],
        )
        db.executemany("UPDATE loops SET revision = ? WHERE id = ?", [(revision, loop_id) for loop_id, _ in described])


def query_vectors(store: Store, model: str) -> dict[str, Vectors]:
    """Every remembered query of a model, as shape (n,) vectors."""
    with store.read() as db:
        rows = db.execute("SELECT text, vector FROM queries WHERE model = ?", (model,)).fetchall()
    return {text: np.frombuffer(vector, "<f4").astype(np.float32) for text, vector in rows}


def save_queries(store: Store, model: str, texts: Sequence[str], vectors: Vectors) -> None:
    """Remember the vectors of queries."""
    with store.write() as (db, _):
        db.executemany(
            "INSERT OR REPLACE INTO queries VALUES (?, ?, ?)",
            [(model, text, _bytes(row)) for text, row in zip(texts, vectors, strict=True)],
        )


def _bytes(vector: Vectors) -> bytes:
    return vector.astype("<f4").tobytes()
