"""The process that reads the user's files: ``python -m loopmind_chat.library.analysis_worker ANALYSER``.

ANALYSER is ``module:function``; the function gives an Analysis, or LoopFacts alone, and the module has ``loop_text``
beside it, and ``AUDIO_MODEL``, the name of what made the vector. Audio files are hostile input to C libraries: here
they may hang, crash or eat memory without harm to the music or the screen. Frames both ways, of JSON:
``{"do": "warm" | "hash" | "analyse", "path", "limit_s"}`` is answered by ``{}``, ``{"id"}``,
``{"facts", "text", "sound", "sound_model"}`` (the vector as base64 of little-endian float32, empty without one),
``{"error"}`` (with ``again`` where the next scan should try again) or ``{"gone"}``.
"""

import base64
import dataclasses
import hashlib
import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from loopmind_chat.errors import SoundFileError
from loopmind_chat.library.facts_json import facts_to_json
from loopmind_chat.library.frames import read_frame, write_frame
from loopmind_chat.library.limits import ONE_THREAD, die_after, limit_memory, lower_priority
from loopmind_chat.song.loops import LoopFacts

ID_DIGITS: Final = 12
_CHUNK: Final = 1 << 20
_GRACE_S: Final = 10.0


def main(analyser: str) -> None:
    """Serve until the input closes."""
    source, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints goes to the log, not between the frames
    os.environ |= ONE_THREAD
    lower_priority()
    limit_memory()
    while (message := read_frame(source)) is not None:
        request = json.loads(message)
        die_after(request["limit_s"] + _GRACE_S)
        answer = _answer(request, analyser)
        die_after(0)
        write_frame(answers, json.dumps(answer).encode())


def _answer(request: dict[str, Any], analyser: str) -> dict[str, Any]:
    try:
        answer = _done(request, analyser)
    except SoundFileError as fault:
        answer = {"error": str(fault)}
    except MemoryError:
        answer = {"error": "needs too much memory to analyse"}
    except PermissionError:
        answer = {"error": "no access", "again": True}
    except FileNotFoundError:
        answer = {"gone": True}
    except OSError as fault:
        answer = {"error": f"cannot be read: {(fault.strerror or str(fault)).lower()}", "again": True}
    except Exception as fault:  # one odd file must not end the scan; the log has the whole story
        if request["do"] == "warm":
            raise
        traceback.print_exc()
        answer = {"error": f"analysis failed ({type(fault).__name__})"}
    return answer


def _done(request: dict[str, Any], analyser: str) -> dict[str, Any]:
    match request["do"]:
        case "warm":
            getattr(_module(analyser), "warm_up", _no_warm_up)()
            return {}
        case "hash":
            return {"id": content_id(request["path"])}
        case _:
            return _analysed(request["path"], request["id"], analyser)


def _analysed(path: str, loop_id: str, analyser: str) -> dict[str, Any]:
    module = _module(analyser)
    found = getattr(module, analyser.partition(":")[2])(path)
    facts, vector = (found, None) if isinstance(found, LoopFacts) else (found.facts, found.vector)
    facts = dataclasses.replace(facts, id=loop_id or content_id(path))
    sound = vector.astype("<f4").tobytes() if vector is not None else b""
    return {
        "facts": facts_to_json(facts),
        "text": module.loop_text(facts),
        "sound": base64.b64encode(sound).decode("ascii"),
        "sound_model": getattr(module, "AUDIO_MODEL", "audio") if sound else "",
    }


def _module(analyser: str) -> ModuleType:
    # Imported when first needed: telling that a file was only renamed takes no analysis.
    return importlib.import_module(analyser.partition(":")[0])


def content_id(path: str) -> str:
    """The id of a sound: the first 12 hex digits of the SHA-256 of its file's bytes."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()[:ID_DIGITS]


def _no_warm_up() -> None:
    return None


if __name__ == "__main__":
    main(sys.argv[1])
