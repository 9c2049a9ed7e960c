from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class CasesConfig(AppConfig):
    name = "clothier.cases"
    verbose_name = pgettext_lazy("app", "服务单")

    def ready(self) -> None:
        from clothier.cases import events, handlers, telling  # noqa: F401 - declare, subscribe, put into words
