"""What the tests of the mix share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def rich_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of prepared audio for ``rich_song``, whose loops are the same in every test."""
    return tmp_path_factory.mktemp("prepared")
