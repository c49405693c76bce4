"""The pack, rendered once for all tests, in as many processes as there are cores."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from loopmind_chat.starter import PackReport, write_pack
from tests.starter.measures import RATE, Samples


@dataclass(frozen=True)
class Pack:
    report: PackReport
    progress: list[tuple[int, int, str]]

    @property
    def folder(self) -> Path:
        return self.report.folder

    @cached_property
    def labels(self) -> list[dict[str, Any]]:
        labels: list[dict[str, Any]] = json.loads((self.folder / "labels.json").read_text("utf-8"))
        return labels

    def loops(self, *roles: str) -> list[dict[str, Any]]:
        return [x for x in self.labels if x["is_loop"] and (not roles or x["role"] in roles)]

    def sound(self, label: dict[str, Any]) -> Samples:
        samples, rate = soundfile.read(self.folder / label["file"], dtype="float64", always_2d=True)
        assert rate == RATE
        return np.asarray(samples)


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    progress: list[tuple[int, int, str]] = []
    report = write_pack(tmp_path_factory.mktemp("pack"), lambda *step: progress.append(step))
    return Pack(report, progress)
