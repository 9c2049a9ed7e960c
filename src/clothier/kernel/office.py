"""The back office's manner with reference data: what history points to is kept."""

from django.db.models import Model
from django.http import HttpRequest
from unfold.admin import ModelAdmin


class ReferenceAdmin(ModelAdmin):  # type: ignore[misc]
    """Deleted one by one, and only while nothing points to it: stores close, employees leave, styles are withdrawn."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        may: bool = super().has_delete_permission(request, obj)
        return may and obj is not None and not _pointed_at(obj)


def _pointed_at(obj: Model) -> bool:
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: obj.pk}).exists()
        for relation in obj._meta.related_objects
    )
