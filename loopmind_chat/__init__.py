"""LoopMind Chat: songs made of your own loops, by conversation, in a terminal."""

__version__ = "0.1.0"
