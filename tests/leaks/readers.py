"""Everybody who may ask, each at their own browser, and what they are to get, said here in plain words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client

from archive import wrangling
from archive.access import Verdict
from archive.models import SitePolicy, Tag
from archive.vocabulary import Rating
from reader import devices, tokens
from reader.models import Device, ReadingRules, User
from tests.cast import enter
from tests.leaks.works import NONE_APPLY, Marked, put, stock

BARRED = {"barred": "the tag itself", "spelled": "a synonym of it", "beneath": "a tag below it"}
"""Works of a tag that somebody never sees, or does not want to see, and how they come by it."""
AVOIDED = {*BARRED, "teen", "unstated-warnings"}
"""Works that somebody's own rules set aside: by the tag and its kin, by author, by number."""
NAMED = ("freeform-barred", "author-teen", "title-unstated-warnings")
"""What those rules say themselves, and pages may say with them."""


def shelf() -> list[Marked]:
    """Works of every rating and warning, unrated, unknown, held, binned and restricted ones, and a tag with its kin."""
    works = stock() + put(dict.fromkeys(BARRED, (("General Audiences",), NONE_APPLY)))
    tags = {name: Tag.everything.get(name=f"freeform-{name}") for name in BARRED}
    wrangling.make_synonym(tags["spelled"], tags["barred"])
    wrangling.set_metatag(tags["beneath"], tags["barred"])
    return works


@dataclass(frozen=True)
class Asker:
    """One kind of reader. The defaults are a member who has agreed to everything."""

    come_in: Callable[[list[Marked]], Client]
    stranger: bool = False
    agreed: bool = True
    bounded: bool = False
    """Whether nothing adult is shown to them, whatever they agree to."""
    outside: bool = False
    """Whether they are let in nowhere."""
    barred: bool = False
    """Whether a keeper keeps one tag from them."""
    avoids: bool = False
    """Whether they keep that tag, an author and a work off their own shelves."""
    hides: bool = False
    """Whether they are told warnings and freeforms when they ask only."""
    by_token: bool = False

    def verdict(self, work: Marked) -> Verdict:
        """What they get of a work."""
        if self.outside or work.never or (work.restricted and self.stranger):
            return Verdict.HIDDEN
        if (self.bounded and work.adult) or (self.barred and work.name in BARRED):
            return Verdict.HIDDEN
        if work.warned or (work.adult and not self.agreed):
            return Verdict.HIDDEN if self.by_token else Verdict.ASK
        return Verdict.OPEN

    def listed(self, work: Marked) -> bool:
        """Whether a work stands on their shelves."""
        nameable = self.verdict(work) is not Verdict.HIDDEN and (self.agreed or not work.adult)
        return nameable and not (self.avoids and work.name in AVOIDED)

    def forbidden(self, work: Marked, *, at_home: bool, telling: bool, page: str) -> tuple[str, ...]:
        """Marks of a work that must not stand in an answer: `at_home` in one to an address of the work itself,
        `telling` in one that tells what they are told only when they ask, `page` in one about the tag, author or
        series of the work of this name: what own rules set aside has such a page, which says so."""
        judged = self.verdict(work)
        if judged is Verdict.HIDDEN:
            return work.marks
        if not at_home and not self.listed(work):  # it stands on no shelf; only its own pages name it
            named = (*NAMED, f"fandom-{page}", f"author-{page}", f"series-{page}") if self.avoids else ()
            return tuple(mark for mark in work.marks if mark not in named)
        hidden = (f"freeform-{work.name}",) if self.hides and not telling else ()
        if judged is Verdict.OPEN:
            return hidden
        return (*work.text, *work.about) if work.adult and not self.agreed else (*work.text, *hidden)


def member(name: str, **stated: object) -> Client:
    """A member who has agreed to see adult works, for good."""
    client = Client()
    client.force_login(User.objects.create_user(name, **{"adult_agreed": True, **stated}))
    return client


def willing_stranger(works: list[Marked]) -> Client:
    """A stranger who has agreed to see adult works."""
    client = Client()
    client.post("/agreement/", {"answer": "agree"})
    return client


def bounded_stranger(works: list[Marked]) -> Client:
    """The same, in a house where a member has a ceiling."""
    client = willing_stranger(works)
    User.objects.create_user("child", ceiling=Rating.TEEN)
    return client


def outsider(works: list[Marked]) -> Client:
    """The same, in a house where everybody signs in."""
    client = willing_stranger(works)
    SitePolicy.everything.update(strangers_welcome=False)
    return client


def on_the_sofa(works: list[Marked]) -> Client:
    """A member who has agreed, on a device with a ceiling of its own."""
    client = member("sofa")
    Device.objects.filter(key=devices.digest(client.session[devices.PROOF])).update(ceiling=Rating.TEEN)
    return client


def avoiding(works: list[Marked]) -> Client:
    """A member with rules about a tag, an author and a work."""
    client = member("avoiding")
    [work] = [one for one in works if one.name == "unstated-warnings"]
    ReadingRules.objects.create(
        user=User.objects.get(username="avoiding"),
        avoided_tags=[["freeform-barred", ""]],
        avoided_authors=[["author-teen", ""]],
        avoided_works=[[work.pk, ""]],
    )
    return client


def hiding(works: list[Marked]) -> Client:
    """A member who is told warnings and freeforms when they ask only."""
    client = member("hiding")
    ReadingRules.objects.create(user=User.objects.get(username="hiding"), hides_warnings=True, hides_freeforms=True)
    return client


def bearer(works: list[Marked]) -> Client:
    """A feed or an e-reader with the token of a member, and nothing else."""
    user = User.objects.create_user("bearer", adult_agreed=True)
    return Client(headers={"authorization": f"Bearer {tokens.make(user, 'feed')}"})


ASKERS = {
    "stranger": Asker(lambda works: enter("stranger"), stranger=True, agreed=False),
    "willing stranger": Asker(willing_stranger, stranger=True),
    "bounded stranger": Asker(bounded_stranger, stranger=True, bounded=True),
    "outsider": Asker(outsider, stranger=True, outside=True),
    "teen": Asker(lambda works: enter("teen"), agreed=False, bounded=True),
    "adult": Asker(lambda works: enter("adult"), agreed=False),
    "agreed": Asker(lambda works: enter("agreed")),
    "keeper": Asker(lambda works: enter("keeper"), agreed=False),
    "on the sofa": Asker(on_the_sofa, bounded=True),
    "barred": Asker(lambda works: member("barred", blocked_tags=["freeform-barred"]), barred=True),
    "avoiding": Asker(avoiding, avoids=True),
    "hiding": Asker(hiding, hides=True),
    "bearer": Asker(bearer, by_token=True),
}
"""Everybody. Where a route takes no tokens, whoever brings one is a stranger."""
