"""An installed wheel works like the checkout: prompts and models travel inside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_finds_what_it_ships(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*build, str(tmp_path), str(ROOT)], check=True, capture_output=True, text=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = tmp_path / "inside"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(inside)
    look = (
        "import loopmind_chat, loopmind_chat.home as h;"
        "from loopmind_chat.weights import read_manifest;"
        "print(loopmind_chat.__file__);"
        "print(len(read_manifest()));"
        "print(all(p.is_file() for p in map(lambda n: h.resource('prompts', n), %r)))"
    ) % [path.name for path in (ROOT / "prompts").iterdir()]
    environment = os.environ | {"PYTHONPATH": str(inside)}
    ran = subprocess.run(
        [sys.executable, "-c", look], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    where, models, prompts = ran.stdout.splitlines()
    assert Path(where).is_relative_to(inside)
    assert int(models) >= 2
    assert prompts == "True"
