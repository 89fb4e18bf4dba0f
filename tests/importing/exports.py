"""Text exports to import: invented works in a few lines."""

from pathlib import Path

PROSE = "The lamp was lit before the ships came in.\n\nAda counted them twice, and wrote both numbers down.\n"


def text(number: int = 1, body: str = PROSE, **labels: str) -> str:
    """One export. Labels are given with `_` for spaces; an empty one is left out."""
    header = {
        "Title": f"Work {number}",
        "Work ID": str(2000000 + number),
        "Author": "quillfeather",
        "Rating": "General Audiences",
        "Archive Warning": "No Archive Warnings Apply",
        "Fandom": "Harbour Lights",
        "Chapters": "1/1",
    } | {name.replace("_", " "): value for name, value in labels.items()}
    lines = "".join(f"{name}: {value}\n" for name, value in header.items() if value)
    return f"{lines}\nSummary:\nA lamp, and who keeps it.\n\nWork text:\n\n{body}"


def write(folder: Path, number: int = 1, name: str = "", body: str = PROSE, **labels: str) -> Path:
    """One export as a file of its own."""
    path = folder / (name or f"{number}.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(number, body, **labels), encoding="utf-8")
    return path
