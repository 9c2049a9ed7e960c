from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "clothier.desks.reports"
    verbose_name = _("指标")
