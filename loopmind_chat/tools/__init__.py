"""The typed verbs. A tool reads and returns what should be done; it never changes anything itself."""
