"""The starter pack: three kits of loops, synthesised on the user's machine."""
