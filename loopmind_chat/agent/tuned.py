"""What a model that was trained for this is asked: the song in a few words, the last turn, the sentence; no examples.

The trainer writes its samples by the same functions, so that the model meets what it was trained on, to the character.
"""

from loopmind_chat.agent.admissible import Ground
from loopmind_chat.agent.model import Piece, Prompt
from loopmind_chat.agent.open_grammar import open_grammar
from loopmind_chat.agent.prompt import SENTENCE_MAX, Question, clean_name, one_line
from loopmind_chat.song.model import Song
from loopmind_chat.tools.registry import all_tools

_NAMES_MAX = 24


def tuned_question(ground: Ground) -> Question:
    """Everything that one turn asks of a tuned model."""
    return Question((*tuned_opening(ground.song), Piece(_asked(ground))), tuned_grammar(ground))


def tuned_opening(song: Song) -> Prompt:
    """The part of the prompt that is known before the sentence is."""
    if not song.sections:
        return (Piece("song: none\n"),)
    sections = " ".join(section.kind for section in song.sections[:_NAMES_MAX])  # they count within their kind
    tracks = ", ".join(clean_name(track.name) for track in song.tracks[:_NAMES_MAX])
    return (Piece(f"song: {sections}; {tracks}\n"),)


def tuned_grammar(ground: Ground) -> str:
    """The grammar of the answer."""
    return open_grammar(all_tools().values(), ground)


def tuned_text(ground: Ground) -> str:
    """The whole prompt as text, as it is trained on."""
    return "".join(piece.text for piece in tuned_opening(ground.song)) + _asked(ground)


def _asked(ground: Ground) -> str:
    before = f"before: {ground.before}\n" if ground.before else ""
    return f"{before}say: {one_line(ground.sentence)[:SENTENCE_MAX]}\ndo:"
