"""Tables and dumps: one work a row."""
