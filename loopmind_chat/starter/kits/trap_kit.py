"""The trap kit's frame: A minor, one chord a bar, Am F Dm Em."""

from typing import Final

from loopmind_chat.starter.recipe import Kit

TRAP: Final = Kit("Trap Kit", "trap", 140.0, "A minor")
