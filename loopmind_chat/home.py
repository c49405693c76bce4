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
        """Compiled librosa kernels (a read-only home breaks numba's own choice)."""
        return self.root / "cache" / "numba"


def find_home(environ: dict[str, str] | None = None) -> Home:
    """The home named by ``LOOPMIND_HOME`` or the platform's user data folder.

    ``LOOPMIND_MODELS`` may put the models elsewhere. Creates nothing.
    """
    env = dict(os.environ) if environ is None else environ
    named = env.get("LOOPMIND_HOME")
    root = Path(named).expanduser() if named else _user_data_folder(env) / "loopmind"
    models = env.get("LOOPMIND_MODELS")
    root = root.absolute()
    return Home(root, Path(models).expanduser().absolute() if models else root / "models")


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
