from typing import Any

from django.db import models

class TaggableManager:
    def __init__(
        self,
        *,
        verbose_name: str = ...,
        help_text: str = ...,
        through: type[models.Model] = ...,
        related_name: str | None = ...,
        blank: bool = ...,
    ) -> None: ...
    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any: ...
