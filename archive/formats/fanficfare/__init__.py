"""Files by FanFicFare: one reading of its title page and its chapters, whichever format they stand in.

`text` reads text files, `page` HTML, `book` EPUB, `sidecar` the JSON beside them. Facts: FanFicFare's own writers
(`writer_txt.py`, `writer_html.py`, `writer_epub.py`) and `defaults.ini`.
"""
