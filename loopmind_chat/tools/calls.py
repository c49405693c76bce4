"""A call as it is asked for, before anything is known of its arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Call:
    """A tool's name with raw arguments: strings from a slash command, JSON values from a model."""

    tool: str
    args: Mapping[str, object] = field(default_factory=dict)
