"""Signals: oscillators, envelopes, filters, and effects that run in a circle so that loops have no seam."""
