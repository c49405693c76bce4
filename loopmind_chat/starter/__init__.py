"""The starter pack: three kits of loops, synthesised on the user's machine."""

from loopmind_chat.starter.pack import PackReport, write_pack

__all__ = ["PackReport", "write_pack"]
