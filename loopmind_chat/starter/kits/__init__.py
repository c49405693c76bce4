"""The three kits: every loop of one kit sounds well with every other of it."""
