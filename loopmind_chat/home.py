"""Where LoopMind keeps its own files, and where it finds the ones it ships."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Home:
    """The folders that LoopMind writes to; nothing is written elsewhere unasked."""

    root: Path
    models: Path
    note: str | None = None
    """One line for the user, where the root is not where it should be."""

    @property
    def library(self) -> Path:
        """Folder of the loop index (SQLite truth and Chroma cache)."""
        return self.root / "library"

    @property
    def prepared(self) -> Path:
        """Cache of stretched and transposed audio; safe to delete."""
        return self.root / "cache" / "prepared"

    @property
    def sessions(self) -> Path:
        """Sessions of which the user named no path."""
        return self.root / "sessions"

    @property
    def starter(self) -> Path:
        """The starter pack of loops."""
        return self.root / "starter-pack"

    @property
    def logs(self) -> Path:
        """Logs of the child processes."""
        return self.root / "logs"

    @property
    def numba_cache(self) -> Path:
        """Kernels that numba may compile for a library in a worker: a read-only home breaks its own choice."""
        return self.root / "cache" / "numba"


def find_home(environ: dict[str, str] | None = None) -> Home:
    """The home named by ``LOOPMIND_HOME`` or the platform's user data folder.

    ``LOOPMIND_MODELS`` may put the models elsewhere. Where the user's data folder may not be written and holds no
    library, the home is the cache folder, or one among the temporary files, and says so. Creates nothing.
    """
    env = dict(os.environ) if environ is None else environ
    named = env.get("LOOPMIND_HOME")
    root = Path(named).expanduser() if named else _user_data_folder(env) / "loopmind"
    models = env.get("LOOPMIND_MODELS")
    root = root.absolute()
    models_at = Path(models).expanduser().absolute() if models else root / "models"
    if named or _may_be_written(root) or (root / "library" / "library.db").exists():
        return Home(root, models_at)
    elsewhere = _another_root(env)
    if elsewhere is None:
        return Home(root, models_at)
    return Home(elsewhere, models_at, f"{root} cannot be written: library and caches are in {elsewhere}")


def _may_be_written(folder: Path) -> bool:
    """Whether the folder, or the nearest one above it that is there, lets itself be written."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


def _another_root(env: dict[str, str]) -> Path | None:
    """A folder of the user's own for what has no better place; None where there is none."""
    import tempfile  # noqa: PLC0415 - rarely needed

    cache = Path(env.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "loopmind"
    if _may_be_written(cache):
        return cache
    user = os.getuid() if hasattr(os, "getuid") else 0
    shared = Path(tempfile.gettempdir()) / f"loopmind-{user}"
    strange = shared.is_symlink() or (shared.exists() and shared.stat().st_uid != user)
    return shared if _may_be_written(shared) and not strange else None


def _user_data_folder(env: dict[str, str]) -> Path:
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def resource(*parts: str) -> Path:
    """A file that ships with LoopMind, such as ``resource("prompts", "system.txt")``.

    In a wheel, ``prompts/`` and ``models/`` lie inside the package; in a checkout, beside it.
    """
    packed = _PACKAGE / "_data"
    return (packed if packed.is_dir() else _PACKAGE.parent).joinpath(*parts)
