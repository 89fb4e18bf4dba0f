"""The keepers' queues: the works that wait for a decision. Each is a view of the one table, no table of its own."""

from archive.models.work import Work


class HeldWork(Work):
    """A work that exists only for keepers until one of them releases it."""

    class Meta:
        proxy = True
        verbose_name = "held work"


class BinnedWork(Work):
    """A deleted work, which can still be brought back."""

    class Meta:
        proxy = True
        verbose_name = "work in the bin"
        verbose_name_plural = "bin"


class PuzzlingWork(Work):
    """A work whose statements a keeper should look at."""

    class Meta:
        proxy = True
        verbose_name = "work to look at"
        verbose_name_plural = "works to look at"
