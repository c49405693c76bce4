"""Use an index in a process that may die of it: ``python -m loopmind_chat.library.chroma_probe FOLDER``."""

import sys
from pathlib import Path

import numpy as np

from loopmind_chat.library.chroma_index import ChromaIndex
from loopmind_chat.library.embed import DIMENSIONS
from loopmind_chat.library.limits import lower_priority


def main(folder: str) -> None:
    """Count, and ask for a neighbour; any fault ends the process with another status than 0."""
    lower_priority()
    index = ChromaIndex(Path(folder))
    if index.count():
        index.nearest(np.full(DIMENSIONS, DIMENSIONS**-0.5, np.float32), 1)
    index.close()


if __name__ == "__main__":
    main(sys.argv[1])
