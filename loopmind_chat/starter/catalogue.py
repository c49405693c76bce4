"""Every recipe of the pack."""

from functools import lru_cache

from loopmind_chat.starter.kits import (
    house_air,
    house_drums,
    house_tunes,
    lofi_air,
    lofi_drums,
    lofi_tunes,
    trap_air,
    trap_drums,
    trap_tunes,
)
from loopmind_chat.starter.recipe import Recipe


@lru_cache(maxsize=1)
def recipes() -> dict[str, Recipe]:
    """The recipes by file, kit by kit: loops first, then one-shots."""
    found: list[Recipe] = []
    for drums, tunes, air in (
        (trap_drums, trap_tunes, trap_air),
        (lofi_drums, lofi_tunes, lofi_air),
        (house_drums, house_tunes, house_air),
    ):
        found += [*drums.loops(), *tunes.loops(), *air.loops(), *drums.shots(), *air.shots()]
    return {recipe.label.file: recipe for recipe in found}
