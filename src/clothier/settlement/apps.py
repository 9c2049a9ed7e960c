from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class SettlementConfig(AppConfig):
    name = "clothier.settlement"
    verbose_name = pgettext_lazy("app", "结算")
