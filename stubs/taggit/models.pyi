from typing import Any, ClassVar

from django.db import models

class TagBase(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100)

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        abstract = True

    def slugify(self, tag: str, i: int | None = None) -> str: ...

class ItemBase(models.Model):
    objects: ClassVar[models.Manager[Any]]

    class Meta:
        abstract = True

class Tag(TagBase): ...
