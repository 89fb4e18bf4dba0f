"""The past of a work: what its files state, its older texts, and how they differ, as far as a reader may see them."""
