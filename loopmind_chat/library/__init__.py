"""The user's loops: scanned, analysed, embedded, indexed. SQLite is the truth, Chroma a cache."""
