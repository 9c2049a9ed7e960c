from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "clothier.places"
    verbose_name = _("场所")

    def ready(self) -> None:
        from clothier.places import calendars  # noqa: F401
