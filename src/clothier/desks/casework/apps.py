from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CaseworkConfig(AppConfig):
    name = "clothier.desks.casework"
    verbose_name = pgettext_lazy("app", "服务单")

    def ready(self) -> None:
        from clothier.desks.casework.access import CLERKS
        from clothier.desks.shell.navigation import Place, register
        from clothier.kernel.access import HEAD_OFFICE

        register(Place("/cases/", pgettext_lazy("desk", "服务单"), "flag", frozenset(CLERKS) | HEAD_OFFICE))
