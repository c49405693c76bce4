"""What is happening now: the one owner of the current song, its history, and the file it is kept in."""
