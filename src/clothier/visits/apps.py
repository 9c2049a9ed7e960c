from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class VisitsConfig(AppConfig):
    name = "clothier.visits"
    verbose_name = pgettext_lazy("plural", "到店")

    def ready(self) -> None:
        from clothier.visits import events, handlers, timeline  # noqa: F401 - declare, subscribe, put into words
