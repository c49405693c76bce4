"""The conversation: prompts, constrained decoding, the turn. Knows tools by their declarations only."""
