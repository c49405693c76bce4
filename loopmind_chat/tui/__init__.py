"""The terminal studio (Textual). Workers post messages; handlers change widgets."""
