"""The site: what holds for everybody, and tells nothing of any work."""

from archive import limits as lowest
from archive import presets
from archive.house import House, look_round
from archive.models import SitePolicy
from archive.policy import Limits, Policy, Preset


def policy() -> Policy:
    """The site's policy; without its row the strictest."""
    return SitePolicy.in_force()


def choose(preset: Preset, by: str) -> None:
    """Set the policy to one that is ready-made, in the name of the keeper who does."""
    presets.choose(preset, by)


def limits() -> Limits:
    """How far strangers may look at most, whatever the policy says: as far as every member may."""
    return lowest.limits()


def house() -> House:
    """Look round the house."""
    return look_round()
