"""The question said in words: the sentence over the shelf, and the label of each condition."""

from archive.wording.labels import chip, label
from archive.wording.sentences import beyond, sentence

__all__ = ["beyond", "chip", "label", "sentence"]
