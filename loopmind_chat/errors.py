"""Every error that LoopMind raises on purpose, in one tree.

LoopMindError
├── SongError               an edit that the song does not admit
│   ├── NotInSong           a section, track or layer that is not there
│   └── OutOfRange          a tempo, level or length outside its limits
├── ComposeError            no song can be made of what is there
├── SoundFileError          a file that cannot be read or written as audio
│   └── UnreadableAudio     empty, damaged, not audio, too long, too many channels
├── LibraryError            the index of loops
│   ├── LibraryLocked       another process holds it
│   └── NoSuchLoop          an unknown loop
├── AudioError              the engine and its devices
│   ├── NoDevice            nothing to play on
│   ├── StretchFailed       Rubber Band could not do it
│   └── ExportFailed        a mix that could not be written
├── SessionError            the session file
│   ├── SessionDamaged      not a session, or beyond repair
│   └── SessionTooNew       written by a newer LoopMind
├── ToolError               a call that cannot be done; its text is for the user
│   ├── UnknownTool         no such tool
│   ├── BadArgument         missing, misspelt, or of the wrong type
│   └── CannotDo            well formed, but not possible with this song or library
├── AgentError              the language model
│   ├── ModelUnavailable    no model, or one that does not load
│   ├── ModelCrashed        its process died or hung
│   ├── GrammarRefused      the grammar of its answer is not one
│   └── TurnCancelled       the user stopped the turn
└── WeightsError            model files: missing, or not what the manifest says

The text of each is one line, for the user, and says what to do where something can be done.
"""


class LoopMindError(Exception):
    """Root of all deliberate errors."""


class SongError(LoopMindError):
    """An edit that the song does not admit."""


class NotInSong(SongError):
    """A section, track or layer that is not in the song."""


class OutOfRange(SongError):
    """A value outside its limits."""


class ComposeError(LoopMindError):
    """No song can be made of what is there."""


class SoundFileError(LoopMindError):
    """A file that cannot be read or written as audio."""


class UnreadableAudio(SoundFileError):
    """Empty, damaged, not audio, too long, or with too many channels."""


class LibraryError(LoopMindError):
    """The index of loops."""


class LibraryLocked(LibraryError):
    """Another process holds the library."""


class NoSuchLoop(LibraryError):
    """A loop that the library does not know."""


class AudioError(LoopMindError):
    """The audio engine and its devices."""


class NoDevice(AudioError):
    """Nothing to play on."""


class StretchFailed(AudioError):
    """A time-stretch or pitch-shift that could not be done."""


class ExportFailed(AudioError):
    """A mix that could not be written."""


class SessionError(LoopMindError):
    """The session file."""


class SessionDamaged(SessionError):
    """Not a session, or beyond repair."""


class SessionTooNew(SessionError):
    """Written by a newer LoopMind; the file is left as it is."""


class ToolError(LoopMindError):
    """A call that cannot be done; the text is shown to the user."""


class UnknownTool(ToolError):
    """There is no such tool."""


class BadArgument(ToolError):
    """An argument that is missing, misspelt, or of the wrong type."""


class CannotDo(ToolError):
    """A well-formed call that this song or library does not admit."""


class AgentError(LoopMindError):
    """The language model and the conversation."""


class ModelUnavailable(AgentError):
    """There is no model, or it does not load."""


class ModelCrashed(AgentError):
    """The model's process died or hung."""


class GrammarRefused(AgentError):
    """The grammar that should bind the answer is empty or not valid."""


class TurnCancelled(AgentError):
    """The user stopped the turn."""


class WeightsError(LoopMindError):
    """Model files that are missing or are not what the manifest says."""
