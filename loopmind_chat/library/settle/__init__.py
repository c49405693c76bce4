"""What the loops of a library tell about each other, once each has been looked at by itself: pure functions."""
