"""White space as a page shows it: one space for any run of it; and no control characters."""

_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\f\r"))
_SPACES = bytes.maketrans(b"\t\n\f\r", b"    ")


def spaced(text: str, *, lines: bool = False) -> str:
    """Escaped text, or whole markup, with its white space as it is shown; with `lines` nothing but controls goes."""
    text = text.encode("utf-8", "replace").translate(None if lines else _SPACES, _CONTROLS).decode()
    if "&nbsp;" in text:
        text = text.replace("&nbsp;", "\xa0")
    return text if lines else collapsed(text)


def collapsed(text: str) -> str:
    """Every run of spaces as one."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text
