"""Pages that were saved instead of a work: login walls, error pages, notices of works that are not there."""

import re

_SPACES = " \n\t\xa0"
_TAGS = re.compile(r"<[^<>]{0,500}>")

_LONG = 6000
"""A text longer than this is a work, whatever it quotes."""
_SHORT = 400
"""Words that a work may well hold are believed only when there is hardly anything else."""

_SURE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        (
            "a login page saved instead of the work",
            r"(?<!commenting on )this work is only available to registered users of the archive"
            r"|if you already have an archive of our own account, log in"
            r"|sorry, you don.t have permission to access the page you were trying to reach"
            r"|forgot your password or username\?"
            r"|forgot (?:your )?password\?.{0,200}(?:get an invitation|create an account|remember me)"
            r"|(?:please |you must |you need to )(?:be logged in|log in|sign in) to (?:view|read|see|access|continue)",
        ),
        (
            "an adult-content question saved instead of the work",
            r"this work could have adult content\. if you (?:continue|proceed), you have agreed"
            r"|this work may contain adult content.{0,200}are you (?:over|at least) 18",
        ),
        (
            "a page that says the work is gone, saved instead of the work",
            r"sorry, we couldn.t find the work you were looking for"
            r"|this work has been deleted\b.{0,40}(?:by|from|$)"
            r"|story not found.{0,80}unable to locate story"
            r"|story is unavailable for reading"
            r"|the wayback machine has not archived that url"
            r"|a work that has been hidden by an admin",
        ),
        (
            "a notice of an unrevealed work saved instead of the work",
            r"this work is part of an ongoing challenge and will be revealed soon"
            r"|this work is in an unrevealed collection",
        ),
        (
            "a page that asks for proof of being human, saved instead of the work",
            r"enable javascript and cookies to continue"
            r"|checking (?:if the site connection is secure|your browser before accessing)"
            r"|verif(?:y|ying) (?:that )?you are (?:a )?human",
        ),
        (
            "a page that asks to try later, saved instead of the work",
            r"you have made too many requests in a short time"
            r"|the page was responding too slowly"
            r"|is currently experiencing heavy traffic"
            r"|you have been rate.?limited|rate limit exceeded",
        ),
        (
            "an error page saved instead of the work",
            r"the page you were looking for doesn.t exist"
            r"|you may have mistyped the address or the page may have been moved"
            r"|we.re sorry, but something went wrong"
            r"|the archive (?:is|of our own is) (?:currently )?down for maintenance"
            r"|your ip address has been blocked from accessing"
            r"|your current session has expired and we can.t authenticate your request",
        ),
    )
)
_LIKELY: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a page that asks to try later, saved instead of the work",
        re.compile(r"retry later|(?:error )?429\b|(?:http )?(?:error )?(?:429:? )?too many requests", re.IGNORECASE),
    ),
    (
        "an error page saved instead of the work",
        re.compile(
            r"(?:http )?(?:error|status)?:? ?(?:40[0-9]|50[0-9]|52[0-9])\b"
            r"|(?:page |work |file )?not found\b|internal server error|bad gateway|service unavailable"
            r"|gateway time-?out|(?:403 )?forbidden|access denied",
            re.IGNORECASE,
        ),
    ),
    (
        "a login page saved instead of the work",
        re.compile(r"(?:log|sign) in(?:$| (?:to|with|or|user|password|e-?mail))", re.IGNORECASE),
    ),
    (
        "a notice of a deleted work saved instead of the work",
        re.compile(
            r"(?:this )?(?:work|story|chapter) (?:was|has been|is) (?:deleted|removed)|deleted work$", re.IGNORECASE
        ),
    ),
)


def wall(text: str) -> str | None:
    """Why this text is no work but a page that stood in its place; None for a work.

    >>> wall("Retry later\\n")
    'a page that asks to try later, saved instead of the work'
    >>> wall("Retry later, said the machine, and Ada laughed." * 20)
    """
    if len(text) > _LONG * 4 or ("<" not in text and _shown(text[: _LONG * 2]) > _LONG):
        return None
    words = " ".join((_TAGS.sub(" ", text) if "<" in text else text).split())
    if len(words) > _LONG:
        return None
    for reason, pattern in _SURE:
        if pattern.search(words):
            return reason
    if len(words) <= _SHORT:
        for reason, pattern in _LIKELY:
            if pattern.match(words):
                return reason
    return None


def _shown(text: str) -> int:
    return len(text) - sum(map(text.count, _SPACES))
