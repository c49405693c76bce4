"""Every recipe of the pack."""

from functools import lru_cache

from loopmind_chat.starter.kits import trap_drums, trap_tunes
from loopmind_chat.starter.recipe import Recipe


@lru_cache(maxsize=1)
def recipes() -> dict[str, Recipe]:
    """The recipes by file, in the order of the folders."""
    found = [
        *trap_drums.loops(),
        *trap_tunes.loops(),
        *trap_drums.shots(),
        *trap_tunes.shots(),
    ]
    return {recipe.label.file: recipe for recipe in found}
