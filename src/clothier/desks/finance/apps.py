from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class FinanceConfig(AppConfig):
    name = "clothier.desks.finance"
    verbose_name = pgettext_lazy("app", "财务")
