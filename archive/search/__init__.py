"""Finding works by their words."""
