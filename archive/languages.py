"""Languages: what files call them, their BCP 47 codes, their own names and their direction."""

_NAMES = (
    ("en", "English", "English"),
    ("fr", "Français", "French"),
)
_BY_NAME = {name.casefold(): code for code, *names in _NAMES for name in (code, *names)}
_OWN = {code: own for code, own, _ in _NAMES}
_RIGHT_TO_LEFT = {"ar", "he", "fa", "ur", "yi"}


def code(stated: str) -> str:
    """The BCP 47 code of a language as a file names it; empty when it is not known."""
    return _BY_NAME.get(stated.strip().casefold(), "")


def own_name(code: str) -> str:
    """What a language calls itself; empty for an unknown code."""
    return _OWN.get(code, "")


def direction(code: str) -> str:
    """"rtl", "ltr", or "auto" when the language is not known."""
    if not code:
        return "auto"
    return "rtl" if code.split("-")[0] in _RIGHT_TO_LEFT else "ltr"
