"""What real archives look like in figures: shares of ratings, warnings, languages, and how long the tails are."""

from archive.corpus.draws import Choice, Popularity, Quantiles
from archive.vocabulary import ArchiveWarning, Category, Rating

RATING = Choice(
    (Rating.GENERAL, 34.0),
    (Rating.TEEN, 31.7),
    (Rating.EXPLICIT, 15.7),
    (Rating.MATURE, 13.5),
    (Rating.NOT_RATED, 4.5),
    (Rating.NOT_STATED, 0.6),
)
WARNING = Choice(
    (ArchiveWarning.NONE_APPLY, 72.0),
    (ArchiveWarning.CHOSE_NOT, 19.0),
    (ArchiveWarning.VIOLENCE, 2.4),
    (ArchiveWarning.DEATH, 1.3),
    (ArchiveWarning.VIOLENCE | ArchiveWarning.DEATH, 0.8),
    (ArchiveWarning.NON_CON, 0.4),
    (ArchiveWarning.VIOLENCE | ArchiveWarning.NON_CON, 0.4),
    (ArchiveWarning.UNDERAGE, 0.4),
    (ArchiveWarning.CHOSE_NOT | ArchiveWarning.VIOLENCE, 0.3),
    (ArchiveWarning.NOT_STATED, 3.0),
)
CATEGORY = Choice(
    (Category.MM, 48.0),
    (Category.GEN, 20.0),
    (Category.FM, 10.5),
    (Category.FF, 6.5),
    (Category.MULTI, 2.0),
    (Category(0), 4.1),
    (Category.OTHER, 1.9),
    (Category.MM | Category.GEN, 2.0),
    (Category.MM | Category.FM, 2.0),
    (Category.GEN | Category.FM, 1.0),
    (Category.MM | Category.FF | Category.MULTI, 1.0),
    (Category.FM | Category.MM | Category.MULTI, 1.0),
)
LANGUAGE = Choice(
    ("English", 90.6),
    ("中文-普通话 國語", 4.6),
    ("Русский", 1.9),
    ("Español", 1.0),
    ("Français", 0.44),
    ("Italiano", 0.33),
    ("Bahasa Indonesia", 0.22),
    ("Português brasileiro", 0.21),
    ("Deutsch", 0.20),
    ("Polski", 0.20),
    ("العربية", 0.10),
    ("日本語", 0.10),
    ("עברית", 0.05),
    ("", 0.05),
)

WORDS = Quantiles(
    (0, 0), (1, 5), (5, 100), (10, 296), (25, 825), (50, 1913), (75, 5016), (90, 14107), (95, 24718), (99, 72933),
    (99.99, 400_000), (100, 900_000),
)  # fmt: skip
CHAPTERS = Quantiles((0, 1), (77, 1), (80, 2), (90, 6), (95, 10), (99, 25), (99.9, 80), (100, 200))
FANDOMS = Quantiles((0, 1), (72, 1), (90, 2), (95, 3), (99, 5), (100, 30))
RELATIONSHIPS = Quantiles((0, 0), (15.9, 0), (16, 1), (70, 1), (80, 2), (90, 3), (99, 8), (100, 40))
CHARACTERS = Quantiles((0, 0), (5, 0), (6, 1), (30, 2), (55, 3), (90, 7), (99, 19), (100, 90))
FREEFORMS = Quantiles((0, 0), (9.4, 0), (10, 1), (50, 5), (90, 13), (99, 29), (100, 75))
AUTHORS = Choice((1, 96.6), (2, 2.9), (3, 0.4), (6, 0.1))
TITLE_WORDS = Choice((1, 18), (2, 24), (3, 22), (4, 14), (5, 9), (7, 8), (11, 5))
UPDATED = Quantiles((0, 0), (56, 4), (80, 8), (95, 13), (100, 28))
"""Years before the newest work."""

KUDOS = Quantiles((0, 0), (25, 14), (50, 46), (75, 136), (90, 339), (99, 1739), (100, 60_000))
COUNTED = 0.9
"""Of the works: those whose files tell kudos and the like."""
SPELLED_OTHERWISE = 0.15
"""Of the uses of relationships and freeforms that several works share."""
SPELLED_BY_ONE = 0.2
"""Of the relationships and freeforms that one work uses: those that are spellings of a shared one."""
METATAGGED = 0.3
"""Of the commoner canonicals."""

SUMMARY = 0.981
SERIES = 0.30
COMPLETE = 0.90
OPEN_ENDED = 0.55
"""Of the works in progress: those that do not say how many chapters are planned."""
ANONYMOUS = 0.004
PSEUD_OF_ACCOUNT = 0.071

FANDOM_USE = Popularity((10, 20.7), (100, 54.9), (1000, 88.6), (20_000, 98.5))
RELATIONSHIP_USE = Popularity((3, 40.0), (10, 62.0), (60, 88.0))
"""Within one fandom."""
CHARACTER_USE = Popularity((4, 45.0), (12, 75.0), (60, 94.0))
"""Within one fandom."""


def freeform_use(works: int) -> Popularity:
    """How freeforms are used in a library of so many works: the more works, the longer the shared part of the list."""
    shared = max(200, int(4354 * (works / 10_324) ** 0.8))
    return Popularity((100, 26.0), (shared, 75.0))


def author_use(works: int) -> Popularity:
    """How authors share so many works: half of them wrote one, few wrote a hundred."""
    return Popularity((10, 6.0), (max(20, works // 40), 45.0), (max(40, works // 5), 88.0))
