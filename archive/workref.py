"""WorkRef: how the reading room's own rows refer to a work without being able to open it."""

from typing import Any, NoReturn

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor


class ClosedDescriptor(ForwardManyToOneDescriptor):  # type: ignore[type-arg]
    """Raises instead of fetching the work: ask `archive.catalogue`, which wants to know who is asking."""

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        return self._refuse()

    def _refuse(self) -> NoReturn:
        raise AttributeError(f"{self.field.name} is only a reference; ask archive.catalogue for the work")


class WorkRef(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key to a work that gives its id and nothing else, with no way back from the work."""

    forward_related_accessor_class = ClosedDescriptor

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("on_delete", models.CASCADE)
        kwargs["to"] = "archive.Work"
        kwargs["related_name"] = "+"
        super().__init__(**kwargs)
