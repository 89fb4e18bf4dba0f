"""What the formats of files are called on the screen."""

FORMATS = {
    "ao3-html": "AO3 download (HTML)",
    "ao3-epub": "AO3 download (EPUB)",
    "ao3-page": "Saved AO3 page",
    "ao3scraper": "AO3Scraper table",
    "calibre": "Row of a calibre library",
    "carrel-export": "Carrel’s own export",
    "chinese-text": "Chinese text",
    "epub": "EPUB",
    "fanficfare-epub": "FanFicFare (EPUB)",
    "fanficfare-html": "FanFicFare (HTML)",
    "fanficfare-text": "FanFicFare (text)",
    "fichub-epub": "FicHub (EPUB)",
    "fichub-html": "FicHub (HTML)",
    "fimfiction": "Fimfiction",
    "html-page": "HTML page",
    "page-text": "Text of a saved AO3 page",
    "tags-behind": "Text with its tags at the end",
    "titlepage-notes": "EPUB with a title page and notes",
    "webtoepub": "WebToEpub",
    "json-lines": "JSON lines",
    "markdown": "Markdown",
    "plain-text": "Plain text",
    "text-export": "Text export",
}


def format_name(name: str) -> str:
    """A format for the screen."""
    return FORMATS.get(name, name.replace("-", " ").capitalize())
