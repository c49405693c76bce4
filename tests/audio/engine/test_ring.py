import numpy as np

from loopmind_chat.audio.engine.ring import FADE_FRAMES, Block, Ring


def ramp(start: int, count: int) -> Block:
    return np.repeat(np.arange(start, start + count, dtype=np.float32)[:, None], 2, axis=1)


def test_what_goes_in_comes_out_in_order_over_many_turns_of_the_ring() -> None:
    ring = Ring(1_000)
    heard = []
    for turn in range(50):
        ring.write(ramp(turn * 300, 300))
        out = np.empty((300, 2), np.float32)
        assert ring.read_into(out) == 300
        heard.append(out)
    np.testing.assert_array_equal(np.concatenate(heard), ramp(0, 15_000))


def test_an_empty_ring_gives_silence_and_keeps_its_place() -> None:
    ring = Ring(1_000)
    ring.write(ramp(1, 10))
    out = np.full((64, 2), 9.0, np.float32)
    assert ring.read_into(out) == 10
    np.testing.assert_array_equal(out[:10], ramp(1, 10))
    assert not out[10:].any()
    assert ring.read == 10


def test_a_cut_fades_out_and_goes_on_with_what_is_written_after() -> None:
    ring = Ring(4_000)
    ring.write(np.ones((2_000, 2), np.float32))
    cut = ring.written
    ring.write(np.full((500, 2), 0.5, np.float32))
    ring.discard(cut)
    assert ring.available == 500
    out = np.empty((600, 2), np.float32)
    assert ring.read_into(out) == 600
    assert out[0, 0] == 1.0
    assert np.all(np.diff(out[:FADE_FRAMES, 0]) < 0)
    np.testing.assert_array_equal(out[FADE_FRAMES:], 0.5)
    assert ring.read == 2_000 + 600 - FADE_FRAMES
