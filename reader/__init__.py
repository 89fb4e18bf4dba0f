"""The reading room: the pages, and what belongs to a reader."""
