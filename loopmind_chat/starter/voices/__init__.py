"""Instruments: each makes one sound from physics, arithmetic and chance."""
