"""From a song to sound: preparation, the mixer that serves live playback and export, the engine process."""
