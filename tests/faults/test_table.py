"""Every row of the fault table that concerns the user's files or the agent has its tests, and they are there."""

import ast
from functools import lru_cache
from pathlib import Path

import pytest

from tests.faults import test_agent, test_audio_input, test_models, test_names_paths

ROOT = Path(__file__).parents[2]
TABLES = (test_audio_input.ROWS, test_names_paths.ROWS, test_agent.ROWS, test_models.ROWS)
ROWS = {row: tuple(name for table in TABLES for name in table.get(row, ())) for table in TABLES for row in table}


@lru_cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_row_is_forgotten() -> None:
    assert sorted(ROWS) == [*range(1, 35), *range(57, 69)]
    assert all(ROWS.values())


@pytest.mark.parametrize("row", sorted(ROWS))
def test_the_tests_of_a_row_are_there(row: int) -> None:
    for name in ROWS[row]:
        path, _, function = name.partition("::")
        assert function in functions_of(path), name
