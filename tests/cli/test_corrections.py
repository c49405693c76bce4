import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.usefixtures("scanned")
def test_what_was_said_goes_out_and_in(run: Run, tmp_path: Path) -> None:
    session, out = tmp_path / "s.loopmind", tmp_path / "said.jsonl"
    loop = next(hit["loop"] for hit in run("search", "kick", "--json").json() if "Kick" in hit["path"])
    assert run("ask", session, f"/fix_loop loop={loop} role=percussion", "--json").json()["calls"][0]["ok"]
    ran = run("corrections", "export", out)
    assert (ran.status, ran.out) == (0, f"what you said of 1 loop is in {out}\n")
    assert json.loads(out.read_text("ascii"))["changes"] == {"role": "percussion"}
    assert "Kick Hard.wav: role percussion" in run("corrections", "list").out
    again = run("corrections", "export", out)
    assert again.status == 1
    assert "is there already" in again.err
    with out.open("a") as file:
        file.write("rubbish\n")
    taken = run("corrections", "import", out)
    assert taken.status == 0
    assert taken.out == "took in what was said of 1 loop\n"
    assert taken.err == "left out: line 2 is no JSON\n"
    assert run("corrections").status == 2
