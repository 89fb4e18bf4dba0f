"""Which elements and attributes are let in, and what each of them is in the canonical form."""

INLINE = {
    "a": "a", "abbr": "", "acronym": "", "b": "b", "big": "", "cite": "i", "code": "code", "del": "s", "dfn": "i",
    "em": "em", "font": "", "i": "i", "ins": "u", "kbd": "code", "mark": "", "q": "", "ruby": "ruby", "rp": "rp",
    "rt": "rt", "s": "s", "samp": "code", "small": "", "span": "span", "strike": "s", "strong": "strong",
    "sub": "sub", "sup": "sup", "tt": "code", "u": "u", "var": "i",
}  # fmt: skip
"""Inline elements and what they become; those that become nothing leave their text."""

QUOTES = {"q": ("“", "”")}
"""Inline elements that browsers write signs around."""

LEAVES = {"p": "p", "pre": "pre", "h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}
"""Blocks that hold inline elements only. The page has the only `h1`, the chapter the `h2`."""

BOUNDARIES = {
    "address", "article", "aside", "center", "dd", "details", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "header", "hgroup", "legend", "main", "nav", "section", "summary",
}  # fmt: skip
"""Blocks that are as good as a `div`."""

CONTAINERS = {
    **dict.fromkeys(BOUNDARIES, "div"),
    **{name: name for name in ("blockquote", "div", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot",
                               "tr", "td", "th")},
}  # fmt: skip
"""Blocks that hold blocks, and what they become. A `div` that says nothing leaves no trace."""

IMPLIED = {"center": ("center",), "dt": ("b",)}
"""What elements say of the look of what is in them, in the words of `archive.clean.looks`."""

TAGS = {*INLINE, *LEAVES, *CONTAINERS, "br", "hr", "img"}

DROPPED_WITH_CONTENT = {
    "script", "style", "title", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math",
    "textarea", "select", "audio", "video", "canvas", "noembed", "noframes", "xmp", "plaintext", "frameset",
}  # fmt: skip

ATTRIBUTES = {
    "*": {"lang", "xml:lang", "dir", "align", "class", "style", "id"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
"""What nh3 lets through. Of class and style only what `archive.clean.looks` understands is written again."""

SCHEMES = {"http", "https", "mailto", "data", "picture", "chapter"}
"""What addresses may begin with; `data:` names pictures that a file brings, and is never written."""
