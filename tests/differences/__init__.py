"""What changed between two versions of a work."""
