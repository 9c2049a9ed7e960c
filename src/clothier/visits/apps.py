from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "clothier.visits"
    verbose_name = _("到店")

    def ready(self) -> None:
        from clothier.visits import events, handlers, timeline  # noqa: F401 - declare, subscribe, put into words
