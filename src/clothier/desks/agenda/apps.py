from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AgendaConfig(AppConfig):
    name = "clothier.desks.agenda"
    verbose_name = pgettext_lazy("app", "预约与活动")

    def ready(self) -> None:
        from clothier.desks.agenda.access import AGENDA
        from clothier.desks.shell.navigation import Place, register
        from clothier.kernel.access import HEAD_OFFICE

        register(Place("/agenda/", pgettext_lazy("desk", "预约"), "calendar", frozenset(AGENDA) | HEAD_OFFICE))
