from loopmind_chat.audio.on_demand import PlayerOnDemand
from loopmind_chat.audio.status import PlayerStatus
from loopmind_chat.song.model import Song
from tests.fakes.desk import small_song


class Recorded:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def set_song(self, song: Song, revision: int) -> None:
        self.told.append(("song", revision, song.tempo))

    def play(self, bar: int | None = None) -> None:
        self.told.append(("play", bar))

    def stop(self) -> None:
        self.told.append("stop")

    def loop_section(self, section_id: str | None) -> None:
        self.told.append(("loop", section_id))

    def audition(self, path: str) -> None:
        self.told.append(("audition", path))

    def status(self) -> PlayerStatus:
        return PlayerStatus(playing=True)

    def devices(self) -> list[str]:
        return ["silent"]

    def set_device(self, name: str | None) -> None:
        self.told.append(("device", name))

    def close(self) -> None:
        self.told.append("closed")


def test_editing_alone_starts_nothing() -> None:
    started: list[Recorded] = []

    def start() -> Recorded:
        started.append(Recorded())
        return started[-1]

    player = PlayerOnDemand(start)
    player.set_song(small_song(), 3)
    player.stop()
    player.loop_section("s1")
    assert player.status() == PlayerStatus(tempo=140.0, revision=3)
    player.close()
    assert started == []


def test_play_hands_over_what_was_remembered() -> None:
    real = Recorded()
    player = PlayerOnDemand(lambda: real)
    player.set_song(small_song(), 3)
    player.loop_section("s1")
    player.play(4)
    player.set_song(small_song(), 4)
    assert real.told == [("song", 3, 140.0), ("loop", "s1"), ("play", 4), ("song", 4, 140.0)]
    assert player.status().playing
    assert player.devices() == ["silent"]
    player.close()
    assert real.told[-1] == "closed"
