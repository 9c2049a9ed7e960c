from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AgendaConfig(AppConfig):
    name = "clothier.desks.agenda"
    verbose_name = pgettext_lazy("app", "预约与活动")
