"""How soon a search answers among 100,000 loops, the query's own embedding apart.

    python benchmarks/search.py [--loops N] [--vectors FILE] [--no-chroma]

The loops are made up (``search_rows``). Their text vectors are MiniLM's, of the sentences of the first 20,000, used in
turn by all (in a real library too many loops share a sentence): minutes on one core, kept in FILE. Sounds are made up:
128 numbers, of which twenty directions hold most. Each line is the time of single calls, warm, over the queries below,
repeated, by the clock and by what this thread had of a core; "numpy" multiplies all vectors and takes the best ten,
"Chroma" asks the index, alone and with its filter. Only time is compared: numpy and Chroma know no words.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from search_rows import sentences, synthetic_loops

from loopmind_chat.home import find_home
from loopmind_chat.library.catalogue import Catalogue
from loopmind_chat.library.embed import Vectors
from loopmind_chat.library.loop_rows import LoopRow
from loopmind_chat.library.view import LibraryView
from loopmind_chat.song.loops import LoopFacts
from loopmind_chat.song.vocabulary import Role

TEXTS = (
    "warm pad", "rainy piano", "something dark at 140", "sad guitar melody", "punchy drums", "dreamy ambient texture",
    "aggressive distorted bass", "vinyl crackle", "female vocal chop", "funky slap bass", "uplifting trance lead",
    "lofi chords", "jazz drums with brushes", "cinematic impact", "hypnotic techno loop", "haunted choir",
    "glassy bells", "hard trap hats", "cold minimal percussion", "soulful organ", "gritty synth stab", "ocean waves",
    "riser before the drop", "tribal shakers", "soft felt piano at night", "midnight neon synthwave", "robot voice",
    "happy ukulele", "rhods chrods", "deep house bas",
)  # fmt: skip
WORDS = ("kick", "rhodes", "dark", "808", "bass", "rhod", "snare", "strings", "amen", "riser", "vox", "drumms")
SENTENCES = 20_000
DIMENSIONS = 128
DEPTH = 20
"""Directions in which most of the difference between sounds lies, as measured on real ones."""
MODEL = "all-minilm-l6-v2"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--loops", type=int, default=100_000)
    parser.add_argument("--vectors", type=Path, default=Path(tempfile.gettempdir()) / "loopmind-search-vectors.npz")
    parser.add_argument("--no-chroma", action="store_true")
    arguments = parser.parse_args()
    loops = synthetic_loops(arguments.loops)
    texts = sentences(loops[:SENTENCES])
    known = text_vectors([*texts, *TEXTS, *WORDS], arguments.vectors)
    view, vectors = made_view(loops, [known[text] for text in texts], known)
    print(f"{len(loops):,} loops, {len(os.sched_getaffinity(0))} cores; milliseconds\n")
    print(f"{'':<32}{'p50':>9}{'p95':>9}{'core p50':>12}{'p95':>9}")
    for name, calls in ours(view, loops).items():
        report(name, calls)
    for name, calls in numpy_alone(loops, vectors, known).items():
        report(name, calls)
    if not arguments.no_chroma:
        with tempfile.TemporaryDirectory(prefix="loopmind-search-", ignore_cleanup_errors=True) as folder:
            for name, calls in chroma_alone(loops, vectors, known, folder).items():
                report(name, calls)
    print(f"\npeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def text_vectors(texts: Sequence[str], path: Path) -> dict[str, Vectors]:
    """The vector of each text, from the file as far as it has them."""
    known: dict[str, Vectors] = {}
    if path.exists():
        with np.load(path) as kept:
            known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))
    new = sorted(set(texts) - known.keys())
    if new:
        print(f"embedding {len(new):,} sentences")
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds, and only the first time

        model = SentenceTransformer(str(find_home().models / MODEL), device="cpu", local_files_only=True)
        vectors = model.encode(new, batch_size=64, normalize_embeddings=True, show_progress_bar=False)
        known |= dict(zip(new, vectors, strict=True))
        np.savez(path, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return known


def made_view(
    loops: Sequence[LoopFacts], told: Sequence[Vectors], known: dict[str, Vectors]
) -> tuple[LibraryView, Vectors]:
    """A view of the loops, and their text vectors in the same order, which is that of their ids."""
    chance = np.random.default_rng(7)
    kinds = {role: chance.normal(size=DIMENSIONS) for role in Role}
    spread = np.where(np.arange(DIMENSIONS) < DEPTH, 1.0, 0.3)
    rows = []
    for facts, vector in zip(loops, cycle(told), strict=False):
        sound = (kinds[facts.role] + chance.normal(size=DIMENSIONS)) * spread
        sound /= np.linalg.norm(sound)
        row = LoopRow(facts, {}, 0, (facts.path,), (), 1, MODEL, vector.astype("<f4").tobytes())
        rows.append(
            LoopRow(
                **{name: getattr(row, name) for name in row.__slots__}
                | {"sound_model": "made up", "sound": sound.astype("<f4").tobytes()}
            )
        )
    catalogue = Catalogue().renewed(1, rows)
    view = LibraryView(
        catalogue, (), model=MODEL, query_vector=known.__getitem__, nearest=lambda _space, _vector, _count: None
    )
    vectors = np.stack([entry.vector for entry in catalogue.entries.values() if entry.vector is not None])
    return view, vectors


def ours(view: LibraryView, loops: Sequence[LoopFacts]) -> dict[str, list[Callable[[], object]]]:
    """What is asked of the view; the first of each builds what is kept."""
    started = time.process_time()
    view.search("kick")
    view.similar(loops[0].id)
    view.search("kick", role=Role.DRUMS)
    print(f"tables of words, vectors and filters built in {time.process_time() - started:.1f} s of one core")
    asked = [*TEXTS, *WORDS]
    return {
        "ours: text": [lambda t=t: view.search(t) for t in TEXTS],
        "ours: one word": [lambda t=t: view.search(t) for t in WORDS],
        "ours: text, a role": [
            lambda t=t, r=r: view.search(t, role=r) for t, r in zip(asked, list(Role) * 9, strict=False)
        ],
        "ours: text, a tempo and a key": [
            lambda t=t, b=b: view.search(t, bpm=b, key="A minor")
            for t, b in zip(asked, (90.0, 120.0, 128.0, 140.0, 174.0) * 9, strict=False)
        ],
        "ours: sounds like": [lambda i=loop.id: view.similar(i) for loop in loops[:40]],
        "ours: sounds like, a role": [lambda i=loop.id: view.similar(i, role=Role.BASS) for loop in loops[:40]],
        "ours: sounds like, and a text": [
            lambda i=loop.id, t=t: view.similar(i, text=t) for loop, t in zip(loops, asked, strict=False)
        ],
    }


def numpy_alone(
    loops: Sequence[LoopFacts], vectors: Vectors, known: dict[str, Vectors]
) -> dict[str, list[Callable[[], object]]]:
    """All cosines, the ten best of them."""
    drums = np.array([loop.role is Role.DRUMS for loop in sorted(loops, key=lambda loop: loop.id)])

    def nearest(text: str, rows: Any) -> object:  # noqa: ANN401 - None or rows
        cosines = vectors @ known[text]
        if rows is not None:
            cosines = np.where(rows, cosines, -1.0)
        best = np.argpartition(-cosines, 10)[:10]
        return best[np.argsort(-cosines[best])]

    return {
        "numpy: text": [lambda t=t: nearest(t, None) for t in TEXTS],
        "numpy: text, a role": [lambda t=t: nearest(t, drums) for t in TEXTS],
    }


def chroma_alone(
    loops: Sequence[LoopFacts], vectors: Vectors, known: dict[str, Vectors], folder: str
) -> dict[str, list[Callable[[], object]]]:
    """The index's ten nearest, without and with its own filter; prints how many of the ten nearest it finds."""
    import chromadb  # noqa: PLC0415 - a second
    from chromadb.config import Settings  # noqa: PLC0415 - the same

    client = chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))
    held = client.create_collection(
        "text", embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
    )
    started = time.perf_counter()
    ordered = sorted(loops, key=lambda loop: loop.id)
    for start in range(0, len(ordered), 2_000):
        part = ordered[start : start + 2_000]
        roles = [{"role": loop.role.value} for loop in part]
        held.upsert(ids=[loop.id for loop in part], embeddings=vectors[start : start + 2_000], metadatas=roles)
    built = time.perf_counter() - started

    def nearest(text: str, where: Any = None) -> list[str]:  # noqa: ANN401 - Chroma's own
        found = held.query(query_embeddings=known[text][None, :], n_results=10, include=[], where=where)
        return list(found["ids"][0])

    row_of = {loop.id: row for row, loop in enumerate(ordered)}
    shares = []
    for text in (*TEXTS, *WORDS):
        cosines = vectors @ known[text]
        tenth = np.partition(cosines, -10)[-10] - 1e-6
        shares.append(np.mean([cosines[row_of[loop_id]] >= tenth for loop_id in nearest(text)]))
    print(f"Chroma built in {built:.0f} s; finds {np.mean(shares):.2f} of the ten nearest, at worst {min(shares):.2f}")
    return {
        "Chroma: text": [lambda t=t: nearest(t) for t in TEXTS],
        "Chroma: text, a role": [lambda t=t: nearest(t, {"role": "drums"}) for t in TEXTS],
    }


def report(name: str, calls: Sequence[Callable[[], object]], repeats: int = 5) -> None:
    """One line."""
    for call in calls[:3]:
        call()
    taken = []
    for call in list(calls) * repeats:
        wall, core = time.perf_counter(), time.thread_time()
        call()
        taken.append((1_000 * (time.perf_counter() - wall), 1_000 * (time.thread_time() - core)))
    shown = np.percentile(taken, (50, 95), axis=0)
    print(f"{name:<32}{shown[0, 0]:>9.1f}{shown[1, 0]:>9.1f}{shown[0, 1]:>12.1f}{shown[1, 1]:>9.1f}")


if __name__ == "__main__":
    main()
