"""Use an index in a process that may die of it: ``python -m loopmind_chat.library.chroma_probe FOLDER``."""

import sys
from pathlib import Path

from loopmind_chat.library.chroma_index import ChromaIndex
from loopmind_chat.library.limits import lower_priority
from loopmind_chat.library.vector_index import Space


def main(folder: str) -> None:
    """Count, and ask for a neighbour; any fault ends the process with another status than 0."""
    lower_priority()
    index = ChromaIndex(Path(folder))
    for space in Space:
        if index.count(space):
            index.nearest(space, index.any_vector(space), 1)
    index.close()


if __name__ == "__main__":
    main(sys.argv[1])
