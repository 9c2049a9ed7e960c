from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class TillConfig(AppConfig):
    name = "clothier.desks.till"
    verbose_name = pgettext_lazy("app", "收银台")
