"""A synthetic library in the shape of real archives: any number of invented works, the same ones for the same seed."""

from archive.corpus.works import Corpus

__all__ = ["Corpus"]
