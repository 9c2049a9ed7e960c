from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class SettlementConfig(AppConfig):
    name = "clothier.settlement"
    verbose_name = pgettext_lazy("app", "结算")

    def ready(self) -> None:
        from clothier.settlement import events  # noqa: F401 - declared, so that promises can be made of them
