"""Plain texts: exports with a header of labels, texts of pages, Markdown, and prose with nothing beside it."""
