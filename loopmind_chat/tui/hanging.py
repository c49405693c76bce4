"""Text of columns that stays readable on a narrow screen: long lines go on under their last column."""

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from loopmind_chat.tui.text import hanging, plain


class Hanging(Visual):
    """What a Static shows instead of a string."""

    def __init__(self, text: str) -> None:
        self._text = plain(text)

    def __str__(self) -> str:
        return self._text

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The rows."""
        return self._content(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The longest line."""
        return Content(self._text).get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many rows there are at this width."""
        return self._content(width).get_height(rules, width)

    def _content(self, width: int) -> Content:
        return Content(hanging(self._text, width))
