"""How the index is, in one line at the foot of the desk."""

from django.utils.timesince import timesince

from archive import index
from archive.models import Work


def indexed() -> str:
    """What is in the index, how old it is, and what has changed since; nothing in an empty library."""
    standing = index.standing()
    if standing is None and not Work.everything.exists():
        return ""
    if standing is None:
        return "There is no index yet: pages are found in the database itself, which takes longer in a large library."
    works = "1 work" if standing.works == 1 else f"{standing.works:,} works"
    changed = f"{standing.changed:,} changed since" if standing.changed else "nothing has changed since"
    return f"The index: {works}, built {timesince(standing.built, depth=1)} ago; {changed}."
