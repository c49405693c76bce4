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
        # Texts of one length in tokens at a time: without padding a text's vector does not depend on its company.
        lengths = [len(model.tokenizer(text)["input_ids"]) for text in texts]
        order = sorted(range(len(texts)), key=lambda i: (lengths[i], texts[i]))
        rows: list[bytes] = [b""] * len(texts)
        for length in sorted(set(lengths)):
            group = [i for i in order if lengths[i] == length]
            vectors = model.encode(
                [texts[i] for i in group], batch_size=8, normalize_embeddings=True, show_progress_bar=False
            )
            for i, vector in zip(group, vectors, strict=True):
                rows[i] = vector.astype("<f4").tobytes()
        write_frame(answers, b"".join(rows))


if __name__ == "__main__":
    main(sys.argv[1])
