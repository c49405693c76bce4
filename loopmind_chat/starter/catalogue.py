"""Every recipe of the pack."""

from functools import lru_cache

from loopmind_chat.starter.kits import house_drums, house_tunes, lofi_drums, lofi_tunes, trap_drums, trap_tunes
from loopmind_chat.starter.recipe import Recipe


@lru_cache(maxsize=1)
def recipes() -> dict[str, Recipe]:
    """The recipes by file, kit by kit: loops first, then one-shots."""
    found = []
    for kit in ((trap_drums, trap_tunes), (lofi_drums, lofi_tunes), (house_drums, house_tunes)):
        found += [recipe for module in kit for recipe in module.loops()]
        found += [recipe for module in kit for recipe in module.shots()]
    return {recipe.label.file: recipe for recipe in found}
