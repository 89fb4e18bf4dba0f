"""Postgres as Django speaks to it, but for how a lost connection is noticed."""
