"""Views: each asks the catalogue and renders what it is given."""
