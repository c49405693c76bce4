"""The sound card, through PortAudio."""

from typing import Any

from loopmind_chat.audio.engine.output import BLOCK, Fill
from loopmind_chat.audio.engine.ring import Block
from loopmind_chat.errors import NoDevice
from loopmind_chat.song.units import SAMPLE_RATE

NO_PORTAUDIO = "no sound: PortAudio is missing (Debian and Ubuntu: sudo apt install libportaudio2)"
LATENCY_S = 0.12
"""What the card holds: its default of 43 ms ran dry on a busy machine while the ring was full."""
NO_CARD = "no sound: this machine has no output device"


def _library() -> Any:  # noqa: ANN401 - sounddevice ships no types
    """The module sounddevice. Raises NoDevice: on Linux its wheel holds no PortAudio and fails at import."""
    try:
        import sounddevice  # noqa: PLC0415 - may fail, and takes a quarter of a second
    except (OSError, ImportError) as fault:
        raise NoDevice(NO_PORTAUDIO) from fault
    return sounddevice


def output_names(*, refresh: bool = False) -> list[str]:
    """Names of the outputs, "name, host API", the default first.

    ``refresh`` looks again: PortAudio knows only what was there at its start. No stream may be open then.
    """
    sd = _library()
    if refresh:
        sd._terminate()  # noqa: SLF001 - the only way to look again; its issue 382 says so
        sd._initialize()  # noqa: SLF001 - as above
    return list(_outputs(sd))


def _outputs(sd: Any) -> dict[str, int]:  # noqa: ANN401 - sounddevice ships no types
    """Numbers of the outputs by name, the default first."""
    default = sd.default.device[1]
    apis = [api["name"] for api in sd.query_hostapis()]
    found = [
        (index != default, index, f"{device['name']}, {apis[device['hostapi']]}")
        for index, device in enumerate(sd.query_devices())
        if device["max_output_channels"] >= 1
    ]
    return {name: index for _, index, name in sorted(found)}


class PortAudioDevice:
    """A stream of a sound card at 48 kHz in stereo; None: the system's default."""

    def __init__(self, name: str | None = None) -> None:
        self.name = name or "default"
        self.silent = False
        self.latency_s = 0.0
        self._wanted = name
        self._stream: Any = None

    def start(self, fill: Fill) -> None:
        """Open and start the stream. Raises NoDevice, saying why."""
        sd = _library()
        outputs = _outputs(sd)
        if not outputs:
            raise NoDevice(NO_CARD)
        if self._wanted is not None and self._wanted not in outputs:
            raise NoDevice(f"no sound: there is no output {self._wanted!r} (/device lists what there is)")
        self.name = self._wanted or next(iter(outputs))

        def callback(out: Block, _frames: int, _time: object, status: Any) -> None:  # noqa: ANN401 - as above
            fill(out, late=bool(status.output_underflow))

        try:
            self._stream = sd.OutputStream(
                samplerate=SAMPLE_RATE,
                blocksize=BLOCK,
                device=outputs[self.name],
                channels=2,
                dtype="float32",
                latency=LATENCY_S,
                callback=callback,
            )
            self._stream.start()
        except (sd.PortAudioError, ValueError) as fault:
            self.close()
            raise NoDevice(f"no sound: {self.name} does not open ({_reason(fault)})") from fault
        self.latency_s = float(self._stream.latency)

    def close(self) -> None:
        """Stop at once and let the card go."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)


def _reason(fault: Exception) -> str:
    return str(fault.args[0] if fault.args else fault).splitlines()[0]
