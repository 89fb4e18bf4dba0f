"""What a device is, in plain words, from what its browser says of itself."""

BROWSERS = (
    ("Kobo", "Kobo"), ("Kindle", "Kindle"), ("PocketBook", "PocketBook"), ("KOReader", "KOReader"),
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chromium", "Chromium"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""The most particular first: most browsers also say that they are others."""
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
READERS = {"Kobo", "Kindle", "PocketBook", "KOReader"}


def plain_name(user_agent: str) -> str:
    """Name a device.

    >>> plain_name("Mozilla/5.0 (Linux; Android 14; rv:131.0) Gecko/131.0 Firefox/131.0")
    'Firefox on Android'
    >>> plain_name("Mozilla/5.0 (Linux; U; Android 2.0; en-us;) AppleWebKit/538.1 Version/4.0 (Kobo Touch 0384/4.38)")
    'Kobo'
    >>> plain_name("curl/8.5")
    'A device'
    """
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if browser in READERS or not system:
        return browser or "A device"
    return f"{browser or 'A browser'} on {system}"
