"""What the tests of faults share with those of the agent."""

from tests.agent.conftest import gguf

__all__ = ["gguf"]
