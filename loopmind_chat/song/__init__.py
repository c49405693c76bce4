"""What a song *is*: frozen values and pure functions, standard library only."""
