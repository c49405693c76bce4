"""What the program says of itself, for those who see it for the first time."""

from typing import Final

WELCOME: Final = (
    "LoopMind makes songs of your own loops. Say what you want to hear: make something dark at 140",
    "Then keep talking: swap the melody for something darker · add a bridge after the second hook · tape vibe",
    "Your own folder: /folder PATH · all commands: /help · scroll: pgup, pgdn · leave: ctrl+q",
)
AFTER_THE_FIRST_SONG: Final = (
    "Keep talking while it plays: swap the melody for something darker · add a bridge after the second hook · "
    "tape vibe · /undo takes a turn back · /export writes the mix"
)
LEAVING: Final = "ctrl+c once more, or ctrl+q, leaves; esc stops a turn"
