"""Fits the key model on pieces of stated key: ``python -m training.analysis.keys``.

Composes and renders the pieces (seeded), fits a network with one hidden layer that sees each piece from all twelve
tonics, and writes ``loopmind_chat/library/analysis/key_weights.py``. How sure the model may be is measured on
instruments that it was not fitted on: half of the families each time.
"""

import argparse
from base64 import b85encode
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import torch

from loopmind_chat.library.analysis.key_evidence import key_evidence
from loopmind_chat.library.analysis.key_notes import RATE, sounding_notes
from training.analysis import key_timbres
from training.analysis.key_music import compose

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

PIECES: Final = 8_000
NO_KEY: Final = -1
"""The answer for sounds that have none: the network is taught to find all keys as likely."""
KEYS: Final = 24
HIDDEN: Final = 48
EPOCHS: Final = 25
_SEED: Final = 7
_KEYLESS: Final = 8
_BATCH: Final = 128
_RATE_OF_LEARNING: Final = 3e-3
_DECAY: Final = 1e-2
_LEFT_OUT: Final = 0.25
"""Share of the inputs hidden at each step, so that no single cue carries the answer."""
_SMOOTHING: Final = 0.05
_MODULE: Final = Path(__file__).parents[2] / "loopmind_chat/library/analysis/key_weights.py"
_LINE: Final = 100


class Network(torch.nn.Module):
    """Scores a tonic as major and as minor from the profiles turned to it."""

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        self.first = torch.nn.Linear(inputs, hidden)
        self.second = torch.nn.Linear(hidden, 2)

    def forward(self, turned: torch.Tensor) -> torch.Tensor:
        """From shape (pieces, 12, inputs) to (pieces, 24): tonic 0 major, tonic 0 minor, tonic 1 major."""
        scores: torch.Tensor = self.second(torch.relu(self.first(turned)))
        return scores.flatten(1)


def example(index: int) -> tuple[Floats, int] | None:
    """Profiles of a sound and its answer: twice the tonic, one more for minor, or ``NO_KEY``.

    Every eighth has no key; of the others even ones are played on one half of the instruments, odd ones on the other.
    """
    if key_timbres.RATE != RATE:
        raise AssertionError("the pieces are not made at the rate at which keys are read")
    rng = np.random.default_rng([_SEED, index])
    if index % _KEYLESS == _KEYLESS - 1:
        sound, answer = key_timbres.keyless(rng), NO_KEY
    else:
        piece = compose(rng)
        sound, answer = key_timbres.render(piece, rng, index % 2), 2 * piece.tonic + (piece.mode == "minor")
    notes = sounding_notes(sound, RATE)
    evidence = key_evidence(notes) if notes is not None else None
    return None if evidence is None else (evidence.astype(np.float32), answer)


def turned(evidence: Floats) -> Floats:
    """Profiles (pieces, rows, 12) seen from each tonic: (pieces, 12, rows x 12)."""
    views = [np.roll(evidence, -tonic, axis=2).reshape(len(evidence), -1) for tonic in range(12)]
    return np.stack(views, axis=1)


def fitted(inputs: Floats, answers: Integers, seed: int = 0) -> Network:
    """The network after ``EPOCHS`` rounds over standardised ``inputs`` (pieces, 12, profiles)."""
    torch.manual_seed(seed)
    network = Network(inputs.shape[2], HIDDEN)
    optimiser = torch.optim.AdamW(network.parameters(), _RATE_OF_LEARNING, weight_decay=_DECAY)
    x, y = torch.from_numpy(inputs), _targets(answers)
    steps = EPOCHS * (len(x) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE_OF_LEARNING, total_steps=steps)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(x))[: len(x) // _BATCH * _BATCH].split(_BATCH):
            kept = torch.rand(len(rows), 1, x.shape[2]) > _LEFT_OUT
            loss = torch.nn.functional.cross_entropy(network(x[rows] * kept), y[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return network.eval()


def _targets(answers: Integers) -> torch.Tensor:
    """The probabilities to learn, shape (pieces, 24)."""
    targets = torch.full((len(answers), KEYS), 1 / KEYS)
    known = answers != NO_KEY
    targets[known] *= _SMOOTHING
    targets[known, answers[known]] += 1 - _SMOOTHING
    return targets


def sharpness(scores: torch.Tensor, answers: Integers) -> float:
    """The factor on unseen scores which makes the answers most likely: under 1 where the network is too sure."""
    y = torch.from_numpy(answers)
    grid = np.linspace(0.4, 1.6, 61)
    losses = [float(torch.nn.functional.cross_entropy(scores * factor, y)) for factor in grid]
    return round(float(grid[int(np.argmin(losses))]), 2)


def main() -> None:
    """Make the pieces, fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, default=PIECES)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kept", type=Path, help="an .npz file in which the profiles of the pieces are kept")
    parser.add_argument("--out", type=Path, default=_MODULE)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    evidence, answers, halves = _examples(asked.pieces, asked.workers, asked.kept)
    raw = turned(evidence)
    centre, scale = raw.mean(axis=(0, 1)), raw.std(axis=(0, 1)) + 1e-3
    inputs = (raw - centre) / scale
    unseen = np.zeros((len(answers), KEYS), np.float32)
    for half in (0, 1):
        network = fitted(inputs[halves != half], answers[halves != half])
        with torch.no_grad():
            unseen[halves == half] = network(torch.from_numpy(inputs[halves == half])).numpy()
    known = answers != NO_KEY
    factor = sharpness(torch.from_numpy(unseen[known]), answers[known])
    right = np.argmax(unseen[known], axis=1) == answers[known]
    print(f"{known.sum()} pieces; on instruments not fitted on {right.mean():.3f} exact, sharpness {factor}")
    write_module(asked.out, fitted(inputs, answers), centre, scale, factor)


def _examples(
    count: int, workers: int, kept: Path | None
) -> tuple[Floats, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    if kept is not None and kept.exists():
        with np.load(kept) as file:
            return file["evidence"], file["answers"], file["halves"]
    with ProcessPoolExecutor(workers) as pool:
        made = [(i, one) for i, one in enumerate(pool.map(example, range(count), chunksize=25)) if one is not None]
    evidence = np.stack([one[0] for _, one in made])
    answers = np.array([one[1] for _, one in made], np.int64)
    halves = np.array([i % 2 for i, _ in made], np.int64)
    if kept is not None:
        np.savez(kept, evidence=evidence, answers=answers, halves=halves)
    return evidence, answers, halves


def write_module(path: Path, network: Network, centre: Floats, scale: Floats, factor: float) -> None:
    """Write the weights as Python: bytes for the many, with a scale for each hidden unit, plain numbers for the few."""
    first = network.first.weight.detach().numpy().T / scale[:, None]
    bias = network.first.bias.detach().numpy() - centre @ first
    size = np.abs(first).max(axis=0) / 127
    packed = np.round(first / size).astype(np.int8)
    text = b85encode(packed.tobytes()).decode()
    lines = "\n".join(f'    r"{text[i : i + _LINE]}"' for i in range(0, len(text), _LINE))
    second = network.second.weight.detach().numpy().T.ravel()
    path.write_text(
        _TEMPLATE.format(
            profile=lines,
            scale=_numbers(size, 7),
            hidden=_numbers(bias, 4),
            mode=_numbers(second, 4),
            mode_bias=_numbers(network.second.bias.detach().numpy(), 4),
            sharpness=factor,
        )
    )


def _numbers(values: npt.NDArray[np.floating], digits: int) -> str:
    texts = [f"{value:.{digits}f}" for value in values]
    return "\n".join("    " + " ".join(f"{text}," for text in texts[i : i + 10]) for i in range(0, len(texts), 10))


_TEMPLATE: Final = '''"""The fitted numbers of the key model, as ``python -m training.analysis.keys`` wrote them."""

from typing import Final

SHARPNESS: Final = {sharpness}
"""The scores times this are log odds that hold for instruments which were not fitted on."""
# fmt: off
PROFILE_WEIGHTS: Final = (
{profile}
)
"""Signed bytes in base 85, one row of hidden units for each number of the turned profiles."""
PROFILE_SCALE: Final = (
{scale}
)
HIDDEN_BIAS: Final = (
{hidden}
)
MODE_WEIGHTS: Final = (
{mode}
)
"""Major, minor for each hidden unit."""
MODE_BIAS: Final = (
{mode_bias}
)
# fmt: on
'''

if __name__ == "__main__":
    main()
