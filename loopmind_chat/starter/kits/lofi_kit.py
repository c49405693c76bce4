"""The lo-fi kit's frame: D minor, one chord a bar, Dm9 Gm9 Bbmaj7 Am7."""

from typing import Final

from loopmind_chat.starter.recipe import Kit

LOFI: Final = Kit("Lo-Fi Kit", "lofi", 80.0, "D minor")
