"""The process that holds the text model: ``python -m loopmind_chat.library.minilm_child FOLDER``.

Its first frame says that the model is loaded. Then it reads frames with a JSON list of texts, and answers each with
a frame that holds their vectors as little-endian float32.
"""

import json
import os
import sys

from loopmind_chat.library.frames import read_frame, write_frame
from loopmind_chat.library.limits import ONE_THREAD, lower_priority


def main(folder: str) -> None:
    """Serve until the input closes."""
    source, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints goes to the log, not between the frames
    os.environ |= ONE_THREAD | {
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "CUDA_VISIBLE_DEVICES": "",
    }
    lower_priority(5)

    import torch  # noqa: PLC0415 - seconds to import, and after the environment is set
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - the same

    torch.set_num_threads(1)
    model = SentenceTransformer(folder, device="cpu", local_files_only=True)
    write_frame(answers, b"ready")
    while (message := read_frame(source)) is not None:
        texts = json.loads(message)
        # One at a time: in a batch the last bits of a vector depend on what else is in it.
        vectors = model.encode(texts, batch_size=1, normalize_embeddings=True, show_progress_bar=False)
        write_frame(answers, vectors.astype("<f4").tobytes())


if __name__ == "__main__":
    main(sys.argv[1])
