from typing import Any

class Env:
    @classmethod
    def db_url_config(cls, url: str, engine: str | None = None) -> dict[str, Any]: ...
